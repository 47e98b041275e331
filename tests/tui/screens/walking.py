"""Every state of the explorer that `tests/cases/walked.tsv` names, and the words that are painted in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.tui.screens.driving import Driver

CASES = Path(__file__).parents[2] / "cases"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")


class State(NamedTuple):
    """A state, what kind it is of, and the keys that lead to it."""

    name: str
    kind: str
    keys: tuple[str, ...]


def states() -> list[State]:
    """All of them."""
    lines = (CASES / "walked.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [State(name, kind, tuple(_keys(keys))) for name, kind, keys in rows]


def _keys(written: str) -> Iterator[str]:
    """Keys as the driver presses them; what stands in quotes is typed letter by letter."""
    for part in re.findall(r"'[^']*'|\S+", written):
        if part.startswith("'"):
            yield from (_NAMES.get(ch, ch) for ch in shlex.split(part)[0])
        else:
            yield part


_NAMES = {":": "colon", "(": "left_parenthesis", "/": "slash", "-": "minus"}


def kept() -> dict[str, str]:
    """Words that stay as they are in any language, each with the reason."""
    lines = (CASES / "untranslated.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def words(khabar: Driver) -> set[str]:
    """The words in Latin letters that are painted, title lines of borders included."""
    return set(_WORD.findall(khabar.shown()))


async def walk(khabar: Driver, state: State) -> None:
    """Press the keys that lead to a state."""
    for key in state.keys:
        await khabar.press(key)
