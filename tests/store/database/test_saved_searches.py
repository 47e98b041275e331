"""Searches under a name say what was added since somebody looked at them, and outlive what becomes of ids."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import Filter, SavedSearch
from store.database import open_reader, open_writer, searches, verify
from store.database.queries import Reader
from store.errors import QueryError
from store.models import Analysis
from tests.store.database.making import add_all, analysis

DAY = ("26 يوليو 2021", "2021-07-26")


def document(number: int, who: str = "سامي حداد", published: str | None = "2021-12-09") -> Analysis:
    return analysis(
        f"خبر {number}: وصل {who} في 26 يوليو 2021 إلى بغداد.", [(who, "PER"), ("بغداد", "LOC")], [DAY], published
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    add_all(path, [document(1), document(2, "ليلى منصور"), document(3)])
    return path


def only(reader: Reader) -> SavedSearch:
    (found,) = reader.saved_searches()
    return found


def test_what_is_new_is_what_was_added_since(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        sami = Filter(entities=(reader.find_entities("سامي حداد")[0].id,))
    with open_writer(corpus) as writer:
        writer.save_search("حداد", sami, "relevance")
    with open_reader(corpus) as reader:
        saved = only(reader)
        assert (saved.filter, saved.order, saved.lost) == (sami, "relevance", "")
        assert reader.search_counts(saved) == (2, 0)
    with open_writer(corpus) as writer:
        writer.add(document(4, published="1999-01-01"))  # however old it is
        writer.add(document(5, "ليلى منصور"))
        writer.replace(document(1))  # read again, not added
    with open_reader(corpus) as reader:
        saved = only(reader)
        assert reader.search_counts(saved) == (3, 1)
        assert list(reader.article_ids(replace(saved.filter, added_after=saved.seen))) == [4]
    with open_writer(corpus) as writer:
        assert writer.look_at_search("حداد") == 3
        assert writer.look_at_search("غيره") is None
    with open_reader(corpus) as reader:
        assert reader.search_counts(only(reader)) == (3, 0)
    assert not list(verify(corpus))


def test_to_look_changes_nothing_that_readers_remember(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        before = reader.revision()
        with open_writer(corpus) as writer:
            writer.save_search("كل", Filter())
            writer.look_at_search("كل")
            writer.delete_search("كل")
        assert reader.revision() == before


def test_a_name_that_was_merged_is_asked_for_still(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        one, other = (reader.find_entities(name)[0].id for name in ("سامي حداد", "ليلى منصور"))
    with open_writer(corpus) as writer:
        writer.save_search("حداد", Filter(entities=(one,)))
        writer.merge_entities([one], other)
    with open_reader(corpus) as reader:
        assert only(reader).filter == Filter(entities=(other,))
        assert reader.search_counts(only(reader)) == (3, 0)


def test_what_it_asks_for_may_be_gone(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        event = reader.article(2).events[0][0]
    with open_writer(corpus) as writer:
        writer.save_search("حدث", Filter(event=event))
        writer.save_search("مقال", Filter(article=2))
    with open_reader(corpus) as reader:
        assert [saved.filter for saved in reader.saved_searches()] == [Filter(event=event), Filter(article=2)]
    with open_writer(corpus) as writer:
        for article in (1, 2, 3):
            writer.remove(article)
    with open_reader(corpus) as reader:
        for saved in reader.saved_searches():
            assert "not in the corpus any more" in saved.lost
            assert reader.search_counts(saved) == (0, 0)
    with open_writer(corpus) as writer, pytest.raises(QueryError):
        writer.save_search("حدث", Filter(event=event))


def test_names(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.save_search(" أول\n\x1b ", Filter(query="بغداد"))
        writer.save_search("أول", Filter(query="البصرة"))  # in its place
        writer.save_search("ثان", Filter())
        assert writer.rename_search("أول", "ثالث")
        assert not writer.rename_search("أول", "رابع")
        for name in ("", "\x1b", "و" * 101):
            with pytest.raises(QueryError):
                writer.save_search(name, Filter())
        with pytest.raises(QueryError):
            writer.rename_search("ثالث", "ثان")
        assert writer.delete_search("ثان")
        assert not writer.delete_search("ثان")
    with open_reader(corpus) as reader:
        assert (only(reader).name, only(reader).filter) == ("ثالث", Filter(query="البصرة"))


filters = st.builds(
    Filter,
    query=st.text(max_size=20),
    type=st.sampled_from([None, "PER", "LOC"]),
    since=st.sampled_from([None, "2021"]),
    outlet=st.none() | st.text(max_size=9),
    bookmarked=st.booleans(),
    undated=st.booleans(),
    modality=st.sampled_from([None, "planned"]),
    said=st.sampled_from([(), (("tag", "مهم"),), (("author", "أحمد"), ("has", "note"))]),
    latin=st.booleans(),
    copies=st.booleans(),
)


@given(filters)
def test_a_filter_is_kept_as_it_is(f: Filter) -> None:
    connection = sqlite3.connect(":memory:")
    assert searches.thawed(connection, searches.frozen(connection, f)) == (f, "")


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", '{"queries": ""}', '{"query": 1}', '{"entities": ["x"]}', '{"entities": "PER"}', '{"said": 1}',
        '{"said": [["x", "y"]]}', '{"said": [1]}', '{"article": "zz"}', '{"event": "00@1"}', '{"bookmarked": 1}',
        '{"added_after": 1}',
    ],
)  # fmt: skip
def test_what_is_no_filter_finds_nothing_and_is_told(corpus: Path, text: str) -> None:
    with open_writer(corpus) as writer:
        writer.save_search("كل", Filter())
    with closing(sqlite3.connect(corpus)) as raw, raw:
        raw.execute("UPDATE searches SET filter = ?", (text,))
    with open_reader(corpus) as reader:
        assert reader.search_counts(only(reader)) == (0, 0)
    assert len(list(verify(corpus))) == 1
