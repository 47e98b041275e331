"""What a brief and a report say of the articles of a filter: gathered once, in plain values, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from store.answers import Article, ArticleRow, EntityRow, EventRow, Filter, SentenceRef
from store.errors import CorpusError
from store.export.plain import one_line
from store.export.timeline import GROUPS
from store.models import Contradiction, MentionType, Modality

if TYPE_CHECKING:
    from store.database.queries import Reader

_RECENT = 7
"""Days at the end of the stretch in which what is told is new."""
_FRESH = 12
"""So many names of each kind that are named most in these days are looked at for new ones."""
_CANDIDATES = 8
"""For each event that is told of, so many are looked at."""
NOT_FACTS: tuple[Modality, ...] = ("planned", "predicted", "denied")
_NOT_EXACT = frozenset({"range", "year", "age", "vague"})
_LONGEST = 700
"""Code points of a sentence that are quoted; where it stands is said of all of it."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet (None where it is not known), its number of articles and the newest of them."""

    name: str | None
    articles: int
    newest: ArticleRow


@dataclass(frozen=True, slots=True)
class Recent:
    """The last days: how many articles, the newest of them, and names that none had before."""

    since: str
    until: str
    articles: int
    newest: tuple[ArticleRow, ...]
    names: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles of a filter in a few values."""

    articles: int
    undated: int
    outlets: tuple[Outlet, ...]
    other_outlets: int
    """How many outlets there are beside these."""
    first: ArticleRow | None
    last: ArticleRow | None
    names: tuple[tuple[MentionType, tuple[EntityRow, ...]], ...]
    events: tuple[EventRow, ...]
    """Those that most outlets tell, in order of time."""
    event_count: int
    not_facts: tuple[tuple[Modality, int, EventRow], ...]
    """How many events are told so, and the one that most tell."""
    not_exact: int
    recent: Recent | None


def gather(reader: Reader, f: Filter, *, names: int, events: int, outlets: int) -> Gathered:
    """What the articles of a filter hold: at most so many `names` of each kind, most told `events` and `outlets`."""
    ids = reader.article_ids(f)
    undated = reader.trends((), f, "year").undated
    dated = len(ids) - undated
    first, last = _row(reader, ids[dated - 1] if dated else None), _row(reader, ids[0] if dated else None)
    found = reader.outlets_of(f)
    unsaid = [one for one in found[outlets:] if one[0] is None]  # how many say no outlet is told wherever it stands
    kinds = {
        precision: reader.event_count(replace(f, precision=precision))
        for precision, group in GROUPS.items()
        if group in _NOT_EXACT and f.precision in (None, precision)
    }
    return Gathered(
        articles=len(ids),
        undated=undated,
        outlets=tuple(
            Outlet(name, count, newest)
            for name, count, id_ in (*found[:outlets], *unsaid)
            if (newest := _row(reader, id_)) is not None
        ),
        other_outlets=max(0, len(found) - outlets - len(unsaid)),
        first=first,
        last=last,
        names=_names(reader, f, names),
        events=_told(reader, f, events),
        event_count=reader.event_count(f),
        not_facts=tuple(
            (one, count, row)
            for one in NOT_FACTS
            if f.modality in (None, one) and (count := reader.event_count(told_so := replace(f, modality=one)))
            for row in reader.events(reader.event_ids(told_so, "outlets", 1))
        ),
        not_exact=sum(kinds.values()),
        recent=_recent(reader, f, first, last),
    )


def _row(reader: Reader, id: int | None) -> ArticleRow | None:
    return next(iter(reader.articles((id,))), None) if id is not None else None


def _told(reader: Reader, f: Filter, most: int) -> tuple[EventRow, ...]:
    """The events that most outlets and articles tell, in order of time, each with a sentence that tells none of the
    others; those that are known by their year at best come last in the choice."""
    found = reader.events(reader.event_ids(f, "outlets", _CANDIDATES * most))
    found.sort(key=lambda row: (GROUPS.get(row.precision) in _NOT_EXACT, -row.outlets, -len(row.articles), row.id))
    chosen: list[EventRow] = []
    quoted_before: set[str] = set()
    for row in found:
        if len(chosen) < most and row.sentences and row.sentences[0].text not in quoted_before:
            quoted_before.add(row.sentences[0].text)
            chosen.append(row)
    return tuple(sorted(chosen, key=lambda row: (row.earliest, row.latest, row.id)))


def sources(row: EventRow, most: int) -> list[SentenceRef]:
    """The sentences that tell an event, one of each article, the first `most`."""
    return list({ref.article: ref for ref in reversed(row.sentences)}.values())[::-1][:most]


def _names(reader: Reader, f: Filter, most: int) -> tuple[tuple[MentionType, tuple[EntityRow, ...]], ...]:
    """The names of most articles by kind, those that were asked for left out."""
    asked = frozenset(f.entities)
    groups = []
    for kind, ids in reader.entity_groups(f, most=most + len(asked)):
        rows = reader.entities([id_ for id_ in ids if id_ not in asked][:most], f)
        if rows:
            groups.append((kind, tuple(rows)))
    return tuple(groups)


def _recent(reader: Reader, f: Filter, first: ArticleRow | None, last: ArticleRow | None) -> Recent | None:
    begun, until = _day(first), _day(last)
    if until is None or begun is None:
        return None
    since = max(begun, until - timedelta(days=_RECENT - 1))
    now = replace(f, since=since.isoformat(), until=until.isoformat())
    ids = reader.article_ids(now)
    names: tuple[EntityRow, ...] = ()
    if since > begun:
        wanted = [row.id for _kind, rows in _names(reader, now, _FRESH) for row in rows]
        before = reader.trends(wanted, replace(f, until=(since - timedelta(days=1)).isoformat()), "year")
        new = [series.entity.id for series in before.series if not series.entity.articles]
        names = tuple(
            sorted(reader.entities(new, now), key=lambda row: (-row.articles, -row.mentions, row.id))[:_FRESH]
        )
    return Recent(since.isoformat(), until.isoformat(), len(ids), tuple(reader.articles(ids[:5])), names)


def _day(row: ArticleRow | None) -> date | None:
    """The first day that a time of publication means."""
    value = row.published.value if row is not None else None
    if not value:
        return None
    try:
        return date.fromisoformat((value[:10] + "-01-01"[len(value) - 4 :])[:10] if len(value) < 10 else value[:10])
    except ValueError:
        return None


def quoted(text: str) -> str:
    """A sentence on one line, cut at a word where it is too long to be read."""
    said = " ".join(one_line(text[: 4 * _LONGEST]).split())
    if len(said) <= _LONGEST and len(text) <= 4 * _LONGEST:
        return said
    return f"{said[:_LONGEST].rpartition(' ')[0] or said[:_LONGEST]} …"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is said: an article and a sentence of it."""

    number: int
    row: ArticleRow
    url: str | None
    start: int
    end: int
    text: str
    """The sentence as far as it is quoted, on one line."""

    @property
    def ref(self) -> SentenceRef:
        """The sentence by itself."""
        return SentenceRef(self.row.id, self.start, self.end, self.text)


