"""The articles that people annotated, as sets."""

from __future__ import annotations

import sqlite3

from pyroaring import BitMap

from store.annotations import folded
from store.database.anchoring import resolved
from store.database.kept import State
from store.database.numbers import listed, selected
from store.text.nodes import Saying

_OF_DOCUMENTS = (
    "SELECT d.article_id AS a FROM annotations n CROSS JOIN documents d ON d.digest = n.digest"
    " WHERE n.target IN ('article', 'sentence') AND {condition}"
)
_OTHERS = "SELECT n.id, n.target FROM annotations n WHERE n.target IN ('entity', 'event') AND {condition}"


def articles(connection: sqlite3.Connection, state: State, asked: Saying) -> BitMap:
    """The articles that have a tag, a note with these words next to each other, or any annotation of a kind (`has`):
    they, one of their sentences, somebody or something that they name, or an event that they tell.

    A bookmark is a place to come back to: that of a name or an event says nothing of an article.
    """
    condition, value = _condition(asked)
    found = selected(connection, _OF_DOCUMENTS.format(condition=condition), (value,))
    if asked == Saying("has", "bookmark"):
        return found
    where = resolved(connection).where
    events: set[int] = set()
    for id_, on in connection.execute(_OTHERS.format(condition=condition), (value,)).fetchall():
        there = where.get(id_)
        if there is not None and on == "entity":
            found |= state.sets.articles(connection, there)
        elif there is not None:
            events.add(there)
    sql = "SELECT m.article_id AS a FROM json_each(?) j CROSS JOIN event_mentions m ON m.event_id = j.value"
    return found | selected(connection, sql, (listed(sorted(events)),))


def _condition(asked: Saying) -> tuple[str, str]:
    if asked.what == "tag":
        return "n.kind = 'tag' AND n.words = ?", folded(asked.value)
    if asked.what == "note":
        return "n.kind = 'note' AND instr(' ' || n.words || ' ', ?)", f" {folded(asked.value)} "
    return "n.kind = ?", asked.value
