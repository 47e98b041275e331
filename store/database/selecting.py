"""Small questions about filters and entities that need no sets."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from store.answers import Filter

EVERYTHING = Filter()


def is_everything(f: Filter) -> bool:
    """Whether a filter lets all articles and events through."""
    return f == EVERYTHING or replace(f, latin=True) == EVERYTHING


def each_copy(f: Filter) -> bool:
    """Whether copies of one story are articles of their own."""
    return f.copies or f.bookmarked or f.story is not None


def event_light(f: Filter) -> tuple[str, tuple[str, ...]]:
    """The condition on how exactly and in which light an event x is known, and its parameters; empty without one."""
    asked = [(name, value) for name, value in (("precision", f.precision), ("modality", f.modality)) if value]
    return " AND ".join(f"x.{name} = ?" for name, _ in asked), tuple(str(value) for _, value in asked)


def root_of(connection: sqlite3.Connection, entity: int) -> int:
    """The entity that an id stands for now: after a merge the old ids lead to the new one."""
    row = connection.execute("SELECT root FROM names WHERE id = ?", (entity,)).fetchone()
    return int(row[0]) if row else entity
