"""What people decide about a corpus: a log of edits, replayed over what extractors found, each of them undoable."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import get_args

from store.database import event_decisions
from store.database.edit_log import Logging
from store.database.indexing import stored_blocks
from store.database.log import PART
from store.errors import CorpusError, QueryError
from store.models import BlockKind, MentionType
from store.resolve.alike import SEPARATOR
from store.text.iso_dates import LATEST, OLDEST, date_given

_TYPES = get_args(MentionType)
KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
"""What a block can be."""
_LONGEST = 500
"""Code points of a name that a person gives."""


class Editing(Logging):
    """The writer's side of what people do. Every method is one transaction and one group of the log: `undo` takes back
    all of it. Within `together` they are one group.

    All raise CorpusError for an id that is not in the corpus, and do nothing then.
    """

    def rename_entity(self, entity_id: int, name: str) -> None:
        """Shows an entity under another name. Raises QueryError for an empty or endless one."""
        name = _line(name)
        with self.transaction():
            self._log("rename", {"name": self._key(entity_id), "to": name})
            self._linker.refresh(entity_id, self.decisions())

    def retype_entity(self, entity_id: int, type: MentionType) -> None:
        """Says what kind of thing an entity is. Raises QueryError for an unknown kind."""
        self.retype_entities([entity_id], type)

    def retype_entities(self, ids: Iterable[int], type: MentionType) -> None:
        """Says what kind of thing entities are. Raises QueryError for an unknown kind."""
        if type not in _TYPES:
            raise QueryError("is no kind of entity", type, f"use one of {', '.join(_TYPES)}")
        self._say_of_each(ids, "retype", to=type)

    def hide_entity(self, entity_id: int, hidden: bool = True) -> None:
        """Leaves an entity out of the lists from now on, or shows it again."""
        self.hide_entities([entity_id], hidden)

    def hide_entities(self, ids: Iterable[int], hidden: bool = True) -> None:
        """Leaves entities out of the lists from now on, whatever is added, or shows them again."""
        self._say_of_each(ids, "hide" if hidden else "unhide")

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

    def split_entity(self, entity_id: int, names: str | Sequence[str]) -> None:
        """Takes names of an entity, as texts give them, out of it again; several are one entity then.

        Raises QueryError for a name that it does not have, and where nothing would be left of it.
        """
        wanted = [names] if isinstance(names, str) else list(dict.fromkeys(names))
        with self.transaction():
            self._key(entity_id)
            members = self._members(entity_id)
            leaving: dict[tuple[int, str], None] = {}
            for name in wanted:
                rows = self._connection.execute(
                    "SELECT DISTINCT n.id, n.key FROM names n JOIN forms f ON f.name_id = n.id"
                    " WHERE n.root = ? AND f.form = ? AND f.displayed > 0",
                    (entity_id, name),
                ).fetchall()
                leaving.update(((int(row[0]), str(row[1])), None) for row in rows)
                if not rows:
                    raise QueryError("is no name of this entity", name, "choose one of its names")
            staying = [member for member in members if member not in leaving]
            if not leaving or not staying:
                raise QueryError("is all that this entity is called", "، ".join(wanted), "choose some of its names")
            # The root cannot leave its own id; the others leave it instead.
            own = [member for member in leaving if member[0] == entity_id]
            away, rest = (staying, list(leaving)) if own else (list(leaving), staying)
            under = next((key for member, key in rest if member == entity_id), rest[0][1])
            keys = [key for _, key in away]
            self._log("split", {"names": keys, "into": keys[0], "rest": [key for _, key in rest], "under": under})
            self._relink([member for member, _ in members])

    def split_articles(self, entity_id: int, articles: Iterable[int], name: str | None = None) -> None:
        """Says that in these articles another is meant by the names of an entity, shown as `name` if one is given.

        Raises QueryError where none of them names it.
        """
        ids = list(dict.fromkeys(articles))
        with self.together():
            kind = self._key(entity_id).split(SEPARATOR)[0]
            digests = [self._digest(article_id) for article_id in ids]
            plain = sorted(
                {
                    str(row[0])
                    for article_id in ids
                    for row in self._connection.execute(
                        "SELECT DISTINCT n.plain FROM mentions m JOIN forms f ON f.id = m.form_id"
                        " JOIN names n ON n.id = f.name_id WHERE m.article_id = ? AND n.root = ?",
                        (article_id, entity_id),
                    )
                }
            )
            if not plain:
                raise QueryError("names this entity in none of these articles", f"#{entity_id}", "choose others")
            into = SEPARATOR.join((kind, "", f"{plain[0].partition(PART)[0]}{PART}{uuid.uuid4().hex}"))
            self._log("split-articles", {"plain": plain, "digests": digests, "into": into})
            for article_id in ids:
                self.rebind(article_id)
            if name is not None:
                self._log("rename", {"name": into, "to": _line(name)})
                self._relink_keys([into])

    def keep_apart(self, one: int, other: int) -> None:
        """Says that two entities are not the same: they are not suggested to be merged again, and nothing else.

        Raises QueryError for one and the same.
        """
        with self.transaction():
            keys = self._key(one), self._key(other)
            if one == other:
                raise QueryError("is one entity", keys[0].split(SEPARATOR)[-1], "choose two")
            self._log("keep-apart", {"apart": keys})

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
        self.split_copies([article_id])

    def split_copies(self, articles: Iterable[int]) -> None:
        """Says of each that it is no copy of any. Raises QueryError if one has no copies."""
        with self.together():
            found = [
                (article_id, self._digest(article_id), self._stories.copies_of(article_id))
                for article_id in dict.fromkeys(articles)
            ]
            for article_id, digest, others in found:
                if not others:
                    raise QueryError("has no copies", f"article {article_id}", "choose one that has")
                self._log("split-copy", {"copy": digest, "of": others})
            for article_id, _, _ in found:
                self._stories.part(article_id)

    def redate_article(self, article_id: int, published: str | None) -> None:
        """Gives an article its publication date (ISO 8601), or says that it has none. Raises QueryError."""
        self.redate_articles([article_id], published)

    def redate_articles(self, articles: Iterable[int], published: str | None) -> None:
        """Gives articles their publication date (ISO 8601), or says that they have none. Raises QueryError.

        What their texts say of days relative to it is read again by `store.correcting`.
        """
        date = None if published is None else date_given(published)
        if published is not None and date is None:
            raise QueryError(
                "is no date",
                published,
                f"write it as 2021, 2021-12, 2021-12-09 or 2021-12-09T08:30 (years {OLDEST:04} to {LATEST})",
            )
        self._say_of_articles(articles, "redate", date)

    def reoutlet_articles(self, articles: Iterable[int], outlet: str | None) -> None:
        """Says who published articles, or that nobody knows; `store.correcting` reads them again.

        Raises QueryError for an empty or endless name.
        """
        self._say_of_articles(articles, "outlet", outlet if outlet is None else _line(outlet))

    def relabel_blocks(self, blocks: Iterable[tuple[int, int]], kind: BlockKind) -> None:
        """Says what blocks are, each given as (article, an offset within it); `store.correcting` reads the articles
        again: names and dates are found where there is text of the article now, and not where there is none.

        Raises QueryError for an unknown kind, and where there is no block.
        """
        if kind not in KINDS:
            raise QueryError("is no kind of block", kind, f"use one of {', '.join(KINDS)}")
        with self.together():
            for article_id, offset in dict.fromkeys(blocks):
                digest = self._digest(article_id)
                there = stored_blocks(self._connection, article_id)
                start = next((block.start for block in there if block.start <= offset < block.end), None)
                if start is None:
                    raise QueryError(
                        f"article {article_id} has no block at {offset}",
                        remedy=f"khabar show {article_id} --json lists its blocks",
                    )
                self._log("relabel", {"digest": digest, "start": start, "to": kind})
                self.read_again(article_id)

    def _say_of_each(self, ids: Iterable[int], action: str, **more: str) -> None:
        with self.together():
            wanted = list(dict.fromkeys(ids))
            for entity_id in wanted:
                self._log(action, {"name": self._key(entity_id), **more})
            for entity_id in wanted:
                self._linker.refresh(entity_id, self.decisions())

    def _say_of_articles(self, articles: Iterable[int], action: str, to: str | None) -> None:
        with self.together():
            said = [(action, {"digest": self._digest(one), "to": to}) for one in dict.fromkeys(articles)]
            for entry in said:
                self._log(*entry)
            self.take_effect(said)

    def _told_in(self, event_id: int) -> list[str]:
        """Keys of the dated sentences of an event."""
        found = event_decisions.keys_of(self._connection, "m.event_id = ?", (event_id,))
        if not found:
            raise CorpusError(f"holds no event {event_id}", str(self.path), "khabar timeline --json lists them")
        return found

    def _key(self, entity_id: int) -> str:
        row = self._connection.execute(
            "SELECT n.key FROM names n JOIN entities e ON e.id = n.id WHERE e.id = ? AND n.root = n.id", (entity_id,)
        ).fetchone()
        if row is None:
            raise CorpusError(f"holds no entity {entity_id}", str(self.path), "khabar entities lists them")
        return str(row[0])

    def _members(self, entity_id: int) -> list[tuple[int, str]]:
        rows = self._connection.execute("SELECT id, key FROM names WHERE root = ? ORDER BY id", (entity_id,))
        return [(int(row[0]), str(row[1])) for row in rows]


def _line(name: str) -> str:
    """A name that a person gives: one line without control characters."""
    found = " ".join("".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in name).split())
    if not found:
        raise QueryError("the new name is empty", remedy="type a name")
    if len(found) > _LONGEST:
        raise QueryError(f"the new name is longer than {_LONGEST} letters", remedy="type a shorter one")
    return found
