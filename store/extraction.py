"""From what readers find to what is found in it: in this process, or in several beside it, in the order of the input.

`extract` is a pure function of a batch, so that it does not matter where it runs, or whether it runs twice.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Generic, Protocol, TypeVar

from store.errors import InputError, StoreError, failed
from store.models import Analysis, Document
from store.readers import Unread, read_unread

T = TypeVar("T")

Item = Document | Unread
Result = Analysis | InputError
Analyse = Callable[[Document], Analysis]

ALONE = 16
"""So many documents are taken by this process before others are started, if nobody knows whether many come: they take
a second to come up."""
BATCH = 8
"""Most documents of a batch, unless workers far away want more: each is a message there and back."""
_TOGETHER = 8 * BATCH
"""With so many outcomes a transaction is large enough: one of half of it takes a sixth more time for each article, one
of an eighth writes three times as much."""
_PATIENCE = 0.5
"""Seconds that outcomes wait, at most, for others that belong into their transaction."""
_WEIGHT = 1 << 19
"""Bytes and code points after which a batch is large enough."""
_AHEAD = 5
"""So many batches are under way for each process, or as many as make a transaction and leave each something to do."""
_LEFT = 3
"""So many are left to each process, if it may be, while what others gave is stored."""
_HEAVY = 64 << 20
"""Bytes and code points under way after which no further batch begins: a PDF may have as many by itself."""
_AWAITED = 0.2
"""Seconds after which the next document has been waited for."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said of all documents."""

    published: str | None = None
    outlet: str | None = None

    def to(self, document: Document) -> Document:
        """The document with it."""
        if self.published is not None:
            document = replace(document, published=self.published, published_basis="given")
        return document if self.outlet is None else replace(document, outlet=self.outlet)


@dataclass(slots=True)
class Batch(Generic[T]):
    """Documents on their way, among outcomes that are known already, in order."""

    entries: list[Item | Result | T] = field(default_factory=list)
    weight: int = 0
    """Bytes and code points of the documents."""
    awaited: bool = False
    """Whether the last of it was waited for: nobody knows when more will come."""

    @property
    def items(self) -> list[Item]:
        """What is to be extracted."""
        return [entry for entry in self.entries if isinstance(entry, Document | Unread)]


def extract(items: Sequence[Item], given: Given, analyse: Analyse | None = None) -> list[list[Result]]:
    """For each item what became of it: the analyses of its documents, or why there is none. Nothing is raised."""
    from store.database.preparing import prepared
    from store.ingest import analyse as usual

    def whole(document: Document) -> Analysis:
        return prepared((analyse or usual)(document))

    return [list(_extracted(item, given, whole)) for item in items]


def _extracted(item: Item, given: Given, analyse: Analyse) -> Iterator[Result]:
    for found in (item,) if isinstance(item, Document) else read_unread(item):
        yield analysed(given.to(found), analyse) if isinstance(found, Document) else found


def analysed(document: Document, analyse: Analyse) -> Result:
    """What is found in a document, or why it could not be looked for."""
    try:
        return analyse(document)
    except StoreError as error:
        return InputError(error.what, document.source.path, error.remedy)
    except ImportError:  # a broken installation is not the document's fault
        raise
    except Exception as error:  # whatever else it is, one document must not end the others
        return failed("analysed", document.source.path, error)


class Workers(Protocol):
    """Where batches are extracted: processes of this machine, or of others."""

    @property
    def number(self) -> int:
        """How many work at once, as things are."""

    @property
    def batch(self) -> int:
        """Most documents of a batch, as things are."""

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        """Begins to extract; a worker that ends unexpectedly makes the future raise BrokenExecutor."""

    def alone(self, item: Item, given: Given) -> list[Result]:
        """Extracts what may have ended a worker, and survives it."""

    def close(self) -> None:
        """Stops what is still under way."""


