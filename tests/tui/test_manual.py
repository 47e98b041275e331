"""The manual page is what the commands say, is right roff, and is seen where man does not find it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.tui.clis import Home
from tui.cli import khabar, manual

ROOT = Path(__file__).parents[2]
TEXT = manual.PAGE.read_text(encoding="utf-8")
_INTERNAL = {"KHABAR_SERVED", "KHABAR_SESSION", "KHABAR_COMPLETE"}


def _commands(command: click.Command, path: str = "khabar") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _commands(one, f"{path} {name}")


def test_the_page_is_the_one_that_the_commands_give() -> None:
    assert manual.page() == TEXT, "make man writes it anew"


def test_every_command_and_option_is_in_it() -> None:
    for path, command in _commands(khabar):
        assert path == "khabar" or f".SS {manual.escaped(path)}\n" in TEXT
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert f".B {manual.escaped(', '.join(option.opts))}" in TEXT


def test_every_variable_that_the_code_asks_for_is_in_it() -> None:
    said = {name for path in ROOT.glob("[st]*/**/*.py") if "tests" not in path.parts
            for name in re.findall(r"KHABAR_[A-Z_]+", path.read_text(encoding="utf-8"))}  # fmt: skip
    assert len(said) > 5
    environment = TEXT[TEXT.index(".SH ENVIRONMENT") : TEXT.index(".SH FILES")]
    assert {name for name in said if name not in environment} <= _INTERNAL


@pytest.mark.parametrize(
    "command",
    [
        ["groff", "-ww", "-man", "-Tutf8", "-Kutf8", "-z"],
        ["man", "--warnings=w", "-Tutf8", "-l"],
        ["mandoc", "-Tlint", "-W", "warning"],
    ],
    ids=lambda command: command[0],
)
def test_no_formatter_has_a_complaint(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([*command, manual.PAGE], capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stderr, "WARNING" in done.stdout) == (0, "", False)


def test_it_is_shown_where_man_does_not_find_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.run("man", "--roff").out == TEXT
    assert home.run("man", env={"PATH": ""}).out == TEXT
    if shutil.which("man"):
        shown = home.run("man", env={"LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
        assert (shown.code, shown.err) == (0, "")
        assert "explore Arabic news in a terminal" in shown.out
        assert "khabar articles --entity بغداد --from 2021-12" in shown.out


def test_a_text_cannot_become_a_request_of_roff() -> None:
    assert manual.escaped(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert manual.escaped("'x") == "\\(aqx"
    assert manual.escaped("a\\*x") == "a\\e*x"
