"""From names, as texts give them, to entities of the corpus, and the counts of both.

Every name starts as an entity of its own. It belongs to another name's entity ("root") when a person said so,
when both stand for the same known thing (a Wikidata id), when only one known thing has this name, or when it is
short for the name of only one person or organisation of the corpus (a bare surname, mostly). Each of these is a
question to the corpus as a whole, asked again whenever a name comes or goes, so the answer does not depend on the
order of adding.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

from pyroaring import BitMap

from store.database.entity_sets import Keeper
from store.database.log import PART, Decisions, Said
from store.database.lookup import bare
from store.database.naming import name_of_key, shape
from store.database.stored import SURFACE
from store.database.stories import told
from store.models import MentionType
from store.resolve import places
from store.resolve.alike import SEPARATOR
from store.resolve.names import alias_of, is_enough, is_short, lacks_middle, matches_full

T = TypeVar("T")

MANY = 500
"""Where a name of more mentions changes its entity, all of them are handed over as sets."""

_NAMESAKES = 200
"""Where more names than this share a surname, none is the only one of it, whoever comes or goes."""


class Linker:
    """Works within the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection, sets: Keeper) -> None:
        self._connection = connection
        self._sets = sets
        self._moved: set[int] = set()
        """Entities whose articles and mentions are to be counted anew."""

    def count(self, article_id: int, names: Mapping[int, int], decisions: Decisions) -> None:
        """Counts the mentions of an article that were just stored, then links what they change. It is in no story."""
        appeared: list[int] = []
        entities: Counter[int] = Counter()
        for name_id, mentions in sorted(names.items()):
            before, root = self._connection.execute(
                "SELECT mentions, root FROM names WHERE id = ?", (name_id,)
            ).fetchone()
            self._connection.execute("UPDATE names SET mentions = mentions + ? WHERE id = ?", (mentions, name_id))
            entities[root] += mentions
            if not before:
                appeared.append(name_id)
        self._connection.executemany(
            "INSERT INTO article_names VALUES (?, ?, ?)", [(article_id, *each) for each in sorted(names.items())]
        )
        for root, mentions in entities.items():
            self._sets.now(root, article_id, mentions)
            self._change(root, 1, mentions)
        self.relink(appeared, decisions, touched=names)

    def uncount(self, article_id: int, decisions: Decisions) -> None:
        """Takes an article's mentions out of all counts and out of the corpus, then links what that changes. It is in
        no story."""
        execute = self._connection.execute
        rows = execute(
            "SELECT n.id, n.root, x.mentions FROM article_names x JOIN names n ON n.id = x.name_id"
            " WHERE x.article_id = ?",
            (article_id,),
        ).fetchall()
        for form_id, surface_id in execute(
            f"SELECT form_id, {SURFACE} FROM mentions m WHERE article_id = ?", (article_id,)
        ).fetchall():
            execute("UPDATE forms SET displayed = displayed - 1 WHERE id = ?", (form_id,))
            execute("UPDATE forms SET surfaces = surfaces - 1 WHERE id = ?", (surface_id,))
        execute("DELETE FROM mentions WHERE article_id = ?", (article_id,))
        execute("DELETE FROM article_names WHERE article_id = ?", (article_id,))
        entities: Counter[int] = Counter()
        for name_id, root, mentions in rows:
            execute("UPDATE names SET mentions = mentions - ? WHERE id = ?", (mentions, name_id))
            entities[root] += mentions
        for root, mentions in entities.items():
            self._sets.now(root, article_id, 0)
            self._change(root, -1, -mentions)
        gone = [name_id for name_id, _, _ in rows if not self._name(name_id).mentions]
        self.relink(gone, decisions, touched=[name_id for name_id, _, _ in rows])

    def relink(self, changed: Iterable[int], decisions: Decisions, touched: Iterable[int] = ()) -> None:
        """Asks again where the changed names, and those that depend on them, belong; renews what is shown."""
        roots = {self._name(name_id).root for name_id in touched}
        waiting: list[tuple[int, str, int]] = []
        seen: set[int] = set()

        def ask(name_ids: Iterable[int]) -> None:
            for name_id in name_ids:
                if name_id not in seen:
                    seen.add(name_id)
                    name = self._name(name_id)
                    heappush(waiting, (-name.parts, name.plain, name_id))

        for name_id in changed:
            name = self._name(name_id)
            ask([name_id, *self._concerned(name)])
            if name.plain in decisions.keys:
                ask(self.same_name(name.plain))
            for key in sorted(decisions.drawn.get(name.plain, ())):
                ask(self.same_name(key.split(SEPARATOR)[-1]))
        # Longer names first: a short one belongs where the name it is short for belongs.
        while waiting:
            name_id = heappop(waiting)[2]
            name = self._name(name_id)
            root, reason = self._resolve(name_id, decisions)
            self._connection.execute("UPDATE names SET reason = ? WHERE id = ?", (reason, name_id))
            roots.update((root, name.root))
            if root != name.root:
                self._move(name_id, name.root, root)
                ask(self._shorter(name))
                if decisions.roots:  # whatever a person put with this name moves along
                    ask(self._ids("root = ?", str(name.root)))
        self._count_moved()
        for root in sorted(roots):
            self.refresh(root, decisions)

    def refresh(self, root: int, decisions: Decisions) -> None:
        """Renews name, type, link and hiding of an entity from its names and what people decided."""
        execute = self._connection.execute
        name = self._name(root)
        shown = self._shown(root, decisions)
        linked = execute(
            "SELECT min(linked) FROM names WHERE root = ? AND linked IS NOT NULL AND mentions > 0", (root,)
        ).fetchone()[0]
        before = execute("SELECT type, hidden FROM entities WHERE id = ?", (root,)).fetchone()
        kind = self._said(decisions.types, name, decisions) or name.type
        hidden = self._said(decisions.hidden, name, decisions) or False
        called = self._said(decisions.names, name, decisions)
        if before != (kind, hidden):
            self._sets.shown_anew = True
        execute(
            "UPDATE entities SET name = coalesce(?, name), type = ?, linked = ?, hidden = ? WHERE id = ?",
            (called or shown or name.plain.partition(PART)[0], kind, linked, hidden, root),
        )

    def _said(self, decided: Mapping[str, Said[T]], name: _Name, decisions: Decisions) -> T | None:
        """What people said of an entity, last of all: under the key of the name that it stands on, or of another of the
        same known thing; else under the key it had before another pass gave it another type or link."""
        mine = [decided[name.key]] if name.key in decided else []
        for key in decisions.linked.get((name.type, name.linked or ""), ()):
            if key != name.key and key in decided and self._in_hand(key, name.id):
                mine.append(decided[key])
        return max(mine, key=lambda said: said.at).value if mine else self._said_before(decided, name, decisions)

    def _said_before(self, decided: Mapping[str, Said[T]], name: _Name, decisions: Decisions) -> T | None:
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

    def _shown(self, root: int, decisions: Decisions) -> str | None:
        """The display form of most mentions, of names that are neither merged into the root nor short for it."""
        rows = self._connection.execute(
            "SELECT f.form, f.displayed, n.key,"
            " n.id <> n.root AND n.linked IS NULL AND (n.type <> 'PER' OR n.parts = 1)"
            " FROM names n JOIN forms f ON f.name_id = n.id WHERE n.root = ? AND f.displayed > 0",
            (root,),
        )
        ranks: dict[str, tuple[bool, bool]] = {}
        counts: Counter[str] = Counter()
        for form, displayed, key, short in rows:
            rank = (key in decisions.roots and key not in decisions.staying, bool(short))
            ranks[form] = min(rank, ranks.get(form, rank))
            counts[form] += displayed
        return min(ranks, key=lambda form: (ranks[form], -counts[form], form), default=None)

    def _concerned(self, name: _Name) -> list[int]:
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

    def _shorter(self, name: _Name) -> list[int]:
        """Names that may be short for this one."""
        if name.offers is None:
            return []
        rows = self._connection.execute(
            f"{_NAMES} WHERE seeks = ? AND type = ? AND linked IS NULL AND parts <= ?",
            (name.offers, name.type, name.parts),
        )
        return [other.id for other in map(_Name._make, rows) if _short_for(other, name)]

    def _resolve(self, name_id: int, decisions: Decisions) -> tuple[int, str]:
        """Where a name belongs, and why in words (empty when it is its own entity)."""
        at, reason = name_id, ""
        seen = {name_id}
        while True:
            decided = self._rooted(self._name(at), decisions) if decisions.roots else None
            if decided is None:
                target, why = self._natural(at, decisions)
            else:
                target, why = self._standing(decided[0]), decided[1]
            reason = reason or why
            if target in seen:
                return target, reason
            seen.add(target)
            at = target

    def _rooted(self, name: _Name, decisions: Decisions) -> tuple[str, str] | None:
        """Where people said that a name belongs, and why."""
        if name.key in decisions.roots:
            return decisions.roots[name.key].value
        return self._said_before(decisions.roots, name, decisions)

    def _natural(self, name_id: int, decisions: Decisions) -> tuple[int, str]:
        """Where a name belongs when no person said anything."""
        execute = self._connection.execute
        name = self._name(name_id)
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
            row = execute("SELECT min(id) FROM names WHERE linked = ? AND type = ?", (linked, name.type)).fetchone()
            return int(row[0]), reason
        return self._longer(name)

    def _longer(self, name: _Name) -> tuple[int, str]:
        """The one person or organisation that a name is short for; itself when there is none, or more than one."""
        if name.seeks is None or alias_of(name.plain, name.type) is not None:
            return name.id, ""
        rows = self._connection.execute(
            f"{_NAMES} WHERE offers = ? AND type = ? AND mentions > 0 AND parts >= ? ORDER BY parts DESC, plain",
            (name.seeks, name.type, name.parts),
        )
        found: dict[int, str] = {}
        fitting: list[_Name] = []
        for other in map(_Name._make, rows):
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

    def _namesake(self, short: _Name, full: _Name) -> bool:
        """Whether someone in the corpus has the surname of `short` and is not `full` by another form of the name."""
        rows = self._connection.execute(
            f"{_NAMES} WHERE offers = ? AND type = 'PER' AND mentions > 0 AND parts > 1", (short.seeks,)
        )
        for other in map(_Name._make, rows):
            related = other.id in (short.id, full.id) or other.plain == full.plain
            if not related and not any(
                matches_full(one, another, "PER")
                for one, another in ((other.plain, full.plain), (full.plain, other.plain))
            ):
                return True
        return False

    def _move(self, name_id: int, before: int, root: int) -> None:
        """Hands a name's mentions over from one entity to another."""
        if self._name(name_id).mentions > MANY:
            self._move_many(name_id, before, root)
            return
        rows = self._connection.execute(
            "SELECT m.article_id, count(*), c.story FROM forms f JOIN mentions m ON m.form_id = f.id"
            " LEFT JOIN copies c ON c.article_id = m.article_id WHERE f.name_id = ? GROUP BY m.article_id",
            (name_id,),
        ).fetchall()
        # what a story adds to either is not the sum of what its articles do
        of_stories = [
            (entity, story) for story in sorted({row[2] for row in rows if row[2]}) for entity in (before, root)
        ]
        sums = [told(self._connection, story, entity) for entity, story in of_stories]
        self._connection.execute("UPDATE names SET root = ? WHERE id = ?", (root, name_id))
        for article_id, mentions, story in rows:
            for entity, sign in ((before, -1), (root, 1)):
                now = self._connection.execute(_WITHIN, (article_id, entity)).fetchone()[0]
                self._sets.now(entity, article_id, now)
                if story is None:
                    self._change(entity, sign if now == (mentions if sign > 0 else 0) else 0, sign * mentions)
        for (entity, story), (articles, mentions) in zip(of_stories, sums, strict=True):
            after = told(self._connection, story, entity)
            self._change(entity, after[0] - articles, after[1] - mentions)

    def _move_many(self, name_id: int, before: int, root: int) -> None:
        from store.database.numbers import column

        # grouped by numpy, which takes a tenth of the time
        articles = column(
            self._connection,
            "SELECT article_id AS a FROM mentions WHERE form_id IN (SELECT id FROM forms WHERE name_id = ?)",
            (name_id,),
        )
        self._connection.execute("UPDATE names SET root = ? WHERE id = ?", (root, name_id))
        self._sets.move(before, root, articles)
        self._moved.update((before, root))

    def _count_moved(self) -> None:
        """Counts the articles and mentions of entities whose names were handed over as sets."""
        if not self._moved:
            return
        from store.database import collapsing, entity_sets

        copies = collapsing.read(self._connection)
        for entity in sorted(self._moved):
            planes = self._sets.planes(entity)
            articles = copies.collapsed(planes.get(0, BitMap()))
            mentions = entity_sets.mentions(planes, articles.intersection_cardinality)
            self._connection.execute(
                "UPDATE entities SET articles = ?, mentions = ? WHERE id = ?", (len(articles), mentions, entity)
            )
        self._moved.clear()

    def _change(self, root: int, articles: int, mentions: int) -> None:
        self._connection.execute(
            "UPDATE entities SET mentions = mentions + ?, articles = articles + ? WHERE id = ?",
            (mentions, articles, root),
        )

    def _ids(self, where: str, *values: str) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(f"SELECT id FROM names WHERE {where}", values)]

    def _name(self, name_id: int) -> _Name:
        return _Name._make(self._connection.execute(f"{_NAMES} WHERE id = ?", (name_id,)).fetchone())

    def _standing(self, key: str) -> int:
        """The name of a key; when it is not in use, the only one in use that is written alike."""
        row = self._connection.execute("SELECT id, mentions FROM names WHERE key = ?", (key,)).fetchone()
        if row is not None and row[1]:
            return int(row[0])
        alike = self._ids("plain = ? AND mentions > 0", key.split(SEPARATOR)[-1])
        # What a person said of a name holds where no article has that name yet.
        return alike[0] if len(alike) == 1 else int(row[0]) if row is not None else name_of_key(self._connection, key)


class _Name(NamedTuple):
    id: int
    key: str
    type: MentionType
    plain: str
    linked: str | None
    parts: int
    first: str | None
    offers: str | None
    seeks: str | None
    root: int
    mentions: int


_WITHIN = (
    "SELECT coalesce(sum(x.mentions), 0) FROM article_names x CROSS JOIN names n ON n.id = x.name_id"
    " WHERE x.article_id = ? AND n.root = ?"
)
_NAMES = f"SELECT {', '.join(_Name._fields)} FROM names"


def _short_for(short: _Name, full: _Name) -> str | None:
    """Why one name may be short for another, in words. Of two that are equally long the first in order is full."""
    if short.id == full.id or short.linked or (-full.parts, full.plain) >= (-short.parts, short.plain):
        return None
    # A single word (النهضة, الأمن) is short for too many things across a corpus.
    if short.type == "ORG" and (short.parts < 2 or not is_short(short.plain, "ORG")):
        return None
    if short.type == "PER" and short.parts == 1 and len(bare(short.plain)) < 3:
        return None
    return matches_full(short.plain, full.plain, short.type)
