"""The one folding: what is the same word, and the way back to the source."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.fold import fold, fold_with_map

_CASES = Path(__file__).parents[2] / "cases" / "text_fold.tsv"


def _cases() -> list[list[str]]:
    with _CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(rows)


@pytest.mark.parametrize(("spelling", "other", "folded"), _cases())
def test_spellings_of_a_word_fold_alike(spelling: str, other: str, folded: str) -> None:
    assert fold(spelling) == fold(other) == folded


def test_every_code_point_folds_once_and_for_all() -> None:
    changed = [hex(code) for code in range(0x110000) if fold(fold(chr(code))) != fold(chr(code))]
    assert changed == []


@given(st.text())
def test_folding_works_code_point_by_code_point(text: str) -> None:
    assert fold(text) == "".join(fold(char) for char in text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_map_gives_the_same_text(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.origins) == len(folded.text)
    assert folded.origins == sorted(folded.origins)


# Words as they are pasted: letters with marks, tatweel, joiners, ligatures and Latin between.
_ARABIC = st.text("اأإآبتةسلمهويىئؤکی\u064e\u0651\u0670ـ\u200c\u200f\ufdf2\ufefb ٢5aé", min_size=1)


@given(_ARABIC, st.data())
def test_a_span_of_folded_text_maps_to_the_source_it_came_from(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    source_start, source_end = folded.span(start, end)
    assert 0 <= source_start <= source_end <= len(text)
    if start < end:
        surface = fold(text[source_start:source_end])
        assert folded.text[start:end] in surface
        whole = (start == 0 or folded.origins[start - 1] < folded.origins[start]) and (
            end == len(folded.text) or folded.origins[end] > folded.origins[end - 1]
        )
        if whole:
            assert surface == folded.text[start:end]
        rest = text[source_end:]
        # Marks that belong to the last letter are inside.
        assert not rest or unicodedata.category(rest[0]) not in ("Mn", "Me")


@given(st.text())
def test_line_ends_and_spaces_stay_where_they_are(text: str) -> None:
    assert fold(text).count("\n") == text.count("\n")
    assert fold(text).count("\t") == text.count("\t")
