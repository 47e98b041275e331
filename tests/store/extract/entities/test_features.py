"""Features of words, spelt out for training and by their numbers for use."""

from __future__ import annotations

import pytest

from store.extract.entities import crf
from store.extract.entities.features import Numbers, of_word
from store.extract.entities.tokens import tokenize


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية العراقي فؤاد حسين",
        "وللقوات ببغداد والرئيس بايدن على عبدالله",
        "حزماً 2021 F16 CNN ك إ19 طالباني",
    ],
)
def test_the_numbers_of_a_word_are_those_of_its_features(text: str) -> None:
    clusters = crf.model().clusters
    for word in tokenize(text).words:
        far, near = of_word(word, clusters)
        all_of_them, others = Numbers(), Numbers()
        expected = [all_of_them.number(one) for one in (*far, *near)]
        assert all_of_them.of_word(word, clusters) == expected
        for one in far:
            others.number(one)
        assert others.of_word(word, clusters) == [others.number(one) for one in far]
