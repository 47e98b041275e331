"""Names as texts give them, and the forms in which they are written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from store.database.log import PART
from store.database.lookup import bare, word_list
from store.database.sounds import listen
from store.models import Mention, MentionType
from store.resolve.alike import SEPARATOR
from store.resolve.names import corpus_key

# Letters that spellings of one foreign name disagree on; vowels are left out altogether.
_SOUNDS = str.maketrans({"غ": "ك", "ج": "ك", "ق": "ك", "ط": "ت", "ص": "س", "ث": "س", "ذ": "ز"} | dict.fromkeys("اويه"))
_REPEATED = re.compile(r"(.)\1+")
# Words that make one part of a personal name together with the next: عبد المهدي, بن سلمان, أبو الغيط.
_JOINING = frozenset({"عبد", "بن", "ابن", "ابو", "ابي", "ابا", "ام", "ال", "بنت", "ذو", "بو", "فان", "فون", "دي", "دا"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What finds the names that one may be short for, coarsely; `store.resolve.names.matches_full` decides.

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
    if kind == "PER" and (parts := _parts(plain)):
        sound = _sound(parts[-1])
        return Shape(len(parts), bare(parts[0]) if len(parts) > 1 else None, sound, sound if len(parts) > 1 else None)
    words = plain.split()
    if kind == "ORG" and words:
        return Shape(len(words), None, words[0], words[1] if len(words) > 1 else None)
    return Shape(len(words))


def _sound(part: str) -> str:
    return _REPEATED.sub(r"\1", bare(part).translate(_SOUNDS)) or part


def name_of(connection: sqlite3.Connection, mention: Mention, parted: Mapping[str, str] = {}) -> int:
    """The id of a mention's name; a new one is an entity of its own, not linked or counted yet.

    `parted` says of folded names that mean someone else in this article who that is.
    """
    plain = corpus_key(mention.name, mention.type)
    key = SEPARATOR.join((mention.type, mention.entity or "", plain))
    for _ in range(len(parted)):  # what was parted may have been parted again
        if plain not in parted:
            break
        plain = parted[plain].split(SEPARATOR)[-1]
        # Type and link stay in the key, for the day when it is taken back.
        key = SEPARATOR.join((mention.type, mention.entity or "", plain))
    return name_of_key(connection, key, mention.name)


def name_of_key(connection: sqlite3.Connection, key: str, shown: str | None = None) -> int:
    """The id of the name with a key, which is made if need be, shown as `shown` until articles say otherwise."""
    row = connection.execute("SELECT id FROM names WHERE key = ?", (key,)).fetchone()
    if row:
        return int(row[0])
    kind, linked, plain = key.split(SEPARATOR)
    name, _, parted = plain.partition(PART)
    linked = "" if parted else linked
    # Nobody else is short for someone who is told from others by hand.
    form = Shape(len(name.split())) if parted else shape(plain, cast(MentionType, kind))
    cursor = connection.execute(
        "INSERT INTO names(key, type, plain, linked, parts, first, seeks, offers, root, reason, mentions)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0)",
        (key, kind, plain, linked or None, form.parts, form.first, form.seeks, form.offers),
    )
    name_id = int(cursor.lastrowid or 0)
    connection.execute("UPDATE names SET root = id WHERE id = ?", (name_id,))
    connection.execute(
        "INSERT INTO entities VALUES (?, ?, ?, ?, 0, 0, 0)", (name_id, shown or name, kind, linked or None)
    )
    return name_id


def count_form(connection: sqlite3.Connection, name_id: int, form: str, displayed: int, surfaces: int) -> int:
    """Counts so many uses of a form as what is displayed and as what a text says; returns its id."""
    row = connection.execute(
        "UPDATE forms SET displayed = displayed + ?, surfaces = surfaces + ? WHERE name_id = ? AND form = ?"
        " RETURNING id",
        (displayed, surfaces, name_id, form),
    ).fetchone()
    if row:
        return int(row[0])
    folded = word_list(form)
    cursor = connection.execute(
        "INSERT INTO forms(name_id, form, folded, displayed, surfaces) VALUES (?, ?, ?, ?, ?)",
        (name_id, form, " ".join(folded), displayed, surfaces),
    )
    form_id = int(cursor.lastrowid or 0)
    connection.executemany("INSERT OR IGNORE INTO name_words VALUES (?, ?)", {(bare(word), name_id) for word in folded})
    listen(connection, folded)
    return form_id


def _parts(plain: str) -> list[str]:
    """The parts of a folded personal name, each one word or several that belong together."""
    parts: list[str] = []
    open_part = ""
    for word in plain.split():
        open_part = f"{open_part} {word}" if open_part else word
        if word not in _JOINING:
            parts.append(open_part)
            open_part = ""
    if open_part:
        parts.append(open_part)
    return parts
