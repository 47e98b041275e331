"""The grammar and the lexicon as data: every row is read, every rule's example is found by it."""

from __future__ import annotations

import pytest

from store.extract.dates import grammar, lexicon
from store.extract.dates.build import BUILDERS
from store.extract.dates.cascade import MENTIONS
from store.extract.dates.grammar import Rule
from tests.store.extract.dates.scoring import found

RULES = [rule for stage in grammar.load().stages for rule in stage.rules]


def test_rules_have_names_of_their_own_and_builders() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert {rule.builds for rule in RULES} == set(BUILDERS)


@pytest.mark.parametrize("rule", [r for r in RULES if r.example != "-"], ids=lambda rule: rule.name)
def test_example(rule: Rule) -> None:
    text = rule.example.replace("[", "").replace("]", "")
    span = rule.example.index("["), rule.example.index("]") - 1
    here = [mention for mention in found(text, "2021-12-14") if (mention.start, mention.end) == span]
    assert here, found(text, "2021-12-14")
    if set(rule.gives) & set(MENTIONS):
        assert here[0].rule == rule.name


def test_mention_rules_have_examples() -> None:
    without = [rule.name for rule in RULES if rule.example == "-" and set(rule.gives) & set(MENTIONS)]
    assert without == ["month.same", "month.new", "day.weekday-same"]


@pytest.mark.parametrize("name", [*lexicon.LEXICON_FILES, "grammar.tsv"])
def test_rows_are_whole(name: str) -> None:
    width = 8 if name == "grammar.tsv" else 4
    assert all(len(row) == width and all(row) for row in lexicon.rows(name))


def test_one_code_point_is_one_combination_of_classes() -> None:
    codes = grammar.load().codes.values()
    assert all(len(code) == 1 for code in codes)
