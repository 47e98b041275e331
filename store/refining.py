"""The accurate pass over articles that wait for it: newest first, one transaction each, to be stopped at any moment."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import Article
from store.errors import CorpusError, StoreError, UnavailableError
from store.ingest import place_copies
from store.locks import Lock
from store.models import Mention

if TYPE_CHECKING:
    from store.database.writing import Writer

_AT_ONCE = 100
"""So many articles are taken before it is asked again which are the newest."""

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
                if writer.refine(article_id, article.document.text, mentions, article.cleaned.blocks):
                    yield Refined(article_id, writer.waiting_count())
        _hear(writer)
        place_copies(writer)
        writer.settle()


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
