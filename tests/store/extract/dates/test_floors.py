"""The quality reached on the seeds and on the hard phrases; these floors only ever rise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.store.extract.dates import scoring

DATA = Path(os.environ.get("KHABAR_DATA") or Path(__file__).parents[5] / "shared" / "data")


def test_seeds() -> None:
    score = scoring.seeds()
    assert score.value >= 1.0, score.wrong
    assert score.span >= 1.0
    assert score.modality >= 1.0


def test_hard_phrases() -> None:
    score = scoring.phrases()
    assert score.value >= 1.0, score.wrong
    assert score.span >= 0.975


def test_phrases_written_independently() -> None:
    score = scoring.phrases("dates_phrases.tsv")
    assert score.value >= 0.965, score.wrong
    assert score.span >= 0.945


@pytest.mark.skipif(not (DATA / "articles").is_dir(), reason="the annotated articles are not here (KHABAR_DATA)")
@pytest.mark.parametrize(
    ("part", "value", "span", "modality"), [("developed on", 0.955, 0.94, 0.955), ("unseen", 0.925, 0.90, 0.90)]
)
def test_news(part: str, value: float, span: float, modality: float) -> None:
    score = scoring.news(DATA, part)
    assert score.value >= value, score.wrong
    assert score.span >= span
    assert score.modality >= modality


def _siblings() -> list[tuple[str, ...]]:
    lines = (scoring.CASES / "dates_siblings.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("kind", "marked", "anchor", "expected"), _siblings())
def test_siblings(kind: str, marked: str, anchor: str, expected: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    mentions = scoring.found(text, anchor)
    if expected == "NONE":
        assert mentions == []
        return
    start, end = marked.index("["), marked.index("]") - 1
    here = [mention for mention in mentions if mention.start < end and start < mention.end]
    assert any(mention.value in expected.split("|") for mention in here), here
    if not kind.endswith("~"):
        assert (start, end) in [(mention.start, mention.end) for mention in here], here
