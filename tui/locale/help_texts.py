"""Help texts of the command line, taken apart into messages: paragraphs, and what stands beside examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from tui.locale import gettext as _

_RAW = "\b"
"""What begins a block that click leaves as it is: examples, each a command with what it does two blanks behind it."""
_GAP = re.compile(" {2,}")


def messages_of(text: str) -> Iterator[str]:
    """What of a help text is translated."""
    for block in _blocks(text):
        if not block.startswith(_RAW):
            yield _flowing(block)
            continue
        for line in block.splitlines()[1:]:
            _command, _gap, beside = _parts(line)
            if beside:
                yield beside


def translated(text: str) -> str:
    """A help text in the language spoken, as click takes it."""
    blocks = []
    for block in _blocks(text):
        if not block.startswith(_RAW):
            blocks.append(_(_flowing(block)))
            continue
        lines = [_RAW]
        for line in block.splitlines()[1:]:
            command, gap, beside = _parts(line)
            lines.append(f"{command}{gap}{_(beside)}" if beside else line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n[ \t]*\n", inspect.cleandoc(text)) if block.strip()]


def _flowing(block: str) -> str:
    return " ".join(block.split())


def _parts(line: str) -> tuple[str, str, str]:
    """A command, the blanks behind it, and what is said beside it."""
    begin = len(line) - len(line.lstrip(" "))
    found = next(reversed(list(_GAP.finditer(line.rstrip(), begin))), None)
    return (line, "", "") if found is None else (line[: found.start()], found[0], line[found.end() :])
