"""Every command in docs/annotations.md does what is said there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import documents
from tui.cli import main

COMMANDS = documents.commands("annotations")


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == documents.count("annotations")
    assert len(COMMANDS) > 20


def test_the_commands_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents.start(tmp_path, monkeypatch)
    assert main(["add", "seeds"]) == 0
    for line in COMMANDS:
        documents.run(line, monkeypatch, capsys)
