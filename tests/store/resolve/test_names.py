"""Which names are names of one thing: keys, short forms, links within a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Mention, MentionType
from store.resolve.names import alias_of, aliases, corpus_key, is_short, link, matches_full

_CASES = Path(__file__).parents[2] / "cases" / "entities_names.tsv"
_TYPES: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")


def _cases() -> list[list[str]]:
    return [line.split("\t") for line in _CASES.read_text("utf-8").split("\n") if line and not line.startswith("#")]


def _mentions(*names: tuple[str, MentionType]) -> tuple[str, list[Mention]]:
    """A text that is the names one after the other, and its mentions."""
    text, found = "", []
    for name, type_ in names:
        start = len(text)
        found.append(Mention(start, start + len(name), name, type_, name, None, 0.9, "fast", "1", "test", ""))
        text += name + "، "
    return text, found


def _linked(*names: tuple[str, MentionType]) -> list[tuple[str, bool]]:
    text, found = _mentions(*names)
    return [(mention.name, bool(mention.reason)) for mention in link(text, found)]


@pytest.mark.parametrize(("type_", "short", "full", "expected"), _cases())
def test_short_forms(type_: MentionType, short: str, full: str, expected: str) -> None:
    assert (matches_full(short, full, type_) is not None) == (expected == "yes")


def test_a_surname_belongs_to_the_only_full_name() -> None:
    assert _linked(("سالم الكرمي", "PER"), ("الكرمي", "PER")) == [("سالم الكرمي", False), ("سالم الكرمي", True)]


def test_a_surname_of_two_persons_stays_alone() -> None:
    linked = _linked(("سالم الكرمي", "PER"), ("نورا الكرمي", "PER"), ("الكرمي", "PER"))
    assert linked == [("سالم الكرمي", False), ("نورا الكرمي", False), ("الكرمي", False)]


def test_a_dropped_middle_name_still_names_the_same_person() -> None:
    linked = _linked(("سالم الكرمي", "PER"), ("سالم فهد الكرمي", "PER"), ("الكرمي", "PER"))
    assert [name for name, _ in linked] == ["سالم فهد الكرمي"] * 3


def test_spellings_of_one_foreign_sound_are_one_name() -> None:
    linked = _linked(("بول ماكغرين", "PER"), ("ماكجرين", "PER"), ("ماكقرين", "PER"))
    assert [name for name, _ in linked] == ["بول ماكغرين"] * 3


def test_aliases_have_one_name_and_one_identifier() -> None:
    text, found = _mentions(("البنتاغون", "ORG"), ("وزارة الدفاع الأميركية", "ORG"), ("أميركا", "LOC"))
    one, other, place = link(text, found)
    assert one.name == other.name == "وزارة الدفاع الأمريكية"
    assert one.entity == other.entity == "Q11209"
    assert (place.name, place.entity) == ("الولايات المتحدة", "Q30")
    assert one.reason
    assert place.reason


def test_what_is_generally_known_is_not_overruled_by_a_namesake() -> None:
    linked = _linked(("هانتر بايدن", "PER"), ("بايدن", "PER"))
    assert [name for name, _ in linked] == ["هانتر بايدن", "جو بايدن"]


def test_a_text_outranks_what_is_known_of_someone_less_known() -> None:
    linked = _linked(("جون سوليفان", "PER"), ("سوليفان", "PER"))
    assert linked == [("جون سوليفان", False), ("جون سوليفان", True)]


def test_a_name_in_brackets_is_another_name_of_the_one_before() -> None:
    text, (one, other, again) = _mentions(("رابطة الأفق للإغاثة", "ORG"), ("راف", "ORG"), ("راف", "ORG"))
    text = text.replace("رابطة الأفق للإغاثة، راف،", "رابطة الأفق للإغاثة (راف)")
    linked = link(text, [one, other, again])
    assert {mention.name for mention in linked} == {"رابطة الأفق للإغاثة"}
    assert [bool(mention.reason) for mention in linked] == [False, True, True]


def test_types_are_kept_apart() -> None:
    linked = _linked(("الرياض الكبير", "LOC"), ("الرياض الكبير", "ORG"))
    assert linked == [("الرياض الكبير", False), ("الرياض الكبير", False)]


def test_keys_fold_spellings_and_aliases() -> None:
    assert corpus_key("القوات الأميركية", "ORG") == corpus_key("القوات الأمريكية", "ORG")
    assert corpus_key("عبد الله الكرمي", "PER") == corpus_key("عبدالله الكرمى", "PER")
    assert corpus_key("الناتو", "ORG") == corpus_key("حلف شمال الأطلسي", "ORG")
    assert corpus_key("الأفق", "ORG") != corpus_key("صحيفة الأفق", "ORG")


def test_short_names() -> None:
    assert is_short("الكرمي", "PER")
    assert is_short("أبو الغيث", "PER")
    assert not is_short("سالم الكرمي", "PER")
    assert not is_short("بايدن", "PER"), "generally known"
    assert is_short("الخارجية النمساوية", "ORG")
    assert not is_short("وزارة الخارجية النمساوية", "ORG")
    assert not is_short("فيينا", "LOC")


def test_the_alias_list_is_sound() -> None:
    owners: dict[tuple[str, MentionType], str] = {}
    for alias in aliases():
        assert alias.entity is None or (alias.entity[0] == "Q" and alias.entity[1:].isdigit()), alias
        assert len(set(alias.spellings)) == len(alias.spellings), alias
        for spelling in alias.spellings:
            assert spelling == spelling.strip() != "", alias
            owner = alias_of(spelling.lstrip("~"), alias.type)
            assert owner is not None
            assert (
                owners.setdefault((corpus_key(spelling.lstrip("~"), alias.type), alias.type), owner.name) == owner.name
            )
    identified = [alias.entity for alias in aliases() if alias.entity]
    assert len(set(identified)) == len(identified)


_WORDS = ["سالم", "فهد", "الكرمي", "كرمي", "بن", "عبد", "الله", "أبو", "نورا", "وزارة", "الدفاع", "الأميركية", "بايدن"]
_NAMES = st.lists(
    st.sampled_from(_WORDS),
    min_size=1,
    max_size=4,
)


@given(st.lists(st.tuples(_NAMES.map(" ".join), st.sampled_from(_TYPES)), max_size=12))
def test_linking_keeps_order_spans_and_types_and_is_stable(names: Sequence[tuple[str, MentionType]]) -> None:
    text, found = _mentions(*names)
    linked = link(text, found)
    assert [replace(mention, name="", entity=None, reason="") for mention in linked] == [
        replace(mention, name="", entity=None, reason="") for mention in found
    ]
    assert link(text, linked) is not linked
    by_name = {(mention.type, mention.name) for mention in linked}
    assert {(mention.type, mention.name) for mention in link(text, linked)} <= by_name


@given(st.text(), st.text(), st.sampled_from(_TYPES))
def test_any_strings(short: str, full: str, type_: MentionType) -> None:
    assert corpus_key(short, type_) == corpus_key(corpus_key(short, type_), type_)
    assert isinstance(is_short(short, type_), bool)
    if matches_full(short, full, type_):
        assert corpus_key(short, type_) != corpus_key(full, type_) or alias_of(short, type_)
