"""Corpora that hold names alone, many of them, for look-ups among all: made by what writes names, without articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from store.database import open_writer
from store.database.known_names import KnownNames
from store.models import Mention, MentionType

Named = tuple[str, MentionType, int]
"""A name, its type, and how many articles have it."""


def names_alone(path: Path, names: Iterable[Named]) -> None:
    """Make a corpus of names, each an entity of its own."""
    with open_writer(path) as writer, writer.transaction():
        connection = writer._connection
        known = KnownNames(connection)
        for name, kind, articles in names:
            key = known.id(Mention(0, 0, name, kind, name, None, 1.0, "made", "1", "made", ""))
            known.write({})
            known.forms({(key, name): (articles, articles)})
            connection.execute("UPDATE names SET mentions = ? WHERE id = ?", (articles, key))
            connection.execute("UPDATE entities SET articles = ?, mentions = ? WHERE id = ?", (articles, articles, key))