def outcomes(
    found: Iterable[Item | Result | T],
    given: Given,
    workers: Callable[[], Workers | None],
    analyse: Analyse | None = None,
    alone: int = ALONE,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[list[Result | T]]:
    """What became of what was found, in order, in portions that belong into one transaction.

    The first `alone` documents are extracted here, one after the other; `workers` is asked for others when more come
    (None: there are none). Whatever else is in `found` passes through. What had to be waited for, as of a pipe into
    which somebody writes now and then, is handed on with all before it, and does not wait in its turn for what comes
    next; `clock` tells seconds.
    """
    stream, busy = iter(found), 0
    others: Workers | None = None
    for entry in stream:
        if isinstance(entry, Document | Unread):
            if busy == alone and (others := workers()) is not None:
                stream = chain((entry,), stream)
                break
            busy += 1
            yield [*extract([entry], given, analyse)[0]]
        else:
            yield [entry]
    if others is None:
        return
    try:
        yield from _by_others(stream, given, others, clock)
    finally:
        others.close()


def _by_others(
    stream: Iterator[Item | Result | T], given: Given, workers: Workers, clock: Callable[[], float]
) -> Iterator[list[Result | T]]:
    under_way: deque[tuple[Batch[T], Future[list[list[Result]]]]] = deque()
    handed_on = clock()
    together = workers.batch  # of the first transaction; larger ones follow, as there is nothing else to do yet
    for batch in _batches(stream, workers, clock):
        under_way.append((batch, workers.submit(batch.items, given)))
        while under_way and (
            batch.awaited
            or (under_way[0][1].done() and clock() - handed_on > _PATIENCE)
            or _is_enough(under_way, together)
            or len(under_way) > _most(workers)
            or (len(under_way) > 1 and sum(one.weight for one, _ in under_way) > _HEAVY)
        ):
            yield _next(under_way, given, workers, _LEFT * workers.number, together, clock)
            handed_on, together = clock(), min(2 * together, _TOGETHER)
    while under_way:
        yield _next(under_way, given, workers, 0, _TOGETHER, clock)


def _most(workers: Workers) -> int:
    """So many batches are under way at once."""
    return max(_AHEAD * workers.number, _LEFT * workers.number + _TOGETHER // workers.batch)


def _is_enough(under_way: Iterable[tuple[Batch[T], Future[list[list[Result]]]]], together: int) -> bool:
    """Whether a whole transaction, of so many entries, is done."""
    number = 0
    for batch, future in under_way:
        if not future.done():
            return False
        number += len(batch.entries)
        if number >= together:
            return True
    return False


def _next(
    under_way: deque[tuple[Batch[T], Future[list[list[Result]]]]],
    given: Given,
    workers: Workers,
    left: int,
    together: int,
    clock: Callable[[], float],
) -> list[Result | T]:
    """What became of the next batch, and of those after it that belong into its transaction, of `together` entries:
    that are done by now, or will be soon, as long as more than `left` are under way."""
    found: list[Result | T] = _finished(*under_way.popleft(), given, workers)
    until = clock() + _PATIENCE
    while under_way and len(found) < together:
        future = under_way[0][1]
        if len(under_way) > left:
            wait((future,), max(0.0, until - clock()))
        if not future.done():
            break
        more: list[Result | T] = _finished(*under_way.popleft(), given, workers)
        found += more
    return found


def _batches(stream: Iterable[Item | Result | T], workers: Workers, clock: Callable[[], float]) -> Iterator[Batch[T]]:
    batch = Batch[T]()
    number, asked = 0, clock()
    for entry in stream:
        batch.awaited = clock() - asked > _AWAITED
        batch.entries.append(entry)
        if isinstance(entry, Document | Unread):
            number += 1
            batch.weight += len(entry.text if isinstance(entry, Document) else entry.data)
        if (
            batch.awaited
            or number >= workers.batch
            or batch.weight >= _WEIGHT
            or len(batch.entries) >= 8 * workers.batch
        ):
            yield batch
            batch, number = Batch[T](), 0
        asked = clock()
    if batch.entries:
        yield batch


def _finished(batch: Batch[T], future: Future[list[list[Result]]], given: Given, workers: Workers) -> list[Result | T]:
    """The outcomes of a batch; where it has ended its worker, each document is tried by itself."""
    try:
        results = iter(future.result())
    except BrokenExecutor:
        results = iter([workers.alone(item, given) for item in batch.items])
    found: list[Result | T] = []
    for entry in batch.entries:
        if isinstance(entry, Document | Unread):
            found.extend(next(results))
        else:
            found.append(entry)
    return found


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
