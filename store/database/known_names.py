"""What a writer remembers of names and their forms, so that it need not ask for each mention of each article.

Names and forms are never taken out of a corpus, so their ids stay. What else is remembered of them is true until
somebody else writes, which SQLite tells (`PRAGMA data_version`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from store.database.log import PART
from store.database.lookup import word_list
from store.database.naming import Shape, key_here, key_of, known_by, shape
from store.models import Mention, MentionType
from store.resolve.alike import SEPARATOR

_REMEMBERED = 50_000
"""About how many names, and how many forms, are remembered: some 30 MB of each."""


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


NAMES = f"SELECT {', '.join(Name._fields)} FROM names"


class KnownNames:
    """Works within the writer's transactions, and remembers between them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version: int | None = None
        self._ids: dict[tuple[str, str | None, str], int] = {}
        self._forms: dict[tuple[int, str], int] = {}
        self._names: dict[int, Name] = {}
        self._last: int | None = None

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
        for each in (self._ids, self._forms, self._names):
            each.clear()
        self._last = None

    def __getitem__(self, name_id: int) -> Name:
        name = self._names.get(name_id)
        if name is None:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            row = self._connection.execute(f"{NAMES} WHERE id = ?", (name_id,)).fetchone()
            name = self._names[name_id] = Name._make(row)
        return name

    def id(self, mention: Mention, parted: Mapping[str, str] = {}) -> int:
        """The id of a mention's name; a new one is an entity of its own, not linked or counted yet. `parted` as in
        `naming.key_here`."""
        if parted:
            return self.of_key(key_here(mention, parted), mention.name)
        said = mention.type, mention.entity, mention.name
        found = self._ids.get(said)
        if found is None:
            if len(self._ids) > _REMEMBERED:
                self._ids.clear()
            found = self._ids[said] = self.of_key(key_of(mention), mention.name)
        return found

    def of_key(self, key: str, shown: str | None = None) -> int:
        """The id of the name with a key, which is made if need be, shown as `shown` until articles say otherwise."""
        row = self._connection.execute("SELECT id FROM names WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else self._add(key, shown)

    def _add(self, key: str, shown: str | None) -> int:
        execute = self._connection.execute
        if self._last is None:
            (self._last,) = execute("SELECT coalesce(max(id), 0) FROM names").fetchone()
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
        execute(f"INSERT INTO names({', '.join(Name._fields)}) VALUES ({', '.join('?' * len(name))})", name)
        execute("INSERT INTO entities VALUES (?, ?, ?, ?, 0, 0, 0)", (name.id, shown or called, type_, linked or None))
        self._names[name.id] = name
        return name.id

    def forms(self, used: Mapping[tuple[int, str], tuple[int, int]]) -> dict[tuple[int, str], int]:
        """The ids of forms, by name and form, of which so many more are displayed and so many more stand in a text."""
        found: dict[tuple[int, str], int] = {}
        more: list[tuple[int, int, int]] = []
        for form, (displayed, surfaces) in used.items():
            form_id = self._forms.get(form) or self._find_form(form)
            if form_id:
                more.append((displayed, surfaces, form_id))
            else:
                form_id = self._add_form(*form, displayed, surfaces)
            self._forms[form] = found[form] = form_id
        self._connection.executemany(
            "UPDATE forms SET displayed = displayed + ?, surfaces = surfaces + ? WHERE id = ?", more
        )
        if len(self._forms) > _REMEMBERED:
            self._forms.clear()
        return found

    def _find_form(self, form: tuple[int, str]) -> int | None:
        row = self._connection.execute("SELECT id FROM forms WHERE name_id = ? AND form = ?", form).fetchone()
        return int(row[0]) if row else None

    def _add_form(self, name_id: int, form: str, displayed: int, surfaces: int) -> int:
        folded = word_list(form)
        cursor = self._connection.execute(
            "INSERT INTO forms(name_id, form, folded, displayed, surfaces) VALUES (?, ?, ?, ?, ?)",
            (name_id, form, " ".join(folded), displayed, surfaces),
        )
        known_by(self._connection, name_id, folded)
        return int(cursor.lastrowid or 0)

    def count(self, names: Iterable[tuple[int, int]]) -> None:
        """Names have so many more mentions, or fewer."""
        more = [(mentions, self[name_id]) for name_id, mentions in names]
        self._connection.executemany(
            "UPDATE names SET mentions = mentions + ? WHERE id = ?", [(mentions, name.id) for mentions, name in more]
        )
        for mentions, name in more:
            self._names[name.id] = name._replace(mentions=name.mentions + mentions)

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
