"""What is said in a corpus, as it is listed: statements, roles, quantities, each with its article and its sentence."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Literal

from store.answers import ArticleRow, SentenceRef
from store.models import Quantity, Quote, Role, StatementKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements."""

    speaker: int | None = None
    """Those of an entity."""
    kinds: tuple[StatementKind, ...] = ()
    """Of these kinds; any where empty."""
    direct: bool | None = None
    """Only those in quotation marks, or only the others."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of a list of statements."""

    id: int
    """What it is in such lists."""
    article: ArticleRow
    sentence: SentenceRef
    """The sentence, or the sentences, from the verb to the end of what is said."""
    quote: Quote
    speaker: int | None
    """The entity that speaks, where it has a name."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Some of the statements of a list that may be long."""

    ids: array[int]
    """As in `StatementRow`."""
    next: int | None
    """Where the list goes on: a place in the order of its articles; None where it ends."""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that a sentence says of somebody."""

    article: ArticleRow
    sentence: SentenceRef
    role: Role


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A quantity with the sentence that says it."""

    article: ArticleRow
    sentence: SentenceRef
    quantity: Quantity


DifferingRule = Literal["claim", "denial", "contrast", "figures", "figures apart"]
"""Why two statements may differ: one denies what it says that the other claims; one denies what the other says; one
says no in the words of the other; two sources of one sentence, or two articles, give numbers that are apart."""


@dataclass(frozen=True, slots=True)
class Differ:
    """One of two statements that differ: what is said, where, and who says it."""

    article: ArticleRow
    sentence: SentenceRef
    start: int
    end: int
    """What is said, or the number, in the text."""
    who: str
    """Who says it, a name or the words of the text; the outlet where nobody does; empty where that is not known."""
    speaker: int | None
    """The entity that says it, where it has a name."""
    kind: StatementKind | None
    """None for a number, and for what only the denial says of it."""
    direct: bool
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """Two that may speak of one thing and say it differently: a question to whoever reads them, not a verdict."""

    one: Differ
    """The one that denies, or stands first."""
    other: Differ
    rule: DifferingRule
    score: float
    """The higher, the likelier that both speak of one thing."""
    shared: tuple[str, ...]
    """Stems of words that both have in common, the rarest first."""


@dataclass(frozen=True, slots=True)
class Differing:
    """What was found to differ."""

    rows: tuple[DifferingRow, ...]
    """The likeliest first."""
    looked: int
    """So many articles were looked at, the newest first."""
    of: int
    """So many there are."""
