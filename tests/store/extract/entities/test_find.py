"""What is a mention, of which type, and where its span ends: the annotated sentences of tests/cases/entities.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.extract.entities import VERSIONS, find
from store.models import Block, Mention
from store.text.sentences import split

_CASES = Path(__file__).parents[3] / "cases" / "entities.tsv"
_MARK = re.compile(r"\[([^\]|]*)\|(\w+)\]")


def _cases() -> list[object]:
    rows = [line for line in _CASES.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    found: list[object] = []
    for row in rows:
        marked, _, reason = row.partition("\t")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(marked, marks=marks, id=marked[:60]))
    return found


def _read(marked: str) -> tuple[str, list[tuple[str, int, str]]]:
    text, names, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        names.append((mark[1], len(text), mark[2]))
        text += mark[1]
        last = mark.end()
    return text + marked[last:], names


def _found(text: str) -> list[Mention]:
    return find(text, split(text))


@pytest.mark.parametrize("marked", _cases())
def test_mentions_and_their_spans(marked: str) -> None:
    text, names = _read(marked)
    assert [(mention.text, mention.start, mention.type) for mention in _found(text)] == names


def test_a_mention_says_who_found_it_and_how() -> None:
    (mention,) = _found("أعلنت الخارجية النمساوية موقفها.")
    assert (mention.extractor, mention.version) == ("fast", VERSIONS["fast"])
    assert mention.rule
    assert 0 < mention.score <= 1


def test_the_article_swallowed_by_a_preposition_is_back_in_the_name() -> None:
    text = "ول\u064eلعراق حدود طويلة."
    (mention,) = _found(text)
    assert text[mention.start : mention.end] == mention.text == "لعراق"
    assert mention.name == "العراق"
    assert mention.entity == "Q796"


def test_vowel_signs_and_tatweel_stay_in_the_span() -> None:
    text = "زار بِغْدَادَ وعُـمان"
    assert [mention.text for mention in _found(text)] == ["بِغْدَادَ", "عُـمان"]


def test_a_surname_that_is_a_word_needs_a_verb_or_a_title() -> None:
    text = "قال محمد الحكيم إن الأمر انتهى. وأضاف الحكيم أن القرار الحكيم صدر."
    names = [mention.text for mention in _found(text) if mention.type == "PER"]
    assert names == ["محمد الحكيم", "الحكيم"]


def test_a_name_established_in_quotes_is_found_again() -> None:
    text = 'أعلنت شركة "زيتامول" أرباحها. وقالت زيتامول إن المبيعات زادت.'
    assert [(mention.text, mention.type) for mention in _found(text)] == [("زيتامول", "ORG")] * 2


def test_a_club_is_a_club_only_in_a_text_on_sport() -> None:
    sport = "فاز الهلال في المباراة على النصر بثلاثة أهداف، وسجل لاعب الفريق هدفين في الدوري أمام مدرب النادي."
    assert [(m.text, m.type) for m in _found(sport)] == [("الهلال", "ORG"), ("النصر", "ORG")]
    assert _found("ظهر الهلال في السماء وتحقق النصر.") == []


def test_source_lines_name_outlets() -> None:
    text = "خبر قصير.\nالمصدر | البيان الجديد + وكالات"
    block = Block(10, len(text), "source", "a source line")
    assert [(m.text, m.type) for m in find(text, split(text), (block,))] == [("البيان الجديد", "ORG")]


def test_an_empty_text_has_no_mentions() -> None:
    assert _found("") == []
    assert _found("، . ؟ \n") == []
