"""How something is exported, beside what a filter lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.answers import Unit

if TYPE_CHECKING:
    from store.text.when import Language


@dataclass(frozen=True, slots=True)
class Options:
    """What the options of an export say; each form takes those that concern it."""

    limit: int | None = None
    """At most so many articles (of articles and mentions), entities (of entities and a graph), statements, quantities
    or events."""
    only: Sequence[int] | None = None
    """Only these ids and in their order: articles (of articles and mentions), entities (of entities, a graph), events.
    They need not pass the filter, within which entities are counted all the same."""
    of: tuple[int, ...] = ()
    """The entities whose trends are drawn, or whose mentions or statements are written; none for those that the filter
    asks for (of statements for anybody), and where it asks for none, for trends those of most articles and for mentions
    all."""
    by: Unit | None = None
    """The unit of trends; none for one that fits."""
    least: int = 1
    """Ties of a graph have at least so many sentences."""
    ties: int | None = None
    """At most so many ties, the strongest."""
    language: Language = "ar"
    """The language of what is said around the texts in a brief, a report and pictures."""
    noted: bool = True
    """Whether a brief and a report tell what people put on what is in them."""
    plain: bool = False
    """Whether a picture is drawn in light colours only, for what cannot choose."""
