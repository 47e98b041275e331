"""Pairs of entities that may be one, from the corpus: candidates by indexes, with bounded work for each entity.

For an entity the names are looked up that are written alike, sound alike, share a rare word, have the same Wikidata id
or are the same in Latin letters; `store.resolve.suggesting` judges the names, and of the few that are left it is looked
up who they are named along with, and whether a text names them side by side. For a corpus this is asked of its largest
entities, one after another. What a person said is not the same is not asked again.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from store.answers import EntityRow, Suggestion
from store.database import latin
from store.database.files import stopping
from store.database.lookup import bare, word_list
from store.database.selecting import root_of
from store.database.side_by_side import SideBySide
from store.database.sounds import heard, marks
from store.models import MentionType
from store.resolve.alike import SEPARATOR
from store.resolve.names import corpus_key, matches_full
from store.resolve.spelt import slips
from store.resolve.suggesting import LEAST, Judgement, Named, Reason, is_short, is_slip, judge_names, weigh

_FORMS = 6
"""So many forms of an entity are compared."""
_RARE = 60
"""A word that more names have says little of each."""
_WORDS, _UNITS = 3, 40
"""Words of a name that others are looked up by, and words that sound like one of them."""
_CANDIDATES = 120
_SLIPPED = 6
"""A name of more words is not looked up with slips in them."""
_TWINS = 400
"""So many names in Latin letters are compared with one in Arabic letters."""
_ASKED = 12
"""Candidates of an entity, the best by their names, of which it is looked up what the corpus says."""
LOOKED_AT = 3000
"""So many entities of a corpus, the largest, are asked about."""
_LAST = chr(0x10FFFF)
_LATIN = re.compile("[a-z]")


def of_entity(connection: sqlite3.Connection, entity: int, most: int = 20) -> list[Suggestion]:
    """Entities that may be the one with an id, the likeliest first."""
    root = root_of(connection, entity)
    found = _Suggesting(connection).of(root, twins=True)
    found.sort(key=lambda one: -one.score)
    return found[:most]


def of_corpus(connection: sqlite3.Connection, most: int = 100, looked_at: int = LOOKED_AT) -> list[Suggestion]:
    """Pairs of entities that may be one, the likeliest first; only those with one of the largest entities in it."""
    asking = _Suggesting(connection)
    rows = connection.execute(
        "SELECT id FROM entities WHERE articles > 0 AND NOT hidden ORDER BY articles DESC, mentions DESC, id LIMIT ?",
        (looked_at,),
    ).fetchall()
    found: dict[tuple[int, int], Suggestion] = {}
    for (root,) in rows:
        stopping(connection)
        for one in asking.of(root):
            found.setdefault((one.into.id, one.other.id), one)
    best = sorted(found.values(), key=lambda one: (-one.score, -one.other.articles, one.into.id, one.other.id))
    return best[:most]


class _Suggesting:
    """Looks for what may be the same as one entity after another."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._apart = kept_apart(connection)
        self._known: dict[int, Named] = {}
        self._rows: dict[int, EntityRow] = {}
        self._side_by_side = SideBySide(connection)

    def of(self, root: int, *, twins: bool = False) -> list[Suggestion]:
        """What may be the same as an entity, in no order; with `twins`, the corpus's names in Latin letters are all
        compared with one in Arabic letters (from the other side they find it by its sound)."""
        own = self._named([root]).get(root)
        if own is None:
            return []
        judged: dict[int, Judgement] = {}
        candidates = self._candidates(root, own)
        if twins and not _LATIN.search(own.names[0].casefold()):
            candidates += self._in_latin(own.type)
        named = self._named(candidates)
        for other, names in named.items():
            if other != root and (judgement := judge_names(own, names)) is not None:
                judged[other] = judgement
        if not judged:
            return []
        for other in self._decided(root, judged):
            del judged[other]
        best = sorted(judged, key=lambda other: (-judged[other].odds, -named[other].articles, other))[:_ASKED]
        found = []
        for other in best:
            reason = judged[other].reasons[0]
            judgement = weigh(judged[other], self._side_by_side.of(root, other), self._others(own.type, reason))
            if judgement.score >= LEAST:
                into, gone = self._order(root, other)
                found.append(Suggestion(self._row(into), self._row(gone), judgement.score, judgement.reasons))
        return found

    def _order(self, one: int, other: int) -> tuple[int, int]:
        """Which of two is shown after they are one: that in more articles."""
        rows = self._row(one), self._row(other)
        first = max(rows, key=lambda row: (row.articles, row.mentions, -row.id))
        return (one, other) if first.id == one else (other, one)

    # -- candidates ----------------------------------------------------------------------------------------

    def _candidates(self, root: int, own: Named) -> list[int]:
        """Roots of names that are worth comparing."""
        execute = self._connection.execute
        found: dict[int, None] = {}

        def take(rows: Iterable[tuple[int]]) -> None:
            for (name_root,) in rows:
                if name_root != root and len(found) < _CANDIDATES:
                    found[name_root] = None

        take(execute("SELECT o.root FROM names n JOIN names o ON o.plain = n.plain WHERE n.root = ? LIMIT 20", (root,)))
        for linked in sorted(own.linked):
            take(execute("SELECT root FROM names WHERE linked = ? LIMIT 20", (linked,)))
        forms = [word_list(name) for name in own.names[:3]]
        spaced = sorted({other for words in forms for other in (*_spaced(words), *_slipped(words))})
        if spaced:
            take(
                execute(
                    "SELECT n.root FROM forms f JOIN names n ON n.id = f.name_id"
                    f" WHERE f.folded IN ({marks(spaced)}) LIMIT 20",
                    spaced,
                )
            )
        for name, words in zip(own.names, forms, strict=False):
            if _LATIN.search(name.casefold()) and own.type in ("PER", "LOC", "ORG"):
                take((match,) for match in latin.find(self._connection, name))
            for word in self._telling(words):
                take(
                    execute(
                        "SELECT n.root FROM name_words w JOIN names n ON n.id = w.name_id WHERE w.word = ?"
                        " ORDER BY n.mentions DESC LIMIT ?",
                        (word, _RARE),
                    )
                )
        return list(found)

    def _in_latin(self, type: MentionType) -> list[int]:
        """The entities of a kind that have a name in Latin letters."""
        rows = self._connection.execute(
            "SELECT root FROM names WHERE plain BETWEEN 'a' AND '{' AND type = ? AND mentions > 0 LIMIT ?",
            (type, _TWINS),
        )
        return [int(root) for (root,) in rows]

    def _telling(self, words: Sequence[str]) -> list[str]:
        """Words of a name, and words that sound like them, by which few names are found."""
        sounds = dict.fromkeys(sound for sound, unit in heard(words) if len(sound) > 1)
        units = dict.fromkeys(map(bare, words))
        for sound in list(sounds)[:6]:
            rows = self._connection.execute("SELECT unit FROM sounds WHERE sound = ? LIMIT ?", (sound, _UNITS))
            units.update((bare(unit.split()[-1]), None) for (unit,) in rows)
        counted = [(n, word) for word in units if 0 < (n := self._having(word)) <= _RARE or (len(words) == 1 and n)]
        counted.sort()
        return [word for _, word in counted[: _WORDS * 8]]

    def _having(self, word: str) -> int:
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM name_words WHERE word = ? LIMIT ?)", (word, _RARE + 1)
        ).fetchone()
        return int(row[0])

    def _named(self, roots: Iterable[int]) -> dict[int, Named]:
        """Entities that are shown, by their names."""
        wanted = [root for root in dict.fromkeys(roots) if root not in self._known]
        if wanted:
            text = json.dumps(wanted)
            rows = self._connection.execute(
                "SELECT e.id, e.name, e.type, e.mentions, e.articles, e.linked FROM entities e"
                " WHERE e.id IN (SELECT value FROM json_each(?)) AND e.articles > 0 AND NOT e.hidden",
                (text,),
            )
            self._rows.update((row[0], EntityRow(*row)) for row in rows)
            forms: defaultdict[int, list[str]] = defaultdict(list)
            links: defaultdict[int, set[str]] = defaultdict(set)
            for root, form, linked in self._connection.execute(
                "SELECT n.root, f.form, n.linked FROM json_each(?) j CROSS JOIN names n ON n.root = j.value"
                " JOIN forms f ON f.name_id = n.id WHERE f.displayed > 0 ORDER BY f.displayed DESC",
                (text,),
            ):
                if len(forms[root]) < _FORMS:
                    forms[root].append(form)
                if linked:
                    links[root].add(linked)
            for root in wanted:
                if (row := self._rows.get(root)) is not None:
                    names = tuple(dict.fromkeys((row.name, *forms[root])))
                    self._known[root] = Named(row.type, names, row.articles, frozenset(links[root]))
        return {root: self._known[root] for root in roots if root in self._known}

    def _row(self, root: int) -> EntityRow:
        return self._rows[root]

    def _others(self, type: MentionType, reason: Reason) -> int:
        """How many more entities make it unsure what a reason says."""
        if is_slip(reason):
            return max(0, min(self._having(bare(word)) for word in reason.about) - 1)
        return self._rivals(type, *reason.about) if is_short(reason) else 0

    def _rivals(self, type: MentionType, short: str, full: str) -> int:
        """How many more entities a short name may be short for."""
        plain, whole = corpus_key(short, type), corpus_key(full, type)
        if whole.startswith(f"{plain} "):
            rows = self._connection.execute(
                "SELECT DISTINCT root FROM names WHERE plain BETWEEN ? AND ? AND type = ? AND mentions > 0 LIMIT 20",
                (f"{plain} ", f"{plain} {_LAST}", type),
            )
            return len(rows.fetchall()) - 1
        rows = self._connection.execute(
            "SELECT DISTINCT o.root, o.plain FROM names n JOIN names o ON o.offers = n.seeks AND o.type = n.type"
            " WHERE n.plain = ? AND n.type = ? AND o.mentions > 0 LIMIT 60",
            (plain, type),
        )
        fuller = {root for root, name in rows if len(name) > len(plain) and matches_full(plain, name, type)}
        return max(0, len(fuller) - 1)

    def _decided(self, root: int, others: Iterable[int]) -> list[int]:
        """Those of some entities that a person said are not the same as one."""
        if not self._apart:
            return []
        own = self._keys(root)
        against = set(chain.from_iterable(self._apart.get(key, ()) for key in own))
        return [other for other in others if against and not against.isdisjoint(self._keys(other))]

    def _keys(self, root: int) -> list[str]:
        rows = self._connection.execute("SELECT key FROM names WHERE root = ?", (root,))
        return [without_link(key) for (key,) in rows]


def _spaced(words: Sequence[str]) -> list[str]:
    """A name with one space less, or one more."""
    found = [" ".join((*words[:at], words[at] + words[at + 1], *words[at + 2 :])) for at in range(len(words) - 1)]
    for at, word in enumerate(words[:3]):
        found += [
            " ".join((*words[:at], word[:cut], word[cut:], *words[at + 1 :]))
            for cut in range(2, min(len(word) - 1, 12))
        ]
    return found


def _slipped(words: Sequence[str]) -> list[str]:
    """A name of several words with a slip in one of them."""
    if not 1 < len(words) <= _SLIPPED:
        return []
    return [" ".join((*words[:at], slip, *words[at + 1 :])) for at, word in enumerate(words) for slip in slips(word)]


def without_link(key: str) -> str:
    """A key of a name without its Wikidata id, which another pass may give or take away."""
    kind, _, plain = key.split(SEPARATOR)
    return SEPARATOR.join((kind, plain))


def kept_apart(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Names that a person said are not the same, each with the others; keys without their links."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (text,) in connection.execute("SELECT what FROM edits WHERE action = 'keep-apart' AND undone IS NULL"):
        one, other = map(without_link, json.loads(text)["apart"])
        found[one].add(other)
        found[other].add(one)
    return found
