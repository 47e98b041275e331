"""Every command in docs/statements.md does what is said there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from store.samples import seeds
from tui.cli import main

DOCUMENT = Path(__file__).parents[1] / "docs" / "statements.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
COMMANDS = [line for block in _BLOCK.findall(DOCUMENT.read_text("utf-8")) for line in block.splitlines()]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statements")
    for path in seeds():
        shutil.copy(path, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHABAR_CORPUS", str(folder / "corpus.db"))
        patch.setenv("KHABAR_ENTITIES", "fast")
        assert main(["add", str(folder)]) == 0
    return folder / "corpus.db"


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == DOCUMENT.read_text("utf-8").count("\nkhabar ")
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command(
    corpus: Path, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KHABAR_CORPUS", str(corpus))
    command, _, said = line.partition("# → ")
    capsys.readouterr()
    code = main(shlex.split(command)[1:])
    out, err = capsys.readouterr()
    assert code == 0, (command, err)
    assert said.strip() in out + err, (line, out, err)
