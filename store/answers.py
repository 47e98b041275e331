"""What is asked of a corpus and what it answers: frozen, plain values, as those of `store.models`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from store.annotations import PLAIN, Annotated
from store.models import (
    Bound,
    Cleaned,
    DateMention,
    Document,
    Event,
    Mention,
    MentionType,
    Modality,
    Precision,
    Published,
    Recogniser,
    Sentence,
)

if TYPE_CHECKING:
    from store.resolve.suggesting import Reason

Unit = Literal["day", "month", "year", "decade"]
"""By what events are counted."""
EventOrder = Literal["time", "outlets"]
EntityOrder = Literal["articles", "mentions", "name"]
ArticleOrder = Literal["newest", "relevance", "best"]
RANKED = 2000
"""How many of the newest articles that answer a search are ordered by relevance; the others follow, newest first."""
OFFSET_BITS = 24
"""Of a mention as one integer, those of the offset; above them stands the article (which has at most 4 MB)."""
Sought = Literal["author", "section", "keyword", "language", "tag", "note", "has"]
"""What sources say of documents that can be searched for, and what people do: a tag, words of a note, or whether there
is an annotation of a kind (`has`)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was no document."""

    path: str
    """As it was named, from `folder`: a file, one of its lines ("feed.jsonl:12") or members."""
    folder: str
    what: str
    remedy: str
    at: int
    """When, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows every list; fields are combined with "and"."""

    query: str = ""
    entities: tuple[int, ...] = ()
    """Articles that mention all of these entities."""
    article: int | None = None
    event: int | None = None
    type: MentionType | None = None
    since: str | None = None
    """First day, `YYYY-MM-DD`, inclusive; a year or a month alone stands for its first day."""
    until: str | None = None
    """Last day, inclusive; a year or a month alone stands for its last day."""
    outlet: str | None = None
    bookmarked: bool = False
    undated: bool = False
    """Only articles whose date of publication is unknown."""
    precision: Precision | None = None
    """Only events known so exactly, and articles that tell one."""
    modality: Modality | None = None
    """Only events told in this light, and articles that tell one."""
    said: tuple[tuple[Sought, str], ...] = ()
    """Only articles of which a source says all of this: a name, and words of its value; for a language its code."""
    latin: bool = True
    """Whether Latin words of the query find Arabic names too."""
    story: int | None = None
    """Only this article and its copies, each by itself."""
    copies: bool = False
    """Whether articles are listed and counted each by itself; else of copies of one story only the newest that the
    other conditions let through. Bookmarks are each by itself in any case."""
    added_after: int | None = None
    """Only articles that were added after the one with this id."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A filter and an order under a name."""

    name: str
    filter: Filter
    order: ArticleOrder
    made: str
    """When it was saved, UTC, ISO 8601."""
    looked: str
    """When somebody looked at it last."""
    seen: int
    """The last article that had been added by then."""
    lost: str = ""
    """What it asks for that is not in the corpus any more: then it finds nothing."""


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A saved search as it is kept and goes from one corpus to another."""

    name: str
    filter: Mapping[str, Any]
    """The fields of a Filter that say something: names by their keys, articles by their digests, an event by a dated
    sentence."""
    order: ArticleOrder
    made: str
    """When it was saved, UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of a list of articles."""

    id: int
    title: str
    published: Published
    outlet: str | None
    path: str
    bookmarked: bool = False
    snippet: str | None = None
    """Logical text around the first hit when the list answers a query."""
    copies: int = 0
    """In how many articles its story is told; 0 where only in this one."""
    outlets: int = 0
    """By how many outlets that are known, where it is told more than once."""
    annotated: Annotated = PLAIN


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One line of a list of entities; counts are within the filter that was asked."""

    id: int
    name: str
    type: MentionType
    mentions: int
    articles: int
    entity: str | None
    read_as: str | None = None
    """The words of its name that a Latin spelling was read as, where it was found by one."""
    annotated: Annotated = PLAIN


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One line of a list of outlets."""

    name: str
    articles: int
    first: str | None
    """The day (month, year) of its first article that has a date of publication, ISO 8601."""
    last: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one."""

    into: EntityRow
    """The one of more articles, as which both would be shown."""
    other: EntityRow
    score: float
    """How likely, 0 to 1."""
    reasons: tuple[Reason, ...]
    """Why, what speaks against it last."""


