"""What the arguments of an edit name: entities, articles, events and places in texts, also from standing input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tui.cli.options import entity_called
from tui.cli.running import Session
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.database.queries import Reader

_LINES = 1_000_000
_LONG = 10_000


def given(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the lines of standard input in the place of `-`. Raises UsageError."""
    found: list[str] = []
    for argument in arguments:
        found.extend(_from_stdin() if argument == "-" else [argument])
    if not found:
        raise click.UsageError(_("nothing was named"), click.get_current_context())
    return found


def _from_stdin() -> Iterator[str]:
    for at, raw in enumerate(sys.stdin.buffer):
        line = raw[:_LONG].decode("utf-8", "replace").strip() if len(raw) <= _LONG else raw.decode("utf-8", "replace")
        if at >= _LINES:
            raise click.UsageError(
                _("standing input has more than {n} lines").format(n=_LINES), click.get_current_context()
            )
        if line.startswith("{"):
            try:
                known = json.loads(line)["id"]
            except (ValueError, KeyError, TypeError, RecursionError):
                known = None
            if not isinstance(known, int):
                raise click.UsageError(
                    _("line {n} of standing input has no id").format(n=at + 1), click.get_current_context()
                )
            yield f"#{known}"
        elif line:
            yield line


def number(written: str) -> int:
    """A number, with "#" before it or not. Raises UsageError."""
    match = re.fullmatch(r"#?(\d{1,18})", written)
    if match is None:
        raise click.UsageError(_("{written!r} is no number").format(written=written), click.get_current_context())
    return int(match[1])


def numbers(arguments: Sequence[str]) -> list[int]:
    """The numbers that arguments are, also from standing input. Raises UsageError."""
    return [number(one) for one in given(arguments)]


def places(arguments: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of an article and an offset in it: two arguments, or one with a colon between them.

    Raises UsageError.
    """
    parts = [part for one in given(arguments) for part in re.split(r"[:\s]+", one.strip()) if part]
    if len(parts) % 2:
        raise click.UsageError(_("an article and an offset belong together: 12:340"), click.get_current_context())
    found = [number(part) for part in parts]
    return list(zip(found[::2], found[1::2], strict=True))


def hidden(reader: Reader, name: str) -> int:
    """The id of the hidden entity of that name, or number. Raises UsageError."""
    from store.text.fold import fold

    if re.fullmatch(r"#\d{1,18}", name):
        return entity_called(reader, name, "").id
    found = [row for row in reader.hidden_entities() if fold(row.name).split() == fold(name).split()]
    if len(found) != 1:
        several = _(" or ").join(f"'#{row.id}' ({row.name}, {row.type})" for row in found[:5])
        if found:
            said = _("{name!r} may be {candidates}; say which").format(name=name, candidates=several)
        else:
            said = _("{name!r} is no hidden entity here; khabar edit unhide lists them").format(name=name)
        raise click.UsageError(said, click.get_current_context())
    return found[0].id


def entities(session: Session, names: Sequence[str]) -> list[int]:
    """The ids of the entities that names mean, also from standing input. Raises UsageError."""
    called = given(names)
    with session.reader() as (reader, _):
        return [entity_called(reader, name, "").id for name in called]
