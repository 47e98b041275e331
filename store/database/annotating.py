"""What people put on what they read: the writer's side of `store.database.annotation`.

No annotation is an edit: nothing is said of the corpus, so `undo` passes them over, and each is taken away as it was
put there.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from store.annotations import Annotation, Key, Kind, Target, cleaned, folded, quoted
from store.database import anchoring, annotation
from store.database.files import sentences
from store.errors import CorpusError
from store.people import plain

_INSERT = (
    'INSERT INTO annotations(uid, kind, target, digest, start, "end", name, text, words, quote, who, made, changed)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Annotating:
    """Every method is one transaction. All raise CorpusError for a target that is not in the corpus, and QueryError for
    a text that is none (`store.annotations.cleaned`)."""

    path: Path
    _connection: sqlite3.Connection
    who: str
    """The name of whoever annotates, if it is not said."""
    _where: anchoring.Resolved | None = None
    """Where annotations are, while several are put on or taken off."""

    def transaction(self) -> AbstractContextManager[None]:
        """All of what is done inside, or nothing."""
        raise NotImplementedError

    def annotate(self, target: Target, kind: Kind, text: str = "", *, who: str | None = None) -> str:
        """Puts a bookmark, a tag or a note on something; returns the unique id.

        What has the bookmark or the tag already is left as it is. `who` is whoever runs this, if it is not said.
        """
        return self.annotate_all([target], kind, text, who=who)[0]

    def annotate_all(
        self, targets: Iterable[Target], kind: Kind, text: str = "", *, who: str | None = None
    ) -> list[str]:
        """The same of several, each once; returns the unique ids."""
        text = cleaned(kind, text)
        by = self.who if who is None else plain(who)
        uids = []
        with self.transaction(), self._looked_up(wanted := list(dict.fromkeys(targets))):
            for target in wanted:
                known = self._on(target, kind) if kind != "note" else ()
                uid = next((uid for _, uid, said in known if folded(said) == folded(text)), None)
                if uid is None:
                    key, quote = self._key_of(target)
                    uid = secrets.token_hex(16)
                    self._put_down(uid, kind, key, text, quote, by, _now(), None)
                uids.append(uid)
        return uids

    def unannotate(self, target: Target, kind: Kind, text: str = "") -> list[Annotation]:
        """Takes a bookmark, a tag (however it is written) or all notes off something; returns what was taken."""
        return self.unannotate_all([target], kind, text)

    def unannotate_all(self, targets: Iterable[Target], kind: Kind, text: str = "") -> list[Annotation]:
        """The same of several."""
        gone: list[int] = []
        with self.transaction():
            with self._looked_up(wanted := list(dict.fromkeys(targets))):
                for target in wanted:
                    known = self._on(target, kind)
                    gone += [id_ for id_, _, said in known if kind != "tag" or folded(said) == folded(text)]
            return self._remove(gone)
        raise AssertionError("a transaction hides no error")

    def toggle_all(self, targets: Iterable[Target], kind: Kind, text: str = "") -> bool:
        """Puts a bookmark or a tag on several, or where each has it takes it off all; whether it is on them now."""
        text = cleaned(kind, text)
        with self.transaction(), self._looked_up(wanted := list(dict.fromkeys(targets))):
            on = not all(
                any(folded(said) == folded(text) for _, _, said in self._on(target, kind)) for target in wanted
            )
            if on:
                self.annotate_all(wanted, kind, text)
            else:
                self.unannotate_all(wanted, kind, text)
            return on
        raise AssertionError("a transaction hides no error")

    def bookmark(self, article_id: int, on: bool = True) -> None:
        """Marks an article to come back to, or takes the mark away."""
        target = Target("article", article_id)
        if on:
            self.annotate(target, "bookmark")
        else:
            self._key_of(target)
            self.unannotate(target, "bookmark")

    def has_bookmark(self, target: Target) -> bool:
        """Whether something is bookmarked."""
        with sentences(self.path):
            return bool(self._on(target, "bookmark"))

    def toggle_bookmark(self, target: Target) -> bool:
        """Marks something, or takes the mark away; whether it is there now."""
        return self.toggle_all([target], "bookmark")

    def toggle_tag(self, target: Target, tag: str) -> bool:
        """Puts a tag on something, or takes it away; whether it is there now."""
        return self.toggle_all([target], "tag", tag)

    def change_annotation(self, uid: str, text: str) -> bool:
        """Gives a tag or a note another text; whether there is such an annotation."""
        with self.transaction():
            row = self._connection.execute("SELECT kind FROM annotations WHERE uid = ?", (uid,)).fetchone()
            if row is None or row[0] == "bookmark":
                return False
            text = cleaned(row[0], text)
            self._connection.execute(
                "UPDATE annotations SET text = ?, words = ?, changed = ? WHERE uid = ?",
                (text, folded(text), _now(), uid),
            )
            return True
        raise AssertionError("a transaction hides no error")

    def rename_tag(self, tag: str, to: str) -> int:
        """Gives a tag another name wherever it is; returns on how many things it was."""
        to = cleaned("tag", to)
        with self.transaction():
            return self._connection.execute(
                "UPDATE annotations SET text = ?, words = ?, changed = ? WHERE kind = 'tag' AND words = ?",
                (to, folded(to), _now(), folded(tag)),
            ).rowcount
        raise AssertionError("a transaction hides no error")

    def remove_annotations(self, uids: Sequence[str]) -> list[Annotation]:
        """Takes annotations away; returns those that were there."""
        with self.transaction():
            rows = [self._connection.execute("SELECT id FROM annotations WHERE uid = ?", (uid,)) for uid in uids]
            return self._remove([row[0] for found in rows for row in found])
        raise AssertionError("a transaction hides no error")

    def keep_annotations(self, several: Iterable[Annotation]) -> tuple[int, int]:
        """Takes in annotations of this or another corpus, each once: how many were new, and how many that are here had
        an older text. What they are on need not be in the corpus; ids and targets of theirs are not looked at."""
        new = changed = 0
        with self.transaction():
            for one in several:
                text = cleaned(one.kind, one.text)
                known = self._connection.execute(
                    "SELECT kind, text, coalesce(changed, made) FROM annotations WHERE uid = ?", (one.uid,)
                ).fetchone()
                if known is None:
                    self._put_down(one.uid, one.kind, one.key, text, quoted(one.quote), one.who, one.made, one.changed)
                    new += 1
                elif known[0] == one.kind and known[1] != text and known[2] < (one.changed or one.made):
                    self._connection.execute(
                        "UPDATE annotations SET text = ?, words = ?, changed = ? WHERE uid = ?",
                        (text, folded(text), one.changed, one.uid),
                    )
                    changed += 1
        return new, changed

    # -- within a transaction ------------------------------------------------------------------------------

    def _on(self, target: Target, kind: Kind) -> list[tuple[int, str, str]]:
        """(id, unique id, text) of the annotations of a kind on something."""
        where = self._where
        if where is None:
            where = anchoring.resolve(self._connection) if target.on in ("entity", "event") else anchoring.Resolved()
        ids = annotation.ids_on(self._connection, target, where)
        sql = "SELECT id, uid, text FROM annotations WHERE id = ? AND kind = ?"
        return [row for id_ in ids for row in self._connection.execute(sql, (id_, kind))]

    @contextmanager
    def _looked_up(self, targets: Iterable[Target]) -> Iterator[None]:
        """Inside, where annotations of entities and events are is worked out once for all targets; each is looked at
        before anything is put on it or taken off."""
        if self._where is not None:
            yield
            return
        # what this transaction has changed is in no state that is remembered
        others = any(target.on in ("entity", "event") for target in targets)
        self._where = anchoring.resolve(self._connection) if others else anchoring.Resolved()
        try:
            yield
        finally:
            self._where = None

    def _remove(self, ids: Sequence[int]) -> list[Annotation]:
        gone = annotation.bare(self._connection, ids)
        self._connection.executemany("DELETE FROM annotations WHERE id = ?", ((one.id,) for one in gone))
        return gone

    def _put_down(
        self, uid: str, kind: Kind, key: Key, text: str, quote: str, who: str, made: str, changed: str | None
    ) -> None:
        digest = None if key.digest is None else bytes.fromhex(key.digest)
        values = (digest, key.start, key.end, key.name, text, folded(text), quote, who, made, changed)
        self._connection.execute(_INSERT, (uid, kind, key.on, *values))

    def _key_of(self, target: Target) -> tuple[Key, str]:
        """A target by what outlives re-extraction, and what it says."""
        execute = self._connection.execute
        found: tuple[Key, str] | None = None
        if target.on == "entity":
            row = execute(
                "SELECT r.key, e.name FROM names n JOIN names r ON r.id = n.root JOIN entities e ON e.id = r.id"
                " WHERE n.id = ?",
                (target.id,),
            ).fetchone()
            found = row and (Key("entity", name=row[0]), row[1])
        elif target.on == "event":
            row = execute(
                'SELECT d.digest, m.date_start, substr(t.text, m.start + 1, m."end" - m.start) FROM event_mentions m'
                " JOIN documents d ON d.article_id = m.article_id JOIN texts t ON t.article_id = m.article_id"
                " JOIN articles a ON a.id = m.article_id WHERE m.event_id = ?"
                " ORDER BY a.moment = 0, a.moment, m.article_id, m.start LIMIT 1",
                (target.id,),
            ).fetchone()
            found = row and (Key("event", bytes(row[0]).hex(), row[1]), row[2])
        else:
            row = execute(
                "SELECT d.digest, a.title, t.text FROM documents d JOIN articles a ON a.id = d.article_id"
                " JOIN texts t ON t.article_id = d.article_id WHERE d.article_id = ?",
                (target.id,),
            ).fetchone()
            found = row and _in_document(target, bytes(row[0]).hex(), row[1], row[2])
        if found is None:
            remedy = (
                "khabar entities lists them"
                if target.on == "entity"
                else "khabar timeline --json lists them"
                if target.on == "event"
                else "khabar articles lists them"
            )
            raise CorpusError(f"holds no {target.on} {target.id}", str(self.path), remedy)
        return found[0], quoted(found[1])


def _in_document(target: Target, digest: str, title: str, text: str) -> tuple[Key, str] | None:
    if target.on == "article":
        return Key("article", digest), title
    start, end = target.start, target.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return Key("sentence", digest, start, end), text[start:end]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
