"""The writer's side of the log: entries come, are taken back and given back, and the corpus follows.

What the corpus shows is at any time what replaying the standing entries makes of what was found, in the order of the
log. So an entry can be taken back whatever was said after it.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from store.answers import Edit
from store.database import documents, log_merging
from store.database.events import Joiner
from store.database.files import sentences
from store.database.linking import Linker
from store.database.log import Decisions, describe_all, entries, replay
from store.database.moments import moment
from store.database.notes import ARTICLE, Notes
from store.database.stories import Keeper as Stories
from store.edits_file import Entry as Taken
from store.errors import CorpusError, QueryError
from store.resolve.alike import SEPARATOR

Entry = tuple[str, dict[str, Any]]
"""What was done, and of what it speaks."""
_NAMED = ("rename", "retype", "hide", "unhide", "merge", "split")


class TakenOver(NamedTuple):
    """How many entries of another log were new, and how many were here already."""

    new: int
    known: int


class Logging:
    """Works in the writer's transactions; a method of its own is one."""

    path: Path
    who: str
    """Under which name edits are kept; whoever uses khabar, if nobody said otherwise."""
    _connection: sqlite3.Connection
    _linker: Linker
    _joiner: Joiner
    _notes: Notes
    _stories: Stories
    _replayed: tuple[tuple[int, int], Decisions] | None = None
    _batch: str | None = None

    def transaction(self) -> AbstractContextManager[None]:
        """All of what is done inside, or nothing."""
        raise NotImplementedError

    def rebind(self, article_id: int) -> None:
        """Asks anew which name each mention of an article is."""
        raise NotImplementedError

    @contextmanager
    def together(self) -> Iterator[None]:
        """All edits inside are one transaction and are undone at once; what fails takes all of them back."""
        with self.transaction():
            if self._batch is not None:
                yield
                return
            self._batch = uuid.uuid4().hex
            try:
                yield
            finally:
                self._batch = None

    def undo(self, number: int | None = None, *, anyone: bool = False) -> str | None:
        """Takes back the last edit that stands of whoever is at work (with `anyone`: of anyone), or the one with this
        number; with it what was said together with it. Returns what it was in words, None when there is none.

        What was said before it and after it stays, and holds as if it had never been said. What articles say is read
        again by `store.correcting`, copies are compared again by `Writer.place_copies`.
        Raises QueryError for a number that is none, or of an entry that does not stand.
        """
        with self.transaction():
            batch = self._numbered(number, stands=True) if number is not None else self._last_standing(anyone)
            if batch is None:
                return None
            rows = self._of_batch(batch, "undone IS NULL")
            self._connection.execute(
                "UPDATE edits SET undone = ?, undone_by = ?, redone = NULL, redone_by = NULL, redo = 1, standing = ?"
                " WHERE batch = ? AND undone IS NULL",
                (self._now(), self.who, self._next(), batch),
            )
            self.take_effect(rows)
            return describe_all(self._connection, rows)

    def take_back_dates(self, articles: Iterable[int]) -> int:
        """Takes back whatever people said of when articles were published, so that they have the dates that are found;
        returns of how many something was said. What was said together with it of other articles stands.

        `redo` gives it back, what was said last first; `store.correcting` reads the articles again. Raises CorpusError.
        """
        with self.transaction():
            rows: list[tuple[int, str, dict[str, Any]]] = []
            for digest in {self._digest(one) for one in articles}:
                said = self._connection.execute(
                    "SELECT id, batch, what FROM edits"
                    " WHERE action = 'redate' AND undone IS NULL AND json_extract(what, '$.digest') = ?",
                    (digest,),
                )
                rows += [(id_, batch, json.loads(what)) for id_, batch, what in said]
            rows.sort(key=lambda row: row[0])
            now, standing = self._now(), self._next()
            places = {batch: standing + place for place, batch in enumerate(dict.fromkeys(row[1] for row in rows))}
            self._connection.executemany(
                "UPDATE edits SET undone = ?, undone_by = ?, redone = NULL, redone_by = NULL, redo = 1, standing = ?"
                " WHERE id = ?",
                [(now, self.who, places[batch], id_) for id_, batch, _what in rows],
            )
            self.take_effect([("redate", what) for _id, _batch, what in rows])
            return len({what["digest"] for _id, _batch, what in rows})

    def redo(self, number: int | None = None) -> str | None:
        """Gives back what whoever is at work took back last, as long as they have edited nothing since; or what this
        number says. It stands at its old place in the log. Returns what it is in words, None when there is none.

        Raises QueryError for a number that is none, or of an entry that stands.
        """
        with self.transaction():
            batch = self._numbered(number, stands=False) if number is not None else self._last_undone()
            if batch is None:
                return None
            rows = self._of_batch(batch, "undone IS NOT NULL")
            self._connection.execute(
                "UPDATE edits SET undone = NULL, undone_by = NULL, redone = ?, redone_by = ?, redo = 0, standing = ?"
                " WHERE batch = ? AND undone IS NOT NULL",
                (self._now(), self.who, self._next(), batch),
            )
            self.take_effect(rows)
            return describe_all(self._connection, rows)

    def take_over(self, said: Iterable[Taken]) -> TakenOver:
        """Takes in entries of another corpus's log; each stands where it was said in time. Of an entry that is here
        already it is only looked at whether it stands: that is so as was said of it last, here or there.

        What is not in this corpus is decided when it comes.
        """
        with self.transaction():
            new, known, turned = log_merging.merge(self._connection, said, self._next)
            self.take_effect(turned)
        return TakenOver(new, known)

    def last_edit(self) -> int:
        """The number of the last entry of the log, 0 for none."""
        with sentences(self.path):
            return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM edits").fetchone()[0])

    def edits(self, after: int = 0) -> list[Edit]:
        """The log, oldest entry first; with `after` only what came after the entry with that number."""
        with sentences(self.path):
            return entries(self._connection, after)

    def decisions(self) -> Decisions:
        """What the log says now."""
        state = self._connection.execute(
            "SELECT coalesce((SELECT max(id) FROM edits), 0), coalesce((SELECT max(standing) FROM edits), 0)"
        ).fetchone()
        if self._replayed is None or self._replayed[0] != state:
            self._replayed = (state, replay(self._connection))
        return self._replayed[1]

    def unread(self, most: int) -> list[int]:
        """So many of the articles that are to be read again, as something was decided of them."""
        with sentences(self.path):
            rows = self._connection.execute("SELECT article_id FROM unread ORDER BY 1 LIMIT ?", (most,))
            return [int(row[0]) for row in rows]

    def unread_no_more(self, article_id: int) -> None:
        """Leaves an article as it was read."""
        with self.transaction():
            self._connection.execute("DELETE FROM unread WHERE article_id = ?", (article_id,))

    def read_again(self, article_id: int) -> None:
        """Lets an article wait until `store.correcting` reads it again."""
        self._connection.execute("INSERT OR IGNORE INTO unread VALUES (?)", (article_id,))

    def take_effect(self, said: Iterable[Entry]) -> None:
        """Makes the corpus follow entries that stand now and did not, or do not any more."""
        about: dict[str, set[str]] = {"names": set(), "rebind": set(), "dated": set(), "read": set(), "copies": set()}
        events = False
        for action, what in said:
            match action:
                case "split-articles":
                    about["rebind"].update(what["digests"])
                case "redate":
                    about["dated"].add(what["digest"])
                    about["read"].add(what["digest"])
                case "outlet" | "relabel":
                    about["read"].add(what["digest"])
                case "split-copy":
                    about["copies"].add(what["copy"])
                case "merge-events" | "split-events":
                    events = True
                case "keep-apart":
                    pass  # asked for whenever something is suggested
                case _:
                    keys = [what["name"]] if "name" in what else [*what["names"], what["into"], *what.get("rest", ())]
                    about["names"].update(keys)
        if about["names"]:
            self._relink_keys(about["names"])
        for article_id in self._articles(about["rebind"]):
            self.rebind(article_id)
        for article_id in self._articles(about["dated"]):
            self._date(article_id)
        for article_id in self._articles(about["read"]):
            self.read_again(article_id)
        for article_id in self._articles(about["copies"]):
            self._stories.part(article_id)
            self._stories.wait(article_id, None)
        if events:
            self._joiner.decide(self.decisions().events)

    def _log(self, action: str, what: dict[str, Any]) -> None:
        uid = uuid.uuid4().hex
        # what was taken back is not given back after something new was said
        self._connection.execute("UPDATE edits SET redo = 0 WHERE redo AND undone_by = ?", (self.who,))
        self._connection.execute(
            "INSERT INTO edits(made, action, what, uid, who, batch, standing) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._now(),
                action,
                json.dumps(what, ensure_ascii=False),
                uid,
                self.who,
                self._batch or uid,
                self._next(),
            ),
        )

    def _now(self) -> str:
        """The present moment, UTC; later than all that the log tells of, as what is said now was said last."""
        row = self._connection.execute("SELECT max(made), max(undone), max(redone) FROM edits").fetchone()
        before = max((moment for moment in row if moment), default="")
        present = datetime.now(UTC)
        if before:
            present = max(present, datetime.fromisoformat(before) + timedelta(microseconds=1))
        return present.isoformat(timespec="microseconds")

    def _next(self) -> int:
        (last,) = self._connection.execute("SELECT coalesce(max(standing), 0) FROM edits").fetchone()
        return int(last) + 1

    def _numbered(self, number: int, *, stands: bool) -> str:
        row = self._connection.execute("SELECT batch, undone FROM edits WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise QueryError("is no edit of this corpus", str(number), "khabar edit log lists them")
        if (row[1] is None) != stands:
            raise QueryError(f"{'was undone before' if stands else 'stands'}", f"edit {number}", "khabar edit log")
        return str(row[0])

    def _last_standing(self, anyone: bool) -> str | None:
        row = self._connection.execute(
            "SELECT batch FROM edits WHERE undone IS NULL AND (? OR who IS NULL OR who = ?)"
            " ORDER BY made DESC, coalesce(who, '') DESC, id DESC LIMIT 1",
            (anyone, self.who),
        ).fetchone()
        return str(row[0]) if row else None

    def _last_undone(self) -> str | None:
        row = self._connection.execute(
            "SELECT batch FROM edits WHERE redo AND undone_by = ? ORDER BY standing DESC LIMIT 1", (self.who,)
        ).fetchone()
        return str(row[0]) if row else None

    def _of_batch(self, batch: str, condition: str) -> list[Entry]:
        rows = self._connection.execute(
            f"SELECT action, what FROM edits WHERE batch = ? AND {condition} ORDER BY id", (batch,)
        )
        return [(str(action), json.loads(text)) for action, text in rows]

    def _relink_keys(self, keys: Iterable[str]) -> None:
        wanted = sorted(keys)
        ids = [found for key in wanted if (found := self._id(key)) is not None]
        alike = [found for key in wanted for found in self._linker.same_name(key.split(SEPARATOR)[-1])]
        followers = [follower for each in ids for follower in self._linker.followers(each)]
        self._relink([*ids, *alike, *followers])

    def _relink(self, ids: Sequence[int]) -> None:
        self._linker.relink(ids, self.decisions(), touched=ids)

    def _id(self, key: str) -> int | None:
        row = self._connection.execute("SELECT id FROM names WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _digest(self, article_id: int) -> str:
        row = self._connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        if row is None:
            raise CorpusError(f"holds no article {article_id}", str(self.path), "khabar articles lists them")
        return bytes(row[0]).hex()

    def _articles(self, digests: Iterable[str]) -> list[int]:
        """The articles of those that are in the corpus."""
        ask = "SELECT article_id FROM documents WHERE digest = ?"
        found = [self._connection.execute(ask, (bytes.fromhex(digest),)).fetchone() for digest in sorted(digests)]
        return [int(row[0]) for row in found if row is not None]

    def _date(self, article_id: int) -> None:
        """Dates an article as decided, or as found when nothing is decided."""
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
