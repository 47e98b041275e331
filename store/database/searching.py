"""What a query means in this corpus: the outlets and entities that it names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from store.annotations import folded
from store.answers import EntityRow
from store.database import sayings
from store.database.lookup import bare, word_list
from store.errors import QueryError
from store.text.nodes import Named, Saying, facts
from store.text.query import parse

_OFFERED = 4
"""How many of the things that a name may mean are told."""


def check(connection: sqlite3.Connection, query: str) -> None:
    """Raises QueryError if a query cannot be understood, or names something that is not in the corpus."""
    for fact in facts(parse(query)) if query.strip() else ():
        if isinstance(fact, Named):
            (outlet_named if fact.what == "outlet" else entity_named)(connection, fact, query)
        elif isinstance(fact, Saying):
            said_so(connection, fact, query)


def said_so(connection: sqlite3.Connection, asked: Saying, query: str) -> None:
    """Raises QueryError where no source, or for a tag nobody, says what is asked for."""
    if asked.what in ("note", "has"):
        return
    if asked.what == "tag":
        sql = "SELECT 1 FROM annotations WHERE kind = 'tag' AND words = ? LIMIT 1"
        if connection.execute(sql, (folded(asked.value),)).fetchone() is None:
            raise QueryError(f"no tag here is {asked.value!r}", query, "I puts one on something", asked.position)
    elif asked.what == "language":
        sql = "SELECT 1 FROM documents WHERE language <> 'ar' AND language = ? LIMIT 1"
        if asked.value != "ar" and connection.execute(sql, (asked.value,)).fetchone() is None:
            remedy = "write a code as fa or ur, or a name"
            raise QueryError(f"no article is in the language {asked.value!r} here", query, remedy, asked.position)
    elif not sayings.named(connection, asked.what, asked.value):
        what = f"no {asked.what} here has {asked.value!r}"
        raise QueryError(what, query, "check the spelling, or write it without the field", asked.position)


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
