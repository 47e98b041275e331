"""Names handed over from one entity of the corpus to another as `store.database.belonging` says, and the counts of
both."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush
from itertools import chain

from pyroaring import BitMap

from store.database.belonging import Belonging
from store.database.entity_sets import Keeper
from store.database.known_names import KnownNames
from store.database.log import PART, Decisions
from store.database.stored import SURFACE
from store.database.stories import told
from store.resolve.alike import SEPARATOR

MANY = 500
"""Where a name of more mentions changes its entity, all of them are handed over as sets."""


class Linker(Belonging):
    """Works within the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection, sets: Keeper, names: KnownNames) -> None:
        self._connection = connection
        self._sets = sets
        self._names = names
        self._counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        """By entity: how many more mentions and articles it has by now than its row says."""
        self._moved: set[int] = set()
        """Entities whose mentions and articles are to be counted anew."""
        self._moving: dict[tuple[int, int], list[int]] = {}
        """(entity before, entity by now) -> names of many mentions that are handed over together."""
        self._stale: set[int] = set()
        """Entities that are to be shown as their names have it by now."""

    def forget(self) -> None:
        """The transaction was taken back."""
        self._stale.clear()
        self._counted.clear()
        self._moved.clear()
        self._moving.clear()

    def flush(self, decisions: Callable[[], Decisions]) -> None:
        """Writes how many mentions and articles entities have now, at the end of a transaction, and what was left for
        it."""
        self._names.flush()
        if self._stale:
            decided = decisions()
            for root in sorted(self._stale):
                self.refresh(root, decided)
        written = self._names.flush_entities(self._counted)
        self._connection.executemany(
            "UPDATE entities SET mentions = mentions + ?, articles = articles + ? WHERE id = ?",
            [
                (*more, root)
                for root, more in self._counted.items()
                if more != [0, 0] and root not in self._moved and root not in written
            ],
        )
        self._count_moved()
        self.forget()

    def count(
        self, article_id: int, names: Mapping[int, int], decisions: Decisions, new: Iterable[int] = (),
        later: bool = False,
    ) -> None:  # fmt: skip
        """Counts the mentions of an article that were just stored, then links what they change. It is in no story.

        `new` are the names that no article had before. What only has to be there when the transaction ends is left for
        `flush` if it may be done `later`: when nothing else is done in it than adding articles.
        """
        for name_id in new:
            self._sets.begun(name_id)
        appeared = [name_id for name_id in sorted(names) if not self._names[name_id].mentions]
        self._names.count(names.items(), later)
        entities: dict[int, int] = {}
        for name_id, mentions in names.items():
            root = self._names[name_id].root
            entities[root] = entities.get(root, 0) + mentions
        self._connection.executemany(
            "INSERT INTO article_names VALUES (?, ?, ?)", [(article_id, *each) for each in sorted(names.items())]
        )
        for root, mentions in entities.items():
            self._sets.now(root, article_id, mentions)
            self._change(root, 1, mentions)
        self._sets.told(article_id)
        self.relink(appeared, decisions, touched=names, later=later)

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

    def relink(
        self, changed: Iterable[int], decisions: Decisions, touched: Iterable[int] = (), later: bool = False
    ) -> None:
        """Asks again where the changed names, and those that depend on them, belong; renews what is shown, or leaves
        that for `later`."""
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
        self._hand_over()
        if later:
            self._stale |= roots
            return
        for root in sorted(roots):
            self.refresh(root, decisions)

    def refresh(self, root: int, decisions: Decisions) -> None:
        """Renews name, type, link and hiding of an entity from its names and what people decided."""
        name = self._names[root]
        shown, linked = self._shown(root, decisions)
        before = self._names.shown(root)
        kind = self._said(decisions.types, name, decisions) or name.type
        hidden = self._said(decisions.hidden, name, decisions) or False
        if (before[1], before[3]) != (kind, hidden):
            self._sets.shown_anew = True
        called = self._said(decisions.names, name, decisions) or shown or name.plain.partition(PART)[0]
        after = (called, kind, linked, hidden)
        if after != before:
            self._names.show(root, after)

    def _shown(self, root: int, decisions: Decisions) -> tuple[str | None, str | None]:
        """The display form of most mentions, of names that are neither merged into the root nor short for it; and the
        known thing that any of the names stands for."""
        rows = self._connection.execute(
            "SELECT f.form, f.displayed, n.key, n.linked,"
            " n.id <> n.root AND n.linked IS NULL AND (n.type <> 'PER' OR n.parts = 1)"
            " FROM names n JOIN forms f ON f.name_id = n.id WHERE n.root = ? AND f.displayed > 0",
            (root,),
        )
        first = rows.fetchone()
        if first is None or (second := rows.fetchone()) is None:
            return (first[0], first[3]) if first else (None, None)
        ranks: dict[str, tuple[bool, bool]] = {}
        counts: Counter[str] = Counter()
        things: set[str] = set()
        for form, displayed, key, linked, short in chain((first, second), rows):
            rank = (key in decisions.roots and key not in decisions.staying, bool(short))
            ranks[form] = min(rank, ranks.get(form, rank))
            counts[form] += displayed
            if linked is not None:
                things.add(linked)
        shown = min(ranks, key=lambda form: (ranks[form], -counts[form], form), default=None)
        return shown, min(things, default=None)

    def _move(self, name_id: int, before: int, root: int) -> None:
        """Hands a name's mentions over from one entity to another."""
        waits = any({before, root} & {*pair} for pair in self._moving)
        if waits or self._names[name_id].mentions > MANY:
            # what follows counts on what is handed over before it
            self._moving.setdefault((before, root), []).append(name_id)
            self._names.belong(name_id, root)
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

    def _hand_over(self) -> None:
        """Hands over as sets what waits for it: each entity is written once for all of its names."""
        if not self._moving:
            return
        from store.database.numbers import column, listed

        for (before, root), name_ids in self._moving.items():
            # grouped by numpy, which takes a tenth of the time
            articles = column(
                self._connection,
                "SELECT m.article_id AS a FROM json_each(?) j CROSS JOIN forms f ON f.name_id = j.value"
                " CROSS JOIN mentions m ON m.form_id = f.id",
                (listed(name_ids),),
            )
            self._sets.move(before, root, articles)
            self._moved.update((before, root))
        self._moving.clear()

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


_WITHIN = (
    "SELECT x.article_id, n.root, x.mentions FROM json_each(?) j CROSS JOIN article_names x ON x.article_id = j.value"
    " CROSS JOIN names n ON n.id = x.name_id AND n.root IN (?, ?)"
)
