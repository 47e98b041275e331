"""The whole way of a document into a corpus on one page: read, clean, split, date, find dates and names, tie up
what happened, store. What is found is a pure function of the document; only `add` and `repair` touch a corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from store.answers import Article
from store.correcting import place_copies, read_again
from store.correcting import redate as redate  # where an older caller looks for them
from store.correcting import undo as undo
from store.dating import date_by_others
from store.errors import InputError
from store.extraction import ALONE, Analyse, Given, Result, Workers, analysed, outcomes, processors
from store.models import SEARCHED, Analysis, Document, Mention, Recogniser
from store.readers import Unread
from store.readers.meter import Meter
from store.readers.source import Found
from store.sparing import sparing

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

_LARGE = 200_000
"""Bytes of a file that hold some dozens of articles."""
_PLACED = 2_000
"""Copies are put together whenever so many articles are new."""

Progress = Added | Known | Rejected | Left


@dataclass(frozen=True, slots=True)
class Ended:
    """Stands behind all that one of the paths gave."""


Came = Found | Known | Ended


def analyse(document: Document, recogniser: Recogniser = "fast", mentions: Sequence[Mention] | None = None) -> Analysis:
    """Everything found in a document; nothing is stored. Takes time in proportion to its length.

    `mentions` are its names where they are known already, from the pass that `recogniser` says. Names and dates are
    looked for in Arabic only.
    """
    # Imported here: lexicons and gazetteers are not needed to read a corpus.
    from store.clean import clean
    from store.extract.dates import find as find_dates
    from store.extract.entities import find as find_entities
    from store.resolve import copies, events, published, spoken
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
    said = spoken.find(text, sentences, cleaned.blocks, mentions, dates) if arabic else spoken.Spoken()
    told = events.of_document(document.text, sentences, cleaned.blocks, dates, mentions, date)
    return Analysis(
        document=document,
        cleaned=cleaned,
        published=date,
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        dates=tuple(dates),
        events=tuple(told),
        quotes=said.quotes,
        roles=said.roles,
        quantities=said.quantities,
        recogniser=recogniser,
        signature=copies.signature(document.text, cleaned.blocks),
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
    jobs: int | None = 1,
    others: Workers | None = None,
    meter: Meter | None = None,
    busy: Callable[[], bool] | None = None,
    taking: Callable[[Came], Came] | None = None,
    ended: Callable[[], object] | None = None,
    analyse: Analyse = analyse,
) -> Iterator[Progress]:
    """Adds files, folders and `-` (standard input) to a corpus, made if need be; says of each what became of it.

    `published` (ISO 8601) and `outlet` are taken as given for every document. With `dry_run` nothing is written.
    With `refine` the names of what is added wait for the accurate pass (`store.refining`).
    `folders` are those that named files were found in, by whoever looked into them before: what can be no article is
    left out (Left) in them, as it is in folders among `paths`, and rejected where a person named it.
    `columns` says what fields of records and tables hold: {"text": "body"}; "" for none.
    `jobs` processes find what is in documents where there are many (None: one for each processor); this one alone
    stores it. `others` do so instead of processes, those of a cluster (`store.cluster`); they are closed in the end if
    they were needed. `meter` is told how far it is. `busy` is asked whether to wait on for others that write
    (`Writer.busy`). `analyse` may be replaced by another way of reading a document, which takes place here.
    `ended` is called for each of `paths` in turn when all that came of it has been told. `taking` is given what was
    found as soon as it is read, and an `Ended` behind each path if it is told of; it says what to go on with.
    What is reported is stored: a stop at any moment loses none of it. In the end articles whose own text leaves their
    date open are compared with the dated ones (`store.resolve.dating`).
    Raises CorpusError when the corpus itself cannot be used, and ClusterError when the others cannot be any more; bad
    inputs are reported as Rejected.
    """
    given = Given(published, outlet)
    find = partial(_found, Path(corpus), folders=folders, columns=columns, stdin=stdin, meter=meter)
    own = None if analyse is _analyse else analyse
    jobs = 1 if own else jobs
    workers = partial(_workers, jobs, others)
    several = others is None and (processors() if jobs is None else jobs) > 1
    alone = ALONE
    # What comes one by one is not asked for before its turn: whoever gives it may look at what came of the last.
    if several and isinstance(paths, Sequence) and (large := [path for path in paths if _is_large(path)]):
        from store.pool import warm

        warm(pages=not all(_is_named(path, (*_RECORDS, ".txt")) for path in paths))
        # A folder may hold three articles, a large page is one: before the others are up these are done here.
        if any(_is_named(path, _RECORDS) for path in large):
            alone = 0
    if dry_run:
        yield from _rehearse(find(paths), given, workers, own, alone)
        return
    from store.database import open_writer

    added: list[int] = []
    with sparing(), open_writer(corpus) as writer:
        writer.busy = busy or writer.busy
        placed = 0
        new: Iterable[Came] = _new(find(paths) if ended is None else _each(paths, find), writer)
        new = new if taking is None else map(taking, new)
        # Whose type is told, as mypy finds one class for what passes through, not two.
        for portion in cast("Iterator[list[Result | Known | Ended]]", outcomes(new, given, workers, own, alone)):
            for item in _stored(writer, portion, refine):
                if isinstance(item, Ended):
                    if ended is not None:
                        ended()
                    continue
                if isinstance(item, Added) and item.article is not None:
                    added.append(item.article)
                yield item
            if len(added) - placed >= _PLACED:
                placed = len(added)
                place_copies(writer, 2 * _PLACED)
        date_by_others(writer, added)
        read_again(writer)
        place_copies(writer, len(added) + _PLACED)
        if not refine and len(added) * _SETTLED >= writer.count():
            writer.settle()


_analyse = analyse


def _workers(jobs: int | None, others: Workers | None) -> Workers | None:
    if others is not None:
        return others
    number = processors() if jobs is None else jobs
    if number == 1:
        return None
    from store.pool import Pool

    return Pool(number)


def _is_large(path: str | Path) -> bool:
    """Whether there is likely more in it than this process takes by itself; what can't be looked at is not."""
    try:
        return path != "-" and (Path(path).is_dir() or Path(path).stat().st_size > _LARGE)
    except (OSError, ValueError):
        return False


