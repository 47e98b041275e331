"""A text as the lines a page has, and what each of them was found to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from store.models import BlockKind
from store.once import Once
from store.text.fold import fold
from store.values import value_class

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+")
# What ends a sentence, with the quotes and brackets that may close after it.
_SENTENCE_END = re.compile(r"""[.。…]["'”’″»)\]}\s]*$""")
_QUESTION_END = re.compile(r"""[!?؟]["'”’″»)\]}\s]*$""")
_OPEN_END = re.compile(r"[,،;؛:]\s*$")
_BULLET = re.compile(r"[-–—•●▪◾■*·]|\d{1,3}\s*[.)\-–]\s")

# Rules that find what stands below an article only.
_ENDS = frozenset(("keywords", "comments", "copyright", "cookies"))

_ENOUGH_PARAGRAPHS, _ENOUGH_WORDS = 4, 120

LOOKED_AT = 1000
"""Code points of a line that phrases and words are looked for in; what is longer is prose."""


def normal(text: str) -> str:
    """`text` as lines are compared: folded, words separated by one space, signs dropped.

    >>> normal("[اقرأ أيضاً]:")
    'اقرا ايضا'
    """
    return " ".join(_WORD.findall(fold(text)))


@value_class(frozen=True)
class Line:
    """A stretch of one line of the text, without surrounding white space: the whole line, or a part of it."""

    start: int
    end: int
    text: str

    @Once
    def normal(self) -> str:
        """The first `LOOKED_AT` code points as `normal` has them."""
        return " ".join(self.words)

    @Once
    def words(self) -> list[str]:
        """The words of `normal`."""
        return _WORD.findall(fold(self.text[:LOOKED_AT]))

    @Once
    def size(self) -> int:
        """How many words; a line longer than `LOOKED_AT` has too many for anything but prose."""
        return len(self.words) if len(self.text) <= LOOKED_AT else LOOKED_AT

    @Once
    def ends_sentence(self) -> bool:
        """Whether it ends as prose does; a question or a cry may be a headline, so it has to be long."""
        tail = self.text[-12:]
        return bool(_SENTENCE_END.search(tail) or (self.size >= 26 and _QUESTION_END.search(tail)))

    @Once
    def is_prose(self) -> bool:
        """Whether it can only be a paragraph: a full sentence, or too long for anything else."""
        return (self.size >= 26 and " " in self.text) or (self.size >= 5 and self.ends_sentence)

    @Once
    def is_headline(self) -> bool:
        """Whether it could be a headline: a few words that do not end as prose or as an introduction does."""
        return (
            1 <= self.size <= 25
            and not self.ends_sentence
            and not _OPEN_END.search(self.text[-3:])
            and not _BULLET.match(self.text)
        )


@dataclass
class Page:
    """The lines of a text and, for each, its kind and the rule that said so (empty until one does)."""

    text: str
    lines: list[Line]
    kinds: list[BlockKind | None] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    """Lines that the document's source says what they are."""
    _body: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.kinds = [None] * len(self.lines)
        self.rules = [""] * len(self.lines)

    def mark(self, index: int, kind: BlockKind, rule: str) -> None:
        """Say what a line is; the first to say so is right."""
        if self.kinds[index] is None:
            self.rename(index, kind, rule)

    def rename(self, index: int, kind: BlockKind, rule: str) -> None:
        """Say what a line is, whatever was said before."""
        self.kinds[index], self.rules[index] = kind, rule
        self._body = None

    def open(self) -> Iterator[tuple[int, Line]]:
        """The lines nothing was said of yet."""
        return ((index, line) for index, line in enumerate(self.lines) if self.kinds[index] is None)

    @Once
    def _prose(self) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.is_prose]

    def body(self) -> tuple[int, int]:
        """Index of the first and of the last paragraph among the lines still open or body; (n, -1) without one.

        Where enough prose stands above a sign that an article ends there, paragraphs below it (the rules for
        comments, the cookie notice) do not count.
        """
        if self._body is None:
            self._body = self._find_body()
        return self._body

    def _find_body(self) -> tuple[int, int]:
        prose = [index for index in self._prose if self.kinds[index] in (None, "body")]
        if not prose:
            return len(self.lines), -1
        total = sum(self.lines[index].size for index in prose)
        size, paragraphs, last = 0, 0, prose[0]
        members = set(prose)
        for index in range(prose[0], prose[-1]):
            if index in members:
                size, paragraphs, last = size + self.lines[index].size, paragraphs + 1, index
            elif self.rules[index] in _ENDS and (
                size > total / 2 or (paragraphs >= _ENOUGH_PARAGRAPHS and size >= _ENOUGH_WORDS)
            ):
                return prose[0], last
        return prose[0], prose[-1]


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, trimmed."""
    lines = []
    for match in _LINE.finditer(text):
        surface = match.group()
        trimmed = surface.strip()
        if trimmed:
            start = match.start() + len(surface) - len(surface.lstrip())
            lines.append(Line(start, start + len(trimmed), trimmed))
    return lines
