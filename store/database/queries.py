"""The Reader: every question that screens and commands ask of a corpus."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import (
    Article,
    ArticleOrder,
    ArticleRow,
    Bucket,
    Edit,
    EntityOrder,
    EntityRow,
    EventOrder,
    EventRow,
    Filter,
    MentionRow,
    OutletRow,
    Overview,
    Suggestion,
    Trends,
    Unit,
)
from store.database import entities, log, notes, reading, searching, timeline, word_forms
from store.database.annotation_queries import AnnotationQueries
from store.database.as_written import as_written
from store.database.files import connect_to_read
from store.database.latin import understood
from store.database.questions import T
from store.database.questions import asking as _asking
from store.database.spoken_queries import SpokenQueries
from store.models import DateMention, MentionType
from store.text.latin_query import LatinReading
from store.text.marks import Marker
from store.text.nodes import MAX_FORMS

if TYPE_CHECKING:
    from store.database.ties import Ties


class Reader(AnnotationQueries, SpokenQueries):
    """A read-only view of a corpus; one for each thread that asks, as opening one costs next to nothing.

    Every method raises CorpusError when the file fails, Cancelled after `interrupt`, and QueryError for a
    search or a day in a filter that cannot be understood. Entities that were merged into another answer to
    their old ids too.
    """

    def __init__(self, path: str | Path, *, sample: bool = False) -> None:
        self.path = Path(path)
        self.sample = sample
        self._stopped = False
        self._connection = connect_to_read(self.path)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def interrupt(self) -> None:
        """Stops a running query of another thread, which then raises Cancelled."""
        self._connection.interrupt()

    def stop(self) -> None:
        """As `interrupt`; whatever is asked from now on raises Cancelled too."""
        self._stopped = True
        self._connection.interrupt()

    @_asking
    def put(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Answers a question that another module of this room puts to the tables, as those of its own: of one state of
        the corpus, to be interrupted at any moment."""
        return question(self._connection)

    @_asking
    def overview(self) -> Overview:
        """The corpus in a few numbers."""
        return reading.overview(self._connection, str(self.path), self.sample)

    @_asking
    def waiting(self, article: int | None = None) -> tuple[int, bool]:
        """How many articles wait for the accurate pass, and whether `article` is one of them."""
        return reading.waiting(self._connection), reading.waits(self._connection, article)

    @_asking
    def prepare(self) -> None:
        """Reads what questions about many articles or events are answered from, which takes some seconds where there
        are a million; without it the first of them does. What was read stays with the process."""
        reading.prepare(self._connection)

    @_asking
    def outlets(self) -> list[tuple[str, int]]:
        """Outlets with their articles, most first."""
        return reading.outlets(self._connection)

    @_asking
    def outlet_rows(self, most: int | None = None) -> list[OutletRow]:
        """The first `most` outlets, those of most articles first, with the dates between which they published."""
        return reading.outlet_rows(self._connection, most)

    @_asking
    def article_ids(self, f: Filter = Filter(), order: ArticleOrder = "newest", most: int | None = None) -> array[int]:
        """Ids of the articles, newest first, undated last; only the first `most`, which are soon found.

        Of copies of one story the newest stands for all, unless the filter asks for each.

        By relevance, the newest `store.answers.RANKED` of those that answer the query are ordered by how well they do;
        whoever shows them says so where there are more. "best" orders all of them so, which takes its time. Without
        words in the query either is newest first.
        """
        return reading.ids(self._connection, f, order, most)

    @_asking
    def count(self, f: Filter = Filter()) -> int:
        """How many articles a filter lets through."""
        return reading.count(self._connection, f)

    @_asking
    def revision(self) -> int:
        """Another number whenever something in the corpus has changed; it only grows."""
        return notes.revision(self._connection)[0]

    @_asking
    def check(self, query: str) -> None:
        """Raises QueryError if a query cannot be understood, or names an outlet or entity that is not there or may be
        several."""
        searching.check(self._connection, query)

    @_asking
    def forms(self, word: str, most: int = MAX_FORMS) -> Sequence[str]:
        """What a plain word of a search, folded, is looked for as: itself, then the forms of it that the corpus has."""
        return word_forms.expand(self._connection, word, most)

    @_asking
    def articles(self, ids: Sequence[int], query: str = "", latin: bool = True) -> list[ArticleRow]:
        """A page of lines in the order asked, those that are not there left out; with snippets for a query."""
        return reading.rows(self._connection, ids, query, latin)

    @_asking
    def article(self, id: int) -> Article:
        """One article with its spans. Raises CorpusError when there is none with this id."""
        return reading.article(self._connection, id, self.path)

    @_asking
    def entity_groups(
        self,
        f: Filter = Filter(),
        order: EntityOrder = "articles",
        most: int | None = None,
    ) -> list[tuple[MentionType, array[int]]]:
        """Ids of the entities of the articles let through, by kind (PER, ORG, LOC, MISC), most articles first; only
        the first `most` of each kind, which are soon found."""
        return entities.groups(self._connection, f, order, most)

    @_asking
    def entities(self, ids: Sequence[int], f: Filter = Filter()) -> list[EntityRow]:
        """A page of lines in the order asked; counts are within the articles let through."""
        return entities.rows(self._connection, ids, f)

    @_asking
    def entity(self, id: int) -> EntityRow:
        """One entity with its counts in the whole corpus. Raises CorpusError when there is none with this id."""
        return entities.one(self._connection, id, self.path)

    @_asking
    def hidden_entities(self) -> list[EntityRow]:
        """The entities that people hid, by name."""
        return entities.hidden(self._connection)

    @_asking
    def find_entities(self, name: str, type: MentionType | None = None) -> list[EntityRow]:
        """Entities by a name, an alias, a name without its article, a surname or another part; best first.

        A name in Latin letters finds Arabic ones too (`kadhimi`, الكاظمي), which say what it was `read_as`.
        """
        return entities.find(self._connection, name, type)

    @_asking
    def names_of(self, id: int) -> list[tuple[str, int]]:
        """The names of an entity as texts give them, each with its mentions, the most usual first."""
        return entities.names(self._connection, id)

    @_asking
    def written(self, keys: Sequence[str]) -> dict[str, str]:
        """How names are mostly written, by their keys as `edits` has them; those that are not in use are left out."""
        return entities.written(self._connection, keys)

    @_asking
    def as_written(self, reason: str) -> str:
        """The reason of a mention, or of its name, with the names that it quotes as they are mostly written."""
        return as_written(self._connection, [reason])[0]

    @_asking
    def why_entity(self, id: int) -> list[str]:
        """Which names belong to an entity and why, one sentence each."""
        return entities.why(self._connection, id)

    @_asking
    def suggestions(self, entity: int | None = None, most: int = 100, looked_at: int | None = None) -> list[Suggestion]:
        """Pairs of entities that may be one, the likeliest first: those with one entity, or of the whole corpus, where
        only its `looked_at` largest entities are asked about (some thousands)."""
        from store.database import suggestions

        if entity is not None:
            return suggestions.of_entity(self._connection, entity, most)
        return suggestions.of_corpus(self._connection, most, looked_at or suggestions.LOOKED_AT)

    @_asking
    def trends(self, entities: Sequence[int], f: Filter = Filter(), by: Unit = "month") -> Trends:
        """How many of the articles let through name each of some entities in each cell of time, by day, month, year or
        decade of their publication; by a longer one where there would be too many cells.

        Raises CorpusError for an entity that is not there.
        """
        # what works on sets is imported where there are some: not to start
        from store.database import trends

        return trends.trends(self._connection, f, entities, by)

    @_asking
    def outlets_of(self, f: Filter = Filter()) -> list[tuple[str | None, int, int]]:
        """The outlets of the articles let through, each with their number and the newest of them (its id), most first;
        None, the last, for no outlet."""
        from store.database import trends

        return trends.outlets(self._connection, f)

    @_asking
    def ties(
        self,
        nodes: Iterable[int],
        f: Filter = Filter(),
        least: int = 1,
        most: int | None = None,
        newest: int | None = None,
    ) -> Ties:
        """Which of some entities share a sentence of the articles let through, the strongest ties first: those of
        `least` sentences or more, at most `most`. Goes through all these articles, or the `newest` of them, which takes
        its time."""
        from store.database import ties

        return ties.ties(self._connection, f, nodes, least, most, newest)

    @_asking
    def mention_ids(self, entity: int, f: Filter = Filter(), most: int | None = None) -> array[int]:
        """The mentions of an entity in the articles let through, as integers that `mention_rows` knows: of the newest
        article first, within each in reading order; only the first `most`, which are soon found."""
        # what works on sets is imported where there are some: not to start
        from store.database import mentions

        return mentions.ids(self._connection, entity, f, most)

    @_asking
    def mention_count(self, entity: int, f: Filter = Filter()) -> int:
        """How often the articles let through mention an entity."""
        from store.database import mentions

        return mentions.count(self._connection, entity, f)

    @_asking
    def mention_rows(self, entity: int, ids: Sequence[int]) -> list[MentionRow]:
        """A page of an entity's mentions with their sentences, in the order asked; those that are there no more, or
        name another by now, are left out."""
        from store.database import mentions

        return mentions.rows(self._connection, entity, ids)

    @_asking
    def event_ids(self, f: Filter = Filter(), order: EventOrder = "time", most: int | None = None) -> array[int]:
        """Ids of the events in order of time, or those first that most outlets tell; only the first `most`.

        Days of the filter are those of the events.
        """
        return timeline.ids(self._connection, f, order, most)

    @_asking
    def events(self, ids: Sequence[int]) -> list[EventRow]:
        """A page of the timeline in the order asked, with all sentences that tell each event."""
        return timeline.rows(self._connection, ids)

    @_asking
    def event_count(self, f: Filter = Filter()) -> int:
        """How many events a filter lets through."""
        return timeline.count(self._connection, f)

    @_asking
    def buckets(self, f: Filter = Filter(), by: Unit = "month") -> list[Bucket]:
        """How many events lie in each day, month, year or decade (`202`) that has any; in order of time.

        An event that is less exact than `by` is counted under what it is exact to: by day, one of
        "December 2021" under `2021-12`.
        """
        return timeline.buckets(self._connection, f, by)

    @_asking
    def why_event(self, id: int) -> list[str]:
        """Why the sentences of an event are taken for one event, one sentence for each that was joined."""
        return timeline.why(self._connection, id)

    @_asking
    def dates_of_event(self, id: int) -> list[DateMention]:
        """For each sentence of an event, in the order of `EventRow.sentences`, the date that placed it there."""
        return timeline.dates_of(self._connection, id)

    @_asking
    def highlight(
        self, text: str, query: str, title: tuple[int, int] | None = None, latin: bool = True
    ) -> list[tuple[int, int]]:
        """Spans of `text` that answer the words of `query`, as the search understands them. Raises QueryError.

        `title` is where the title stands in the text: words that are asked for there are marked nowhere else.
        """
        asked = understood(self._connection, query, latin)[0] if query.strip() else query
        return Marker(asked, self.forms).spans(text, title)

    @_asking
    def readings(self, query: str) -> tuple[LatinReading, ...]:
        """The Latin words of a search that were read as Arabic names, and as which. Raises QueryError."""
        return understood(self._connection, query)[1] if query.strip() else ()

    @_asking
    def why_copies(self, id: int) -> list[tuple[ArticleRow, str]]:
        """The copies of an article, newest first, each with why it is one, in words; none where it has no copies."""
        return reading.why_copies(self._connection, id)

    @_asking
    def edits(self) -> list[Edit]:
        """What people decided about this corpus, oldest first, with what was taken back."""
        return log.entries(self._connection)