@dataclass(frozen=True, slots=True)
class SentenceRef:
    """A sentence somewhere in the corpus."""

    article: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One line of a list of mentions of an entity."""

    id: int
    """What it is in the list of all mentions of the entity."""
    article: ArticleRow
    sentence: SentenceRef
    start: int
    """Where the mention begins in the article's text."""
    end: int


def place_of_mention(id: int) -> tuple[int, int]:
    """The article and the offset that the integer of a mention stands for."""
    return id >> OFFSET_BITS, id & ((1 << OFFSET_BITS) - 1)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the timeline: what one or more sentences say of the same time."""

    id: int
    value: str
    earliest: str
    latest: str
    precision: Precision
    modality: Modality
    names: tuple[str, ...]
    articles: tuple[int, ...]
    sentences: tuple[SentenceRef, ...]
    outlets: int
    """How many distinct outlets tell it; those with the same sentence count once."""
    bound: Bound | None = None
    annotated: Annotated = PLAIN


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of the timeline (`2021`, `2021-12` or `2021-12-09`) and how many events lie in it."""

    value: str
    events: int


@dataclass(frozen=True, slots=True)
class Series:
    """How often articles name an entity over time, a number for each cell of the `Trends` it is part of."""

    entity: EntityRow
    articles: tuple[int, ...]
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """Articles by their time of publication: cell after cell without a gap, from the first that has any to the last."""

    unit: Unit
    """The unit asked for, or a longer one where there would be too many cells."""
    first: int
    """The number of the first cell, as `store.text.cells` numbers them."""
    articles: tuple[int, ...]
    """How many articles are let through in all; one that is known by its month or year only stands at its first day."""
    series: tuple[Series, ...]
    undated: int
    """Articles that are let through and have no date."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities (by id, the smaller first), and in how many sentences and articles they stand together."""

    source: int
    target: int
    sentences: int
    articles: int


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention in a stored article, with the entity it belongs to in the corpus."""

    mention: Mention
    entity_id: int
    entity_name: str
    reason: str
    """Why it belongs to that entity, in words."""


@dataclass(frozen=True, slots=True)
class Article:
    """One stored article with its spans."""

    row: ArticleRow
    document: Document
    cleaned: Cleaned
    sentences: tuple[Sentence, ...]
    mentions: tuple[StoredMention, ...]
    dates: tuple[DateMention, ...]
    events: tuple[tuple[int, Event], ...]
    """(id of the corpus event, what this article says of it)."""
    recogniser: Recogniser
    """The pass its names come from."""
    waiting: bool
    """Whether the accurate pass is still to come."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A corpus in a few numbers."""

    path: str
    sample: bool
    articles: int
    entities: dict[str, int]
    events: int
    outlets: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    undated: int
    waiting: int
    """Articles whose names still wait for the accurate pass."""
    copies: int = 0
    """Articles of whose story there is a newer one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry of the log of what people decided."""

    id: int
    made: str
    """When, UTC, ISO 8601."""
    action: Literal[
        "rename",
        "retype",
        "hide",
        "unhide",
        "merge",
        "split",
        "split-articles",
        "redate",
        "outlet",
        "relabel",
        "merge-events",
        "split-events",
        "split-copy",
        "keep-apart",
    ]
    about: tuple[str, ...]
    """Keys of names (type, Wikidata id or nothing, folded name, between tabs), the SHA-256 of documents, for events
    those of dated sentences (SHA-256, "@" and the offset of the date), for a block the same with its own offset."""
    value: str | None
    """The new name, type, date, outlet, kind, or the key of the name that the others belong to."""
    undone: str | None
    """When it was taken back, if it was."""
    uid: str = ""
    """What it is known by in every corpus."""
    who: str | None = None
    """Who said so; None in logs of an older khabar."""
    group: str = ""
    """The same for entries that were made, and are undone, together."""
    undone_by: str | None = None
    redone: str | None = None
    """When it was given back last, if it was undone and stands again."""
    redone_by: str | None = None
    what: Mapping[str, Any] = field(default_factory=dict)
    """All that it says, as it is exported (docs/corrections.md)."""
    article: tuple[int, str] | None = field(default=None, compare=False)
    """Number and title, in this corpus, of the article that it is about; None where it is about none that is here."""