_RECORDS = (".jsonl", ".ndjson", ".csv", ".tsv")
"""How files are named that hold many articles, and none of them as a page."""


def _is_named(path: str | Path, suffixes: tuple[str, ...]) -> bool:
    """Whether a file, packed or not, has one of these suffixes."""
    return str(path).lower().removesuffix(".gz").endswith(suffixes)


def _each(
    paths: Iterable[str | Path], find: Callable[[Iterable[str | Path]], Iterator[Found]]
) -> Iterator[Found | Ended]:
    """What there is in all paths, with the end of each."""
    for path in paths:
        yield from find([path])
        yield Ended()


def _new(found: Iterable[Found | Ended], writer: Writer) -> Iterator[Came]:
    """What is not in the corpus yet, and that the others are."""
    for item in found:
        if isinstance(item, Ended):
            yield item
            continue
        digest = _digest(item)
        known = writer.find(digest) if digest else None
        yield item if known is None else Known(_where(item), known)


def _digest(item: Found) -> str | None:
    """SHA-256 (hex) of the bytes that a document is read from."""
    match item:
        case Document():
            return item.digest
        case Unread():
            return hashlib.sha256(item.data).hexdigest()
    return None


def _where(item: Found) -> str:
    return item.source.path if isinstance(item, Document) else item.where


