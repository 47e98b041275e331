"""The recogniser measured on the five sample articles; the floors are what it reaches."""

from __future__ import annotations

from pathlib import Path

from store.extract.entities import find
from store.text.sentences import split
from tests.store.extract.entities.score import read_gold, score


def test_mentions_of_the_sample_articles(seeds: Path) -> None:
    gold = read_gold()
    found = {}
    for file in sorted({one.file for one in gold}):
        text = (seeds / file).read_text("utf-8")
        assert all(text[one.start : one.end] == one.text for one in gold if one.file == file)
        found[file] = find(text, split(text))
    reached = score(gold, found)
    assert reached.overlap >= 0.99
    assert reached.exact >= 0.99
    assert reached.purity >= 0.99
    assert reached.unity >= 0.98
