"""What is said in a corpus, as it is listed: statements, roles, quantities, each with its article and its sentence."""

from __future__ import annotations

from dataclasses import dataclass

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
