"""The bench that lays khabar beside other engines asks all of them the same."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Reader, open_reader
from tests.bench.engines import ALIKE, TYPED, Engine, fts5, khabar, ripgrep, tantivy
from tests.bench.peers import compared, measured
from tests.bench.scale import _WORDS

TANTIVY = importlib.util.find_spec("tantivy") is not None
RIPGREP = shutil.which("rg") is not None


@pytest.fixture
def reader(seeds_corpus: Path) -> Iterator[Reader]:
    with open_reader(seeds_corpus) as reader:
        yield reader


def _found(engine: Engine, name: str) -> list[set[int]]:
    return [engine.finds[name](query) for query in _WORDS]


def _own(reader: Reader) -> Engine:
    return khabar.ready(reader, khabar.texts(reader)[0])


def test_an_index_of_the_same_words_finds_what_khabar_finds(reader: Reader, tmp_path: Path) -> None:
    texts, _ = khabar.texts(reader)
    own, other = _own(reader), fts5.ready(texts, reader.forms, tmp_path)
    assert any(_found(own, khabar.NAME))
    assert _found(other, f"{fts5.FOLDED}, {ALIKE}") == _found(own, khabar.NAME)
    assert _found(other, f"{fts5.FOLDED}, {TYPED}") == _found(own, khabar.EXACT)
    for naive, exact in zip(_found(other, fts5.NAIVE), _found(own, khabar.EXACT), strict=True):
        assert naive <= exact


@pytest.mark.skipif(not TANTIVY, reason="tantivy is not installed: `make bench-peers` brings it")
def test_tantivy_finds_what_khabar_finds(reader: Reader, tmp_path: Path) -> None:
    texts, _ = khabar.texts(reader)
    own, other = _own(reader), tantivy.ready(texts, reader.forms, tmp_path / "tantivy")
    assert _found(other, f"{tantivy.NAME}, {ALIKE}") == _found(own, khabar.NAME)
    assert _found(other, f"{tantivy.NAME}, {TYPED}") == _found(own, khabar.EXACT)


@pytest.mark.skipif(not RIPGREP, reason="ripgrep is not installed (Debian: ripgrep)")
def test_ripgrep_finds_the_letters_of_a_word(reader: Reader, tmp_path: Path) -> None:
    texts, _ = khabar.texts(reader)
    other = ripgrep.ready(texts, tmp_path)
    for query in _WORDS:
        wanted = {text.place for text in texts if all(word in text.text for word in query.split())}
        assert other.finds["ripgrep"](query) == wanted
        assert {ask.question(query) for ask in other.asks} == {len(wanted)}


def test_every_engine_is_asked_every_query_and_the_tables_say_so(seeds_corpus: Path) -> None:
    lines = list(compared(seeds_corpus, rounds=1))
    text = "\n".join(lines)
    assert text.count("`وزير الخارجية`") == 2
    assert "| newest 50, ids | khabar |" in text
    assert f"{fts5.FOLDED}, {ALIKE}" in text
    assert ("tantivy is not installed" in text) is not TANTIVY
    assert ("ripgrep is not installed" in text) is not RIPGREP
    for table in text.split("\n\n"):
        widths = {line.count("|") for line in table.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_each_round_asks_each_query_once(reader: Reader) -> None:
    times = measured(_own(reader).asks, _WORDS, rounds=2)
    assert {len(spent) for each in times for spent in each.wall.values()} == {2}
    assert all(set(each.wall) == set(_WORDS) for each in times)
