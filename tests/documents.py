"""The commands that a document shows, run as they stand there."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from store.samples import seeds
from tui.cli import main

_DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)


def commands(name: str) -> list[str]:
    """The lines of the blocks of commands in `docs/NAME.md`, with what is said of each behind `# → `."""
    return [line for block in _BLOCK.findall((_DOCS / f"{name}.md").read_text("utf-8")) for line in block.splitlines()]


def count(name: str) -> int:
    """How many lines of `docs/NAME.md` are commands, wherever they stand."""
    return (_DOCS / f"{name}.md").read_text("utf-8").count("\nkhabar ")


def copy_seeds(folder: Path) -> None:
    """Put the sample articles into a folder, which need not be there."""
    folder.mkdir(exist_ok=True)
    for path in seeds():
        shutil.copy(path, folder)


def start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be where a document begins: in a folder with the sample articles in `seeds`, and no corpus yet."""
    copy_seeds(folder / "seeds")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KHABAR_CORPUS", str(folder / "corpus.db"))
    monkeypatch.setenv("KHABAR_ENTITIES", "fast")


def run(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a line, with pipes between its commands: each is done, and what is said behind `# → ` is in the output."""
    written, _, said = line.partition("# → ")
    capsys.readouterr()
    out = err = ""
    for command in written.split(" | "):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.encode())))
        code = main(shlex.split(command)[1:])
        out, err = capsys.readouterr()
        assert code == 0, (command, err)
    assert said.strip() in out + err, (line, out, err)
