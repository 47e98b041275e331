"""Engines that are asked the same questions about the same articles (`tests.bench.peers`)."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PAGE = 50
"""Articles on a first page."""
TYPED, ALIKE = "the words as typed", "with khabar's forms"
"""What an engine looks for: the folded words themselves, or every form of them that khabar looks for; these are found
beforehand, so that khabar alone is charged for looking them up."""
Forms = Callable[[str, int], Sequence[str]]
"""The forms of a folded word that khabar looks for, at most so many."""
IDS, TITLES, SNIPPETS, COUNT, RANKED = (
    "newest 50, ids",
    "newest 50 with titles",
    "newest 50 with titles and snippets",
    "count",
    "best 50, all hits ranked",
)
"""What is asked of several engines, so that it can be compared."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as every engine is given it; `place` counts from 1, the oldest article first."""

    id: int
    place: int
    title: str
    text: str
    words: tuple[str, str]
    """The folded words of title and body as khabar's index has them."""


@dataclass(frozen=True, slots=True)
class Built:
    """What making an index took, in seconds, and the bytes it has on disk; None where it was not made here."""

    what: str
    cpu: float | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to an engine, which takes the words of a query and answers with the number of what it found."""

    what: str
    engine: str
    question: Callable[[str], int]
    before: Callable[[str], object] = lambda query: None
    """What is done before the question, and not counted."""


@dataclass(slots=True)
class Engine:
    """An engine that has its index and can be asked."""

    missing: str = ""
    """Why it cannot be asked; empty where it can."""
    built: list[Built] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    finds: dict[str, Callable[[str], set[int]]] = field(default_factory=dict)
    """By what is said of it in the table: the places of all articles that a query finds."""


def cpu() -> float:
    """Seconds of CPU of this process, all threads of it, and of the processes it started and waited for."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


@contextmanager
def building(engine: Engine, what: str, size: Callable[[], int | None]) -> Iterator[None]:
    """Notes what making an index takes."""
    begun = cpu()
    yield
    engine.built.append(Built(what, cpu() - begun, size()))


def size_of(path: Path, suffix: str = "") -> int:
    """Bytes of a file, or of the files of a folder whose names end so."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob(f"*{suffix}") if each.is_file())
