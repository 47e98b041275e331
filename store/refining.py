"""The accurate pass over articles that wait for it: newest first, one transaction each, to be stopped at any moment."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.answers import Article
from store.errors import CorpusError, StoreError
from store.ingest import place_copies
from store.models import Mention

_AT_ONCE = 100
"""So many articles are taken before it is asked again which are the newest."""

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
    # Imported here: the models take a moment to load.
    from store.extract.entities import find, prepare
    from store.text.around import blanked

    try:
        prepare("accurate")
    except Exception as error:  # onnxruntime's errors share no other base; a damaged installation is one sentence
        fault = f"cannot be loaded ({type(error).__name__}: {error})"
        raise StoreError(f"the accurate recogniser {fault}", remedy="install khabar again") from error

    def names(article: Article) -> Sequence[Mention]:
        return find(
            blanked(article.document.text, article.cleaned.blocks),
            article.sentences,
            article.cleaned.blocks,
            "accurate",
        )

    return names


def refine(corpus: str | Path, find: Finder | None = None, *, queue: bool = False) -> Generator[Refined]:
    """Gives every waiting article the names that `find`, by default the accurate pass, finds; says of each when stored.

    A stop at any moment loses at most the article in hand, which waits on. Only one such pass of a user runs over a
    corpus at a time: with `queue` a second one waits until the first has ended and looks what it has left, a third
    one is not needed. Raises CorpusError when the corpus cannot be used, its child BusyError when another pass is
    running, StoreError when the models cannot be loaded.
    """
    from store.database import open_writer

    with _alone(Path(corpus), queue), open_writer(corpus) as writer:
        while waiting := writer.waiting(_AT_ONCE):
            find = find or accurate()
            for article_id in waiting:
                article = writer.article(article_id)
                try:
                    mentions = find(article)
                except (ImportError, OSError, MemoryError):  # not the article's fault
                    raise
                except Exception as error:  # whatever it is, one article must not end the others
                    writer.wait_no_more(article_id)
                    yield Refined(article_id, writer.waiting_count(), f"{type(error).__name__}: {error}")
                    continue
                if writer.refine(article_id, article.document.text, mentions):
                    yield Refined(article_id, writer.waiting_count())
        while unheard := writer.unheard(_AT_ONCE):
            for article_id in unheard:
                writer.hear(article_id)
        place_copies(writer)
        writer.settle()


@contextlib.contextmanager
def _alone(corpus: Path, queue: bool) -> Iterator[None]:
    """Holds the lock of a corpus, which the system takes back whatever becomes of this process."""
    try:
        import fcntl
    except ImportError:  # a system without it: two passes would do each other's work again, no more
        yield
        return
    busy = BusyError("is being refined by another process", str(corpus), "wait for it, or look at it meanwhile")
    with contextlib.ExitStack() as held:
        running = held.enter_context(_lock_file(corpus, "running"))
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not queue:
                raise busy from None
            with _lock_file(corpus, "next") as next_:
                try:
                    fcntl.flock(next_, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise busy from None
                fcntl.flock(running, fcntl.LOCK_EX)
        except OSError:  # a file system without locks, as above
            pass
        yield


@contextlib.contextmanager
def _lock_file(corpus: Path, role: str) -> Iterator[int]:
    """A file to lock, the same for all who name the same corpus; it stays, as one that went could be locked twice."""
    path = hashlib.sha256(os.fsencode(corpus.resolve())).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else 0
    name = Path(tempfile.gettempdir(), f"khabar-{user}-{path}-{role}")
    try:
        file = os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise CorpusError(f"cannot be refined ({error.strerror}: {name})", str(corpus), "set TMPDIR") from error
    try:
        yield file
    finally:
        os.close(file)