def _stored(
    writer: Writer, portion: Sequence[Analysis | InputError | Known | Ended], refine: bool
) -> Iterator[Progress | Ended]:
    """Stores what belongs into one transaction, and says of each what became of it when it is on the disk."""
    analyses = [item for item in portion if isinstance(item, Analysis)]
    stored = iter(writer.add_all(analyses, refine=refine))
    done: list[Progress | Ended] = []
    for item in portion:
        if isinstance(item, InputError):
            done.append(_refused(item))
        elif isinstance(item, Known | Ended):
            done.append(item)
        else:
            path, found = item.document.source.path, next(stored)
            if isinstance(found, InputError):
                done.append(Rejected(path, found))
            else:
                article, new = found
                done.append(Added(path, article, item) if new else Known(path, article))
    errors = [item.error for item in done if isinstance(item, Rejected)]
    read = [item.path for item in done if isinstance(item, Added | Known)]
    if errors or read:
        writer.keep_rejected(errors, read)
    yield from done


def plainly(document: Document) -> Analysis:
    """Reads a document as `add` does."""
    return analyse(document)


def knowing(article: Article) -> Callable[[Document], Analysis]:
    """Reads a stored article again for the sake of its dates: its names, which hang on none, stay as they are."""
    mentions = [stored.mention for stored in article.mentions]
    return lambda document: analyse(document, article.recogniser, mentions)


def repair(corpus: str | Path) -> int:
    """Mends what can be derived again from texts and edits (spans, counts, indexes, sets), which stay as they are.

    Returns how many articles were analysed again. Raises CorpusError.
    """
    from store.database import open_writer

    with open_writer(corpus) as writer:
        again, damaged, less = [], writer.damaged(), writer.tells_less()
        writer.derive()
        for article_id in dict.fromkeys([*damaged, *(writer.untold() if less else ())]):
            found = analysed(writer.document(article_id), _analyse)
            if not isinstance(found, InputError):
                again.append(writer.replace(found))
        for article_id in writer.unheard(_PLACED):
            writer.hear(article_id)
        date_by_others(writer, again)
        read_again(writer)
        place_copies(writer)
        writer.settle()
        return len(again)


def _found(
    corpus: Path,
    paths: Iterable[str | Path],
    folders: Sequence[Path],
    columns: Mapping[str, str],
    stdin: BinaryIO | None,
    meter: Meter | None,
) -> Iterator[Found]:
    """What there is in all paths; one that fails does not end the rest."""
    from store import readers
    from store.database.files import is_part
    from store.readers import LeftOut

    for path, folder in readers.find(paths):
        if folder is None and isinstance(path, Path):
            folder = next((known for known in folders if known in path.parents), None)
        if isinstance(path, Path) and is_part(path, corpus):
            # not even opened: whoever closes it takes the writer's locks from it
            what, remedy = "is the corpus itself", "name files that hold articles"
            yield InputError(what, str(path), remedy) if folder is None else LeftOut("databases", str(path))
            continue
        try:
            if path != "-" or stdin is None:
                yield from readers.find_in(path, folder=folder, columns=columns, meter=meter)
            else:
                yield from readers.find_in_bytes(stdin.read(), "stdin", columns=columns)
        except InputError as error:
            yield error


def _refused(error: InputError) -> Rejected | Left:
    from store.readers import LeftOut

    return Left(error.where, error.kind) if isinstance(error, LeftOut) else Rejected(error.where, error)


def _rehearse(
    found: Iterable[Found],
    given: Given,
    workers: Callable[[], Workers | None],
    analyse: Analyse | None,
    alone: int,
) -> Iterator[Progress]:
    seen: set[str] = set()

    def new() -> Iterator[Found | Known]:
        for item in found:
            digest = _digest(item)
            if digest in seen:
                yield Known(_where(item), None)
                continue
            if digest:
                seen.add(digest)
            yield item

    for portion in outcomes(new(), given, workers, analyse, alone):
        for item in portion:
            if isinstance(item, InputError):
                yield _refused(item)
            else:
                yield item if isinstance(item, Known) else Added(item.document.source.path, None, item)
