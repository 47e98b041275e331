"""Readable output. On a terminal: shaped, in visual order, fitted to its width. Elsewhere: logical order, unshaped.

Nothing of a text reaches the output as a control character.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TextIO

from store.export.plain import one_line
from tui.locale import language

if TYPE_CHECKING:
    from tui.terminal import Decision

Mode = Literal["visual", "runs", "words"]

_MEASURED = 200
"""Rows looked at before the first is printed, to find the widths of columns."""
_GAP = "  "
_LEAST = 6
"""Cells that a column which gives way keeps."""
_INDENT = 4
"""Cells that stay free before what stands under a row."""
_UNDER = 3
"""Lines that a cell of a column without room takes under its row, as far as words fill them, and no more."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers stand at the right; one that grows takes what room there is, or gives way."""

    title: str
    number: bool = False
    grows: bool = False
    most: int | None = None
    """Cells it takes at most on a terminal."""
    least: int = 0
    """Cells that a terminal has to leave to it: with fewer, what does not fit goes under its row."""
    said: bool = False
    """Whether it has sentences of khabar, which run as its language does, whatever names they name."""


class Printer:
    """Writes lines to stdout as they can be read there; used as a context, it keeps a terminal from reordering them.

    Where Arabic is spoken, what is written to a terminal is mirrored: it begins at the right, tables as well.

    `mode` is how Arabic is sent to a terminal; without it, what is known of the terminal says it.
    """

    def __init__(self, mode: Mode | None = None) -> None:
        self.terminal = sys.stdout.isatty()
        self.width = max(shutil.get_terminal_size().columns, 20)
        self._styled = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._stack = ExitStack()
        self._decision = _decision(mode) if self.terminal else None
        self._mirrored = self.terminal and language() == "ar"
        if self._decision is not None and self._decision.mode == "runs":
            self.width -= 1  # a blank at the left keeps the row's direction

    def __enter__(self) -> Printer:
        if self._decision is not None:
            from tui.terminal import switched

            self._stack.enter_context(switched(self._decision))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def line(self, text: str = "", *, bold: bool = False, dim: bool = False) -> None:
        """One line that khabar says, cut to the terminal's width; it runs as the language spoken does."""
        shown = self._cell(text, self.width, said=True) if self.terminal else [one_line(text)]
        self._write(shown, "1" if bold else "2" * dim)

    def paragraph(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        """A line of the text, wrapped to the terminal's width; `indent` blanks stay free where its lines begin."""
        style = "1" * bold
        text = _with_isolates(text) if self._mirrored else one_line(text)
        if self._decision is None:
            return self._write([" " * indent + text], style)
        from tui.arabic import layout_paragraph

        base = _base(text) if self._mirrored else None
        for line in layout_paragraph(text, self.width - indent, base=base, tashkeel=self._decision.tashkeel):
            at_right = line.base or self._mirrored
            blank = [" "] * (self.width - indent - line.width if at_right else indent)
            self._write([*blank, *line.glyphs], style)
        return None

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> int:
        """A table with a heading, written as the rows come; nothing at all when there are none. How many there were.

        A cell more than there are columns is written under its row, and so are, all of them, those of a column that has
        no room (`Column.least`).
        """
        iterator = iter(rows)
        first = list(itertools.islice(iterator, _MEASURED))
        if not first:
            return 0
        widths = self._widths(columns, first)
        under = self._without_room(columns, first, widths)
        beside = [at for at in range(len(columns)) if at not in under]
        if under:  # those that grow have its room
            columns = [replace(one, most=None) if one.grows else one for one in columns]
            widths = self._widths([columns[at] for at in beside], [[row[at] for at in beside] for row in first])
        shown = [columns[at] for at in beside]
        self._row(shown, [column.title for column in shown], widths, "1")
        count = 0
        for row in itertools.chain(first, iterator):
            self._row(shown, [row[at] for at in beside], widths)
            for at in under:
                self.paragraph(_beginning(row[at], _UNDER * (self.width - _INDENT)), indent=_INDENT)
            for below in row[len(columns) :]:
                self.paragraph(below, indent=_INDENT)
            count += 1
        return count

    def _without_room(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> list[int]:
        """Which columns would be cut to less than they are to have."""
        return [
            at
            for at, column in enumerate(columns)
            if self.terminal
            and widths[at] < column.least
            and any(_cells(one_line(row[at])) > widths[at] for row in rows)
        ]

    def row(self, columns: Sequence[Column], cells: Sequence[str]) -> None:
        """One row that belongs to no table."""
        self._row(columns, cells, self._widths(columns, [cells]))

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
        widths = [
            max(_cells(one_line(column.title)), *(_cells(one_line(row[at])) for row in rows))
            for at, column in enumerate(columns)
        ]
        if not self.terminal:
            return widths
        widths = [min(width, column.most or width) for width, column in zip(widths, columns, strict=True)]
        growing = sorted((at for at, column in enumerate(columns) if column.grows), key=lambda at: widths[at])
        room = self.width - len(_GAP) * (len(columns) - 1)
        room -= sum(width for width, column in zip(widths, columns, strict=True) if not column.grows)
        # The narrow ones get what they need, the wide ones share the rest.
        for place, at in enumerate(growing):
            widths[at] = max(min(widths[at], room // (len(growing) - place)), _LEAST)
            room -= widths[at]
        return widths

    def _row(self, columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], style: str = "") -> None:
        shown: list[str] = []
        placed = list(zip(columns, cells, widths, strict=True))
        for column, cell, width in reversed(placed) if self._mirrored else placed:
            if shown:
                shown.append(_GAP)
            text = one_line(cell)
            if column.number and _is_plain(text):
                shown.append(text.rjust(width))
            elif column.number and self.terminal:
                shown += self._cell(cell, width, at_right=True)
            elif column.number:
                shown.append(" " * (width - _cells(text)) + text)
            elif self.terminal:
                shown += self._cell(cell, width, said=column.said)
            else:
                shown.append(text + " " * (width - _cells(text)))
        self._write(shown, style)

    def _cell(self, text: str, width: int, *, at_right: bool = False, said: bool = False) -> list[str]:
        """What stands in each of `width` cells, from left to right; text that does not fit is cut with an ellipsis.

        Right-to-left text stands at the right, but within what is `said` in English.
        """
        from tui.arabic import layout_line

        text = _with_isolates(text) if self._mirrored else one_line(text)
        base = _base(text) if self._mirrored else 0 if said else None
        tashkeel = self._decision is None or self._decision.tashkeel
        line = layout_line(text, base=base, width=width, tashkeel=tashkeel)
        blank = [" "] * (width - line.width)
        at_right = at_right or bool(line.base) or self._mirrored
        return [*blank, *line.glyphs] if at_right else [*line.glyphs, *blank]

    def _write(self, shown: Sequence[str], style: str) -> None:
        text = _sent(shown, self._decision)
        sys.stdout.write(f"\x1b[{style}m{text}\x1b[m\n" if style and self._styled and text else f"{text}\n")


def _beginning(text: str, most: int) -> str:
    """A text, or its first words where it has more code points than `most`."""
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def has_arabic(text: str) -> bool:
    """Whether any letter of a text is written from right to left."""
    return _ARABIC.search(text) is not None


def laid_out(
    text: str, stream: TextIO, mode: Mode | None = None, most: int | None = None, base: Literal[0, 1] = 1
) -> str:
    """A message in Arabic as it is to be written to a stream: for a terminal in rows that begin at the right (with
    `base` 0, as for English with Arabic names in it, at the left), elsewhere one line in logical order. With `most` it
    is one row of so many cells, cut if need be.

    Isolates that keep a path or a number together serve the layout and are sent nowhere.
    """
    if not stream.isatty():
        return one_line(text)
    from tui.arabic import layout_line, layout_paragraph

    decision = _decision(mode)
    text = _with_isolates(text)
    width = most or max(shutil.get_terminal_size().columns, 20) - (decision.mode == "runs")
    if most:
        rows = [layout_line(text, base=base, width=width, tashkeel=decision.tashkeel)]
    else:
        rows = layout_paragraph(text, width, base=base, tashkeel=decision.tashkeel)
    sent = [_sent([*[" "] * (width - row.width if base else 0), *row.glyphs], decision) for row in rows]
    return "\n".join(sent) if most else decision.off + "\n".join(sent) + decision.on


@dataclass(frozen=True, slots=True)
class Terminal:
    """How rows of cells are sent to the terminal at stdout."""

    decision: Decision

    @property
    def tashkeel(self) -> bool:
        """Whether vowel marks are shown."""
        return self.decision.tashkeel

    def sent(self, cells: Sequence[str]) -> str:
        """A row, its cells from left to right, as it is sent."""
        return _sent(cells, self.decision)

    def between(self, text: str) -> str:
        """Rows between what switches the terminal's own reordering off and on."""
        return f"{self.decision.off}{text}{self.decision.on}"


def terminal(mode: Mode | None = None) -> Terminal:
    """The terminal at stdout, as far as the environment tells."""
    return Terminal(_decision(mode))


def _with_isolates(text: str) -> str:
    """As `one_line`, but that isolates stay: they are for the layout."""
    return "".join(part if part in _ISOLATES else one_line(part) for part in _BY_ISOLATES.split(text) if part)


_ISOLATES = "\u2066\u2067\u2068\u2069"


_BY_ISOLATES = re.compile(f"([{_ISOLATES}])")


def _decision(mode: Mode | None) -> Decision:
    from tui import remembered
    from tui.terminal import Answers, decide

    # By the environment alone: to ask the terminal would take away what was typed ahead.
    decision = decide(Answers(), os.environ, mode)
    if mode is None and (chosen := remembered.mode_of(decision.name)) is not None:
        decision = decide(Answers(), os.environ, chosen)
    return decision


def _sent(shown: Sequence[str], decision: Decision | None) -> str:
    """Cells of a row, from left to right, as a terminal is to be sent them."""
    if decision is not None and decision.mode != "visual":
        from tui.arabic import modes

        cells = [(glyph, None) for part in shown for glyph in (part if part.isascii() else (part,))]
        if decision.mode == "runs":
            shown = [glyph for glyph, _ in modes.runs([(" ", None), *cells])]
        else:
            shown = [glyph for glyph, _ in modes.words(cells)]
    return "".join(shown).rstrip(" ")


def _base(text: str) -> Literal[0, 1]:
    """The direction of a line where Arabic is spoken: from left to right only what has Latin letters alone."""
    return 0 if any(ch.isalpha() for ch in text) and not _ARABIC.search(text) else 1


_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def _is_plain(text: str) -> bool:
    return not _ARABIC.search(text)


def _cells(text: str) -> int:
    """How many cells a terminal gives `text`, but for joined letters that share one."""
    if text.isascii():
        return len(text)
    count = 0
    for char in text:
        if unicodedata.category(char) not in ("Mn", "Me", "Cf"):
            count += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return count
