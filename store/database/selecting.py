"""From a Filter to SQL: which articles, and which events."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from store.database.moments import UNDATED, first_day, last_day, moment
from store.database.searching import Asking, asked
from store.database.stored import NAMED
from store.models import Filter

EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Selection:
    """`FROM … WHERE …`, the names its tables give to id and moment, and its parameters."""

    sql: str
    id: str
    moment: str
    parameters: tuple[object, ...]

    def ids(self) -> str:
        """A query for the ids alone."""
        return f"SELECT {self.id} {self.sql}"


def articles(f: Filter, connection: sqlite3.Connection) -> Selection:
    """The articles a filter lets through. Raises QueryError for a search or a day that cannot be understood, or a name
    in a search that the corpus does not know.

    Articles of an entity are read from its own list, which is in order of time; others from all articles.
    """
    where: list[str] = []
    parameters: list[object] = []
    entities, query = asked(connection, f.query, f.latin) if f.query.strip() else ([], None)
    roots = list(dict.fromkeys(root_of(connection, entity) for entity in (*f.entities, *entities)))
    at = "x.moment"
    if roots:
        source, key = "article_entities x", "x.article_id"
        outlet_id = f"(SELECT outlet_id FROM articles a WHERE a.id = {key})"
        where.append("x.entity_id = ?")
        parameters.append(roots[0])
        for root in roots[1:]:
            where.append(
                "EXISTS (SELECT 1 FROM article_entities y"
                " WHERE y.entity_id = ? AND y.moment = x.moment AND y.article_id = x.article_id)"
            )
            parameters.append(root)
    else:
        source, key, outlet_id = "articles x", "x.id", "x.outlet_id"
    if f.since is not None:
        where.append(f"{at} >= ?")
        parameters.append(moment(first_day(f.since)))
    if f.until is not None:
        where.append(f"{at} BETWEEN 1 AND ?")
        parameters.append(moment(last_day(f.until) + "T23:59"))
    if f.outlet is not None:
        where.append(f"{outlet_id} = (SELECT id FROM outlets WHERE name = ?)")
        parameters.append(f.outlet)
    if f.article is not None:
        where.append(f"{key} = ?")
        parameters.append(f.article)
    if f.event is not None:
        where.append(f"{key} IN (SELECT article_id FROM event_mentions WHERE event_id = ?)")
        parameters.append(f.event)
    if f.undated:
        where.append(f"{at} = {UNDATED}")
    if f.precision is not None or f.modality is not None:
        light, wanted = _light(f, "v")
        where.append(
            "EXISTS (SELECT 1 FROM event_mentions m JOIN events v ON v.id = m.event_id"
            f" WHERE m.article_id = {key}{light})"
        )
        parameters.extend(wanted)
    if f.bookmarked:
        where.append(f"{key} IN (SELECT article_id FROM bookmarks)")
    if f.type is not None:
        where.append(
            "EXISTS (SELECT 1 FROM article_entities t CROSS JOIN entities e ON e.id = t.entity_id"
            f" WHERE t.article_id = {key} AND e.type = ? AND NOT e.hidden)"
        )
        parameters.append(f.type)
    if query is not None:
        sql, wanted_words = Asking(connection, f.query, key, at, outlet_id).condition(query)
        where.append(sql)
        parameters.extend(wanted_words)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return Selection(f"FROM {source}{condition}", key, at, tuple(parameters))


def events(f: Filter, connection: sqlite3.Connection) -> Selection:
    """The events a filter lets through: days are those of the event, entities are named in its sentences, and
    the rest is said of an article that tells it."""
    where: list[str] = []
    parameters: list[object] = []
    if f.since is not None:
        where.append("x.latest >= ?")
        parameters.append(first_day(f.since))
    if f.until is not None:
        where.append("x.earliest <= ?")
        parameters.append(last_day(f.until))
    for entity in f.entities:
        where.append(
            "x.id IN (SELECT m.event_id FROM names n JOIN event_names e ON e.name_id = n.id"
            " JOIN event_mentions m ON m.id = e.event_mention_id WHERE n.root = ?)"
        )
        parameters.append(root_of(connection, entity))
    if f.type is not None:
        where.append(
            f"EXISTS (SELECT 1 FROM event_mentions m {NAMED} JOIN names n ON n.id = f.name_id"
            " JOIN entities t ON t.id = n.root WHERE m.event_id = x.id AND t.type = ? AND NOT t.hidden)"
        )
        parameters.append(f.type)
    if f.event is not None:
        where.append("x.id = ?")
        parameters.append(f.event)
    light, wanted = _light(f, "x")
    if light:
        where.append(light.removeprefix(" AND "))
        parameters.extend(wanted)
    told_by = replace(f, entities=(), since=None, until=None, type=None, event=None, precision=None, modality=None)
    if told_by != EVERYTHING:
        chosen = articles(told_by, connection)
        where.append(f"x.id IN (SELECT event_id FROM event_mentions WHERE article_id IN ({chosen.ids()}))")
        parameters.extend(chosen.parameters)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return Selection(f"FROM events x{condition}", "x.id", "x.earliest", tuple(parameters))


def _light(f: Filter, table: str) -> tuple[str, tuple[str, ...]]:
    """The condition on how exactly and in which light an event is known, and its parameters."""
    asked = [(name, value) for name, value in (("precision", f.precision), ("modality", f.modality)) if value]
    return "".join(f" AND {table}.{name} = ?" for name, _ in asked), tuple(str(value) for _, value in asked)


def root_of(connection: sqlite3.Connection, entity: int) -> int:
    """The entity that an id stands for now: after a merge the old ids lead to the new one."""
    row = connection.execute("SELECT root FROM names WHERE id = ?", (entity,)).fetchone()
    return int(row[0]) if row else entity