class Citations:
    """The sentences that are cited, each numbered once in the order in which they are."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[tuple[int, int, int], Citation] = {}
        self._known: dict[int, tuple[ArticleRow, str | None, SentenceRef, list[Contradiction]]] = {}

    def __iter__(self) -> Iterator[Citation]:
        return iter(self._found.values())

    def sentence(self, ref: SentenceRef) -> Citation | None:
        """A sentence; None where its article is gone."""
        known = self._article(ref.article)
        if known is None:
            return None
        key = ref.article, ref.start, ref.end
        if key not in self._found:
            row, url, _lead, _slips = known
            self._found[key] = Citation(len(self._found) + 1, row, url, ref.start, ref.end, quoted(ref.text))
        return self._found[key]

    def lead(self, row: ArticleRow) -> Citation | None:
        """The first sentence of an article."""
        return self.first(row.id)

    def first(self, article: int) -> Citation | None:
        """The same by the article's id."""
        known = self._article(article)
        return None if known is None else self.sentence(known[2])

    def span(self, article: int, start: int, end: int) -> Citation | None:
        """What stands at a span of an article; None where the article is gone."""
        if self._article(article) is None:
            return None
        return self.sentence(SentenceRef(article, start, end, self._reader.article(article).document.text[start:end]))

    def naming(self, entity: int, f: Filter) -> Citation | None:
        """The newest sentence that names an entity."""
        ids = self._reader.mention_ids(entity, f, most=1)
        return next((self.sentence(row.sentence) for row in self._reader.mention_rows(entity, ids)), None)

    def contradictions(self) -> list[tuple[Contradiction, Citation]]:
        """What contradicts itself in the articles that were cited so far; it is cited."""
        found = []
        for article, (_row, _url, _lead, slips) in list(self._known.items()):
            for slip in slips:
                text = self._reader.article(article).document.text[slip.start : slip.end]
                if (cited := self.sentence(SentenceRef(article, slip.start, slip.end, text))) is not None:
                    found.append((slip, cited))
        return found

    def inferred(self) -> int:
        """How many of the articles that were cited have a date that was inferred."""
        return sum(row.published.basis == "inferred" for row, *_ in self._known.values())

    def _article(self, id: int) -> tuple[ArticleRow, str | None, SentenceRef, list[Contradiction]] | None:
        if id not in self._known:
            from store.resolve.contradictions import contradictions  # reads the lexicon of dates

            try:
                article = self._reader.article(id)
            except CorpusError:
                return None
            self._known[id] = article.row, article.document.url, _lead(article), contradictions(article)
        return self._known[id]


def _lead(article: Article) -> SentenceRef:
    """The first sentence of the article proper; where there is none, its title or the beginning of its text."""
    text = article.document.text
    bodies = [block for block in article.cleaned.blocks if block.kind == "body"]
    for sentence in article.sentences:
        if any(block.start <= sentence.start < block.end for block in bodies):
            return SentenceRef(article.row.id, sentence.start, sentence.end, text[sentence.start : sentence.end])
    title = article.cleaned.title
    if title and title.start is not None and title.end is not None:
        return SentenceRef(article.row.id, title.start, title.end, text[title.start : title.end])
    end = min(len(text), _LONGEST)
    return SentenceRef(article.row.id, 0, end, text[:end])
