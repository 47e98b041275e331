"""The log of what people decided: read, replayed, told."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from store.answers import Edit
from store.database.event_decisions import EventDecisions
from store.resolve.alike import SEPARATOR


@dataclass
class Decisions:
    """What people decided, replayed from the edit log."""

    roots: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Key of a name -> (key of the name it belongs to, why)."""
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, bool] = field(default_factory=dict)
    published: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    """Digest of a document -> (its date, why)."""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Folded name -> keys of that name about which something was decided, the latest last."""
    events: EventDecisions = field(default_factory=EventDecisions)
    apart: set[frozenset[str]] = field(default_factory=set)
    """Digests of two documents that are no copies of each other."""

    def about(self, key: str) -> list[str]:
        """Keys of the same name under another type or link, those of the same type last."""
        kind, _, plain = key.split(SEPARATOR)
        others = [other for other in self.keys.get(plain, ()) if other != key]
        return sorted(others, key=lambda other: other.split(SEPARATOR)[0] == kind)


_DONE = {"merge": "merged", "split": "split off"}


def replay(connection: sqlite3.Connection) -> Decisions:
    """The log from its beginning, without what was undone; later entries outrank earlier ones."""
    decisions = Decisions()
    rows = connection.execute("SELECT id, made, action, what FROM edits WHERE undone IS NULL ORDER BY id")
    for edit_id, made, action, text in rows:
        what = json.loads(text)
        why = f"by a person (edit {edit_id}, {made[:10]})"
        if action == "rename":
            decisions.names[what["name"]] = what["to"]
        elif action == "retype":
            decisions.types[what["name"]] = what["to"]
        elif action == "hide":
            decisions.hidden[what["name"]] = True
        elif action == "unhide":
            decisions.hidden[what["name"]] = False
        elif action in ("merge", "split"):
            decisions.roots.update(dict.fromkeys(what["names"], (what["into"], f"{_DONE[action]} {why}")))
        elif action == "merge-events":
            decisions.events.merge(what["mentions"], f"put together {why}")
        elif action == "split-events":
            decisions.events.split(what["mentions"], f"taken out {why}")
        elif action == "split-copy":
            decisions.apart.update(frozenset((what["copy"], other)) for other in what["of"])
        if "name" in what or "names" in what:
            for key in what.get("names") or [what["name"]]:
                decisions.keys.setdefault(key.split(SEPARATOR)[-1], []).append(key)
        elif action == "redate":
            decisions.published[what["digest"]] = (what["to"], f"given {why}")
    return decisions


def entries(connection: sqlite3.Connection) -> list[Edit]:
    """All entries, those undone included, oldest first."""
    rows = connection.execute("SELECT id, made, action, what, undone FROM edits ORDER BY id")
    found = []
    for edit_id, made, action, text, undone in rows:
        what = json.loads(text)
        about = (
            what.get("names")
            or what.get("mentions")
            or what.get("apart")
            or [what.get("name") or what.get("digest") or what["copy"]]
        )
        found.append(Edit(edit_id, made, action, tuple(about), what.get("into", what.get("to")), undone))
    return found


def describe(action: str, what: dict[str, Any]) -> str:
    """An entry of the log in words."""
    if action in ("merge", "split"):
        return f"{action}: {'، '.join(map(_plain, what['names']))} → {_plain(what['into'])}"
    if "mentions" in what:
        return f"{action}: {len(what['mentions'])} dated sentences"
    if action == "keep-apart":
        return f"keep-apart: {'، '.join(map(_plain, what['apart']))}"
    if action == "split-copy":
        return f"split-copy: of {len(what['of'])} articles"
    if action == "redate":
        return f"redate: {what['to'] or 'undated'}"
    return f"{action}: {_plain(what['name'])}" + (f" → {what['to']}" if "to" in what else "")


def _plain(key: str) -> str:
    return key.split("\t")[-1]
