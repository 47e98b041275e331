"""What is worked out beforehand stands as it should, and says what the articles say."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import Filter
from store.database import companions, entity_sets, open_reader, open_writer, verify, word_sets
from store.database.queries import Reader
from store.errors import CorpusError
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


@pytest.mark.parametrize("blob", [b"", b"\x00", b"hello, this is no bitmap at all"])
def test_a_damaged_set_is_a_fault_of_the_corpus(tmp_path: Path, blob: bytes) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(document(1, [0, 1], 1, [0], [0]))
        writer._connection.execute("UPDATE entity_sets SET articles = ?", (blob,))
    assert any("cannot be read" in fault for fault in verify(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as reader, pytest.raises(CorpusError, match="damaged"):
        reader.article_ids(Filter(entities=(1,)))
