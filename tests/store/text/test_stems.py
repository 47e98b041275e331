"""Which words are forms of one, and which only look it."""

from __future__ import annotations

import itertools
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import store.text
from store.text.fold import fold
from store.text.query import index_words
from store.text.stems import _is, _without_ending, joined, stem, without_article

_CASES = Path(__file__).parents[2] / "cases" / "text_stems.tsv"
_LINES = [line.split("\t") for line in _CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"


@pytest.mark.parametrize("words", [words for kind, words in _LINES if kind == "same"])
def test_forms_of_one_word_have_one_stem(words: str) -> None:
    first, *others = (fold(word) for word in words.split())
    assert [joined(first).get(stem(other)) for other in others] == [stem(first)] * len(others)


@pytest.mark.parametrize("words", [words for kind, words in _LINES if kind == "apart"])
def test_words_that_only_look_alike_are_kept_apart(words: str) -> None:
    for one, other in itertools.permutations([fold(word) for word in words.split()], 2):
        assert stem(other) not in joined(one)


@pytest.mark.parametrize(
    ("word", "among", "not_among"),
    [
        ("يعلن", ["تعلن", "نعلن", "سيعلن", "ستعلن", "ليعلن", "وسيعلن"], ["علن", "اعلن"]),
        ("سيعلن", ["يعلن", "تعلن", "سيعلن"], []),
        ("اليمني", ["يمني"], ["تمني"]),
        ("يونس", ["ويونس"], ["تونس"]),
        ("تقدم", ["وتقدم"], ["يقدم"]),
        ("يمن", [], ["تمن"]),
    ],
)
def test_persons_of_a_verb(word: str, among: list[str], not_among: list[str]) -> None:
    found = joined(word)
    assert set(among) <= set(found)
    assert not set(not_among) & set(found)


@example("واح")
@given(st.text(alphabet=_LETTERS, max_size=12))
def test_a_stem_is_never_empty_and_found_again(word: str) -> None:
    assert bool(stem(word)) == bool(word)
    if word:
        assert joined(word)[stem(word)] == stem(word)
    # but for words that begin so by themselves, as الواح
    listed = _is(_without_ending("ال" + word), "article")
    if without_article("ال" + word) == word == without_article(word) and not listed:
        assert stem("ال" + word) == stem(word)


@pytest.mark.parametrize("word", ["", "و", "12", "covid", "a1"])
def test_what_is_no_arabic_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


def test_other_stems_ask_for_a_migration(seeds: Path) -> None:
    """Stems are stored: whoever changes them brings old corpora up to date, and then this number."""
    listed = Path(store.text.__file__).with_name("data") / "stem_words.tsv"
    texts = [path.read_text("utf-8") for path in (*sorted(seeds.glob("*.txt")), listed)]
    known = sorted({word for text in texts for word in index_words(text).split()})
    stems = crc32(" ".join(map(stem, known)).encode())
    assert stems == 3584687319, "add a migration that calls store.database.word_forms.fill"
