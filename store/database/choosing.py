"""From a Filter to the set of articles it lets through: each condition is a set of ids, and they are put together as
sets, so that it does not matter how many articles answer."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from functools import reduce

from pyroaring import BitMap

from store.answers import Filter
from store.database import annotated
from store.database.entity_sets import unpacked
from store.database.files import stopping
from store.database.kept import State, state
from store.database.latin import understood
from store.database.moments import first_day, last_day, moment
from store.database.numbers import listed, selected
from store.database.sayings import named
from store.database.searching import entity_named, outlet_named, said_so
from store.database.selecting import each_copy, event_light, root_of
from store.database.word_forms import expansion
from store.database.word_sets import having
from store.text.nodes import All, Any, Dated, Named, Near, Node, Saying, Term, Titled, Typed, about_words, fts

_LOOK = 256
"""After so many sets it is asked whether an answer is still wanted."""
_MATCH = "SELECT rowid AS a FROM article_words WHERE article_words MATCH ?"


def articles(connection: sqlite3.Connection, f: Filter) -> BitMap:
    """The articles a filter lets through, of copies the newest unless each is asked for; not to be changed.

    To be asked within `files.snapshot`. Raises QueryError for a search or a day that cannot be understood, or a name
    in a search that the corpus does not know.
    """
    now = state(connection)
    return now.remember(("articles", f), lambda: _kept(connection, now, f)(hits(connection, f)))


def hits(connection: sqlite3.Connection, f: Filter) -> BitMap:
    """As `articles`, with all copies."""
    now = state(connection)
    return now.remember(("hits", f), lambda: Choosing(connection, now, f).all())


def _kept(connection: sqlite3.Connection, now: State, f: Filter) -> Callable[[BitMap], BitMap]:
    """What of a set of articles is listed and counted."""
    return _all if each_copy(f) else now.copies(connection).collapsed


def _all(found: BitMap) -> BitMap:
    return found


def newest(connection: sqlite3.Connection, f: Filter, most: int | None) -> array[int]:
    """Their ids, newest first; the first `most` of them, found without the others where that is sooner."""
    now = state(connection)
    if most is None or now.recalls(("articles", f)):
        return now.order(connection).newest(articles(connection, f), most)
    return Choosing(connection, now, f).first(most, _kept(connection, now, f))


class Choosing:
    """A filter on its way to a set: what it asks of words, as one question to the index, and all else as a set."""

    def __init__(self, connection: sqlite3.Connection, state: State, f: Filter) -> None:
        self.connection, self.state = connection, state
        node = understood(connection, f.query, f.latin)[0] if f.query.strip() else None
        words, sets, unwanted = self._apart(node, f.query) if node is not None else (None, [], [])
        sets.extend(self._conditions(f))
        others = reduce(BitMap.intersection, sorted(sets, key=len)) if sets else None
        for each in unwanted:
            others = (self._everything() if others is None else others) - each
        self.words: Node | None = words
        self.others: BitMap | None = others

    def all(self) -> BitMap:
        """All of them."""
        if self.words is None:
            return self._everything() if self.others is None else self.others
        found = self._having(self.words)
        return found if self.others is None else found & self.others

    def first(self, most: int, keep: Callable[[BitMap], BitMap]) -> array[int]:
        """The newest of them, as far as `keep` leaves them."""
        order = self.state.order(self.connection)
        if self.words is None:
            return order.newest(keep(self.all()), most)
        expression = fts(self.words, expansion(self.connection))

        def within(low: int, high: int) -> BitMap:
            sql = f"{_MATCH} AND rowid BETWEEN ? AND ?"
            found = selected(self.connection, sql, (expression, low, high))
            return found if self.others is None else found & self.others

        return order.first(most, within, keep)

    def _everything(self) -> BitMap:
        return self.state.order(self.connection).everything

    # -- the filter's own conditions -----------------------------------------------------------------------

    def _conditions(self, f: Filter) -> list[BitMap]:
        connection = self.connection
        found = [self._entity(entity) for entity in dict.fromkeys(f.entities)]
        if f.since is not None or f.until is not None:
            found.append(self._published(f.since, f.until))
        if f.outlet is not None:
            row = connection.execute("SELECT id FROM outlets WHERE name = ?", (f.outlet,)).fetchone()
            found.append(self._outlet(row[0]) if row else BitMap())
        if f.article is not None:
            found.append(selected(connection, "SELECT id AS a FROM articles WHERE id = ?", (f.article,)))
        if f.story is not None:
            sql = (
                "SELECT id AS a FROM articles WHERE id = ?1 UNION SELECT article_id FROM copies WHERE story ="
                " (SELECT story FROM copies WHERE article_id = ?1)"
            )
            found.append(selected(connection, sql, (f.story,)))
        if f.event is not None:
            sql = "SELECT article_id AS a FROM event_mentions WHERE event_id = ?"
            found.append(selected(connection, sql, (f.event,)))
        if f.undated:
            found.append(self.state.order(connection).undated())
        if f.precision is not None or f.modality is not None:
            found.append(self._in_light(f))
        if f.bookmarked:
            found.append(self._said(Saying("has", "bookmark")))
        if f.added_after is not None:
            found.append(selected(connection, "SELECT id AS a FROM articles WHERE id > ?", (f.added_after,)))
        if f.type is not None:
            found.append(self._type(f.type))
        found.extend(self._said(Saying(what, value)) for what, value in f.said)
        return found

    def _entity(self, entity: int) -> BitMap:
        return self.state.sets.articles(self.connection, root_of(self.connection, entity))

    def _outlet(self, outlet: int) -> BitMap:
        sql = "SELECT id AS a FROM articles WHERE outlet_id = ?"
        return self.state.remember(("outlet", outlet), lambda: selected(self.connection, sql, (outlet,)))

    def _published(self, since: str | None, until: str | None) -> BitMap:
        """An article without a date was not published within any days."""
        return self.state.order(self.connection).published(
            None if since is None else moment(first_day(since)),
            None if until is None else moment(f"{last_day(until)}T23:59"),
        )

    def _type(self, kind: str) -> BitMap:
        def read() -> BitMap:
            rows = self.connection.execute(
                "SELECT s.articles FROM entities e CROSS JOIN entity_sets s ON s.entity_id = e.id AND s.plane = 0"
                " WHERE e.type = ? AND e.articles > 0 AND NOT e.hidden",
                (kind,),
            )
            found = BitMap()
            for at, (members,) in enumerate(rows):
                if at % _LOOK == 0:
                    stopping(self.connection)
                found |= unpacked(members)
            return found

        return self.state.remember(("type", kind), read)

    def _said(self, asked: Saying) -> BitMap:
        """Articles of which sources or people say something, or that are in a language."""

        def read() -> BitMap:
            if asked.what in ("tag", "note", "has"):
                return annotated.articles(self.connection, self.state, asked)
            if asked.what != "language":
                sql = "SELECT s.article_id AS a FROM json_each(?) j CROSS JOIN said s ON s.saying_id = j.value"
                return selected(self.connection, sql, (listed(named(self.connection, asked.what, asked.value)),))
            others = "SELECT article_id AS a FROM documents WHERE language <> 'ar'"
            if asked.value == "ar":
                return self._everything() - selected(self.connection, others)
            return selected(self.connection, f"{others} AND language = ?", (asked.value,))

        return self.state.remember(("said", asked), read)

    def _in_light(self, f: Filter) -> BitMap:
        """Articles that tell an event which is known so exactly, or in such a light."""
        light, wanted = event_light(f)
        sql = f"SELECT m.article_id AS a FROM events x CROSS JOIN event_mentions m ON m.event_id = x.id WHERE {light}"
        return self.state.remember((light, *wanted), lambda: selected(self.connection, sql, wanted))

    # -- what a query asks ---------------------------------------------------------------------------------

    def _apart(self, node: Node, query: str) -> tuple[Node | None, list[BitMap], list[BitMap]]:
        """What a query asks of words, and the sets of all else that it wants and does not want."""
        wanted = node.wanted if isinstance(node, All) else (node,)
        unwanted = node.unwanted if isinstance(node, All) else ()
        words = tuple(part for part in wanted if about_words(part))
        refused = tuple(part for part in unwanted if about_words(part)) if words else ()
        others = [self.found(part, query) for part in wanted if part not in words]
        without = [self.found(part, query) for part in unwanted if part not in refused]
        if not words:
            return None, others, without
        return words[0] if len(words) == 1 and not refused else All(words, refused), others, without

    def found(self, node: Node, query: str) -> BitMap:
        """The articles that answer a part of a query.

        Raises QueryError for a name that nothing, or more than one thing, bears.
        """
        if isinstance(node, Term | Near | Titled):
            return self._having(node)
        if isinstance(node, Any):
            return BitMap().union(*(self.found(part, query) for part in node.nodes))
        if isinstance(node, All):
            wanted, unwanted = ([self.found(part, query) for part in of] for of in (node.wanted, node.unwanted))
            return reduce(BitMap.difference, unwanted, self._both(wanted))
        return self._fact(node, query)

    def _having(self, node: Node) -> BitMap:
        """The articles that have words: for plain words from the sets of their forms, else from the index."""
        expand = expansion(self.connection)
        if isinstance(node, Any):
            return BitMap().union(*map(self._having, node.nodes))
        if isinstance(node, All):
            return reduce(
                BitMap.difference, map(self._having, node.unwanted), self._both([*map(self._having, node.wanted)])
            )
        if isinstance(node, Term) and len(node.words) == 1 and not node.prefix:
            (forms,) = node.forms(expand)
            key = tuple(sorted(forms))
            return self.state.remember(("words", key), lambda: having(self.connection, key))
        expression = fts(node, expand)
        return self.state.remember(("words", expression), lambda: selected(self.connection, _MATCH, (expression,)))

    def _both(self, sets: Sequence[BitMap]) -> BitMap:
        return reduce(BitMap.intersection, sorted(sets, key=len)) if sets else self._everything()

    def _fact(self, node: Node, query: str) -> BitMap:
        if isinstance(node, Typed):
            return self._type(node.type)
        if isinstance(node, Dated):
            return self._published(node.since, node.until)
        if isinstance(node, Saying):
            said_so(self.connection, node, query)
            return self._said(node)
        assert isinstance(node, Named)
        if node.what == "outlet":
            return self._outlet(outlet_named(self.connection, node, query))
        return self._entity(entity_named(self.connection, node, query))
