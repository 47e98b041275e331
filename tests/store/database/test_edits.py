"""What people decide outranks what was found, can be undone, and survives re-extraction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import EntityRow, Filter
from store.database import Reader, Writer, open_reader, open_writer, verify
from store.errors import CorpusError, QueryError
from tests.store.database.making import analysis

FIRST = analysis("قال سامي حداد إن حداد هنا.", [("سامي حداد", "PER")], (), "2021-01-01")
SECOND = analysis("التقى كريم نجار مع سامي حداد.", [("كريم نجار", "PER"), ("سامي حداد", "PER")], (), "2021-01-02")
THIRD = analysis("زار نجار مدينة صفاقس.", [("نجار", "PER"), ("صفاقس", "LOC")], (), "2021-01-03")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A corpus of the three documents above."""
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for document in (FIRST, SECOND, THIRD):
            writer.add(document)
    return path


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    with open_writer(path) as writer:
        yield writer
    assert not list(verify(path))


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    with open_reader(path) as reader:
        yield reader


def one(reader: Reader, name: str) -> EntityRow:
    return reader.find_entities(name)[0]


def test_merged_entities_are_one_until_undone(writer: Writer, reader: Reader) -> None:
    haddad, najjar = one(reader, "سامي حداد"), one(reader, "كريم نجار")
    assert (haddad.articles, najjar.articles) == (2, 2)
    writer.merge_entities([haddad.id], najjar.id)
    merged = reader.entity(najjar.id)
    assert (merged.name, merged.articles, merged.mentions) == ("كريم نجار", 3, 4)
    assert reader.entity(haddad.id) == merged
    assert len(reader.article_ids(Filter(entities=(haddad.id,)))) == 3
    assert any("merged by a person" in reason for reason in reader.why_entity(najjar.id))
    assert "merge" in str(writer.undo())
    assert (one(reader, "سامي حداد"), one(reader, "كريم نجار")) == (haddad, najjar)
    assert writer.undo() is None


def test_a_decision_outlives_the_document_it_was_made_on(writer: Writer, reader: Reader) -> None:
    haddad, najjar = one(reader, "سامي حداد"), one(reader, "كريم نجار")
    writer.merge_entities([haddad.id], najjar.id)
    writer.rename_entity(najjar.id, "الرئيسان")
    for article_id in list(reader.article_ids()):
        writer.remove(article_id)
    assert reader.find_entities("نجار") == []
    for document in (THIRD, SECOND, FIRST):
        writer.add(document)
    again = one(reader, "الرئيسان")
    assert (again.articles, again.mentions) == (3, 4)
    writer.replace(FIRST)
    assert one(reader, "الرئيسان") == again


def test_a_name_is_split_off_and_stays_off(writer: Writer, reader: Reader) -> None:
    najjar = one(reader, "كريم نجار")
    assert najjar.articles == 2
    writer.split_entity(najjar.id, "نجار")
    assert {row.name: row.articles for row in reader.find_entities("نجار")} == {"نجار": 1, "كريم نجار": 1}
    writer.add(analysis("زار نجار لندن.", [("نجار", "PER")]))
    assert {row.name: row.articles for row in reader.find_entities("نجار")} == {"نجار": 2, "كريم نجار": 1}
    writer.undo()
    assert [(row.name, row.articles) for row in reader.find_entities("نجار")] == [("كريم نجار", 3)]


def test_splitting_the_name_an_entity_stands_on(writer: Writer, reader: Reader) -> None:
    haddad, najjar = one(reader, "سامي حداد"), one(reader, "كريم نجار")
    writer.merge_entities([haddad.id], najjar.id)
    writer.split_entity(najjar.id, "كريم نجار")
    rows = {row.name: row.articles for row in reader.entities(dict(reader.entity_groups())["PER"])}
    assert rows["كريم نجار"] == 1
    assert sum(rows.values()) == 4
    writer.undo()
    writer.undo()
    assert (one(reader, "سامي حداد"), one(reader, "كريم نجار")) == (haddad, najjar)


def test_renamed_retyped_hidden_and_back(writer: Writer, reader: Reader) -> None:
    paris = one(reader, "صفاقس")
    writer.rename_entity(paris.id, " مدينة النور ")
    assert one(reader, "مدينة النور").id == one(reader, "صفاقس").id == paris.id
    assert reader.entity(paris.id).name == "مدينة النور"
    writer.retype_entity(paris.id, "ORG")
    assert list(dict(reader.entity_groups())["ORG"]) == [paris.id]
    writer.hide_entity(paris.id)
    assert "ORG" not in dict(reader.entity_groups())
    assert reader.find_entities("صفاقس") == []
    writer.hide_entity(paris.id, False)
    assert "ORG" in dict(reader.entity_groups())
    for _ in range(4):
        writer.undo()
    assert reader.entity(paris.id) == paris


