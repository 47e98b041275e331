"""What a corpus says of two entities beside their names: who both are named along with, and how texts name the two."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt

from store.database.kept import state
from store.database.numbers import listed
from store.resolve.suggesting import Together

_SAMPLE = 60
"""Articles of an entity that are looked at for those named along with it, and of two for both."""
_COMPANIONS = 3
"""So many of these are named."""
_ENOUGH = 5
"""Articles of which those named along with an entity are known well."""
_NEAR = 400
"""Code points between two names beyond which they are not looked at as two of one sentence."""
_JOINING = re.compile(r'[\s"«»“”()\[\]]*+(?:،|,|و|/|مع|او|أو|ثم)?+[\s"«»“”()\[\]]*+و?')


class SideBySide:
    """Looks at two entities after another; what was found of one is kept for the next."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._along: dict[int, dict[int, float]] = {}
        self._articles = max(1, connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def of(self, one: int, other: int) -> Together:
        """What the corpus says of two entities beside their names."""
        sets = state(self._connection).sets
        mine, theirs = sets.articles(self._connection, one), sets.articles(self._connection, other)
        both = mine & theirs
        side_by_side = same_sentence = False
        for article in list(both[:_SAMPLE]):
            beside, within = self._places(article, one, other)
            side_by_side, same_sentence = side_by_side or beside, same_sentence or within
            if side_by_side:
                break
        first, second = self._companions(one, other), self._companions(other, one)
        top = sum(weight * second.get(each, 0.0) for each, weight in first.items())
        size = sqrt(sum(w * w for w in first.values()) * sum(w * w for w in second.values()))
        known = min(1.0, min(len(mine), len(theirs)) / _ENOUGH)
        common = sorted(first.keys() & second.keys(), key=lambda each: -first[each] * second[each])[:_COMPANIONS]
        names = self._names(common)
        return Together(len(both), top / size if size else 0.0, known, side_by_side, same_sentence, names)

    def _companions(self, root: int, but: int) -> dict[int, float]:
        """Those named along with an entity in some of its articles, by how much that says."""
        if root not in self._along:
            articles = state(self._connection).sets.articles(self._connection, root)
            step = max(1, len(articles) // _SAMPLE)
            sample = list(articles)[::step][:_SAMPLE]
            rows = self._connection.execute(
                "SELECT n.root, count(DISTINCT x.article_id), e.articles FROM json_each(?) j"
                " CROSS JOIN article_names x ON x.article_id = j.value CROSS JOIN names n ON n.id = x.name_id"
                " CROSS JOIN entities e ON e.id = n.root WHERE e.articles > 1 AND NOT e.hidden GROUP BY n.root",
                (listed(sample),),
            )
            self._along[root] = {
                entity: shared / len(sample) * log(self._articles / articles + 1)
                for entity, shared, articles in rows
                if entity != root
            }
        return {entity: weight for entity, weight in self._along[root].items() if entity != but}

    def _names(self, roots: Sequence[int]) -> tuple[str, ...]:
        found = [
            self._connection.execute("SELECT name FROM entities WHERE id = ?", (root,)).fetchone() for root in roots
        ]
        return tuple(str(name) for (name,) in found)

    def _places(self, article: int, one: int, other: int) -> tuple[bool, bool]:
        """Whether an article names two right after each other, and whether in one sentence."""
        rows = self._connection.execute(
            'SELECT m.start, m."end", n.root FROM mentions m JOIN forms f ON f.id = m.form_id'
            " JOIN names n ON n.id = f.name_id WHERE m.article_id = ? AND n.root IN (?, ?) ORDER BY m.start",
            (article, one, other),
        ).fetchall()
        within = False
        text = ""
        for before, after in pairwise(rows):
            if before[2] == after[2] or after[0] - before[1] > _NEAR:
                continue
            if not text:
                packed = self._connection.execute("SELECT text FROM texts WHERE article_id = ?", (article,)).fetchone()
                text = packed[0] if packed else ""
            between = text[before[1] : after[0]]
            if between and _JOINING.fullmatch(between) and "(" not in between:
                return True, True
            within = within or not re.search(r"[.!?؟\n]", between)
        return False, within
