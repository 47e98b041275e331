"""A folder to be watched for a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.watching.looking import put, text


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "c.db"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    for number in (1, 2):
        put(folder / f"{number}.txt", text(number))
    put(folder / "deep" / "3.txt", text(3))
    return folder
