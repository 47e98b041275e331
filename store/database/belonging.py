"""Where names, as texts give them, belong: which entity of the corpus each is a name of, and why.

Every name starts as an entity of its own. It belongs to another name's entity ("root") when a person said so,
when both stand for the same known thing (a Wikidata id), when only one known thing has this name, or when it is
short for the name of only one person or organisation of the corpus (a bare surname, mostly). Each of these is a
question to the corpus as a whole, asked again whenever a name comes or goes, so the answer does not depend on the
order of adding.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TypeVar

from store.database.known_names import NAMES, KnownNames, Name
from store.database.log import PART, Decisions, Said
from store.database.lookup import bare
from store.database.naming import shape
from store.resolve import places
from store.resolve.alike import SEPARATOR
from store.resolve.names import alias_of, is_enough, is_short, lacks_middle, matches_full

T = TypeVar("T")

_NAMESAKES = 200
"""Where more names than this share a surname, none is the only one of it, whoever comes or goes."""


class Belonging:
    """Asks within the writer's transaction; what follows from the answers is done by `store.database.linking`."""

    _connection: sqlite3.Connection
    _names: KnownNames

    def _resolve(self, name_id: int, decisions: Decisions) -> tuple[int, str]:
        """Where a name belongs, and why in words (empty when it is its own entity)."""
        at, reason = name_id, ""
        seen = {name_id}
        while True:
            decided = self._rooted(self._names[at], decisions) if decisions.roots else None
            if decided is None:
                target, why = self._natural(at, decisions)
            else:
                target, why = self._standing(decided[0]), decided[1]
            reason = reason or why
            if target in seen:
                return target, reason
            seen.add(target)
            at = target

    def _rooted(self, name: Name, decisions: Decisions) -> tuple[str, str] | None:
        """Where people said that a name belongs, and why."""
        if name.key in decisions.roots:
            return decisions.roots[name.key].value
        return self._said_before(decisions.roots, name, decisions)

    def _natural(self, name_id: int, decisions: Decisions) -> tuple[int, str]:
        """Where a name belongs when no person said anything."""
        execute = self._connection.execute
        name = self._names[name_id]
        if name.plain in decisions.namesakes:
            return self._standing(decisions.namesakes[name.plain]), "another is meant here, by a person"
        linked, reason = name.linked, f"the known thing {name.linked}"
        if not linked and not (name.type == "LOC" and places.is_open(name.plain)):
            known = execute(
                "SELECT DISTINCT linked FROM names WHERE plain = ? AND type = ? AND linked IS NOT NULL"
                " AND mentions > 0 LIMIT 2",
                (name.plain, name.type),
            ).fetchall()
            if len(known) == 1:
                linked = known[0][0]
                reason = f"the only known thing of this name in the corpus, {linked}"
        if linked:
            # Where people parted what is one known thing, or put it with another, it is what they left of it.
            decided = [key for key in decisions.linked.get((name.type, linked), ()) if key in decisions.roots]
            if decided:
                key = max(decided, key=lambda key: (decisions.roots[key].at, key in decisions.staying, key))
                return self._standing(key), reason
            # A namesake that a person told apart is no such thing, though texts are read as if he were.
            row = execute(
                "SELECT min(id) FROM names WHERE linked = ? AND type = ? AND NOT instr(plain, ?)",
                (linked, name.type, PART),
            ).fetchone()
            return int(row[0]), reason
        return self._longer(name)

    def _longer(self, name: Name) -> tuple[int, str]:
        """The one person or organisation that a name is short for; itself when there is none, or more than one."""
        if name.seeks is None or alias_of(name.plain, name.type) is not None:
            return name.id, ""
        rows = self._connection.execute(
            f"{NAMES} WHERE offers = ? AND type = ? AND mentions > 0 AND parts >= ? ORDER BY parts DESC, plain",
            (name.seeks, name.type, name.parts),
        )
        found: dict[int, str] = {}
        fitting: list[Name] = []
        for other in map(Name._make, rows):
            if why := _short_for(name, other):
                found.setdefault(other.root, f"{why}, the only one of the corpus: {other.plain}")
                fitting.append(other)
            if len(found) > 1:
                return name.id, "it may be short for several of the corpus"
        if not found:
            return name.id, ""
        firm = [other for other in fitting if is_enough(name.plain, other.plain, name.type)]
        if not firm:
            return name.id, f"it may be short for {fitting[0].plain}, which another article names"
        given = "SELECT 1 FROM names WHERE first = ? AND type = ? AND mentions > 0 LIMIT 1"
        if name.parts == 1 and self._connection.execute(given, (bare(name.plain), name.type)).fetchone():
            return name.id, "it is also a first name in the corpus"
        # سالم الغامدي is not the only سالم فهد الغامدي just because no other is named: the family is a large one.
        shorter = name.type == "PER" and all(lacks_middle(name.plain, other.plain) for other in firm)
        if shorter and self._namesake(name, firm[0]):
            return name.id, f"it may be short for {firm[0].plain}; others of the corpus have that surname"
        return next(iter(found.items()))

    def _namesake(self, short: Name, full: Name) -> bool:
        """Whether someone in the corpus has the surname of `short` and is not `full` by another form of the name."""
        rows = self._connection.execute(
            f"{NAMES} WHERE offers = ? AND type = 'PER' AND mentions > 0 AND parts > 1", (short.seeks,)
        )
        for other in map(Name._make, rows):
            related = other.id in (short.id, full.id) or other.plain == full.plain
            if not related and not any(
                matches_full(one, another, "PER")
                for one, another in ((other.plain, full.plain), (full.plain, other.plain))
            ):
                return True
        return False

    def _standing(self, key: str) -> int:
        """The name of a key; when it is not in use, the only one in use that is written alike."""
        row = self._connection.execute("SELECT id, mentions FROM names WHERE key = ?", (key,)).fetchone()
        if row is not None and row[1]:
            return int(row[0])
        alike = self._ids("plain = ? AND mentions > 0", key.split(SEPARATOR)[-1])
        # What a person said of a name holds where no article has that name yet.
        return alike[0] if len(alike) == 1 else int(row[0]) if row is not None else self._names.of_key(key)

    def _concerned(self, name: Name) -> list[int]:
        """The names whose place a coming or going name may change."""
        found = self._shorter(name)
        if name.linked:
            found += self._ids("linked = ? AND type = ?", name.linked, name.type)
            found += self._ids("plain = ? AND type = ? AND linked IS NULL", name.plain, name.type)
        if name.first:
            found += self._ids("seeks = ? AND type = 'PER' AND parts = 1", shape(name.first, "PER").seeks or "")
            # Whether someone else has the surname: one who comes can only part names, one who goes can join them.
            joined = "AND root <> id" if name.mentions else ""
            alike = self._ids(
                f"seeks = ? AND type = 'PER' AND linked IS NULL AND parts > 1 {joined} LIMIT {_NAMESAKES + 1}",
                name.offers or "",
            )
            if len(alike) <= _NAMESAKES:
                found += alike
        return found

    def _shorter(self, name: Name) -> list[int]:
        """Names that may be short for this one."""
        if name.offers is None:
            return []
        rows = self._connection.execute(
            f"{NAMES} WHERE seeks = ? AND type = ? AND linked IS NULL AND parts <= ?",
            (name.offers, name.type, name.parts),
        )
        return [other.id for other in map(Name._make, rows) if _short_for(other, name)]

    def _said(self, decided: Mapping[str, Said[T]], name: Name, decisions: Decisions) -> T | None:
        """What people said of an entity, last of all: under the key of the name that it stands on, or of another of the
        same known thing; else under the key it had before another pass gave it another type or link."""
        if not decided:
            return None
        mine = [decided[name.key]] if name.key in decided else []
        for key in decisions.linked.get((name.type, name.linked or ""), ()):
            if key != name.key and key in decided and self._in_hand(key, name.id):
                mine.append(decided[key])
        return max(mine, key=lambda said: said.at).value if mine else self._said_before(decided, name, decisions)

    def _said_before(self, decided: Mapping[str, Said[T]], name: Name, decisions: Decisions) -> T | None:
        for key in reversed(decisions.about(name.key)):
            if key in decided and self._in_hand(key, name.id):
                return decided[key].value
        return None

    def _in_hand(self, key: str, root: int) -> bool:
        """Whether a key is not in use, or belongs to this entity."""
        row = self._connection.execute("SELECT mentions, root FROM names WHERE key = ?", (key,)).fetchone()
        return row is None or not row[0] or row[1] == root

    def followers(self, root: int) -> list[int]:
        """The names of an entity."""
        return self._ids("root = ?", str(root))

    def same_name(self, plain: str) -> list[int]:
        """The names that are written alike, whatever their type and link."""
        return self._ids("plain = ?", plain)

    def _ids(self, where: str, *values: str) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(f"SELECT id FROM names WHERE {where}", values)]


def _short_for(short: Name, full: Name) -> str | None:
    """Why one name may be short for another, in words. Of two that are equally long the first in order is full."""
    if short.id == full.id or short.linked or (-full.parts, full.plain) >= (-short.parts, short.plain):
        return None
    # A single word (النهضة, الأمن) is short for too many things across a corpus.
    if short.type == "ORG" and (short.parts < 2 or not is_short(short.plain, "ORG")):
        return None
    if short.type == "PER" and short.parts == 1 and len(bare(short.plain)) < 3:
        return None
    return matches_full(short.plain, full.plain, short.type)
