"""What people decide about a corpus: a log of edits, replayed over what extractors found, each of them undoable."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.answers import Edit
from store.database import documents, event_decisions
from store.database.events import Joiner
from store.database.files import sentences
from store.database.linking import Linker
from store.database.log import Decisions, describe, entries, replay
from store.database.moments import UNDATED, moment
from store.database.notes import ARTICLE, Notes
from store.database.stories import Keeper as Stories
from store.errors import CorpusError, QueryError
from store.models import MentionType
from store.resolve.alike import SEPARATOR

_TYPES = ("PER", "ORG", "LOC", "MISC")


class Editing:
    """The writer's side of what people do. Every method is one transaction and one entry of the log.

    All raise CorpusError for an id that is not in the corpus.
    """

    path: Path
    _connection: sqlite3.Connection
    _linker: Linker
    _joiner: Joiner
    _notes: Notes
    _stories: Stories
    _replayed: tuple[tuple[int, int], Decisions] | None = None

    def transaction(self) -> AbstractContextManager[None]:
        """All of what is done inside, or nothing."""
        raise NotImplementedError

    def rename_entity(self, entity_id: int, name: str) -> None:
        """Shows an entity under another name. Raises QueryError for an empty one."""
        if not name.strip():
            raise QueryError("the new name is empty", remedy="type a name")
        with self.transaction():
            self._log("rename", {"name": self._key(entity_id), "to": name.strip()})
            self._linker.refresh(entity_id, self.decisions())

    def retype_entity(self, entity_id: int, type: MentionType) -> None:
        """Says what kind of thing an entity is. Raises QueryError for an unknown kind."""
        if type not in _TYPES:
            raise QueryError("is no kind of entity", type, f"use one of {', '.join(_TYPES)}")
        with self.transaction():
            self._log("retype", {"name": self._key(entity_id), "to": type})
            self._linker.refresh(entity_id, self.decisions())

    def hide_entity(self, entity_id: int, hidden: bool = True) -> None:
        """Leaves an entity out of the lists, or shows it again."""
        with self.transaction():
            self._log("hide" if hidden else "unhide", {"name": self._key(entity_id)})
            self._linker.refresh(entity_id, self.decisions())

    def merge_entities(self, ids: Sequence[int], into: int) -> None:
        """Makes several entities one, shown as `into`; their names stay together from now on."""
        with self.transaction():
            target = self._key(into)
            others = [entity_id for entity_id in dict.fromkeys(ids) if entity_id != into]
            for entity_id in others:
                self._key(entity_id)
            members = [member for entity_id in others for member in self._members(entity_id)]
            if members:
                self._log("merge", {"names": [key for _, key in members], "into": target})
                self._relink([member for member, _ in members])

    def split_entity(self, entity_id: int, name: str) -> None:
        """Takes one of an entity's names, as texts give it, out of it again. Raises QueryError for any other."""
        with self.transaction():
            self._key(entity_id)
            members = self._members(entity_id)
            rows = self._connection.execute(
                "SELECT DISTINCT n.id, n.key FROM names n JOIN forms f ON f.name_id = n.id"
                " WHERE n.root = ? AND f.form = ? AND f.displayed > 0",
                (entity_id, name),
            ).fetchall()
            leaving = [(int(row[0]), str(row[1])) for row in rows]
            staying = [member for member in members if member not in leaving]
            if not leaving or not staying:
                raise QueryError("is no name of this entity that could be taken out", name, "choose one of its names")
            # The root cannot leave its own id; the others leave it instead.
            away = staying if entity_id in [member for member, _ in leaving] else leaving
            self._log("split", {"names": [key for _, key in away], "into": away[0][1]})
            self._relink([member for member, _ in members])

    def merge_events(self, ids: Sequence[int]) -> None:
        """Makes several events of the timeline one; their sentences stay together from now on."""
        with self.transaction():
            keys = [key for event_id in dict.fromkeys(ids) for key in self._told_in(event_id)]
            if len(set(ids)) > 1:
                self._log("merge-events", {"mentions": keys})
                self._joiner.decide(self.decisions().events)

    def split_event(self, event_id: int, sentences: Sequence[tuple[int, int]]) -> None:
        """Takes sentences, each as (article, start), out of an event; they join no other by themselves any more.

        Raises QueryError when none of them tells the event, or nothing else does.
        """
        with self.transaction():
            told = self._told_in(event_id)
            leaving = [
                key
                for article_id, start in dict.fromkeys(sentences)
                for key in event_decisions.keys_of(
                    self._connection,
                    "m.event_id = ? AND m.article_id = ? AND m.start = ?",
                    (event_id, article_id, start),
                )
            ]
            if not leaving or len(leaving) == len(told):
                raise QueryError("takes nothing out of the event", remedy="choose some of its sentences, not all")
            self._log("split-events", {"mentions": leaving})
            self._joiner.decide(self.decisions().events)

    def split_copy(self, article_id: int) -> None:
        """Says that an article is no copy of those that it is taken for a copy of. Raises QueryError if it has none."""
        with self.transaction():
            digest, others = self._digest(article_id), self._stories.copies_of(article_id)
            if not others:
                raise QueryError("has no copies", f"article {article_id}", "choose one that has")
            self._log("split-copy", {"copy": digest, "of": others})
            self._stories.part(article_id)

    def redate_article(self, article_id: int, published: str | None) -> None:
        """Gives an article its publication date (ISO 8601), or says that it has none. Raises QueryError.

        What its text says of days relative to it is read again by `store.ingest.redate`.
        """
        if published is not None and moment(published) == UNDATED:
            raise QueryError("is no date", published, "write it as 2021, 2021-12 or 2021-12-09")
        with self.transaction():
            self._log("redate", {"digest": self._digest(article_id), "to": published})
            self._date(article_id)

    def undo(self) -> str | None:
        """Takes back the last edit that stands; returns what it was in words, None when there is none.

        What was said to be no copy is compared again by `Writer.place_copies`.
        """
        with self.transaction():
            row = self._connection.execute(
                "SELECT id, action, what FROM edits WHERE undone IS NULL ORDER BY id DESC LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            self._connection.execute("UPDATE edits SET undone = ? WHERE id = ?", (_now(), row[0]))
            what = json.loads(row[2])
            if "digest" in what:
                self._date(self._article(what["digest"]))
            elif "copy" in what:
                if (article_id := self._article(what["copy"])) is not None:
                    self._stories.part(article_id)
                    self._stories.wait(article_id, None)
            elif "mentions" in what:
                self._joiner.decide(self.decisions().events)
            else:
                keys = [what["name"]] if "name" in what else [*what["names"], what["into"]]
                ids = [found for key in keys if (found := self._id(key)) is not None]
                marks = ", ".join("?" * len(ids))
                followers = self._connection.execute(f"SELECT id FROM names WHERE root IN ({marks})", ids).fetchall()
                alike = [found for key in keys for found in self._linker.same_name(key.split(SEPARATOR)[-1])]
                self._relink([*ids, *alike, *(int(follower[0]) for follower in followers)])
            return describe(row[1], what)

    def edits(self) -> list[Edit]:
        """The log, oldest entry first."""
        with sentences(self.path):
            return entries(self._connection)

    def decisions(self) -> Decisions:
        """What the log says now."""
        state = self._connection.execute("SELECT coalesce(max(id), 0), count(undone) FROM edits").fetchone()
        if self._replayed is None or self._replayed[0] != state:
            self._replayed = (state, replay(self._connection))
        return self._replayed[1]

    def _log(self, action: str, what: dict[str, Any]) -> None:
        self._connection.execute(
            "INSERT INTO edits(made, action, what) VALUES (?, ?, ?)",
            (_now(), action, json.dumps(what, ensure_ascii=False)),
        )

    def _relink(self, ids: Sequence[int]) -> None:
        self._linker.relink(ids, self.decisions(), touched=ids)

    def _told_in(self, event_id: int) -> list[str]:
        """Keys of the dated sentences of an event."""
        found = event_decisions.keys_of(self._connection, "m.event_id = ?", (event_id,))
        if not found:
            raise CorpusError(f"holds no event {event_id}", str(self.path), "choose another")
        return found

    def _key(self, entity_id: int) -> str:
        row = self._connection.execute(
            "SELECT n.key FROM names n JOIN entities e ON e.id = n.id WHERE e.id = ? AND n.root = n.id", (entity_id,)
        ).fetchone()
        if row is None:
            raise CorpusError(f"holds no entity {entity_id}", str(self.path), "choose another")
        return str(row[0])

    def _members(self, entity_id: int) -> list[tuple[int, str]]:
        rows = self._connection.execute("SELECT id, key FROM names WHERE root = ? ORDER BY id", (entity_id,))
        return [(int(row[0]), str(row[1])) for row in rows]

    def _id(self, key: str) -> int | None:
        row = self._connection.execute("SELECT id FROM names WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _digest(self, article_id: int) -> str:
        row = self._connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        if row is None:
            raise CorpusError(f"holds no article {article_id}", str(self.path), "choose another")
        return bytes(row[0]).hex()

    def _article(self, digest: str) -> int | None:
        row = self._connection.execute(
            "SELECT article_id FROM documents WHERE digest = ?", (bytes.fromhex(digest),)
        ).fetchone()
        return int(row[0]) if row else None

    def _date(self, article_id: int | None) -> None:
        """Dates an article as decided, or as found when nothing is decided."""
        if article_id is None:
            return
        decided = self.decisions().published.get(self._digest(article_id))
        if decided:
            value, basis, reason = decided[0], "given", decided[1]
        else:
            value, basis, reason = documents.found(self._connection, article_id)
        self._stories.part(article_id)
        self._stories.wait(article_id, None)
        documents.keep_dates(self._connection, article_id)
        self._connection.execute(
            "UPDATE articles SET moment = ?, published = ?, basis = ?, reason = ? WHERE id = ?",
            (moment(value), value, basis, reason, article_id),
        )
        self._notes.note(ARTICLE, [article_id])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
