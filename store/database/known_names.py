"""What a writer remembers of names and their forms, so that it need not ask for each mention of each article.

Names and forms are never taken out of a corpus, so their ids stay. What else is remembered of them is true until
somebody else writes, which SQLite tells (`PRAGMA data_version`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from store.database.log import PART
from store.database.lookup import word_list
from store.database.naming import Shape, key_here, key_of, shape, words_of
from store.database.sounds import sounds_of
from store.models import Mention, MentionType
from store.resolve.alike import SEPARATOR
from store.text import latin_letters as letters

_REMEMBERED = 50_000
"""About how many names, how many forms and so on are remembered: some 30 MB of each."""


class Name(NamedTuple):
    """A name of the corpus: see `store.database.schema`."""

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
    reason: str
    mentions: int


Shown = tuple[str, str, str | None, bool | int]
"""What is said of an entity: its name, type and link, and whether it is hidden."""

NAMES = f"SELECT {', '.join(Name._fields)} FROM names"


class KnownNames:
    """Works within the writer's transactions, and remembers between them.

    What is counted `later` is written by `flush`, at the end of a transaction that does nothing but add articles.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version: int | None = None
        self._ids: dict[tuple[str, str | None, str], int] = {}
        self._forms: dict[tuple[int, str], int] = {}
        self._names: dict[int, Name] = {}
        self._shown: dict[int, Shown] = {}
        self._units: set[str] = set()
        """What names are looked up by, as their sounds are known."""
        self._last: int | None = None
        self._last_form: int | None = None
        self._unwritten: dict[str, tuple[Name, str]] = {}
        """By key: new names of an article, with how each is shown."""
        self._new: set[int] = set()
        """Names of it that have been written, as often as it has them."""
        self._unshown: dict[int, Shown] = {}
        """New names whose entities are yet to be written."""
        self._more: Counter[int] = Counter()
        """How many more mentions names have than is written."""
        self._more_forms: dict[int, list[int]] = {}
        """By form: how many more are displayed, and stand in a text, than is written."""

    def begin(self) -> bool:
        """A transaction has begun: forgets everything if others have written since the last one; whether they have."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self.forget()
        self._version = version
        return True

    def forget(self) -> None:
        """A transaction was taken back, or names were changed by another way."""
        for each in (
            self._ids, self._forms, self._names, self._shown, self._units, self._unwritten, self._new, self._unshown,
            self._more, self._more_forms,
        ):  # fmt: skip
            each.clear()
        self._last = self._last_form = None

    def __getitem__(self, name_id: int) -> Name:
        name = self._names.get(name_id)
        if name is None:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            row = self._connection.execute(f"{NAMES} WHERE id = ?", (name_id,)).fetchone()
            name = Name._make(row)
            if more := self._more.get(name_id):
                name = name._replace(mentions=name.mentions + more)
            self._names[name_id] = name
        return name

    def id(self, mention: Mention, parted: Mapping[str, str] = {}) -> int:
        """The id of a mention's name; a new one is an entity of its own, not linked or counted yet, and is there after
        `write`. `parted` as in `naming.key_here`."""
        if parted:
            return self._found_or_made(key_here(mention, parted), mention.name)
        said = mention.type, mention.entity, mention.name
        found = self._ids.get(said)
        if found is None:
            if len(self._ids) > _REMEMBERED:
                self._ids.clear()
            found = self._ids[said] = self._found_or_made(key_of(mention), mention.name)
        return found

    def of_key(self, key: str) -> int:
        """The id of the name with a key, which is made if need be."""
        found = self._found_or_made(key)
        self.write({})
        self._new.clear()
        return found

    def _found_or_made(self, key: str, shown: str | None = None) -> int:
        """`shown` is how it is shown until articles say otherwise."""
        if key in self._unwritten:
            return self._unwritten[key][0].id
        row = self._connection.execute("SELECT id FROM names WHERE key = ?", (key,)).fetchone()
        if row:
            return int(row[0])
        if self._last is None:
            (self._last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM names").fetchone()
        self._last += 1
        kind, linked, plain = key.split(SEPARATOR)
        called, _, parted = plain.partition(PART)
        type_ = cast(MentionType, kind)
        # Nobody else is short for someone who is told from others by hand.
        form = Shape(len(called.split())) if parted else shape(plain, type_)
        name = Name(
            self._last, key, type_, plain, linked or None, form.parts, form.first, form.offers, form.seeks,
            self._last, "", 0,
        )  # fmt: skip
        self._unwritten[key] = name, shown or called
        return name.id

    def write(self, mentions: Mapping[int, int], later: bool = False) -> list[int]:
        """Writes the names that are new, each with so many mentions; they are yet to be counted. Returns them. Their
        entities are written `later`, if they may be."""
        if not self._unwritten:
            return []
        new = list(self._unwritten.values())
        self._unwritten.clear()
        self._connection.executemany(
            f"INSERT INTO names({', '.join(Name._fields)}) VALUES ({', '.join('?' * len(Name._fields))})",
            [name._replace(mentions=mentions.get(name.id, 0)) for name, _ in new],
        )
        self._names.update((name.id, name) for name, _ in new)
        self._new.update(name.id for name, _ in new)
        entities: dict[int, Shown] = {name.id: (shown, name.type, name.linked, 0) for name, shown in new}
        if later:
            self._unshown.update(entities)
        else:
            self._write_entities(entities)
        return list(entities)

    def _write_entities(self, entities: Mapping[int, Shown], counts: Mapping[int, Sequence[int]] = {}) -> None:
        self._connection.executemany(
            "INSERT INTO entities(id, name, type, linked, hidden, mentions, articles) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(id_, *shown, *counts.get(id_, (0, 0))) for id_, shown in entities.items()],
        )
        self._shown.update(entities)

    def forms(self, used: Mapping[tuple[int, str], tuple[int, int]], later: bool = False) -> dict[tuple[int, str], int]:
        """The ids of forms, by name and form, of which so many more are displayed and so many more stand in a text."""
        found: dict[tuple[int, str], int] = {}
        more: list[tuple[int, int, int]] = []
        new: list[tuple[int, int, str, str, int, int]] = []
        for form, (displayed, surfaces) in used.items():
            form_id = self._forms.get(form) or self._find_form(form)
            if form_id:
                more.append((displayed, surfaces, form_id))
            else:
                form_id = self._next_form()
                new.append((form_id, *form, " ".join(word_list(form[1])), displayed, surfaces))
            found[form] = form_id
        if len(self._forms) > _REMEMBERED:
            self._forms.clear()
        self._forms.update(found)
        if new:
            self._add_forms(new)
        if later:
            for displayed, surfaces, form_id in more:
                counted = self._more_forms.setdefault(form_id, [0, 0])
                counted[0] += displayed
                counted[1] += surfaces
        elif more:
            self._connection.executemany(_COUNT_FORMS, more)
        return found

    def _find_form(self, form: tuple[int, str]) -> int | None:
        if form[0] in self._new:
            return None
        row = self._connection.execute("SELECT id FROM forms WHERE name_id = ? AND form = ?", form).fetchone()
        return int(row[0]) if row else None

    def _next_form(self) -> int:
        if self._last_form is None:
            (self._last_form,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM forms").fetchone()
        self._last_form += 1
        return self._last_form

    def _add_forms(self, new: Sequence[tuple[int, int, str, str, int, int]]) -> None:
        """Writes new forms: (id, name, form, folded, displayed, surfaces) of each; makes their names known by them."""
        many = self._connection.executemany
        many("INSERT INTO forms(id, name_id, form, folded, displayed, surfaces) VALUES (?, ?, ?, ?, ?, ?)", new)
        words: dict[tuple[str, int], None] = {}
        units: dict[str, None] = {}
        for _, name_id, _, folded, _, _ in new:
            split = folded.split()
            words.update(dict.fromkeys(words_of(name_id, split)))
            units.update(dict.fromkeys(letters.units(split)))
        many("INSERT OR IGNORE INTO name_words VALUES (?, ?)", words)
        unheard = units.keys() - self._units
        many("INSERT OR IGNORE INTO sounds VALUES (?, ?)", list(sounds_of(unheard)))
        if len(self._units) > _REMEMBERED:
            self._units.clear()
        self._units |= unheard

    def count(self, names: Iterable[tuple[int, int]], later: bool = False) -> None:
        """Names have so many more mentions, or fewer."""
        now: list[tuple[int, int]] = []
        for name_id, mentions in names:
            name = self[name_id]
            # whether a name is in use is asked of the corpus
            if later and name.mentions:
                self._more[name_id] += mentions
            elif name_id not in self._new:
                now.append((mentions, name_id))
            self._names[name_id] = Name(*name[:-1], name.mentions + mentions)
        self._new.clear()
        if now:
            self._connection.executemany(_COUNT, now)

    def flush(self) -> None:
        """Writes what was counted `later`."""
        if self._more:
            self._connection.executemany(_COUNT, [(more, name_id) for name_id, more in self._more.items()])
            self._more.clear()
        if self._more_forms:
            self._connection.executemany(_COUNT_FORMS, [(*more, id_) for id_, more in self._more_forms.items()])
            self._more_forms.clear()

    def flush_entities(self, counts: Mapping[int, Sequence[int]]) -> set[int]:
        """Writes the entities of new names with their numbers of mentions and articles; returns which these are."""
        written = set(self._unshown)
        if written:
            self._write_entities(self._unshown, counts)
            self._unshown.clear()
        return written

    def shown(self, root: int) -> Shown:
        """What is said of an entity."""
        found = self._unshown.get(root) or self._shown.get(root)
        if found is None:
            if len(self._shown) > _REMEMBERED:
                self._shown.clear()
            (found,) = self._connection.execute(
                "SELECT name, type, linked, hidden FROM entities WHERE id = ?", (root,)
            ).fetchall()
            self._shown[root] = found
        return found

    def show(self, root: int, shown: Shown) -> None:
        """Something else is said of an entity from now on."""
        if root in self._unshown:
            self._unshown[root] = shown
            return
        self._connection.execute(
            "UPDATE entities SET name = ?, type = ?, linked = ?, hidden = ? WHERE id = ?", (*shown, root)
        )
        self._shown[root] = shown

    def explain(self, name_id: int, reason: str) -> None:
        """Why a name belongs where it does."""
        if (name := self[name_id]).reason != reason:
            self._connection.execute("UPDATE names SET reason = ? WHERE id = ?", (reason, name_id))
            self._names[name_id] = name._replace(reason=reason)

    def belong(self, name_id: int, root: int) -> None:
        """A name belongs to another entity."""
        self._connection.execute("UPDATE names SET root = ? WHERE id = ?", (root, name_id))
        self._names[name_id] = self[name_id]._replace(root=root)

    def where(self, condition: str, values: Sequence[str | int | None]) -> list[Name]:
        """The names of which a condition in SQL is true."""
        return [Name._make(row) for row in self._connection.execute(f"{NAMES} WHERE {condition}", values)]


_COUNT = "UPDATE names SET mentions = mentions + ? WHERE id = ?"
_COUNT_FORMS = "UPDATE forms SET displayed = displayed + ?, surfaces = surfaces + ? WHERE id = ?"
