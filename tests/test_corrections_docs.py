"""Every command in docs/corrections.md does what is said there."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from store.samples import seeds
from tui.cli import main

DOCUMENT = Path(__file__).parents[1] / "docs" / "corrections.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
COMMANDS = [line for block in _BLOCK.findall(DOCUMENT.read_text("utf-8")) for line in block.splitlines()]


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == DOCUMENT.read_text("utf-8").count("\nkhabar ")
    assert len(COMMANDS) > 25


def test_the_commands_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds").mkdir()
    for path in seeds():
        shutil.copy(path, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHABAR_CORPUS", str(tmp_path / "corpus.db"))
    monkeypatch.setenv("KHABAR_ENTITIES", "fast")
    for line in COMMANDS:
        written, _, said = line.partition("# → ")
        out = ""
        for command in written.split(" | "):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.encode())))
            code = main(shlex.split(command)[1:])
            out, err = capsys.readouterr()
            assert code == 0, (command, err)
        assert said.strip() in out + err, (line, out)
