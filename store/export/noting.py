"""What people put on what a brief or a report tells of, in plain values: marks wherever something stands, and each note
once, beside the first place that is seen at once; what has none comes by itself in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.annotations import PLAIN, Annotated, Annotation, Noting, Target, folded
from store.answers import EntityRow, EventRow, Filter, SentenceRef
from store.export.gathering import Citation, Citations

if TYPE_CHECKING:
    from store.database.queries import Reader

BOOKMARK, NOTE = "★", "✎"
_MOST = 2_000
"""So many annotations are looked through, the newest notes before the others."""
_NOTES = 10
"""So many notes are told of one thing."""
_APART = 40
"""So many things come by themselves."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Whether something is bookmarked, its tags, and the notes on it that are to be told there, oldest first."""

    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    notes: tuple[Annotation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bookmarked or self.tags or self.notes)


@dataclass(frozen=True, slots=True)
class Apart:
    """Something that has been annotated and is told of nowhere else."""

    on: Target
    title: str
    """Of an article, the name of an entity; nothing for a sentence and an event."""
    event: EventRow | None
    marks: Marks
    cited: Citation | None
    """The sentence itself, that of the event, the first of the article, or one that names the entity."""


class Notes:
    """What is on all that a filter lets through. One question finds it, whatever there is beside it.

    Where it is not to be `told`, nothing is on anything.
    """

    def __init__(self, reader: Reader, f: Filter, cited: Citations, *, told: bool = True) -> None:
        self._reader, self._filter, self._cited, self._tells = reader, f, cited, told
        found = reader.noted(f, _MOST) if told else Noting()
        self.count = found.count
        """How many annotations there are."""
        self._on: dict[Target, list[Annotation]] = {}
        for one in found.told:
            # of a sentence whose words are gone the article is left
            target = one.target or (None if one.article is None else Target("article", one.article))
            if target is not None:
                self._on.setdefault(target, []).append(one)
        self._told: set[Target] = set()
        self._said = 0

    @property
    def untold(self) -> int:
        """How many were not told so far."""
        return self.count - self._said

    def marks(self, on: Target, row: Annotated = PLAIN) -> Marks:
        """Its bookmark and tags, those that its row of a list has among them; no notes."""
        if not self._tells:
            return Marks()
        there = self._on.get(on, ())
        tags = {folded(tag): tag for tag in row.tags}
        for one in reversed(there):
            if one.kind == "tag":
                tags.setdefault(folded(one.text), one.text)
        return Marks(row.bookmarked or any(one.kind == "bookmark" for one in there), tuple(tags.values()))

    def beside(self, on: Target, row: Annotated = PLAIN) -> Marks:
        """The same with its notes, if they were not told before; they are told then."""
        marks = self.marks(on, row)
        if on in self._told:
            return marks
        self._told.add(on)
        there = self._on.get(on, ())
        notes = [one for one in reversed(there) if one.kind == "note"]
        self._said += len(there) - len(notes[_NOTES:])
        return Marks(marks.bookmarked, marks.tags, tuple(notes[:_NOTES]))

    @staticmethod
    def sentence(ref: SentenceRef) -> Target:
        """A sentence as something that is annotated."""
        return Target("sentence", ref.article, ref.start, ref.end)

    def apart(self) -> Iterator[Apart]:
        """What is told of nowhere so far, that with the newest annotation first; bounded."""
        left = [on for on in self._on if on not in self._told][:_APART]
        titles = {row.id: row.title for row in self._reader.articles([on.id for on in left if on.on == "article"])}
        entities = {row.id: row for row in self._reader.entities([on.id for on in left if on.on == "entity"])}
        events = {row.id: row for row in self._reader.events([on.id for on in left if on.on == "event"])}
        for on in left:
            cited = self._citation(on, self._on[on], entities, events)
            title = titles.get(on.id, "") if on.on == "article" else ""
            if on.on == "entity" and on.id in entities:
                title = entities[on.id].name
            yield Apart(on, title, events.get(on.id) if on.on == "event" else None, self.beside(on), cited)

    def _citation(
        self, on: Target, there: Sequence[Annotation], entities: dict[int, EntityRow], events: dict[int, EventRow]
    ) -> Citation | None:
        if on.on == "sentence" and on.start is not None and on.end is not None:
            return self._cited.span(on.id, on.start, on.end)
        if on.on == "entity":
            return self._cited.naming(on.id, self._filter) if on.id in entities else None
        if on.on == "event" and on.id in events:
            # the sentence that was annotated, where it still tells the event
            places = {(one.article, one.key.start) for one in there}
            told = events[on.id].sentences
            ref = next(
                (ref for ref in told for article, at in places if ref.article == article and _holds(ref, at)), None
            )
            return self._cited.sentence(ref or told[0]) if told else None
        return self._cited.first(on.id)


def _holds(ref: SentenceRef, at: int | None) -> bool:
    return at is not None and ref.start <= at < ref.end
