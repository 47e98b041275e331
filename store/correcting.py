"""Correcting a corpus: an edit, and what is to be read again because of it.

An edit is stored at once, and with it which articles it makes readable anew (`Writer.unread`); they are read again one
by one, by whoever comes next if this is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from store.errors import InputError
from store.models import BlockKind

if TYPE_CHECKING:
    from store.answers import Article
    from store.database.writing import Writer
    from store.models import Analysis, Document

T = TypeVar("T")

_AT_ONCE = 200
_PLACED = 2_000
"""Copies of so many articles are put together at once; where more wait, the rest waits for the pass over names."""


def correct(corpus: str | Path, edit: Callable[[Writer], T], *, who: str | None = None) -> T:
    """Makes edits on behalf of `who` (whoever uses khabar), all of them undone together, and reads again what hangs on
    them; returns what `edit` returns.

    Raises what it raises, and CorpusError.
    """
    from store.database import open_writer

    with open_writer(corpus) as writer:
        if who is not None:
            writer.who = who
        with writer.together():
            done = edit(writer)
        read_again(writer)
        return done


def undo(corpus: str | Path, number: int | None = None, *, who: str | None = None, anyone: bool = False) -> str | None:
    """As `Writer.undo`, and reads again what hung on it. Raises CorpusError and QueryError."""
    return correct(corpus, lambda writer: writer.undo(number, anyone=anyone), who=who)


def redo(corpus: str | Path, number: int | None = None, *, who: str | None = None) -> str | None:
    """As `Writer.redo`, and reads again what hangs on it. Raises CorpusError and QueryError."""
    return correct(corpus, lambda writer: writer.redo(number), who=who)


def redate(corpus: str | Path, article_id: int, published: str | None, *, who: str | None = None) -> None:
    """Gives a stored article its date (ISO 8601, or None for none known) and reads again what hangs on it.

    Raises CorpusError and QueryError.
    """
    correct(corpus, lambda writer: writer.redate_article(article_id, published), who=who)


def relabel(corpus: str | Path, article_id: int, offset: int, kind: BlockKind, *, who: str | None = None) -> None:
    """Says what the block of an article at an offset is, and reads the article again.

    Raises CorpusError and QueryError.
    """
    correct(corpus, lambda writer: writer.relabel_blocks([(article_id, offset)], kind), who=who)


def import_edits(
    corpus: str | Path, stream: BinaryIO, name: str, told: Callable[[InputError], None]
) -> tuple[int, int]:
    """Takes over a log that `khabar export edits` wrote, from a stream that is called `name`; `told` hears of each line
    that is no entry. Each stands where it was said in time; of one that is here already, its last undo or redo counts,
    be it here or there. Returns how many entries were new and how many were here already. Raises CorpusError.
    """
    from store.edits_file import Entry, read

    def entries() -> Iterator[Entry]:
        for found in read(stream, name):
            if isinstance(found, InputError):
                told(found)
            else:
                yield found

    return correct(corpus, lambda writer: writer.take_over(entries()))


def read_again(writer: Writer) -> int:
    """Reads all articles again that wait for it, puts copies together anew; returns how many articles."""
    done: list[int] = []
    while waiting := writer.unread(_AT_ONCE):
        for article_id in waiting:
            decided, article = writer.decided(article_id)
            found = _read(article, decided.published)
            if isinstance(found, InputError):  # one article must not end the others
                writer.unread_no_more(article_id)
            elif writer.put_again(found, decided):
                done.append(article_id)
    if done:  # else nothing is read, and what reading needs is not imported
        from store.dating import date_by_others

        date_by_others(writer, done)
    place_copies(writer, _PLACED)
    return len(done)


def place_copies(writer: Writer, most: int | None = None) -> None:
    """Puts the copies of what is new together; where more is to be compared than `most`, the others wait for the pass
    over names (`store.refining`): an older corpus may have a million of them."""
    for _ in writer.place_copies(most):
        pass


def _read(article: Article, published: str | None) -> Analysis | InputError:
    """A new analysis with the date that people gave the article, if any, and what they say of its lines."""
    from dataclasses import replace

    from store.clean import clean
    from store.database.refinement import alike
    from store.extraction import analysed
    from store.ingest import knowing, plainly

    # Names hang on what the lines are, not on the date.
    again: Callable[[Document], Analysis]
    again = knowing(article) if alike(clean(article.document).blocks, article.cleaned.blocks) else plainly
    own = analysed(article.document, again)
    if isinstance(own, InputError):
        return own
    found = own
    if published not in (None, own.published.value):
        dated = replace(article.document, published=published, published_basis="given")
        of_that_day = analysed(dated, again)
        if isinstance(of_that_day, InputError):
            return of_that_day
        found = of_that_day
    # What is stored as found is what the document itself says; a person's word is in the log and goes before it.
    return replace(found, document=article.document, published=own.published)
