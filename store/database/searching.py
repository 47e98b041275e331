"""From the tree of a query to SQL: a condition on articles; and their order by relevance."""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.database.latin import understood
from store.database.lookup import bare, word_list
from store.database.moments import moment
from store.database.word_forms import expansion
from store.errors import QueryError
from store.models import RANKED, EntityRow
from store.text.nodes import All, Any, Dated, Named, Node, Typed, about_words, facts, fts, wanted_words
from store.text.query import parse

_TITLE_WEIGHT = 4.0
"""How much more a word in the title says than one in the text."""
_OFFERED = 4
"""How many of the things that a name may mean are told."""

Condition = tuple[str, tuple[object, ...]]
"""SQL and its parameters."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A query on its way to SQL: where it is asked, as it was written, and what the selected articles' id, moment and
    outlet are called there."""

    connection: sqlite3.Connection
    query: str
    id: str
    moment: str
    outlet: str

    def condition(self, node: Node) -> Condition:
        """What an article must be to answer. Raises QueryError for a name that nothing, or more than one thing, bears.

        What is about words alone is one question to the index: the speed hangs on that.
        """
        if about_words(node):
            found = f"{self.id} IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
            return found, (fts(node, expansion(self.connection)),)
        if isinstance(node, Any):
            words, others = _apart(node.nodes)
            return _joined(" OR ", map(self.condition, [*([Any(words)] if words else []), *others]))
        if isinstance(node, All):
            words, others = _apart(node.wanted)
            unwanted_words, unwanted = _apart(node.unwanted)
            if words:
                others = (All(words, unwanted_words), *others)
            elif unwanted_words:
                unwanted = (Any(unwanted_words), *unwanted)
            refused = [(f"NOT {sql}", parameters) for sql, parameters in map(self.condition, unwanted)]
            return _joined(" AND ", [*map(self.condition, others), *refused])
        return self._fact(node)

    def _fact(self, node: Node) -> Condition:
        if isinstance(node, Typed):
            return (
                "EXISTS (SELECT 1 FROM article_entities t CROSS JOIN entities e ON e.id = t.entity_id"
                f" WHERE t.article_id = {self.id} AND e.type = ? AND NOT e.hidden)"
            ), (node.type,)
        if isinstance(node, Dated):
            since = moment(node.since) if node.since else 1  # an article without a date was not published within any
            until = moment(f"{node.until}T23:59" if node.until else "9999-12-31T23:59")
            return f"{self.moment} BETWEEN ? AND ?", (since, until)
        assert isinstance(node, Named)
        if node.what == "outlet":
            return f"{self.outlet} IS ?", (outlet_named(self.connection, node, self.query),)
        found = entity_named(self.connection, node, self.query)
        return f"{self.id} IN (SELECT article_id FROM article_entities WHERE entity_id = ?)", (found,)


def asked(connection: sqlite3.Connection, query: str, latin: bool = True) -> tuple[list[int], Node | None]:
    """A query as entities that every article must mention, and all else that it asks for. Raises QueryError.

    Latin names are read as Arabic ones too if `latin`.

    The entities apart, because their articles are read from their own lists, which are in order of time.
    """
    node, _ = understood(connection, query, latin)
    wanted = node.wanted if isinstance(node, All) else (node,)
    entities = [part for part in wanted if isinstance(part, Named) and part.what == "entity"]
    rest = tuple(part for part in wanted if part not in entities)
    unwanted = node.unwanted if isinstance(node, All) else ()
    found = [entity_named(connection, entity, query) for entity in entities]
    if len(rest) == 1 and not unwanted:
        return found, rest[0]
    return found, All(rest, unwanted) if rest or unwanted else None


def check(connection: sqlite3.Connection, query: str) -> None:
    """Raises QueryError if a query cannot be understood, or names something that is not in the corpus."""
    for fact in facts(parse(query)) if query.strip() else ():
        if isinstance(fact, Named):
            (outlet_named if fact.what == "outlet" else entity_named)(connection, fact, query)


def by_relevance(
    connection: sqlite3.Connection, query: str, newest: array[int], latin: bool = True, first: int = RANKED
) -> array[int]:
    """Ids that answer a query, newest first, with the `first` of them ordered by how well they answer."""
    node = wanted_words(understood(connection, query, latin)[0]) if query.strip() else None
    if node is None:
        return newest
    ranked = newest[:first]
    rows = connection.execute(
        # The sign keeps the index from being asked anew for each of the ids.
        f"SELECT rowid, bm25(article_words, {_TITLE_WEIGHT}, 1.0) FROM article_words"
        " WHERE article_words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
        (fts(node, expansion(connection)), json.dumps(list(ranked))),
    )
    scores: dict[int, float] = dict(rows.fetchall())
    return array("q", sorted(ranked, key=lambda id_: scores.get(id_, 0.0))) + newest[first:]


def outlet_named(connection: sqlite3.Connection, asked: Named, query: str) -> int:
    """The id of the outlet that a name means: written so, or but for folding, or the only one with these words."""
    outlets = connection.execute("SELECT id, name FROM outlets WHERE articles > 0 ORDER BY articles DESC, name")
    wanted = [bare(word) for word in word_list(asked.name)]
    alike: dict[int, list[tuple[int, str]]] = {}
    for id_, name in outlets:
        words = [bare(word) for word in word_list(name)]
        inside = any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
        if name == asked.name or (inside and wanted):
            rank = 0 if name == asked.name else 1 if words == wanted else 2
            alike.setdefault(rank, []).append((id_, name))
    best = alike[min(alike)] if alike else []
    return _only(asked, best, [name for _, name in best], query)


def entity_named(connection: sqlite3.Connection, asked: Named, query: str) -> int:
    """The id of the entity that a name means: the one it fits best; `#12` means the one with that id."""
    # Entities are read by way of selected articles, and these by way of a query.
    from store.database.entities import ranked

    if re.fullmatch(r"#\d{1,18}", asked.name):
        row = connection.execute("SELECT root FROM names WHERE id = ?", (int(asked.name[1:]),)).fetchone()
        return _only(asked, [(row[0], asked.name)] if row else [], [], query)
    fitting = ranked(connection, asked.name, None)
    best: list[EntityRow] = [row for rank, row in fitting if rank == fitting[0][0]]
    told = [f"#{row.id} {row.name} ({row.type})" for row in best]
    return _only(asked, [(row.id, row.name) for row in best], told, query)


def _only(asked: Named, found: Sequence[tuple[int, str]], told: Sequence[str], query: str) -> int:
    if len(found) == 1:
        return found[0][0]
    if not found:
        what = f"no {asked.what} is called {asked.name!r} here"
        raise QueryError(what, query, "check the name, or write it without the field", asked.position)
    several = ", ".join(told[:_OFFERED]) + (f" or {len(told) - _OFFERED} more" if len(told) > _OFFERED else "")
    remedy = "write entity:#… with its number" if asked.what == "entity" else "write the whole name in quotation marks"
    raise QueryError(f"{asked.name!r} may be {several}", query, remedy, asked.position)


def _apart(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Those that are about words alone, and the others."""
    words = tuple(node for node in nodes if about_words(node))
    return words, tuple(node for node in nodes if not about_words(node))


def _joined(operator: str, conditions: Iterable[Condition]) -> Condition:
    found = list(conditions)
    parameters = tuple(parameter for _, several in found for parameter in several)
    return f"({operator.join(sql for sql, _ in found)})", parameters
