"""Words that say how many: found with what may be written on to them, and asked of a sentence as of each word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.extract.quantities.words import COUNTS, NUMERALS, Words, duals, sets, without

_COUNTING = sorted(duals())[:50] + sorted(sets()["many"]) + sorted(sets()["two"])
_WORDS = st.builds(
    str.__add__,
    st.sampled_from(["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "بل", "لل", "ال"]),
    st.one_of(st.sampled_from([*_COUNTING, "ثلاثه", "مليون", "الف", "بيت", "وزير"]), st.text("وفبلكاتن", min_size=1)),
)


@given(_WORDS)
def test_a_word_counts_if_it_does_without_its_proclitics(word: str) -> None:
    counting = duals() | sets()["many"] | sets()["two"]
    assert COUNTS[word] == any(base in counting for _, base in without(word))
    assert NUMERALS[word] or not COUNTS[word]


@given(st.lists(_WORDS))
def test_a_sentence_is_asked_as_each_of_its_words(words: list[str]) -> None:
    for known in (COUNTS, NUMERALS, Words(lambda word: len(word) > 4)):
        assert known.any(words) == any(known[word] for word in words)
        assert known.any(words) == any(known[word] for word in words)
