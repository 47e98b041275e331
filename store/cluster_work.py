"""What a worker of a Dask cluster does with a batch of documents (`store.cluster`)."""

from __future__ import annotations

import importlib
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from store.carrying import pack, unpack
from store.extraction import Given, Item, Result, extract
from store.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Task:
    """A batch of documents, and what a person said of all of them."""

    items: tuple[Item, ...]
    given: Given


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker has found in a batch; no results from one that would find something else than was asked for."""

    results: list[list[Result]] | None
    worker: str
    fingerprint: dict[str, str]
    spent: float = 0.0
    other: float = 0.0


_turn = threading.Lock()
_at_the_end: float | None = None
"""Seconds of its processors that this process had used when it ended its last batch."""


def work(packed: bytes, expected: Mapping[str, str]) -> bytes:
    """Extracts a packed batch on a worker, where khabar is the one that is `expected`: a packed Answer.

    One batch at a time, however many threads a worker has: extraction is of one processor and keeps the others of its
    process from it.
    """
    global _at_the_end
    own = fingerprint()
    if own != dict(expected):
        return pack(Answer(None, _own_address(), own))
    with _turn:
        importlib.import_module("store.ready")  # lexicons and models, once a process
        before = _at_the_end if _at_the_end is not None else time.process_time()
        task = unpack(packed, Task)
        begun = time.thread_time() + _of_children()
        results = extract(task.items, task.given)
        spent = time.thread_time() + _of_children() - begun
        answer = Answer(results, "", {}, spent, max(0.0, time.process_time() - before - spent))
        _at_the_end = time.process_time()
        return pack(answer)


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _own_address() -> str:
    from distributed import get_worker

    return str(get_worker().address)
