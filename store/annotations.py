"""What people put on what they read: bookmarks, tags and notes, each on a target.

An annotation is known by a unique id, its target by keys that outlive re-extraction, merges and a repair: an article by
the SHA-256 of its document, a sentence by its span in that document and its words, an entity by the key of a name, an
event by a dated sentence (`store.database.event_decisions`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from store.errors import QueryError
from store.text.fold import fold
from store.text.tokens import WORD

Kind = Literal["bookmark", "tag", "note"]
On = Literal["article", "sentence", "entity", "event"]
KINDS: tuple[Kind, ...] = ("bookmark", "tag", "note")
ON: tuple[On, ...] = ("article", "sentence", "entity", "event")
LONGEST: dict[Kind, int] = {"bookmark": 0, "tag": 100, "note": 10_000}
"""Most code points of the text of each kind."""
LONGEST_QUOTE = 400
"""Most code points that are kept of what a target said."""


@dataclass(frozen=True, slots=True)
class Target:
    """What in a corpus is annotated, by its ids of now."""

    on: On
    id: int
    """Of an article, an entity or an event; of a sentence that of its article."""
    start: int | None = None
    """Where a sentence begins in the article's text."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """What people put on a row of a list."""

    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    notes: int = 0
    within: int = 0
    """Of an article: how many annotations its sentences have."""

    def __bool__(self) -> bool:
        return bool(self.bookmarked or self.tags or self.notes or self.within)


PLAIN = Annotated()


@dataclass(frozen=True, slots=True)
class Key:
    """A target, by what outlives re-extraction."""

    on: On
    digest: str | None = None
    """Of an article, a sentence and an event: the SHA-256 of the document, in hex."""
    start: int | None = None
    """Where a sentence, or the date of an event, begins in the document's text."""
    end: int | None = None
    name: str | None = None
    """Of an entity: type, Wikidata id or nothing, folded name, between tabs."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A bookmark, a tag or a note."""

    id: int
    """Within its corpus."""
    uid: str
    """Everywhere."""
    kind: Kind
    key: Key
    text: str
    """The tag, or what the note says; nothing for a bookmark."""
    quote: str
    """What the target said when it was annotated: a title, a name, a sentence."""
    who: str
    made: str
    """When, UTC, ISO 8601."""
    changed: str | None = None
    """When its text was changed last."""
    target: Target | None = None
    """Where it is now; None where the corpus does not hold what it is on."""
    article: int | None = None
    """The article that shows it: the target's, or one that tells the event."""


@dataclass(frozen=True, slots=True)
class Noting:
    """What people put on what a filter lets through."""

    told: tuple[Annotation, ...] = ()
    """Some of it, newest first: the newest notes, then the newest of what is no note."""
    count: int = 0
    """How many there are in all."""


def cleaned(kind: Kind, text: str) -> str:
    """The text of an annotation as it is kept: without control and invisible characters, a tag on one line and without
    its sign. Raises QueryError for one that is too long or says nothing."""
    lines = ["".join(map(_kept, line)) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = " ".join(" ".join(lines).split()).removeprefix("#").strip() if kind == "tag" else "\n".join(lines).strip()
    if kind == "bookmark":
        return ""
    if len(text) > LONGEST[kind]:
        raise QueryError(f"a {kind} has at most {LONGEST[kind]:,} characters", remedy="shorten it")
    if kind == "tag" and not folded(text):
        raise QueryError("a tag needs a letter or a digit", text, "write a word")
    if not text:
        raise QueryError("the note is empty", remedy="write something, or remove it")
    return text


def quoted(text: str) -> str:
    """What is kept of what a target says."""
    return " ".join("".join(map(_kept, text.replace("\n", " "))).split())[:LONGEST_QUOTE]


def folded(text: str) -> str:
    """The words by which tags are the same and notes are found.

    >>> folded("#مهمّ جدًا")
    'مهم جدا'
    """
    return " ".join(WORD.findall(fold(text)))


def _kept(char: str) -> str:
    if char in "\u200c\u200d":
        return char
    category = unicodedata.category(char)
    if char == "\t" or category in ("Zl", "Zp"):
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else char
