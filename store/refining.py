"""The accurate pass over articles that wait for it: newest first, one transaction each, to be stopped at any moment."""

from __future__ import annotations

import contextlib
import math
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store import naming
from store.answers import Article
from store.correcting import place_copies
from store.errors import CorpusError, UnavailableError
from store.locks import Lock
from store.models import Mention
from store.naming import Named, Namers, Text

if TYPE_CHECKING:
    from store.database.writing import Writer

_AT_ONCE = 100
"""So many articles are taken before it is asked again which are the newest."""

_BATCH = 4
"""Articles of a batch: half a second's work of a worker, beside which messages cost nothing."""
_AHEAD = 3
"""So many batches are under way for each worker."""
_HEAVY = 16 << 20
"""Code points under way after which no further batch begins."""
_REMEDY = "wait for it, or look at it meanwhile"

Finder = Callable[[Article], Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Refined:
    """An article that waits no longer, and how many still do; `fault` says why it keeps the names it had."""

    article: int
    waiting: int
    fault: str | None = None


class BusyError(CorpusError):
    """Another process is refining the corpus."""


def accurate() -> Finder:
    """The names of a stored article by the accurate pass, its models loaded. Raises StoreError when they cannot be."""
    naming.load()
    return lambda article: naming.names(Text.of(article))


def refine(
    corpus: str | Path, find: Finder | None = None, *, queue: bool = False, others: Namers | None = None
) -> Generator[Refined]:
    """Gives every waiting article the names that `find`, by default the accurate pass, finds; says of each when stored.

    `others` find them instead, those of a cluster (`store.cluster`); what becomes of the corpus is the same.
    A stop at any moment loses at most what is in hand, which waits on. Only one such pass of a user runs over a
    corpus at a time: with `queue` a second one waits until the first has ended and looks what it has left, a third
    one is not needed. Raises CorpusError when the corpus cannot be used, its child BusyError when another pass is
    running, StoreError when the models cannot be loaded, its child ClusterError when the others cannot be used any
    more.
    """
    from store.database import open_writer

    with _alone(Path(corpus), queue), open_writer(corpus) as writer:
        while writer.waiting(1):
            for article, named in _here(writer, find) if others is None else _elsewhere(writer, others):
                article_id = article.row.id
                if isinstance(named, str):
                    writer.wait_no_more(article_id)
                    yield Refined(article_id, writer.waiting_count(), named)
                elif writer.refine(article_id, article.document.text, named, article.cleaned.blocks):
                    yield Refined(article_id, writer.waiting_count())
        _hear(writer)
        place_copies(writer)
        writer.settle()


def _here(writer: Writer, find: Finder | None) -> Iterator[tuple[Article, Named]]:
    """The next waiting articles with their names, one after the other."""
    find = find or accurate()
    for article_id in writer.waiting(_AT_ONCE):
        article = writer.article(article_id)
        try:
            mentions = find(article)
        except (ImportError, OSError, MemoryError):  # not the article's fault
            raise
        except Exception as error:  # whatever it is, one article must not end the others
            yield article, naming.fault(error)
        else:
            yield article, mentions


def _elsewhere(writer: Writer, others: Namers) -> Iterator[tuple[Article, Named]]:
    """All waiting articles with the names that others find, in the same order."""
    under_way: deque[tuple[list[Article], Future[list[Named]]]] = deque()
    for batch in _batches(writer, under_way):
        under_way.append((batch, others.name([Text.of(article) for article in batch])))
        while under_way and (
            len(under_way) > _AHEAD * others.number
            or sum(len(article.document.text) for batch, _ in under_way for article in batch) > _HEAVY
        ):
            yield from _named(*under_way.popleft(), others)
    while under_way:
        yield from _named(*under_way.popleft(), others)


def _batches(writer: Writer, under_way: Iterable[tuple[list[Article], Future[list[Named]]]]) -> Iterator[list[Article]]:
    """What waits and is not under way, newest first; what comes in meanwhile, too."""
    known: set[int] = set()
    while True:
        held = {article.row.id for batch, _ in under_way for article in batch}
        waiting = [one for one in writer.waiting(_AT_ONCE + len(held)) if one not in held and one not in known]
        if not waiting:
            return
        known.update(waiting)
        for at in range(0, len(waiting), _BATCH):
            yield [writer.article(one) for one in waiting[at : at + _BATCH]]


def _named(batch: list[Article], future: Future[list[Named]], others: Namers) -> Iterator[tuple[Article, Named]]:
    try:
        found = future.result()
    except BrokenExecutor:  # which of them it is shows when each is alone
        found = [others.name_alone(Text.of(article)) for article in batch]
    yield from zip(batch, found, strict=True)


def _hear(writer: Writer) -> None:
    """Looks for what is said in the articles in which nobody has looked yet; one in which that fails must not end the
    others, and is left for the next pass: damaged ones are `khabar verify`'s to tell, and some are gone by now."""
    failed: set[int] = set()
    while unheard := [one for one in writer.unheard(_AT_ONCE + len(failed)) if one not in failed]:
        for article_id in unheard:
            try:
                writer.hear(article_id)
            except (ImportError, OSError, MemoryError, UnavailableError):  # not the article's fault
                raise
            except Exception:
                failed.add(article_id)


@contextlib.contextmanager
def _alone(corpus: Path, queue: bool) -> Iterator[None]:
    """Holds the lock of a corpus, which the system takes back whatever becomes of this process."""
    with contextlib.ExitStack() as held:
        running = held.enter_context(contextlib.closing(Lock(corpus, "-refining")))
        try:
            if not running.take():
                with contextlib.closing(Lock(corpus, "-refining-next")) as next_:
                    if not queue or not next_.take():
                        raise BusyError("is being refined by another process", str(corpus), _REMEDY)
                    running.take(math.inf)
        except OSError as error:
            what = f"cannot be refined ({error.strerror}: {error.filename})"
            raise CorpusError(what, str(corpus), "check that its folder may be written to") from error
        yield
