"""Texts in which anything may stand anywhere: lines of letters stretched, marks alone, words torn and doubled."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.bench.statements import analysed

SEEDS = sorted((Path(__file__).parents[4] / "seeds").glob("*.txt"))
BETWEEN = [" ـ ", " ـــ ", " ً ", " « ", " » ", ' " ', " : ", " ، ", "\n", "\n\n", " 3 ", " و ", " % ", "  ", " - ", ""]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_whatever_stands_between_words_is_read(path: Path, seed: int) -> None:
    draw = random.Random(seed)
    words = path.read_text(encoding="utf-8").split()
    if seed % 2:
        draw.shuffle(words)
    text = "".join(word + draw.choices([" ", *BETWEEN], [30, *[1] * len(BETWEEN)])[0] for word in words)
    found = analysed(text)
    spans = [(quote.start, quote.end) for quote in found.quotes]
    spans += [(role.start, role.end) for role in found.roles]
    spans += [(quantity.start, quantity.end) for quantity in found.quantities]
    assert all(0 <= start < end <= len(text) for start, end in spans)
