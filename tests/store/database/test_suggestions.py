"""Which entities of a corpus are suggested to be one, and what is never suggested again."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import Suggestion
from store.database import open_reader, open_writer
from store.errors import CorpusError, QueryError
from tests.store.database.making import Named, add_all, analysis

BIDEN, OTHER = "جو بايدن", "جو بيدن"
# name, type: each line an article that names all of these
ARTICLES: list[tuple[str, list[Named]]] = [
    ("قال جو بايدن في واشنطن مع كامالا هاريس.", [(BIDEN, "PER"), ("واشنطن", "LOC"), ("كامالا هاريس", "PER")]),
    ("زار جو بايدن واشنطن ومعه كامالا هاريس.", [(BIDEN, "PER"), ("واشنطن", "LOC"), ("كامالا هاريس", "PER")]),
    ("عاد جو بيدن إلى واشنطن ورأى كامالا هاريس.", [(OTHER, "PER"), ("واشنطن", "LOC"), ("كامالا هاريس", "PER")]),
    ("قصف طير حرفا وصور.", [("طير حرفا", "LOC"), ("صور", "LOC")]),
    ("دمار في طيرحرفا وصور.", [("طيرحرفا", "LOC"), ("صور", "LOC")]),
    ("وصل محمد حسن ومحمد حسين معا.", [("محمد حسن", "PER"), ("محمد حسين", "PER")]),
    ("التقى مارك تايلر ومارك تايلور في لندن.", [("مارك تايلر", "PER"), ("مارك تايلور", "PER"), ("لندن", "LOC")]),
    ("أيمن غفير وحده في صنعاء.", [("أيمن غفير", "PER"), ("صنعاء", "LOC")]),
    ("رأى أيمن عفير مدينة صنعاء.", [("أيمن عفير", "PER"), ("صنعاء", "LOC")]),
    ("وصل نزار صنعان.", [("نزار صنعان", "PER")]),
    ("غاب نزار ضنعان.", [("نزار ضنعان", "PER")]),
    ("قال Emmanuel Macron في باريس.", [("Emmanuel Macron", "PER"), ("باريس", "LOC")]),
    ("قال إيمانويل ماكرون في باريس.", [("إيمانويل ماكرون", "PER"), ("باريس", "LOC")]),
]
# Two names of families that are both usual, not one and a slip.
for name in (f"{given} {family}" for given in ("قيس", "ليث", "أسعد", "فراس") for family in ("صنعان", "ضنعان")):
    ARTICLES.append((f"جاء {name}.", [(name, "PER")]))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    add_all(path, (analysis(text, names, (), f"2021-12-{day:02}") for day, (text, names) in enumerate(ARTICLES, 1)))
    return path


def _pairs(found: list[Suggestion]) -> set[frozenset[str]]:
    return {frozenset((one.into.name, one.other.name)) for one in found}


def _suggested(corpus: Path, name: str | None = None) -> list[Suggestion]:
    with open_reader(corpus) as reader:
        entity = next(row.id for row in reader.find_entities(name) if row.name == name) if name else None
        return reader.suggestions(entity)


def test_other_spellings_are_suggested_with_their_reasons(corpus: Path) -> None:
    found = _suggested(corpus)
    assert {frozenset((BIDEN, OTHER)), frozenset(("طير حرفا", "طيرحرفا"))} <= _pairs(found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    biden = next(one for one in found if one.into.name == BIDEN)
    assert (biden.other.name, biden.into.articles) == (OTHER, 2)
    assert [reason.kind for reason in biden.reasons[:2]] == ["vowels", "companions"]
    assert "واشنطن" in biden.reasons[1].words()


def test_other_people_and_those_named_side_by_side_are_not(corpus: Path) -> None:
    pairs = _pairs(_suggested(corpus))
    assert frozenset(("محمد حسن", "محمد حسين")) not in pairs
    assert frozenset(("مارك تايلر", "مارك تايلور")) not in pairs


def test_a_slip_in_a_word_is_suggested_but_not_where_both_words_are_usual(corpus: Path) -> None:
    found = _suggested(corpus)
    (slip,) = (one for one in found if one.reasons[0].kind == "dots")
    assert {slip.into.name, slip.other.name} == {"أيمن غفير", "أيمن عفير"}


@pytest.mark.parametrize("name", [BIDEN, OTHER])
def test_of_one_entity(corpus: Path, name: str) -> None:
    assert _pairs(_suggested(corpus, name)) == {frozenset((BIDEN, OTHER))}


@pytest.mark.parametrize("name", ["Emmanuel Macron", "إيمانويل ماكرون"])
def test_a_name_in_latin_letters(corpus: Path, name: str) -> None:
    (one,) = _suggested(corpus, name)
    assert {one.into.name, one.other.name} == {"Emmanuel Macron", "إيمانويل ماكرون"}
    assert one.reasons[0].kind == "latin"


def test_what_is_not_the_same_is_not_suggested_again_until_that_is_undone(corpus: Path) -> None:
    (one,) = _suggested(corpus, BIDEN)
    before = {pair for pair in _pairs(_suggested(corpus)) if BIDEN not in pair}
    with open_writer(corpus) as writer:
        writer.keep_apart(one.other.id, one.into.id)
    assert _suggested(corpus, BIDEN) == _suggested(corpus, OTHER) == []
    assert _pairs(_suggested(corpus)) == before
    with open_writer(corpus) as writer:
        assert writer.edits()[-1].action == "keep-apart"
        assert writer.undo() == f"keep-apart: {OTHER}، {BIDEN}"
    assert len(_suggested(corpus, BIDEN)) == 1
    with open_writer(corpus) as writer:
        writer.redo()
        # under any of its names, and after it was merged with another
        (washington,) = (row.id for row in open_reader(corpus).find_entities("واشنطن"))
        writer.merge_entities([one.other.id], washington)
    assert frozenset((BIDEN, "واشنطن")) not in _pairs(_suggested(corpus))


def test_only_two_can_be_kept_apart(corpus: Path) -> None:
    (one,) = _suggested(corpus, BIDEN)
    with open_writer(corpus) as writer:
        with pytest.raises(QueryError, match="is one entity"):
            writer.keep_apart(one.into.id, one.into.id)
        with pytest.raises(CorpusError, match="holds no entity"):
            writer.keep_apart(one.into.id, 10**9)
        assert writer.edits() == []


def test_what_was_merged_or_hidden_is_not_suggested(corpus: Path) -> None:
    (one,) = _suggested(corpus, BIDEN)
    with open_writer(corpus) as writer:
        writer.hide_entity(one.other.id)
    assert _suggested(corpus, BIDEN) == []
    with open_writer(corpus) as writer:
        writer.undo()
        writer.merge_entities([one.other.id], one.into.id)
    assert _suggested(corpus, BIDEN) == []


def test_a_corpus_without_names_has_nothing_to_suggest(tmp_path: Path) -> None:
    add_all(tmp_path / "c.db", [analysis("لا اسم هنا.")])
    assert _suggested(tmp_path / "c.db") == []
