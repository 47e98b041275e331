"""Names as texts give them, and the forms in which they are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from store.database.log import PART
from store.database.lookup import bare
from store.database.sounds import listen
from store.models import Mention, MentionType
from store.resolve.alike import SEPARATOR
from store.resolve.names import corpus_key, parts_of, sound_of

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Shape:
    """What finds the names that one may be short for; `store.resolve.names.matches_full` decides.

    Persons: `seeks` is the sound of the last part, `offers` the same of a name with several, `first` the first
    part as it is written. Organisations: `seeks` is the first word, `offers` the second, as a short form lacks
    the first. Other names have none.
    """

    parts: int
    first: str | None = None
    seeks: str | None = None
    offers: str | None = None


def shape(plain: str, kind: MentionType) -> Shape:
    """The shape of a name by its corpus key."""
    if kind == "PER" and (parts := parts_of(plain)):
        sound = sound_of(parts[-1])
        return Shape(len(parts), bare(parts[0]) if len(parts) > 1 else None, sound, sound if len(parts) > 1 else None)
    words = plain.split()
    if kind == "ORG" and words:
        return Shape(len(words), None, words[0], words[1] if len(words) > 1 else None)
    return Shape(len(words))


def reshape(connection: sqlite3.Connection) -> None:
    """Gives persons' names the shape they have by now; where they belong is asked when their kin comes or goes."""
    last = 0
    while rows := connection.execute(
        "SELECT id, plain, parts, first, seeks, offers FROM names WHERE type = 'PER' AND id > ? ORDER BY id LIMIT ?",
        (last, _AT_ONCE),
    ).fetchall():
        last = rows[-1][0]
        # Nobody is short for someone who is told from others by hand.
        shapes = [(*astuple(shape(row[1], "PER")), row[0]) for row in rows if PART not in row[1]]
        connection.executemany("UPDATE names SET parts = ?, first = ?, seeks = ?, offers = ? WHERE id = ?", shapes)


def key_of(mention: Mention) -> str:
    """The key by which a mention's name is known in every corpus."""
    return SEPARATOR.join((mention.type, mention.entity or "", corpus_key(mention.name, mention.type)))


def key_here(mention: Mention, parted: Mapping[str, str]) -> str:
    """The key of a mention's name; `parted` says of folded names that mean someone else in this article who that is."""
    plain = corpus_key(mention.name, mention.type)
    key = SEPARATOR.join((mention.type, mention.entity or "", plain))
    for _ in range(len(parted)):  # what was parted may have been parted again
        if plain not in parted:
            break
        plain = parted[plain].split(SEPARATOR)[-1]
        # Type and link stay in the key, for the day when it is taken back.
        key = SEPARATOR.join((mention.type, mention.entity or "", plain))
    return key


def known_by(connection: sqlite3.Connection, name_id: int, folded: Sequence[str]) -> None:
    """Makes a name known by the folded words of one of its forms."""
    connection.executemany("INSERT OR IGNORE INTO name_words VALUES (?, ?)", words_of(name_id, folded))
    listen(connection, folded)


def words_of(name_id: int, folded: Sequence[str]) -> set[tuple[str, int]]:
    """The rows of `name_words` for a form of a name."""
    return {(bare(word), name_id) for word in folded}
