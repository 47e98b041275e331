"""Exports of many rows take the memory of few: measured in processes of their own, the bounds generous."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.exports import FEW, MANY, run

ARTICLES = 6_000
MOST = 24 * 1024
"""KiB that ten times as many rows may take more: a tenth of what they would take as one text."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles made of the sentences of the samples."""
    path = tmp_path_factory.mktemp("many") / "c.db"
    command = [sys.executable, "-m", "tests.bench.corpus", str(ARTICLES), str(path)]
    # without real articles, so that it is the same everywhere
    subprocess.run(command, check=True, capture_output=True, env={"KHABAR_DATA": str(path.parent), "PYTHONPATH": "."})
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("what", "form"), [("mentions", "csv"), ("trends", "jsonl")])
def test_ten_times_the_rows_take_hardly_more_memory(corpus: Path, what: str, form: str) -> None:
    few, many = run(corpus, what, form, FEW), run(corpus, what, form, MANY)
    assert few.pieces == FEW
    assert many.pieces > 0.9 * MANY
    assert many.peak - few.peak < MOST


@pytest.mark.slow
def test_a_whole_corpus_takes_hardly_more_memory_than_its_beginning(corpus: Path) -> None:
    few, many = run(corpus, "articles", "md", 500), run(corpus, "articles", "md", MANY)
    assert (few.pieces, many.pieces > 40_000) == (500, True)
    assert many.peak - few.peak < MOST
