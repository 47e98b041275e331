"""The visible text of a page, one block a line, and what its elements say of each line."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from store.readers.controls import REPLACEMENT, tame
from store.text.fold import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WHOLE = frozenset(("html", "body", "main", "article"))
"""Elements that are looked into even where a style hides them: a script shows them again."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NAME_PART = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Region:
    """What an element is known to hold: a word of regions.tsv, and what told it (`<nav>`, `class "related"`)."""

    what: str
    told: str


@dataclass(slots=True)
class Row:
    """One line of a page's text: `text[start:end]`, and what its elements say."""

    text: str
    start: int
    end: int
    tag: str
    """The innermost block element."""
    path: tuple[str, ...]
    """All elements around it, outermost first."""
    regions: tuple[Region, ...]
    """Regions it lies in, outermost first."""
    linked: int
    """How many code points stand in links."""
    box: int
    """A number of the element that the block element stands in: lines with the same are side by side."""


@dataclass(slots=True)
class _Open:
    """The elements around a place of the page."""

    path: list[str] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)
    links: int = 0
    kept: int = 0
    """How many elements are open whose spaces count (`<pre>`)."""


def lines_of(body: HtmlElement) -> tuple[str, list[Row], int]:
    """The text of a page, its lines in order, and how many control characters were replaced in it.

    Every line is a block element, or a part of one that a line break or a block within it ends; white space is one
    space. What no reader sees (scripts, hidden elements) is left out.
    """
    return _Walk().of(body)


class _Walk:
    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._pieces: list[str] = []
        self._linked = self._at = self._boxes = self._replaced = 0
        self._open = _Open()
        self._ended_link = False
        self._regions: tuple[Region, ...] | None = None
        """Regions that all of the line lies in so far."""

    def of(self, body: HtmlElement) -> tuple[str, list[Row], int]:
        from lxml import etree

        skipped: HtmlElement | None = None
        marks: list[tuple[int, bool, bool]] = []
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if not tag or _unseen(element, tag):
                    walk.skip_subtree()
                    skipped = element
                    continue
                marks.append(self._enter(element, tag))
                self._say(element.text)
            elif skipped is not None and element is skipped:
                skipped = None
                if tag in ("hr", "iframe", "video", "audio", "object", "select"):
                    self._end_line()
                self._say(element.tail if element is not body else None)
            else:
                self._leave(tag, marks.pop())
                self._say(element.tail if element is not body else None)
        self._end_line()
        text = "\n".join(row.text for row in self._rows)
        return text, self._rows, self._replaced

    def _enter(self, element: HtmlElement, tag: str) -> tuple[int, bool, bool]:
        """Opens an element; what `_leave` needs: regions before, whether it is a block, whether its spaces count."""
        opened = self._open
        block = tag in _elements("block") or "-" in tag
        if block or tag == "br":
            self._end_line()
        elif tag == "a" and self._ended_link:
            self._pieces.append(" ")  # links without a space between them stand apart on the page
        before = len(opened.regions)
        if (region := region_of(element, tag)) is not None:
            opened.regions.append(region)
        opened.path.append(tag)
        if block:
            self._boxes += 1
            opened.boxes.append(self._boxes)
        opened.links += tag == "a"
        opened.kept += tag == "pre"
        return before, block, tag == "pre"

    def _leave(self, tag: str, entered: tuple[int, bool, bool]) -> None:
        before, block, kept = entered
        if block:
            self._end_line()
        opened = self._open
        opened.path.pop()
        del opened.regions[before:]
        if block:
            opened.boxes.pop()
        opened.links -= tag == "a"
        opened.kept -= kept
        self._ended_link = tag == "a"

    def _say(self, said: str | None) -> None:
        if not said:
            return
        self._ended_link = False
        if self._open.kept and "\n" in said:
            for number, part in enumerate(said.split("\n")):
                if number:
                    self._end_line()
                self._piece(part)
            return
        self._piece(said)

    def _piece(self, said: str) -> None:
        self._pieces.append(said)
        if said.isspace():
            return
        regions = tuple(self._open.regions)
        if self._regions is None:
            self._regions = regions
        elif self._regions != regions:
            self._regions = tuple(region for region in self._regions if region in regions)
        if self._open.links:
            self._linked += len(_SPACES.sub("", said))

    def _end_line(self) -> None:
        self._ended_link = False
        if not self._pieces:
            return
        raw = "".join(self._pieces)
        linked, self._linked = self._linked, 0
        regions, self._regions = self._regions or (), None
        self._pieces.clear()
        line, replaced = tame(raw)
        line = _SPACES.sub(" ", line).strip()
        if not line.strip("\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad " + REPLACEMENT):
            return
        self._replaced += replaced
        opened = self._open
        blocks = _elements("block")
        tag = next((name for name in reversed(opened.path) if name in blocks), "body")
        box = opened.boxes[-2] if len(opened.boxes) > 1 else 0
        self._rows.append(Row(line, self._at, self._at + len(line), tag, tuple(opened.path), regions, linked, box))
        self._at += len(line) + 1


def _unseen(element: HtmlElement, tag: str) -> bool:
    if tag in _elements("unseen"):
        return True
    if tag in _WHOLE:
        return False
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    return tag == "input" or bool(_HIDDEN.search(element.get("style") or ""))


def region_of(element: HtmlElement, tag: str) -> Region | None:
    """What an element holds as far as its tag, its role, or the names of its class and id tell it."""
    by_tag, by_role, by_name = _regions()
    if tag in by_tag:
        return Region(by_tag[tag], f"<{tag}>")
    role = (element.get("role") or "").strip().lower()
    if role in by_role:
        return Region(by_role[role], f'role "{role}"')
    if tag in ("html", "body"):
        return None
    prop = (element.get("itemprop") or "").strip()
    for kind, names in (("itemprop", prop), ("class", element.get("class")), ("id", element.get("id"))):
        found = _named(names[:200], by_name) if names else None
        if found:
            return Region(by_name[found], f'{kind} "{found}"')
    return None


@functools.lru_cache(maxsize=4096)
def _parts(names: str) -> str:
    """The names of a class or id as words between dashes: `-related-news-main-col-`.

    >>> _parts("relatedNews main_col")
    '- related-news- main-col- '
    """
    return " ".join(f"-{'-'.join(part.lower() for part in _NAME_PART.findall(name))}-" for name in names.split())


def _named(names: str, by_name: dict[str, str]) -> str | None:
    parts = _parts(names)
    return next((name for name in by_name if f"-{name}-" in parts), None)


@functools.cache
def _elements(what: str) -> frozenset[str]:
    """Names of elements by elements.tsv: those that begin a line and end it, or those that show no text."""
    return frozenset(name for name, is_what in _table("elements.tsv") if is_what == what)


@functools.cache
def _regions() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """regions.tsv by what tells a region: tag, role, name."""
    found: dict[str, dict[str, str]] = {"tag": {}, "role": {}, "name": {}}
    for told, name, what in _table("regions.tsv"):
        if told in found:
            found[told][name] = what
    return found["tag"], found["role"], found["name"]


@functools.cache
def headings_of(what: str) -> frozenset[str]:
    """Folded words of which a short line has one where what stands below it is known by regions.tsv."""
    return frozenset(
        fold(name) for told, name, is_what in _table("regions.tsv") if told == "heading" and is_what == what
    )


def _table(name: str) -> Iterator[list[str]]:
    table = (resources.files(__package__) / "data" / name).read_text("utf-8")
    return csv.reader((row for row in table.splitlines() if row and row[0] != "#"), delimiter="\t")
