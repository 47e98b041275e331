"""The values that travel between the rooms: frozen, plain, without behaviour.

Offsets are code points of a document's text, end exclusive: `text[start:end]` is the surface.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from store.values import value_class

if TYPE_CHECKING:
    from store.database.preparing import Prepared

BlockKind = Literal[
    "title", "header", "dateline", "caption", "heading", "body", "keywords", "related", "source", "boilerplate"
]
Basis = Literal["given", "metadata", "header", "dateline", "inferred", "unknown"]
MentionType = Literal["PER", "ORG", "LOC", "MISC"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "range", "vague"]
Modality = Literal["asserted", "planned", "predicted", "denied"]
Bound = Literal["since", "until"]
"""Which end of a stretch a date is, where it is one: "منذ 2014" begins what lasts, "حتى 2020" ends it."""
StatementKind = Literal[
    "said", "confirmed", "denied", "warned", "announced", "promised", "demanded", "accused", "expected", "asked"
]
About = Literal["exact", "approximate", "more", "less"]
"""How a number is meant: as it stands, nearly so ("نحو"), as the least ("أكثر من") or the most."""
Recogniser = Literal["fast", "accurate"]
"""Which pass found the names of a text: rules and a small model at once, or an encoder as well, later."""


@value_class(frozen=True, slots=True)
class Source:
    """Where a document came from and who read it."""

    path: str
    """The path, URL or member ("feed.jsonl:12") a person would recognise."""
    reader: str
    version: str
    encoding: str | None = None


@value_class(frozen=True, slots=True)
class Said:
    """One thing that a source says of a document: evidence with its origin, not truth."""

    name: str
    """One of SAID."""
    value: str
    """One line, as the source has it; times keep their zone."""
    origin: str
    """Where it stands: `JSON-LD author`, `meta article:section`, `feed dc:creator`, `column byline`."""


SEARCHED = ("ar", "und")
"""Languages in which names and dates are looked for; a text too short to tell is tried."""

MARKED = "page: "
"""What the rules of blocks begin with that a reader marked."""

BY_A_PERSON = "said by a person"
"""What the rules of blocks begin with that a person labelled."""

SAID = (
    "author",
    "section",
    "keyword",
    "language",
    "published",
    "updated",
    "canonical",
    "site",
    "description",
    "fetched",
)
"""What sources say of documents, in the order in which it is shown."""


@value_class(frozen=True, slots=True)
class Document:
    """A text as read (law 2 of ARCHITECTURE.md) and what its source says of it."""

    text: str
    source: Source
    digest: str
    """SHA-256 (hex) of the bytes the document was read from: the same bytes are the same document."""
    id: str | None = None
    title: str | None = None
    published: str | None = None
    """What the source says, ISO 8601 (`2021-12-14` or `2021-12-14T06:17`)."""
    published_basis: Basis = "unknown"
    outlet: str | None = None
    url: str | None = None
    replaced: int = 0
    """How many control characters were replaced by U+FFFD in place."""
    said: tuple[Said, ...] = ()
    """Everything else the source says of it, in the source's order."""
    marks: tuple[Block, ...] = ()
    """Lines whose function the source gives away (a page's menu is no paragraph of the article), with the rule that
    says so, in order, each within one line; cleaning goes by them, and writes `MARKED` before their rules."""
    labels: tuple[Block, ...] = ()
    """What people say of lines: kind and rule of the one (or the dateline before it) that holds `start`; it goes
    before all that a source gives away."""


@value_class(frozen=True, slots=True)
class Block:
    """A stretch of the text with one function, and the rule that said so."""

    start: int
    end: int
    kind: BlockKind
    rule: str


@value_class(frozen=True, slots=True)
class Title:
    """The article's title; without a span when it came from outside the text."""

    text: str
    start: int | None
    end: int | None
    basis: Literal["given", "metadata", "line", "first sentence"]


@value_class(frozen=True, slots=True)
class Cleaned:
    """What cleaning found out about a document; it deletes nothing."""

    blocks: tuple[Block, ...]
    title: Title | None
    outlet: str | None
    outlet_reason: str
    keywords: tuple[str, ...]
    language: str = "ar"
    """What language the body is in, a code of ISO 639; `und` where it can't be told."""


@value_class(frozen=True, slots=True)
class Sentence:
    """A sentence of the text, inside one block."""

    start: int
    end: int


