"""Every command in docs/statements.md does what is said there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import documents
from tui.cli import main

COMMANDS = documents.commands("statements")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statements")
    documents.copy_seeds(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHABAR_CORPUS", str(folder / "corpus.db"))
        patch.setenv("KHABAR_ENTITIES", "fast")
        assert main(["add", str(folder)]) == 0
    return folder / "corpus.db"


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == documents.count("statements")
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command(
    corpus: Path, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KHABAR_CORPUS", str(corpus))
    documents.run(line, monkeypatch, capsys)
