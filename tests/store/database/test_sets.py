"""What is worked out beforehand stands as it should, and says what the articles say."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import Filter
from store.database import companions, entity_sets, linking, open_reader, open_writer, verify, word_sets
from store.database.queries import Reader
from store.errors import CorpusError, InputError
from tests.store.database.inventing import document
from tests.store.database.making import analysis


def test_a_large_set_stands_in_several_rows(many: Reader) -> None:
    blocks = many._connection.execute("SELECT entity_id, count(DISTINCT block) FROM entity_sets GROUP BY 1").fetchall()
    assert max(count for _, count in blocks) > 1
    assert min(count for _, count in blocks) == 1


def test_large_entities_have_lists(many: Reader) -> None:
    (lists,) = many._connection.execute("SELECT count(*) FROM companions").fetchone()
    assert lists >= 3


def test_frequent_words_of_full_blocks_are_kept(many: Reader) -> None:
    execute = many._connection.execute
    assert execute("SELECT block FROM closed_blocks ORDER BY block").fetchall() == [(0,), (1,), (2,)]
    forms = {row[0] for row in execute("SELECT form FROM word_sets")}
    assert {"خبر", "زار", "بغداد"} <= forms


def test_a_block_that_has_changed_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_sets, "BLOCK", 8)
    monkeypatch.setattr(word_sets, "FREQUENT", 2)
    stored = [document(number, [number % 5], 1, [0], [number % 4]) for number in range(20)]
    with open_writer(tmp_path / "c.db") as writer:
        for one in stored:
            writer.add(one)
        blocks = "SELECT block FROM closed_blocks ORDER BY block"
        assert writer.settle() == 2
        assert writer._connection.execute(blocks).fetchall() == [(0,), (1,)]
        writer.replace(stored[2])
        writer.remove(12)
        assert writer._connection.execute(blocks).fetchall() == []
        assert not list(verify(writer.path))
        writer.settle()
        assert writer._connection.execute(blocks).fetchall() == [(0,), (1,)]
        assert not list(verify(writer.path))
        writer._connection.execute("DELETE FROM word_sets WHERE form = 'خبر' AND block = 0")
        assert not list(verify(writer.path))  # asked of the index
        with open_reader(writer.path) as reader:
            assert len(reader.article_ids(Filter(query="خبر"))) == 19
        writer._connection.execute("UPDATE word_sets SET form = 'كلام' WHERE form = 'خبر'")
        assert any("the word كلام does not hold" in fault for fault in verify(writer.path))


def test_what_is_shown_again_is_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companions, "LARGE", 2)
    place = [
        analysis(f"وصل سامي حداد إلى المرجان مرة {n}.", [("سامي حداد", "PER"), ("المرجان", "LOC")]) for n in range(3)
    ]
    firm = analysis("قالت شركة المرجان إن سامي حداد وصل.", [("المرجان", "ORG"), ("سامي حداد", "PER")])
    with open_writer(tmp_path / "c.db") as writer:
        firm_article, _ = writer.add(firm)
        with open_reader(writer.path) as reader:
            firm_id = reader.find_entities("المرجان")[0].id
        writer.hide_entity(firm_id)
        writer.remove(firm_article)
        for one in place:
            writer.add(one)
        writer.settle()
        assert not list(verify(writer.path))
        writer.add(firm)
        assert not list(verify(writer.path))
        writer.settle()
        assert not list(verify(writer.path))


def _counts() -> st.SearchStrategy[dict[int, int]]:
    return st.dictionaries(st.integers(1, 40), st.integers(1, 9), max_size=12)


@given(_counts(), _counts(), _counts(), _counts())
def test_mentions_that_change_their_entity_leave_one_set_and_are_in_the_other(
    staying: dict[int, int], moving: dict[int, int], there: dict[int, int], coming: dict[int, int]
) -> None:
    before, after = Counter(staying) + Counter(moving), Counter(there) + Counter(moving)
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(":memory:")) as connection:
        patch.setattr(entity_sets, "BLOCK", 8)
        patch.setattr(entity_sets, "WHOLE", 4)
        key = "PRIMARY KEY(entity_id, block, plane)"
        connection.execute(f"CREATE TABLE entity_sets(entity_id, block, plane, articles, {key})")
        keeper = entity_sets.Keeper(connection)
        for entity, counts in ((1, before), (2, there)):
            for article, mentions in counts.items():
                keeper.now(entity, article, mentions)
        keeper.move(1, 2, np.array(sorted(Counter(moving).elements()), np.int64))
        for article, mentions in coming.items():
            after[article] = mentions
            keeper.now(2, article, mentions)
        assert set(keeper.flush()[0]) == {1, 2}
        for entity, counts in ((1, staying), (2, after)):
            assert keeper.planes(entity) == entity_sets.of_counts(counts.items())


@pytest.mark.parametrize("many", [0, linking.MANY])
def test_in_one_transaction_names_come_and_change_their_entity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(linking, "MANY", many)
    full = [analysis(f"قال سامي حداد قولا {n}.", [("سامي حداد", "PER")]) for n in range(3)]
    short = [analysis(f"عاد حداد وسكت حداد ثم قال حداد كلاما {n}.", [("حداد", "PER")]) for n in range(3)]
    with open_writer(tmp_path / "c.db") as writer:
        writer.add_all([*short, *full])
        with open_reader(writer.path) as reader:
            (row,) = reader.find_entities("حداد")
        assert (row.articles, row.mentions) == (6, 12)
        assert not list(verify(writer.path))
        with suppress(ZeroDivisionError), writer.transaction():
            writer.add(analysis("قال كريم حداد.", [("كريم حداد", "PER")]))
            raise ZeroDivisionError
        assert not list(verify(writer.path))
        writer.add_all([analysis("قال كريم حداد لحداد.", [("كريم حداد", "PER"), ("حداد", "PER")]), full[0]])
        assert not list(verify(writer.path))
        with open_reader(writer.path) as reader:
            assert sorted((one.articles, one.mentions) for one in reader.find_entities("حداد")) == [
                (1, 1), (3, 3), (4, 11),
            ]  # fmt: skip


def test_what_a_writer_remembers_is_what_is_there(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as one, open_writer(tmp_path / "c.db") as other:
        for number, writer in enumerate([one, one, other, one, other, other, one]):
            names = ["سامي حداد", *["حداد"] * number, f"كريم {'ابتثج'[number % 5]}سالم"]
            told = analysis(f"قال {' و'.join(names)} كلاما {number}.", [(name, "PER") for name in names])
            broken = replace(told, sentences=told.sentences * 2, document=replace(told.document, digest="ff" * 32))
            first, second = writer.add_all([broken, told])
            assert isinstance(first, InputError)
            assert second == (1 + number, True)
            assert not list(verify(tmp_path / "c.db"))
        assert one.remove(2)
        other.add_all([analysis("قال سامي حداد شيئا.", [("سامي حداد", "PER")])])
        assert not list(verify(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as reader:
        (row,) = [row for row in reader.find_entities("سامي حداد") if row.name == "سامي حداد"]
        assert row.articles == 7


@pytest.mark.parametrize("blob", [b"", b"\x00", b"hello, this is no bitmap at all"])
def test_a_damaged_set_is_a_fault_of_the_corpus(tmp_path: Path, blob: bytes) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(document(1, [0, 1], 1, [0], [0]))
        writer._connection.execute("UPDATE entity_sets SET articles = ?", (blob,))
    assert any("cannot be read" in fault for fault in verify(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as reader, pytest.raises(CorpusError, match="damaged"):
        reader.article_ids(Filter(entities=(1,)))
