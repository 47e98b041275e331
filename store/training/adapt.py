"""Masked-language modelling on Arabic news: the encoder learns how its pieces are used there, and loses the noise of
having been stored in 4 bits and of the layers cut off its top."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from store.extract.entities.pieces import BEGIN, END, PAD, Pieces
from store.extract.entities.tokens import tokenize
from store.training.network import Encoder

LENGTH = 128
BATCH = 32
_MASKED = 0.18
_RATE = 4e-4
_HEAD_RATE = 1e-3
_WARM = 0.06


class _Head(nn.Module):
    """From a state back to the piece: BERT's, with the weights of the embedding."""

    def __init__(self, encoder: Encoder, size: int) -> None:
        super().__init__()
        width = encoder.norm.weight.shape[0]
        self.turn = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(size))
        self.scale = nn.Parameter(torch.tensor(0.5))
        nn.init.eye_(self.turn.weight)
        nn.init.zeros_(self.turn.bias)

    def forward(self, states: Tensor, embedding: Tensor) -> Tensor:
        turned = self.norm(functional.gelu(self.turn(states))) * self.scale
        return functional.linear(turned, embedding, self.bias)


def stretches(texts: Iterable[str], pieces: Pieces) -> Iterator[tuple[list[int], list[int]]]:
    """Texts one after the other in stretches of LENGTH: ids, and for each the number of its word."""
    ids: list[int] = []
    words: list[int] = []
    for text in texts:
        tokens = tokenize(text)
        for start, end in zip(tokens.starts, tokens.ends, strict=True):
            cut = pieces.of(text[start:end])
            if len(ids) + len(cut) > LENGTH - 2:
                yield ids, words
                ids, words = [], []
            words.extend([words[-1] + 1 if words else 0] * len(cut))
            ids.extend(cut)


def adapt(encoder: Encoder, size: int, texts: Iterable[str], pieces: Pieces, steps: int, seed: int) -> Iterator[float]:
    """Train `encoder`, made with one spare row (`size`) for the mask, in place; yields the loss of each step."""
    if not steps:
        return
    chance = random.Random(seed)
    head = _Head(encoder, size)
    parameters = [*encoder.parameters(), *head.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in encoder.parameters() if p.ndim > 1], "lr": _RATE, "weight_decay": 0.01},
            {"params": [p for p in encoder.parameters() if p.ndim < 2], "lr": _RATE, "weight_decay": 0.0},
            {"params": list(head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.0},
        ]
    )
    warm = max(1, int(_WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / steps))
    )
    source = stretches(texts, pieces)
    encoder.train()
    for _ in range(steps):
        batch = [pair for _, pair in zip(range(BATCH), source, strict=False)]
        if len(batch) < BATCH:
            return
        ids, mask, wanted = _masked(batch, size, chance)
        with torch.autocast(ids.device.type, torch.bfloat16):
            states = encoder(ids, mask)
            said = head(states[wanted >= 0], encoder.word.weight[:size])
        loss = functional.cross_entropy(said.float(), wanted[wanted >= 0])
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        yield loss.item()


def _masked(
    batch: list[tuple[list[int], list[int]]], size: int, chance: random.Random
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids with whole words hidden, the mask of what is no padding, and what was hidden (-100 elsewhere)."""
    ids = torch.full((len(batch), LENGTH), PAD)
    mask = torch.zeros((len(batch), LENGTH), dtype=torch.bool)
    wanted = torch.full((len(batch), LENGTH), -100)
    for row, (pieces, words) in enumerate(batch):
        line = [BEGIN, *pieces, END]
        ids[row, : len(line)] = torch.tensor(line)
        mask[row, : len(line)] = True
        hidden = set(chance.sample(range(words[-1] + 1), max(1, int(_MASKED * (words[-1] + 1)))))
        for at, word in enumerate(words):
            if word in hidden:
                wanted[row, at + 1] = pieces[at]
                turn = chance.random()
                if turn < 0.85:
                    ids[row, at + 1] = size
                elif turn < 0.92:
                    ids[row, at + 1] = chance.randrange(4, size)
    return ids, mask, wanted
