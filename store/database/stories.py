"""Stories that are told more than once: which articles are copies of one another, in step with all that is counted.

`copy_pairs` holds what `store.resolve.copies.is_copy` said of pairs, whoever came first. From it and the dates follow
the stories: articles in order of time, each in the story of the first before it that began one and that it is a copy
of, so that a story has no member that is no copy of its first (no chain from update to update drifts away). An entity
counts a story once, with the newest of its articles that names it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from store.database.moments import UNDATED
from store.database.notes import STORY, Notes

Group = tuple[int, ...]
"""The articles of a story, newest first, or one that has no copies."""


class Keeper:
    """Works within the writer's transactions."""

    def __init__(
        self, connection: sqlite3.Connection, notes: Notes, apart: Callable[[], Collection[frozenset[str]]]
    ) -> None:
        """`apart` gives what people said are no copies: digests of two documents."""
        self._connection = connection
        self._notes = notes
        self._apart = apart
        self.regrouped: set[int] = set()
        """Articles whose story has become another in this transaction."""

    def forget(self) -> None:
        """A transaction has ended."""
        self.regrouped.clear()

    def wait(self, article_id: int, signature: bytes | None) -> None:
        """An article is to be compared with the others; without a signature it gets one then."""
        self._connection.execute("INSERT OR IGNORE INTO unplaced VALUES (?)", (article_id,))
        if signature is not None:
            self._connection.execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (article_id, signature))

    def pair(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Articles are copies, two by two, but where people said that they are not."""
        apart = self._apart()
        both = {
            each
            for one, other in pairs
            if not apart or frozenset(map(self._digest, (one, other))) not in apart
            for each in ((one, other), (other, one))
        }
        self._connection.executemany("INSERT OR IGNORE INTO copy_pairs VALUES (?, ?)", sorted(both))
        self._regroup({one for one, _ in both})

    def part(self, article_id: int) -> None:
        """An article is a copy of no other any more: it goes, or has another text or date."""
        others = {row[0] for row in self._connection.execute(_COPIES_OF, (article_id,))}
        if others:
            self._connection.execute("DELETE FROM copy_pairs WHERE one = ?", (article_id,))
            self._connection.executemany(
                "DELETE FROM copy_pairs WHERE one = ? AND other = ?", ((other, article_id) for other in others)
            )
            self._regroup({article_id, *others})

    def copies_of(self, article_id: int) -> list[str]:
        """The digests of the articles that are its copies, and of the others of its story."""
        asked = f"{_COPIES_OF} UNION SELECT article_id FROM copies WHERE article_id <> ? AND story ="
        rows = self._connection.execute(
            f"{asked} (SELECT story FROM copies WHERE article_id = ?)", (article_id, article_id, article_id)
        )
        return [self._digest(row[0]) for row in rows.fetchall()]

    def _digest(self, article_id: int) -> str:
        (digest,) = self._connection.execute(
            "SELECT digest FROM documents WHERE article_id = ?", (article_id,)
        ).fetchone()
        return bytes(digest).hex()

    def alone(self, article_id: int) -> bool:
        """Counts an article by itself until `pair` or `again` is asked; whether it has copies."""
        row = self._connection.execute("SELECT story FROM copies WHERE article_id = ?", (article_id,)).fetchone()
        if row is None:
            return False
        members = _members(self._connection, [row[0]])
        others = tuple(member for member in members[row[0]] if member != article_id)
        self._put(list(members.values()), [(article_id,), others])
        return True

    def again(self, article_id: int) -> None:
        """What was `alone` is put back into its story."""
        self._regroup({article_id})

    def _regroup(self, articles: Collection[int]) -> None:
        """Makes stories anew of these articles, of all that are copies of them or of their copies, and of whatever was
        in one story with any."""
        pairs, before = self._around(articles)
        self._put(before, grouped(self._moments(pairs), pairs))

    def _around(self, articles: Collection[int]) -> tuple[dict[int, list[int]], list[Group]]:
        pairs: dict[int, list[int]] = {}
        before: dict[int, Group] = {}
        waiting = list(articles)
        while waiting:
            article_id = waiting.pop()
            if article_id in pairs:
                continue
            pairs[article_id] = [row[0] for row in self._connection.execute(_COPIES_OF, (article_id,))]
            waiting += pairs[article_id]
            row = self._connection.execute("SELECT story FROM copies WHERE article_id = ?", (article_id,)).fetchone()
            if row is not None and row[0] not in before:
                before |= _members(self._connection, [row[0]])
                waiting += before[row[0]]
        told = {member for group in before.values() for member in group}
        return pairs, [*before.values(), *((article,) for article in pairs if article not in told)]

    def _moments(self, articles: Iterable[int]) -> dict[int, int]:
        ask = "SELECT moment FROM articles WHERE id = ?"
        return {id_: self._connection.execute(ask, (id_,)).fetchone()[0] for id_ in articles}

    def _put(self, before: Sequence[Group], after: Sequence[Group]) -> None:
        """Puts groups in the place of others that had the same articles."""
        same = set(before) & set(after)
        gone, come = [group for group in before if group not in same], [group for group in after if group not in same]
        changed = sorted(member for group in come for member in group)
        if not changed:
            return
        self._count(changed, gone, come)
        self._connection.executemany(
            "DELETE FROM stories WHERE id = (SELECT story FROM copies WHERE article_id = ?)",
            ((one,) for one in changed),
        )
        self._connection.executemany("DELETE FROM copies WHERE article_id = ?", ((one,) for one in changed))
        for group in come:
            if len(group) > 1:
                # known by what it has for long: the article that was added first
                story = min(group)
                self._connection.executemany(
                    "INSERT INTO copies VALUES (?, ?, ?)", [(member, story, at) for at, member in enumerate(group)]
                )
                self._connection.execute(_STORY, (story, len(group), story))
        self.regrouped.update(changed)
        self._notes.note(STORY, changed)

    def _count(self, changed: Iterable[int], gone: Iterable[Group], come: Iterable[Group]) -> None:
        named: dict[int, dict[int, int]] = {
            id_: dict(
                self._connection.execute(
                    "SELECT entity_id, mentions FROM article_entities WHERE article_id = ?", (id_,)
                ).fetchall()
            )
            for id_ in changed
        }
        articles: Counter[int] = Counter()
        mentions: Counter[int] = Counter()
        for groups, sign in ((gone, -1), (come, 1)):
            for group in groups:
                counted: dict[int, int] = {}
                for member in reversed(group):
                    counted.update(named[member])
                for entity, number in counted.items():
                    articles[entity] += sign
                    mentions[entity] += sign * number
        self._connection.executemany(
            "UPDATE entities SET articles = articles + ?, mentions = mentions + ? WHERE id = ?",
            [(articles[id_], mentions[id_], id_) for id_ in mentions if articles[id_] or mentions[id_]],
        )


_COPIES_OF = "SELECT other FROM copy_pairs WHERE one = ?"
_STORY = (
    "INSERT INTO stories SELECT ?, ?, count(DISTINCT a.outlet_id) FROM copies c JOIN articles a ON a.id = c.article_id"
    " WHERE c.story = ?"
)


def grouped(moments: dict[int, int], pairs: dict[int, list[int]]) -> list[Group]:
    """Stories of articles with their moments, by who is a copy of whom; each newest first."""
    first: dict[int, int] = {}
    groups: dict[int, list[int]] = defaultdict(list)
    for article_id in sorted(moments, key=lambda id_: (moments[id_] == UNDATED, moments[id_], id_)):
        begun = [other for other in pairs[article_id] if other in groups]
        lead = min(begun, key=lambda id_: first[id_], default=article_id)
        first.setdefault(lead, len(first))
        groups[lead].append(article_id)
    return [tuple(sorted(group, key=lambda id_: (-moments[id_], -id_))) for group in groups.values()]


def _members(connection: sqlite3.Connection, stories: Iterable[int]) -> dict[int, Group]:
    rows = "SELECT article_id FROM copies WHERE story = ? ORDER BY place"
    return {story: tuple(row[0] for row in connection.execute(rows, (story,))) for story in stories}


def told(connection: sqlite3.Connection, story: int, entity: int) -> tuple[int, int]:
    """What a story adds to the articles and mentions of an entity."""
    row = connection.execute(
        "SELECT sum(x.mentions) FROM copies c CROSS JOIN article_names x ON x.article_id = c.article_id"
        " CROSS JOIN names n ON n.id = x.name_id AND n.root = ? WHERE c.story = ? GROUP BY c.place ORDER BY c.place"
        " LIMIT 1",
        (entity, story),
    ).fetchone()
    return (1, row[0]) if row else (0, 0)