@value_class(frozen=True, slots=True)
class Published:
    """The document creation time with what it rests on; `value` is ISO 8601 or None when unknown."""

    value: str | None
    basis: Basis
    reason: str


@value_class(frozen=True, slots=True)
class Contradiction:
    """A date of the text that cannot be right beside another one, or beside the publication, and why in words that
    quote both sides."""

    start: int
    end: int
    reason: str


@value_class(frozen=True, slots=True)
class Mention:
    """A name in the text, without its proclitics."""

    start: int
    end: int
    text: str
    type: MentionType
    name: str
    """The display name of its entity within this text ("الكاظمي" has the name "مصطفى الكاظمي")."""
    entity: str | None
    """A stable key where the mention is linked to a known thing (a Wikidata id), else None."""
    score: float
    extractor: str
    version: str
    rule: str
    reason: str
    """Why it belongs to `name`, in words; empty when it is that name."""

    def known_as(self, name: str, entity: str | None, reason: str) -> Mention:
        """The mention with another meaning. Written out: `dataclasses.replace` takes three times as long, and an
        article has dozens."""
        return Mention(
            self.start, self.end, self.text, self.type, name, entity, self.score, self.extractor, self.version,
            self.rule, reason,
        )  # fmt: skip


@value_class(frozen=True, slots=True)
class DateMention:
    """A TIMEX3 expression with its value and the days it may mean."""

    start: int
    end: int
    text: str
    type: DateType
    value: str
    mod: str | None
    earliest: str | None
    """First day it may mean, `YYYY-MM-DD`; None where no day follows (durations, vague or unanchored values)."""
    latest: str | None
    precision: Precision
    modality: Modality
    anchor: str | None
    """The date it was resolved against, if any."""
    rule: str
    extractor: str
    version: str
    bound: Bound | None = None


@value_class(frozen=True, slots=True)
class Event:
    """Something dated in one sentence of one text. `start`/`end` are the sentence's."""

    start: int
    end: int
    value: str
    earliest: str
    latest: str
    precision: Precision
    modality: Modality
    names: tuple[str, ...]
    """Display names of the entities of the sentence, in reading order."""
    date_start: int
    date_end: int
    bound: Bound | None = None


@value_class(frozen=True, slots=True)
class Speaker:
    """Who says something, relays it or is told it: the span that names them and their display name."""

    start: int
    end: int
    name: str
    named: bool = True
    """Whether it is a name; a source without one ("مصدر أمني") is known by its words."""


@value_class(frozen=True, slots=True)
class Quote:
    """What somebody is said to have said; the span is its words, without quotation marks or what introduces it."""

    start: int
    end: int
    speaker: Speaker | None
    verb: str | None
    """The word that gives it ("أكد"), as the text has it; ":" in a headline."""
    verb_start: int = 0
    direct: bool = True
    """Whether it is given in quotation marks, as said."""
    kind: StatementKind = "said"
    addressee: Speaker | None = None
    via: Speaker | None = None
    """Who relays it, where another says it."""
    date_start: int | None = None
    date_end: int | None = None
    """The date expression that says when it was said, where its sentence has one."""
    rule: str = ""


@value_class(frozen=True, slots=True)
class Role:
    """What a text says that a person is: an office, work or function; the span is that of its words."""

    start: int
    end: int
    text: str
    person_start: int
    person_end: int
    person: str
    """The person's display name."""
    holder: str | None
    """The organisation or place that it is held in, by its display name."""
    rule: str


@value_class(frozen=True, slots=True)
class Quantity:
    """A number with what it counts or measures; the span goes from the number to the end of what is counted."""

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    """The same as `low` but for a range; None where only a word of many stands there ("عشرات")."""
    unit: str
    """The first word of what is counted, as the text has it; "%" for percentages."""
    about: About
    rule: str


@value_class(frozen=True, slots=True)
class Analysis:
    """Everything found in one document."""

    document: Document
    cleaned: Cleaned
    published: Published
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    recogniser: Recogniser = "fast"
    signature: bytes | None = None
    """What is kept of the body to find its copies (`store.resolve.copies`); None where it was not made."""
    prepared: Prepared | None = field(default=None, compare=False, repr=False)
    """What is worked out beforehand for a corpus; to be left out of whatever is made of this."""
