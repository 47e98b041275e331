"""What a dossier says of somebody or something, part by part: frozen values, as those of `store.answers`.

A dossier is about an entity, about two together, or about an outlet. Whatever it counts are the articles that its
filter lets through: of copies of one story one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from store.annotations import Annotation
from store.answers import ArticleRow, EntityRow, EventRow, Filter, MentionRow
from store.models import StatementKind
from store.spoken import StatementRow

How = Literal["alone", "first", "level", "later"]
"""How an outlet tells a story: as the only one, before all others, at the moment of the first, after others."""
Unit = Literal["month", "year"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what a dossier is about: one entity, two of them together, or an outlet."""

    entities: tuple[EntityRow, ...] = ()
    outlet: str | None = None

    @property
    def filter(self) -> Filter:
        """The articles that it is about."""
        return Filter(entities=tuple(row.id for row in self.entities), outlet=self.outlet)

    @property
    def name(self) -> str:
        """As it is called: the two of a pair with a sign between them."""
        return self.outlet or " + ".join(row.name for row in self.entities)

    @property
    def is_person(self) -> bool:
        """Whether it is about one person, of whom roles may be said."""
        return len(self.entities) == 1 and self.entities[0].type == "PER"


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article, and where in it the entity is named first."""

    article: ArticleRow
    start: int | None = None
    """The offset of the mention; None for an outlet."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A dossier in a few numbers."""

    articles: int
    mentions: tuple[int, ...]
    """How often these articles name each of its entities."""
    undated: int
    first: Sighting | None
    """The oldest of them that has a date."""
    last: Sighting | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way in which texts write an entity's name."""

    form: str
    mentions: int
    """How often, in all articles, copies too."""
    reason: str
    """Why it belongs to the entity, in words; empty where it is the entity's own name."""


@dataclass(frozen=True, slots=True)
class Role:
    """What is said that a person is ("رئيس الوزراء العراقي")."""

    text: str
    """As it is written most often."""
    mentions: tuple[int, ...]
    """Where: the person's mentions, as integers that `Reader.mention_rows` knows, of the newest article first."""
    holder: str | None = None
    """The organisation or place that it is held in."""
    first: str | None = None
    """The day of the first of these articles, and of the last; None where none has a date."""
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles found in the newest mentions."""

    roles: tuple[Role, ...]
    sampled: int
    """In so many mentions they were looked for."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an entity says."""

    kinds: tuple[tuple[StatementKind, int], ...]
    """How many statements of each kind, most first."""
    latest: tuple[StatementRow, ...]

    @property
    def count(self) -> int:
        """How many statements in all."""
        return sum(number for _, number in self.kinds)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month (`2021-12`) or year (`2021`) and how many of the articles were published in it."""

    value: str
    articles: int


def by_year(months: Iterable[Stretch]) -> list[Stretch]:
    """The same by years."""
    return [
        Stretch(year, sum(month.articles for month in some))
        for year, some in groupby(months, key=lambda month: month.value[:-3])
    ]


@dataclass(frozen=True, slots=True)
class Companion:
    """Another entity of the same articles."""

    row: EntityRow
    """Its counts are those within these articles."""
    expected: float
    """In so many of them it would be if it were in all articles of the corpus alike."""

    @property
    def lift(self) -> float:
        """How many times as often as by chance it is there."""
        return self.row.articles / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class Teller:
    """An outlet, section or author, and how many of the articles are theirs."""

    kind: Literal["outlet", "section", "author"]
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Events:
    """The events that are told most widely, and how many there are in all."""

    rows: tuple[EventRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Together:
    """Sentences that name both of a pair."""

    rows: tuple[MentionRow, ...]
    """One for each sentence, at the first of the two: of the newest article first."""
    keys: tuple[int, ...]
    """All that were found, as `Reader.mention_rows` knows them."""
    sampled: int
    """In so many of the newest articles they were looked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """The stories that an outlet tells in one way."""

    how: How
    stories: int
    newest: tuple[int, ...]
    """Articles of the newest of them, newest first."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What people put on whom it is about, and on what tells of it."""

    own: tuple[Annotation, ...]
    """The newest of those on its entities, newest first; an outlet has none of its own."""
    own_count: int
    told: tuple[Annotation, ...]
    """The newest of those on its articles, their sentences and its events."""
    count: int
    """How many of these there are."""
    articles: tuple[int, ...]
    """The articles that show these, newest annotation first."""
