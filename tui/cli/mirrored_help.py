"""The help in Arabic: its texts translated, and on a terminal laid out from right to left.

The commands are copied with their texts translated, so that those of the module stay in English. Names of commands and
options, and what stands for a value, stay Latin.
"""

from __future__ import annotations

import copy
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import Literal

import click

from tui.arabic import layout_line, layout_paragraph
from tui.locale import gettext as _
from tui.locale.help_texts import translated
from tui.locale.whole import without_isolates
from tui.printing import Terminal, terminal


def in_arabic(command: click.Command) -> click.Command:
    """A command, and all within it, that helps in the language spoken."""
    told = copy.copy(command)
    told.help = translated(command.help) if command.help else command.help
    told.context_class = _Context
    told.params = [_option(one) for one in command.params]
    if isinstance(command, click.Group) and isinstance(told, click.Group):
        told.commands = {name: in_arabic(one) for name, one in command.commands.items()}
    return told


def _option(option: click.Parameter) -> click.Parameter:
    if not isinstance(option, click.Option) or not option.help:
        return option
    told = copy.copy(option)
    told.help = translated(option.help)
    return told


class _Formatter(click.HelpFormatter):
    """Lays the help out as a terminal is to be sent it: rows begin at the right."""

    def __init__(self, terminal: Terminal, width: int) -> None:
        super().__init__(width=width)
        self._terminal, self._columns = terminal, width

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        from click.formatting import wrap_text

        heading = prefix or _("Usage:")
        rows = wrap_text(args, max(20, self.width - len(prog) - len(heading) - 4)).splitlines() or [""]
        for at, row in enumerate(rows):
            shown = f"{prog} {row}" if not at else " " * (len(prog) + 1) + row
            # what is typed is read from the left, whatever stands around it
            self._row([*shown.ljust(max(len(one) for one in rows) + len(prog) + 1)], heading if not at else "")

    def write_heading(self, heading: str) -> None:
        self._row([], f"{heading}:", indent=self.current_indent)

    def write_text(self, text: str) -> None:
        for at, block in enumerate(re.split(r"\n\n", text)):
            if at:
                self.write("\n")
            if block.startswith("\b"):
                for line in block.splitlines()[1:]:
                    self._plain(line)
            else:
                for row in self._wrapped(" ".join(block.split()), self.width - self.current_indent):
                    self._cells(row, self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        pairs = list(rows)
        first = min(max((len(name) for name, _help in pairs), default=0), col_max)
        for name, text in pairs:
            wrapped = list(self._wrapped(text, max(10, self.width - self.current_indent - first - col_spacing)))
            if len(name) > first or not wrapped:
                self._cells([*name], self.current_indent)
            else:
                name_cells = [*" " * (first - len(name)), *name]
                head = [*wrapped.pop(0), *" " * col_spacing, *name_cells]
                self._cells(head, self.current_indent)
            for row in wrapped:
                self._cells(row, self.current_indent + first + col_spacing)

    def _wrapped(self, text: str, width: int) -> Iterator[list[str]]:
        for line in layout_paragraph(text, width, base=1, tashkeel=self._terminal.tashkeel):
            yield [*line.glyphs]

    def _row(self, cells: list[str], heading: str, indent: int = 0) -> None:
        """A heading at the right, and cells beside it."""
        line = layout_line(heading, base=1, tashkeel=self._terminal.tashkeel)
        gap = [" "] if cells and heading else [" "] * (len(_("Usage:")) + 1) if cells else []
        self._cells([*cells, *gap, *line.glyphs], indent)

    def _plain(self, line: str) -> None:
        """An example: a command, read from the left, with what it does beside it."""
        base: Literal[0, 1] = 0
        row = layout_line(line, base=base, tashkeel=self._terminal.tashkeel)
        self.write(self._terminal.sent([*row.glyphs]) + "\n")

    def _cells(self, cells: list[str], indent: int) -> None:
        blank = [" "] * (self._columns - indent - len(cells))
        self.write(self._terminal.sent([*blank, *cells]) + "\n")

    def getvalue(self) -> str:
        return self._terminal.between("".join(self.buffer))


class _Unshaped(click.HelpFormatter):
    """Help for what is no terminal: in logical order, without signs of what keeps its parts together."""

    def getvalue(self) -> str:
        return without_isolates(super().getvalue())


class _Context(click.Context):
    """Makes the formatter for where the help is written to."""

    def make_formatter(self) -> click.HelpFormatter:
        if not sys.stdout.isatty():
            return _Unshaped(width=self.terminal_width, max_width=self.max_content_width)
        from tui.cli.running import Session

        session = self.find_object(Session)
        shown = terminal(session.bidi if session is not None else None)
        most = self.max_content_width or 80
        return _Formatter(shown, max(min(shutil.get_terminal_size().columns, most) - 2, 50))
