"""Statements, roles and quantities: cases, and what holds for any text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.extract import quantities, quotes, roles
from store.extract.dates import find as find_dates
from store.extract.entities import find as find_entities
from store.models import Block
from store.text.sentences import split

ROOT = Path(__file__).parents[4]
CASES = ROOT / "tests" / "cases"


def _cases(name: str) -> list[Any]:
    cases: list[Any] = json.loads((CASES / name).read_text("utf-8"))
    return cases


@pytest.mark.parametrize("case", _cases("statements.json"), ids=lambda case: case["text"][:30])
def test_statements(case: dict[str, Any]) -> None:
    text = case["text"]
    sentences = split(text)
    blocks = [Block(0, len(text), case["kind"], "")] if "kind" in case else []
    names, dates = find_entities(text, sentences), find_dates(text, "2021-12-14", sentences)
    found = quotes.find(text, sentences, blocks, names, dates)
    said = [
        ["D" if one.direct else "R", one.kind, one.speaker and one.speaker.name, one.verb, text[one.start : one.end]]
        for one in found
    ]
    wanted = [one for one in case["said"] if one[4] is not None]
    optional = [one[:4] for one in case["said"] if one[4] is None]
    assert [one for one in said if one[:4] not in optional] == wanted


@pytest.mark.parametrize("case", _cases("roles.json"), ids=lambda case: case[0][:30])
def test_roles(case: tuple[str, list[list[str | None]]]) -> None:
    text, wanted = case
    found = roles.find(text, (), find_entities(text, split(text)))
    assert [[one.text, one.person, one.holder] for one in found] == wanted


def test_a_stretched_line_alone_is_no_preposition() -> None:
    text = "قال الوزير ـ بغداد ـ إن الحرب انتهت تماما."
    sentences = split(text)
    (said,) = quotes.find(text, sentences, (), find_entities(text, sentences), ())
    assert said.addressee is None


@pytest.mark.parametrize("case", _cases("quantities.json"), ids=lambda case: case[0][:30])
def test_quantities(case: tuple[str, list[list[Any]]]) -> None:
    text, wanted = case
    sentences = split(text)
    found = quantities.find(text, sentences, (), find_dates(text, "2021-12-14", sentences))
    assert [[one.text, one.low, one.high, one.unit, one.about] for one in found] == wanted


_PIECES = [
    "قال",
    "أكد",
    "أن",
    "إن",
    "وأضاف",
    "مشيرا",
    "إلى",
    "وفق",
    "نقلت",
    "عن",
    "قوله",
    "رئيس",
    "وزير",
    "الكاظمي",
    "بغداد",
]
_PIECES += [
    "محمود عباس",
    '"',
    "“",
    "”",
    "«",
    "»",
    ":",
    "،",
    ".",
    "\n",
    " ",
    "3",
    "آلاف",
    "و500",
    "جندي",
    "%",
    "عشرات",
    "ـ",
    "ً",
    "-",
]
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
@example("قال ـ أن قال")
def test_spans_lie_within_the_text_and_hold_words(text: str) -> None:
    sentences = split(text)
    mentions = find_entities(text, sentences)
    dates = find_dates(text, None, sentences)
    for one in quotes.find(text, sentences, (), mentions, dates):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        assert one.verb is None or text[one.verb_start : one.verb_start + len(one.verb)] == one.verb
        for who in (one.speaker, one.addressee, one.via):
            assert who is None or 0 <= who.start < who.end <= len(text)
    for role in roles.find(text, (), mentions):
        assert text[role.start : role.end] == role.text
        assert not (role.start < role.person_end and role.person_start < role.end)
    for number in quantities.find(text, sentences, (), dates):
        assert text[number.start : number.end] == number.text
        assert number.low is None or number.high is None or number.low <= number.high


@pytest.mark.parametrize("piece", ['"', "قال إن ", "«", "وفق ", "رئيس ", "1 ", "و500 ", "قال: ", '" قال '])
def test_time_grows_with_the_text(piece: str) -> None:
    """Work is counted by what is looked at: a long line of one piece is as good as many short ones."""
    text = piece * 20_000
    sentences = split(text)
    assert len(quotes.find(text, sentences, (), [], [])) <= len(text)
    assert len(roles.find(text, (), [])) == 0
    assert len(quantities.find(text, sentences, (), [])) <= len(text)


def steps(find: Callable[[], object]) -> int:
    """How many calls it takes."""
    taken = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal taken
        taken += event == "call"

    sys.setprofile(count)
    try:
        find()
    finally:
        sys.setprofile(None)
    return taken


def test_each_verb_looks_at_so_many_words_behind_it() -> None:
    def taken(verbs: int) -> int:
        text = "قال " * verbs
        sentences = split(text, ())
        return steps(lambda: quotes.find(text, sentences, (), ()))

    assert taken(800) < 2.5 * taken(400)


def test_each_person_looks_at_one_block() -> None:
    line = "رئيس الوزراء محمد علي\n"
    (one,) = find_entities(line, split(line, ()))

    def taken(lines: int) -> int:
        starts = range(0, lines * len(line), len(line))
        persons = [replace(one, start=at + one.start, end=at + one.end) for at in starts]
        blocks = [Block(at, at + len(line) - 1, "body", "") for at in starts]
        assert len(roles.find(line * lines, blocks, persons)) == lines
        return steps(lambda: roles.find(line * lines, blocks, persons))

    assert taken(400) < 2.5 * taken(200)
