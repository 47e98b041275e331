"""What a worker of a Dask cluster does with a batch of documents (`store.cluster`)."""

from __future__ import annotations

import importlib
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.carrying import pack, unpack
from store.extraction import Given, Item, Result, extract
from store.fingerprint import fingerprint
from store.naming import Named, Text, name, trial


class Work:
    """A batch of something to be done."""

    __slots__ = ()

    def done(self) -> list[Any]:
        """Does it; one result for each of the batch."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Task(Work):
    """A batch of documents, and what a person said of all of them."""

    items: tuple[Item, ...]
    given: Given

    def done(self) -> list[list[Result]]:
        """What is found in each."""
        return extract(self.items, self.given)


@dataclass(frozen=True, slots=True)
class Naming(Work):
    """A batch of texts that get the names of the accurate pass."""

    texts: tuple[Text, ...]

    def done(self) -> list[Named]:
        """The names of each."""
        return name(self.texts)


ENCODER = "encoder"
"""What a fingerprint says of the accurate pass, where that is asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker has found in a batch; no results from one that would find something else than was asked for."""

    results: list[Any] | None
    worker: str
    fingerprint: dict[str, str]
    spent: float = 0.0
    other: float = 0.0


_turn = threading.Lock()
_at_the_end: float | None = None
"""Seconds of its processors that this process had used when it ended its last batch."""


def work(packed: bytes, expected: Mapping[str, str]) -> bytes:
    """Does a packed batch of work on a worker, where khabar is the one that is `expected`: a packed Answer.

    One batch at a time, however many threads a worker has: extraction is of one processor and keeps the others of its
    process from it.
    """
    global _at_the_end
    with _turn:
        own = fingerprint() | ({ENCODER: trial()} if ENCODER in expected else {})
        if own != dict(expected):
            return pack(Answer(None, _own_address(), own))
        importlib.import_module("store.ready")  # lexicons and models, once a process
        before = _at_the_end if _at_the_end is not None else time.process_time()
        task = unpack(packed, Work)
        begun = time.thread_time() + _of_children()
        results = task.done()
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
