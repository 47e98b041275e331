"""Every command in docs/corrections.md does what is said there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import documents

COMMANDS = documents.commands("corrections")


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == documents.count("corrections")
    assert len(COMMANDS) > 25


def test_the_commands_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents.start(tmp_path, monkeypatch)
    for line in COMMANDS:
        documents.run(line, monkeypatch, capsys)
