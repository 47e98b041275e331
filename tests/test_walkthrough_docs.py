"""docs/walkthrough.md, walked: every command prints what stands there, and every key shows what is said of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tui.clis import Home
from tests.tui.ptys import Terminal
from tui.cli import khabar

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "walkthrough.md").read_text(encoding="utf-8")
_PART = re.compile(r"^```(\w+)\n(.*?)^```$|^\| press \| see \|\n\|---\|---\|\n((?:\|.*\|\n)+)", re.M | re.S)
_KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Backspace": "\x7f", "Tab": "\t", "↓": "\x1b[B", "↑": "\x1b[A", "Ctrl+U": "\x15",
}  # fmt: skip

_PROGRESS = re.compile(r"^\d+ added, \d+ known, \d+ rejected; .*\n", re.M)
"""Said every five seconds while adding lasts, which on a busy machine it may."""


@dataclass
class Walker:
    """Somebody in a shell of their own, in an empty home."""

    home: Home
    at: Path

    def shell(self, commands: str, *, stay: bool = True) -> str:
        """What a shell prints for some commands; where it is then and what it exported is kept."""
        ask = 'pwd > "$HOME/.at"; export -p > "$HOME/.exports"' if stay else ""
        said = f'[ ! -f "$HOME/.exports" ] || . "$HOME/.exports"\n{commands}\n{ask}'
        done = subprocess.run(
            ["bash", "-ec", said], cwd=self.at, env=self.home.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (commands, done.stdout)
        self.at = Path((self.home.folder / ".at").read_text(encoding="utf-8").strip())
        return _PROGRESS.sub("", done.stdout)


@pytest.fixture
def walker(tmp_path: Path) -> Walker:
    home = Home(tmp_path)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "khabar"
    command.write_text(f'#!/bin/sh\nexport PYTHONPATH={ROOT}\nexec {sys.executable} -m tui.cli "$@"\n')
    command.chmod(0o700)
    # nothing that was chosen before: places of files as they are for somebody new
    home.env = {name: value for name, value in home.env.items() if not name.startswith("XDG_")}
    home.env |= {"PATH": f"{command.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    return Walker(home, tmp_path)


def _parts() -> Iterator[tuple[str, str]]:
    for kind, text, rows in (match.groups() for match in _PART.finditer(TEXT)):
        yield (kind, text) if kind else ("keys", rows)


def test_all_of_it_is_walked() -> None:
    kinds = [kind for kind, _text in _parts()]
    assert kinds.count("keys") == 1
    assert set(kinds) == {"text", "sh", "console", "keys"}
    assert len(kinds) == TEXT.count("\n```") // 2 + 1
    # installing is what tests/test_package.py does
    assert [text for kind, text in _parts() if kind == "text"] == ["pipx install .\n"]
    assert "\npipx install . " in (ROOT / "README.md").read_text(encoding="utf-8")


def test_commands_that_are_only_named_are_commands() -> None:
    named = re.findall(r"(?<!\| )`khabar ([a-z]+)", TEXT)
    assert len(named) > 4
    assert [name for name in named if name not in khabar.commands] == []


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_the_walk(walker: Walker, columns: int, rows: int) -> None:
    for kind, text in _parts():
        if kind == "sh":
            walker.shell(text)
        elif kind == "console":
            for command, printed in _commands(text):
                assert walker.shell(command).rstrip("\n") == printed.rstrip("\n"), command
        elif kind == "keys":
            _press(walker, text, columns, rows)


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for one in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, printed = one.partition("\n")
        yield command, printed


def _press(walker: Walker, table: str, columns: int, rows: int) -> None:
    start = f'. "$HOME/.exports"; cd {walker.at}; PS1="shell> "'
    (walker.home.folder / ".rc").write_text(start, encoding="utf-8")
    bash = ["bash", "--noprofile", "--rcfile", str(walker.home.folder / ".rc"), "-i"]
    with Terminal(bash, columns, rows, walker.home.env) as terminal:
        terminal.wait(lambda text: "shell> " in text)
        for row in table.splitlines():
            pressed, seen = (re.findall(r"`([^`]+)`", cell) for cell in row.strip("|").split(" | "))
            assert pressed
            for key in pressed:
                terminal.send(_KEYS.get(key, key))
                # two keys are not pressed at once: what the first does may take a moment
                terminal.quiet(0.3)
            terminal.wait(_shows(seen))
            # Esc would stop what is still being asked
            terminal.quiet(1.0)
        terminal.wait(lambda text: "shell> " in text)


def _shows(seen: list[str]) -> Callable[[str], bool]:
    def shown(text: str) -> bool:
        return all(one in text or one in logical(text) for one in seen)

    return shown


def logical(text: str) -> str:
    """Painted Arabic as it is written: cells from right to left, letters without their forms."""
    return "\n".join(unicodedata.normalize("NFKC", line[::-1]) for line in text.splitlines())
