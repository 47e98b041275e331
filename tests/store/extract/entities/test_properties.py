"""What holds for any text: exact offsets, order, no overlaps, bounded time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.extract.entities import find
from store.models import Recogniser
from store.text.sentences import split

_WORDS = re.findall(
    r"\S+",
    """
    قال قالت الرئيس وزير الخارجية العراقية بغداد لبغداد للعراق وزارة الدفاع الأميركية محمد بن سلمان أبو عبد الله الدين
    الكاظمي و في إن صحيفة قناة القناة 12 جيش الاحتلال الإسرائيلي مدينة محافظة قوات التحالف الدولي داعش هيئة حقوق الإنسان
    المصدر مناطق ـ بـ لـ
    """,
)
_GLUE = [
    *(" ", " ", " ", "  ", "، ", ": ", '"', ' "', '" ', " «", "» ", "(", ") ", "\n", "-", ". "),
    *("\u064b ", "\u200f", "\u0640"),
]
_PASTED = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GLUE)), max_size=60).map(
    lambda pieces: "".join(word + glue for word, glue in pieces)
)
_MARKED = st.text(st.sampled_from('ابلمنتي وكفأإىة\u064b\u0651\u0640\u200c "«»:،.\nﻻﷲA1٣😀'), max_size=80)


def _check(text: str, recogniser: Recogniser = "fast") -> None:
    last = 0
    for mention in find(text, split(text), (), recogniser):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
        assert mention.name.strip() == mention.name != ""
        assert 0 < mention.score <= 1
        assert mention.type in ("PER", "ORG", "LOC", "MISC")
        last = mention.end


@given(st.text())
def test_any_text(text: str) -> None:
    _check(text)


@given(_PASTED)
@settings(max_examples=300)
def test_words_that_mean_something_in_any_order(text: str) -> None:
    _check(text)


@given(_MARKED)
@settings(max_examples=300)
def test_letters_marks_and_signs(text: str) -> None:
    _check(text)


@given(st.one_of(st.text(), _PASTED, _MARKED))
@settings(max_examples=60, deadline=None)
def test_the_accurate_recogniser_on_any_text(text: str) -> None:
    _check(text, "accurate")


def test_the_same_text_gives_the_same_mentions(seeds: Path) -> None:
    text = (seeds / "000_997e1f7120c89335.txt").read_text("utf-8")
    assert find(text, split(text)) == find(text, split(text))


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 1_000_000,
        "وبالعراق" * 120_000,
        "،؛؟.!" * 200_000,
        '"' * 1_000_000,
        '" ' * 300_000,
        "😀" * 300_000,
        "ـ" * 500_000,
        "محمد بن " * 60_000,
        "الرئيس " * 80_000,
        "وزير " * 80_000,
        "وزارة " * 80_000,
        "في مناطق و" * 40_000,
        "(" * 500_000,
        "المصدر: " + "ا|" * 200_000,
        "المصدر:\n" * 60_000,
        "Ğ漢字 العراقA1٣ " * 40_000,
        "\u064b" * 500_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_is_bounded(text: str) -> None:
    begun = time.process_time()
    _check(text)
    assert time.process_time() - begun < 12


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 1_000_000,
        "ا ب " * 250_000,
        "😀" * 300_000,
        "Ğ漢字 العراقA1٣ " * 40_000,
        "-" * 500_000 + "\n",
        "و. " * 200_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_of_the_accurate_recogniser_is_bounded(text: str) -> None:
    begun = time.process_time()
    _check(text, "accurate")
    assert time.process_time() - begun < 60
