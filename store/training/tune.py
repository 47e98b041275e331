"""Fine-tuning the encoder as a tagger on annotated texts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from store.extract.entities.chunks import Chunk, chunks
from store.extract.entities.features import LABELS
from store.extract.entities.pieces import PAD, Pieces
from store.training.corpora import Annotated
from store.training.fast import label
from store.training.network import Tagger

_RATE = 2e-4
_HEAD_RATE = 1e-3
_WARM = 0.08
_BATCH = 1024
"""Pieces of a step."""
_IGNORED = -100
_SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch with the label of the first piece of each word."""

    ids: list[int]
    labels: list[int]


def examples(texts: Sequence[Annotated], pieces: Pieces) -> list[Example]:
    """The stretches of annotated texts."""
    number = {name: at for at, name in enumerate(LABELS)}
    found = []
    for one in texts:
        read = label(one)
        for chunk in chunks(read.tokens, pieces):
            found.append(_example(chunk, [number[name] for name in read.labels]))
    return found


def _example(chunk: Chunk, labels: Sequence[int]) -> Example:
    wanted = [_IGNORED] * len(chunk.ids)
    for word, first in zip(chunk.words, chunk.firsts, strict=True):
        wanted[first] = labels[word]
    return Example(chunk.ids, wanted)


def tune(tagger: Tagger, texts: Sequence[Annotated], pieces: Pieces, rounds: int, seed: int) -> Iterator[float]:
    """Train `tagger` in place for so many rounds over `texts`; yields the mean loss of each."""
    chance = random.Random(seed)
    data = examples(texts, pieces)
    flat = [p for p in tagger.encoder.parameters() if p.ndim < 2]
    deep = [p for p in tagger.encoder.parameters() if p.ndim > 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": deep, "lr": _RATE, "weight_decay": 0.01},
            {"params": flat, "lr": _RATE, "weight_decay": 0.0},
            {"params": list(tagger.head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.0},
        ]
    )
    steps = rounds * len(_batches(data, random.Random(seed)))
    warm = max(1, int(_WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.01, (steps - step) / steps))
    )
    tagger.train()
    for _ in range(rounds):
        total = 0.0
        batches = _batches(data, chance)
        for batch in batches:
            ids, mask, wanted = _tensors(batch)
            with torch.autocast(ids.device.type, torch.bfloat16):
                said = tagger(ids, mask)
            loss = functional.cross_entropy(
                said.float().flatten(0, 1), wanted.flatten(), ignore_index=_IGNORED, label_smoothing=_SMOOTHING
            )
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            total += loss.item()
        yield total / max(1, len(batches))


def _batches(data: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Stretches of like length together, in an order of chance."""
    ordered = sorted(data, key=lambda one: len(one.ids) + 6 * chance.random())
    batches: list[list[Example]] = [[]]
    for one in ordered:
        if batches[-1] and len(one.ids) * (len(batches[-1]) + 1) > _BATCH:
            batches.append([])
        batches[-1].append(one)
    chance.shuffle(batches)
    return batches


def _tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(one.ids) for one in batch)
    ids = torch.full((len(batch), longest), PAD)
    mask = torch.zeros((len(batch), longest), dtype=torch.bool)
    wanted = torch.full((len(batch), longest), _IGNORED)
    for row, one in enumerate(batch):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        mask[row, :size] = True
        wanted[row, :size] = torch.tensor(one.labels)
    return ids, mask, wanted
