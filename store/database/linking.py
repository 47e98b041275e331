"""From names, as texts give them, to entities of the corpus, and the counts of both.

Every name starts as an entity of its own. It belongs to another name's entity ("root") when a person said so,
when both stand for the same known thing (a Wikidata id), when only one known thing has this name, or when it is
short for the name of only one person or organisation of the corpus (a bare surname, mostly). Each of these is a
question to the corpus as a whole, asked again whenever a name comes or goes, so the answer does not depend on the
order of adding.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import TypeVar

from pyroaring import BitMap

from store.database.entity_sets import Keeper
from store.database.known_names import NAMES, KnownNames, Name
from store.database.log import PART, Decisions, Said
from store.database.lookup import bare
from store.database.naming import shape
from store.database.stored import SURFACE
from store.database.stories import told
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

    def __init__(self, connection: sqlite3.Connection, sets: Keeper, names: KnownNames) -> None:
        self._connection = connection
        self._sets = sets
        self._names = names
        self._counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        """By entity: how many more mentions and articles it has by now than its row says."""
        self._moved: set[int] = set()
        """Entities whose mentions and articles are to be counted anew."""

    def forget(self) -> None:
        """The transaction was taken back."""
        self._counted.clear()
        self._moved.clear()

    def flush(self) -> None:
        """Writes how many mentions and articles entities have now, at the end of a transaction."""
        self._connection.executemany(
            "UPDATE entities SET mentions = mentions + ?, articles = articles + ? WHERE id = ?",
            [(*more, root) for root, more in self._counted.items() if more != [0, 0] and root not in self._moved],
        )
        self._count_moved()
        self.forget()

    def count(self, article_id: int, names: Mapping[int, int], decisions: Decisions) -> None:
        """Counts the mentions of an article that were just stored, then links what they change. It is in no story."""
        appeared = [name_id for name_id in sorted(names) if not self._names[name_id].mentions]
        self._names.count(names.items())
        entities: Counter[int] = Counter()
        for name_id, mentions in names.items():
            entities[self._names[name_id].root] += mentions
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
        self._names.count((name_id, -mentions) for name_id, _, mentions in rows)
        entities: Counter[int] = Counter()
        for _, root, mentions in rows:
            entities[root] += mentions
        for root, mentions in entities.items():
            self._sets.now(root, article_id, 0)
            self._change(root, -1, -mentions)
        gone = [name_id for name_id, _, _ in rows if not self._names[name_id].mentions]
        self.relink(gone, decisions, touched=[name_id for name_id, _, _ in rows])

    def relink(self, changed: Iterable[int], decisions: Decisions, touched: Iterable[int] = ()) -> None:
        """Asks again where the changed names, and those that depend on them, belong; renews what is shown."""
        roots = {self._names[name_id].root for name_id in touched}
        waiting: list[tuple[int, str, int]] = []
        seen: set[int] = set()

        def ask(name_ids: Iterable[int]) -> None:
            for name_id in name_ids:
                if name_id not in seen:
                    seen.add(name_id)
                    name = self._names[name_id]
                    heappush(waiting, (-name.parts, name.plain, name_id))

        for name_id in changed:
            name = self._names[name_id]
            ask([name_id, *self._concerned(name)])
            if name.plain in decisions.keys:
                ask(self.same_name(name.plain))
            for key in sorted(decisions.drawn.get(name.plain, ())):
                ask(self.same_name(key.split(SEPARATOR)[-1]))
        # Longer names first: a short one belongs where the name it is short for belongs.
        while waiting:
            name_id = heappop(waiting)[2]
            name = self._names[name_id]
            root, reason = self._resolve(name_id, decisions)
            self._names.explain(name_id, reason)
            roots.update((root, name.root))
            if root != name.root:
                self._move(name_id, name.root, root)
                ask(self._shorter(name))
                if decisions.roots:  # whatever a person put with this name moves along
                    ask(self._ids("root = ?", str(name.root)))
        for root in sorted(roots):
            self.refresh(root, decisions)

    def refresh(self, root: int, decisions: Decisions) -> None:
        """Renews name, type, link and hiding of an entity from its names and what people decided."""
        name = self._names[root]
        shown, linked = self._shown(root, decisions)
        (before,) = self._connection.execute(
            "SELECT name, type, linked, hidden FROM entities WHERE id = ?", (root,)
        ).fetchall()
        kind = self._said(decisions.types, name, decisions) or name.type
        hidden = self._said(decisions.hidden, name, decisions) or False
        if (before[1], before[3]) != (kind, hidden):
            self._sets.shown_anew = True
        called = self._said(decisions.names, name, decisions) or shown or name.plain.partition(PART)[0]
        after = (called, kind, linked, hidden)
        if after != before:
            self._connection.execute(
                "UPDATE entities SET name = ?, type = ?, linked = ?, hidden = ? WHERE id = ?", (*after, root)
            )

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

    def _shown(self, root: int, decisions: Decisions) -> tuple[str | None, str | None]:
        """The display form of most mentions, of names that are neither merged into the root nor short for it; and the
        known thing that any of the names stands for."""
        rows = self._connection.execute(
            "SELECT f.form, f.displayed, n.key, n.linked,"
            " n.id <> n.root AND n.linked IS NULL AND (n.type <> 'PER' OR n.parts = 1)"
            " FROM names n JOIN forms f ON f.name_id = n.id WHERE n.root = ? AND f.displayed > 0",
            (root,),
        )
        ranks: dict[str, tuple[bool, bool]] = {}
        counts: Counter[str] = Counter()
        things: set[str] = set()
        for form, displayed, key, linked, short in rows:
            rank = (key in decisions.roots and key not in decisions.staying, bool(short))
            ranks[form] = min(rank, ranks.get(form, rank))
            counts[form] += displayed
            if linked is not None:
                things.add(linked)
        shown = min(ranks, key=lambda form: (ranks[form], -counts[form], form), default=None)
        return shown, min(things, default=None)

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
            row = execute("SELECT min(id) FROM names WHERE linked = ? AND type = ?", (linked, name.type)).fetchone()
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

    def _move(self, name_id: int, before: int, root: int) -> None:
        """Hands a name's mentions over from one entity to another."""
        if self._names[name_id].mentions > MANY:
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
        self._names.belong(name_id, root)
        within: Counter[tuple[int, int]] = Counter()
        ids = json.dumps([row[0] for row in rows])
        for article_id, entity, mentions in self._connection.execute(_WITHIN, (ids, before, root)):
            within[article_id, entity] += mentions
        for article_id, mentions, story in rows:
            for entity, sign in ((before, -1), (root, 1)):
                now = within[article_id, entity]
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
        self._names.belong(name_id, root)
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

    def _change(self, root: int, articles: int, mentions: int) -> None:
        counted = self._counted[root]
        counted[0] += mentions
        counted[1] += articles

    def _ids(self, where: str, *values: str) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(f"SELECT id FROM names WHERE {where}", values)]

    def _standing(self, key: str) -> int:
        """The name of a key; when it is not in use, the only one in use that is written alike."""
        row = self._connection.execute("SELECT id, mentions FROM names WHERE key = ?", (key,)).fetchone()
        if row is not None and row[1]:
            return int(row[0])
        alike = self._ids("plain = ? AND mentions > 0", key.split(SEPARATOR)[-1])
        # What a person said of a name holds where no article has that name yet.
        return alike[0] if len(alike) == 1 else int(row[0]) if row is not None else self._names.of_key(key)


_WITHIN = (
    "SELECT x.article_id, n.root, x.mentions FROM json_each(?) j CROSS JOIN article_names x ON x.article_id = j.value"
    " CROSS JOIN names n ON n.id = x.name_id AND n.root IN (?, ?)"
)


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