def test_a_date_given_by_a_person(writer: Writer, reader: Reader) -> None:
    newest = list(reader.article_ids())
    oldest = newest[-1]
    writer.redate_article(oldest, "2022-05-05T10:00")
    assert next(iter(reader.article_ids())) == oldest
    row = reader.articles([oldest])[0]
    assert (row.published.value, row.published.basis) == ("2022-05-05T10:00", "given")
    assert "person" in row.published.reason
    najjar = one(reader, "سامي حداد")
    assert reader.article_ids(Filter(entities=(najjar.id,)))[0] == oldest
    writer.replace(FIRST)
    assert reader.articles([oldest])[0] == row
    writer.redate_article(oldest, None)
    assert reader.article_ids()[-1] == oldest
    writer.undo()
    writer.undo()
    assert list(reader.article_ids()) == newest
    assert reader.articles([oldest])[0].published == FIRST.published


def test_dates_that_people_gave_are_taken_back(writer: Writer, reader: Reader) -> None:
    first, second, third = list(reader.article_ids())[:3]
    found = {row.id: row.published for row in reader.articles([first, second, third])}
    writer.redate_articles([first, second], "2001-05-05")
    writer.redate_article(first, None)
    assert writer.take_back_dates([third]) == 0
    assert writer.take_back_dates([first, third]) == 1
    dated = {row.id: row.published for row in reader.articles([first, second, third])}
    assert (dated[first], dated[third]) == (found[first], found[third])
    assert dated[second].value == "2001-05-05"
    # what was said last is given back first
    writer.redo()
    assert reader.articles([first])[0].published.value is None
    writer.undo()
    assert reader.articles([first])[0].published == found[first]
    writer.redo()
    writer.redo()
    writer.undo(next(edit.id for edit in reader.edits() if edit.value is None))
    assert reader.articles([first])[0].published.value == "2001-05-05"
    with pytest.raises(CorpusError, match="no article 999"):
        writer.take_back_dates([999])


def test_bookmarks(writer: Writer, reader: Reader) -> None:
    first, second, third = reader.article_ids()
    writer.bookmark(third)
    writer.bookmark(third)
    writer.bookmark(first)
    assert set(reader.bookmarks()) == {first, third}
    assert list(reader.article_ids(Filter(bookmarked=True))) == [first, third]
    assert [row.bookmarked for row in reader.articles([first, second, third])] == [True, False, True]
    writer.bookmark(third, False)
    assert list(reader.bookmarks()) == [first]


def test_what_cannot_be_done_is_said_and_not_logged(writer: Writer, reader: Reader) -> None:
    najjar = one(reader, "كريم نجار")
    with pytest.raises(CorpusError, match="no entity 999"):
        writer.merge_entities([999], najjar.id)
    with pytest.raises(CorpusError, match="no entity 999"):
        writer.rename_entity(999, "x")
    with pytest.raises(CorpusError, match="no article 999"):
        writer.redate_article(999, "2021")
    with pytest.raises(CorpusError, match="no article 999"):
        writer.bookmark(999)
    with pytest.raises(QueryError):
        writer.redate_article(1, "أمس")
    with pytest.raises(QueryError):
        writer.rename_entity(najjar.id, "  ")
    with pytest.raises(QueryError):
        writer.split_entity(najjar.id, "لا أحد")
    writer.merge_entities([najjar.id], najjar.id)
    assert writer.undo() is None


def test_the_log_says_what_was_done_and_taken_back(writer: Writer, reader: Reader) -> None:
    haddad, najjar = one(reader, "سامي حداد"), one(reader, "كريم نجار")
    writer.merge_entities([haddad.id], najjar.id)
    writer.rename_entity(najjar.id, "الاثنان")
    writer.redate_article(1, "2020")
    writer.undo()
    merged, renamed, redated = reader.edits()
    assert (merged.action, merged.about, merged.value) == ("merge", ("PER\t\tسامي حداد",), "PER\t\tكريم نجار")
    assert (renamed.action, renamed.about, renamed.value) == ("rename", ("PER\t\tكريم نجار",), "الاثنان")
    assert (redated.action, redated.about, redated.value) == ("redate", (FIRST.document.digest,), "2020")
    assert merged.undone is None
    assert redated.undone is not None
