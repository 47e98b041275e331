"""The log of what people decided: read, replayed, told."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from store.answers import Edit
from store.database.event_decisions import EventDecisions
from store.models import BY_A_PERSON, Block
from store.resolve.alike import SEPARATOR

T = TypeVar("T")

TABLES = """
-- Known by `uid` in every corpus; entries of one `batch` are undone together. `standing` is the number of what was last
-- done to an entry (said, undone, redone), `redo` whether `Writer.redo` may give it back.
ALTER TABLE edits ADD COLUMN uid TEXT;
ALTER TABLE edits ADD COLUMN who TEXT;
ALTER TABLE edits ADD COLUMN batch TEXT;
ALTER TABLE edits ADD COLUMN undone_by TEXT;
ALTER TABLE edits ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edits ADD COLUMN redo INTEGER NOT NULL DEFAULT 0;
CREATE INDEX edits_of_batch ON edits(batch);
CREATE INDEX edits_by_standing ON edits(standing);
-- Articles that are to be read again, as something was decided of them (`store.correcting`).
CREATE TABLE unread (article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE);
-- What a reader said of lines of which a person says something else.
CREATE TABLE overruled (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID
"""

GIVEN_BACK = """
-- When an entry that was undone was given back last, and by whom; nothing while it is undone.
ALTER TABLE edits ADD COLUMN redone TEXT;
ALTER TABLE edits ADD COLUMN redone_by TEXT
"""
ORDER = "made, coalesce(who, ''), id"
"""The order of the log is that in which things were said, wherever that was: so it is the same in all corpora that have
the same entries. In one corpus nothing is said, undone or done again at a moment that is not after all others."""


def begin(connection: sqlite3.Connection) -> None:
    """Makes what the log has besides its first columns; entries that are there get an id that a copy of the corpus
    gives them too."""
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    rows = connection.execute("SELECT id, made, action, what FROM edits").fetchall()
    for row in rows:
        uid = hashlib.sha256("\n".join(map(str, row)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        connection.execute("UPDATE edits SET uid = ?, batch = ?, standing = id WHERE id = ?", (uid, uid, row[0]))
    connection.execute("CREATE UNIQUE INDEX edits_by_uid ON edits(uid)")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What was decided last of something, and by which of the entries that stand (the later outranks)."""

    value: T
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What people decided of how a document is read."""

    labels: tuple[tuple[int, str], ...]
    published: str | None
    outlet: str | None


@dataclass
class Decisions:
    """What people decided, replayed from the edit log."""

    roots: dict[str, Said[tuple[str, str]]] = field(default_factory=dict)
    """Key of a name -> (key of the name it belongs to, why)."""
    names: dict[str, Said[str]] = field(default_factory=dict)
    types: dict[str, Said[str]] = field(default_factory=dict)
    hidden: dict[str, Said[bool]] = field(default_factory=dict)
    published: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    """Digest of a document -> (its date, why)."""
    outlets: dict[str, str | None] = field(default_factory=dict)
    """Digest of a document -> its outlet."""
    labels: dict[str, dict[int, Block]] = field(default_factory=dict)
    """Digest of a document -> what people said of the line or dateline at an offset; only its kind and rule count."""
    parted: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digest of a document -> folded name -> key of the name that it belongs to there."""
    namesakes: dict[str, str] = field(default_factory=dict)
    """Folded name with what tells it from its namesake -> the same key."""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Folded name -> keys of that name about which something was decided, the latest last."""
    linked: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """(type, Wikidata id) -> keys, as above."""
    drawn: dict[str, set[str]] = field(default_factory=dict)
    """Folded name -> keys of names that belong to a name which is written so."""
    staying: set[str] = field(default_factory=set)
    """Keys of names that are where they belong because others were taken from them."""
    events: EventDecisions = field(default_factory=EventDecisions)
    apart: set[frozenset[str]] = field(default_factory=set)
    """Digests of two documents that are no copies of each other."""
    taken: int = 0
    """How many entries that is what people decided of; by which place among them outranks which is told."""

    def about(self, key: str) -> list[str]:
        """Keys of the same name under another type or link, those of the same type last."""
        kind, _, plain = key.split(SEPARATOR)
        others = [other for other in self.keys.get(plain, ()) if other != key]
        return sorted(others, key=lambda other: other.split(SEPARATOR)[0] == kind)

    def of_document(self, digest: str) -> Reading:
        """All that bears on how a document is read: compared to know whether it changed."""
        labels = self.labels.get(digest, {})
        said = tuple((start, block.kind) for start, block in sorted(labels.items()))
        dated = self.published.get(digest, (None, ""))
        return Reading(said, dated[0], self.outlets.get(digest, ""))

    def _speak_of(self, keys: Iterable[str]) -> None:
        for key in keys:
            kind, link, plain = key.split(SEPARATOR)
            self.keys.setdefault(plain, []).append(key)
            if link and PART not in plain:
                self.linked.setdefault((kind, link), []).append(key)

    def _draw(self, keys: Iterable[str], into: str, why: str, at: int) -> None:
        for key in keys:
            self.roots[key] = Said((into, why), at)
            self.drawn.setdefault(into.split(SEPARATOR)[-1], set()).add(key)
            self.staying.discard(key)

    def take(self, edit_id: int, made: str, who: str | None, action: str, what: dict[str, Any]) -> None:
        """One entry more."""
        self.taken += 1
        at = self.taken
        by = f"{who}, " if who else ""
        why = f"by a person (edit {edit_id}, {by}{made[:10]})"
        match action:
            case "rename":
                self.names[what["name"]] = Said(what["to"], at)
            case "retype":
                self.types[what["name"]] = Said(what["to"], at)
            case "hide" | "unhide":
                self.hidden[what["name"]] = Said(action == "hide", at)
            case "merge":
                self._draw(what["names"], what["into"], f"merged {why}", at)
            case "split":
                self._draw(what["names"], what["into"], f"split off {why}", at)
                self._draw(what.get("rest", ()), what.get("under", ""), f"kept {why}", at)
                self.staying.update(what.get("rest", ()))
                self._speak_of(what.get("rest", ()))
            case "split-articles":
                for digest in what["digests"]:
                    self.parted.setdefault(digest, {}).update(dict.fromkeys(what["plain"], what["into"]))
                self.namesakes[what["into"].split(SEPARATOR)[-1]] = what["into"]
            case "redate":
                self.published[what["digest"]] = (what["to"], f"given {why}")
            case "outlet":
                self.outlets[what["digest"]] = what["to"]
            case "relabel":
                block = Block(
                    what["start"], what["start"], what["to"], f"{BY_A_PERSON} {why.removeprefix('by a person ')}"
                )
                self.labels.setdefault(what["digest"], {})[what["start"]] = block
            case "merge-events":
                self.events.merge(what["mentions"], f"put together {why}")
            case "split-events":
                self.events.split(what["mentions"], f"taken out {why}")
            case "split-copy":
                self.apart.update(frozenset((what["copy"], other)) for other in what["of"])
        if "name" in what or "names" in what:
            self._speak_of(what.get("names") or [what["name"]])


def replay(connection: sqlite3.Connection) -> Decisions:
    """The log from its beginning, without what was undone; later entries outrank earlier ones."""
    decisions = Decisions()
    rows = connection.execute(f"SELECT id, made, who, action, what FROM edits WHERE undone IS NULL ORDER BY {ORDER}")
    for edit_id, made, who, action, text in rows:
        decisions.take(edit_id, made, who, action, json.loads(text))
    return decisions


def entries(connection: sqlite3.Connection, after: int = 0) -> list[Edit]:
    """All entries after one, those undone included, oldest first."""
    rows = connection.execute(
        "SELECT id, made, action, what, undone, uid, who, batch, undone_by, redone, redone_by FROM edits WHERE id > ?"
        f" ORDER BY {ORDER}",
        (after,),
    )
    return [
        Edit(
            edit_id, made, action, _about(what), what.get("into", what.get("to")), undone, uid, who, batch, undone_by,
            redone, redone_by, what, article_of(connection, what),
        )
        for edit_id, made, action, text, undone, uid, who, batch, undone_by, redone, redone_by in rows
        for what in (json.loads(text),)
    ]  # fmt: skip


def article_of(connection: sqlite3.Connection, what: dict[str, Any]) -> tuple[int, str] | None:
    """Number and title of the article that an entry is about; None where it is about none that is here."""
    digest = what.get("digest") or what.get("copy")
    if digest is None:
        return None
    row = connection.execute(
        "SELECT a.id, a.title FROM documents d JOIN articles a ON a.id = d.article_id WHERE d.digest = ?",
        (bytes.fromhex(digest),),
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def _about(what: dict[str, Any]) -> tuple[str, ...]:
    if "start" in what:
        return (f"{what['digest']}@{what['start']}",)
    several = what.get("names") or what.get("mentions") or what.get("digests") or what.get("apart")
    return tuple(several or [what.get("name") or what.get("digest") or what["copy"]])


def describe(action: str, what: dict[str, Any], article: tuple[int, str] | None = None) -> str:
    """An entry of the log in words, with number and title of the article that it is about, if that is here; no arrow,
    which between Arabic names would point the other way."""
    if article is not None:
        return _describe_of(action, what, *article)
    if action == "merge":
        return f"merge: {'، '.join(map(_plain, what['names']))} into {_plain(what['into'])}"
    if action == "split":
        return f"split: {'، '.join(map(_plain, what['names']))}"
    if action == "split-articles":
        return f"split: {'، '.join(map(_plain, what['plain']))} in {len(what['digests'])} articles"
    if "mentions" in what:
        return f"{action}: {len(what['mentions'])} dated sentences"
    if action == "keep-apart":
        return f"keep-apart: {'، '.join(map(_plain, what['apart']))}"
    if action == "split-copy":
        return f"split-copy: of {len(what['of'])} articles"
    if action == "redate":
        return f"redate: {what['to'] or 'undated'}"
    if "digest" in what:
        return f"{action}: {what['to'] or 'none'}"
    if action == "rename":
        return f"rename: {_plain(what['name'])} to {what['to']}"
    if action == "retype":
        return f"retype: {_plain(what['name'])} to {what['to']}"
    return f"{action}: {_plain(what['name'])}"


def _describe_of(action: str, what: dict[str, Any], number: int, title: str) -> str:
    shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    article = f"{number} «{shown}»" if shown else str(number)
    if action == "split-copy":
        return f"split-copy: article {article}, from {len(what['of'])} articles"
    if action == "redate" and what["to"] is None:
        return f"redate: undated for article {article}"
    if action == "redate":
        return f"redate: {what['to']} for article {article}"
    return f"{action}: {what['to'] or 'none'} for article {article}"


def describe_all(connection: sqlite3.Connection, said: list[tuple[str, dict[str, Any]]]) -> str:
    """Entries that are one to whoever made them, in words."""
    first = describe(*said[0], article_of(connection, said[0][1]))
    return first if len(said) == 1 else f"{first} (and {len(said) - 1} more)"


_LONGEST = 80
"""Code points of a title that are told."""
PART = " ~"
"""What stands between the folded name and the id of the split, in the key of a name that means someone else in some
articles."""


def _plain(key: str) -> str:
    return key.split(SEPARATOR)[-1].partition(PART)[0]
