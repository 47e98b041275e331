"""The whole way of a document into a corpus on one page: read, clean, split, date, find dates and names, tie up
what happened, store. What is found is a pure function of the document; only `add` and `redate` touch a corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store.errors import CorpusError, InputError, StoreError
from store.models import SEARCHED, Analysis, Article, Block, Document, Mention, Recogniser

if TYPE_CHECKING:
    from store.database.writing import Writer


@dataclass(frozen=True, slots=True)
class Added:
    """A document that is in the corpus now; without an id when nothing is written (`dry_run`)."""

    path: str
    article: int | None
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was there already: the same bytes."""

    path: str
    article: int | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no document, or whose reading failed; the others go on."""

    path: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Left:
    """A file that nobody named and that can be no article: a picture, a style sheet."""

    path: str
    kind: str
    """One of `store.readers.leaving.KINDS`."""


_SETTLED = 100
"""What makes a large corpus fast is worked out again once every so manieth article is new; a pass over its names, which
follows else, does so in any case."""

Progress = Added | Known | Rejected | Left


def analyse(document: Document, recogniser: Recogniser = "fast", mentions: Sequence[Mention] | None = None) -> Analysis:
    """Everything found in a document; nothing is stored. Takes time in proportion to its length.

    `mentions` are its names where they are known already, from the pass that `recogniser` says. Names and dates are
    looked for in Arabic only.
    """
    # Imported here: lexicons and gazetteers are not needed to read a corpus.
    from store.clean import clean
    from store.extract.dates import find as find_dates
    from store.extract.entities import find as find_entities
    from store.resolve import events, published
    from store.text.around import blanked
    from store.text.sentences import split

    cleaned = clean(document)
    sentences = split(document.text, cleaned.blocks)
    date = published.find(document, cleaned, sentences)
    arabic = cleaned.language in SEARCHED
    text = blanked(document.text, cleaned.blocks)
    dates = find_dates(text, date.value, sentences, cleaned.blocks) if arabic else []
    if mentions is None:
        mentions = find_entities(text, sentences, cleaned.blocks, recogniser) if arabic else []
    told = events.of_document(document.text, sentences, cleaned.blocks, dates, mentions, date)
    return Analysis(
        document=document,
        cleaned=cleaned,
        published=date,
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        dates=tuple(dates),
        events=tuple(told),
        recogniser=recogniser,
    )


def add(
    corpus: str | Path,
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    dry_run: bool = False,
    refine: bool = False,
    folders: Sequence[Path] = (),
    columns: Mapping[str, str] = {},
    stdin: BinaryIO | None = None,
    analyse: Callable[[Document], Analysis] = analyse,
) -> Iterator[Progress]:
    """Adds files, folders and `-` (standard input) to a corpus, made if need be; says of each what became of it.

    `published` (ISO 8601) and `outlet` are taken as given for every document. With `dry_run` nothing is written.
    With `refine` the names of what is added wait for the accurate pass (`store.refining`).
    `folders` are those that named files were found in, by whoever looked into them before: what can be no article is
    left out (Left) in them, as it is in folders among `paths`, and rejected where a person named it.
    `columns` says what fields of records and tables hold: {"text": "body"}; "" for none.
    `analyse` may be replaced by another way of reading a document.
    Every document is a transaction of its own, so that a stop at any moment loses none that was reported. In the
    end articles whose own text leaves their date open are compared with the dated ones (`store.resolve.dating`).
    Raises CorpusError when the corpus itself cannot be used; bad inputs are reported as Rejected.
    """
    if dry_run:
        yield from _rehearse(_documents(paths, published, outlet, folders, columns, stdin), analyse)
        return
    from store.database import open_writer

    added: list[int] = []
    with open_writer(corpus) as writer:
        for item in _documents(paths, published, outlet, folders, columns, stdin):
            if isinstance(item, InputError):
                yield _refused(item)
                continue
            path = item.source.path
            if (known := writer.find(item.digest)) is not None:
                yield Known(path, known)
                continue
            analysis = _analysed(item, analyse)
            if isinstance(analysis, InputError):
                yield Rejected(path, analysis)
                continue
            stored = _stored(writer, analysis, refine)
            if isinstance(stored, Added) and stored.article is not None:
                added.append(stored.article)
            yield stored
        _date_by_others(writer, added)
        if not refine and len(added) * _SETTLED >= writer.count():
            writer.settle()


def _stored(writer: Writer, analysis: Analysis, refine: bool) -> Progress:
    path = analysis.document.source.path
    try:
        article, new = writer.add(analysis, refine=refine)
    except CorpusError:
        raise
    except InputError as error:
        return Rejected(path, error)
    except Exception as error:  # an analysis that contradicts itself must not end the others
        return Rejected(path, _failed("stored", analysis.document, error))
    return Added(path, article, analysis) if new else Known(path, article)


def _date_by_others(writer: Writer, added: Sequence[int]) -> None:
    """Dates articles by what others say, and asks again for those that were dated so before; only where what was added
    may make a difference."""
    from store.resolve.dating import infer, infer_with_years

    waiting = writer.open_articles(added) if added else []
    stretches = writer.stretches() if waiting else {}
    for article_id in waiting:
        article = writer.article(article_id)
        document, published = article.document, article.row.published
        again = _knowing(article)
        own = _analysed(document, again) if published.value is not None else None
        if isinstance(own, InputError):
            continue
        dates = own.dates if own else article.dates
        body = [s for s in article.sentences if _kind_at(article.cleaned.blocks, s.start) in ("dateline", "body")]
        lead_end = body[min(_LEAD, len(body)) - 1].end if body else 0
        witnesses = writer.witnesses(article, dates, stretches)
        found = infer(dates, lead_end, witnesses) or infer_with_years(
            document.text, dates, article.sentences, article.cleaned.blocks, witnesses
        )
        if found is None:
            if own is not None:
                writer.replace(own)
        elif found != published:
            known = _analysed(replace(document, published=found.value, published_basis="inferred"), again)
            if not isinstance(known, InputError):
                # What the document says of itself stays as it was read.
                writer.replace(replace(known, document=document, published=found), by_others=True)


_LEAD = 3
"""Among so many first sentences of the body stands what is new."""


def _knowing(article: Article) -> Callable[[Document], Analysis]:
    """Reads a stored article again for the sake of its dates: its names, which hang on none, stay as they are."""
    mentions = [stored.mention for stored in article.mentions]
    return lambda document: analyse(document, article.recogniser, mentions)


def _kind_at(blocks: Iterable[Block], offset: int) -> str:
    return next((block.kind for block in blocks if block.start <= offset < block.end), "body")


def redate(corpus: str | Path, article_id: int, published: str | None) -> None:
    """Gives a stored article its date (ISO 8601, or None for none known) and reads again what hangs on it.

    Raises CorpusError and QueryError.
    """
    from store.database import open_writer

    with open_writer(corpus) as writer:
        writer.redate_article(article_id, published)
        _read_again(writer, article_id)


def undo(corpus: str | Path) -> str | None:
    """Takes back the last edit, and what a date given by a person had led to; says what it was, None for nothing.

    Raises CorpusError.
    """
    from store.database import open_writer

    with open_writer(corpus) as writer:
        standing = [edit for edit in writer.edits() if edit.undone is None]
        said = writer.undo()
        if standing and standing[-1].action == "redate":
            article_id = writer.find(standing[-1].about[0])
            if article_id is not None:
                _read_again(writer, article_id)
        return said


def _read_again(writer: Writer, article_id: int) -> None:
    """Puts a new analysis in place, with the date that the article has now."""
    article = writer.article(article_id)
    again = _knowing(article)
    own = found = again(article.document)
    if article.row.published.value not in (None, own.published.value):
        dated = replace(article.document, published=article.row.published.value, published_basis="given")
        found = again(dated)
    # What is stored as found is what the document itself says; a person's word is in the log and goes before it.
    writer.replace(replace(found, document=article.document, published=own.published))


def _documents(
    paths: Iterable[str | Path],
    published: str | None,
    outlet: str | None,
    folders: Sequence[Path],
    columns: Mapping[str, str],
    stdin: BinaryIO | None,
) -> Iterator[Document | InputError]:
    """The documents of all paths with what the caller knows of them; a path that fails does not end the rest."""
    from store import readers

    for path, folder in readers.find(paths):
        if folder is None and isinstance(path, Path):
            folder = next((known for known in folders if known in path.parents), None)
        try:
            if path != "-" or stdin is None:
                source = readers.read(path, folder=folder, columns=columns)
            else:
                source = readers.read_bytes(stdin.read(), "stdin", columns=columns)
            for item in source:
                if isinstance(item, Document):
                    if published is not None:
                        item = replace(item, published=published, published_basis="given")
                    if outlet is not None:
                        item = replace(item, outlet=outlet)
                yield item
        except InputError as error:
            yield error


def _refused(error: InputError) -> Rejected | Left:
    from store.readers import LeftOut

    return Left(error.where, error.kind) if isinstance(error, LeftOut) else Rejected(error.where, error)


def _analysed(document: Document, analyse: Callable[[Document], Analysis]) -> Analysis | InputError:
    try:
        return analyse(document)
    except StoreError as error:
        return InputError(error.what, document.source.path, error.remedy)
    except ImportError:  # a broken installation is not the document's fault
        raise
    except Exception as error:  # whatever else it is, one document must not end the others
        return _failed("analysed", document, error)


def _failed(what: str, document: Document, error: Exception) -> InputError:
    fault = f"could not be {what} ({type(error).__name__}: {error})"
    return InputError(fault, document.source.path, "please report it with the file; the others are not affected")


def _rehearse(
    documents: Iterable[Document | InputError], analyse: Callable[[Document], Analysis]
) -> Iterator[Progress]:
    seen: set[str] = set()
    for item in documents:
        if isinstance(item, InputError):
            yield _refused(item)
        elif item.digest in seen:
            yield Known(item.source.path, None)
        else:
            seen.add(item.digest)
            analysis = _analysed(item, analyse)
            if isinstance(analysis, InputError):
                yield Rejected(item.source.path, analysis)
            else:
                yield Added(item.source.path, None, analysis)
