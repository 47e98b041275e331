"""The corpus that figures at scale are measured on is a corpus like any other."""

from __future__ import annotations

from pathlib import Path

from store.answers import Filter
from store.database import open_reader, verify
from tests.bench.corpus import make


def test_a_made_corpus_is_whole_and_the_same_every_time(seeds_corpus: Path, tmp_path: Path) -> None:
    told = []
    for name in ("one.db", "other.db"):
        path = tmp_path / name
        assert make(seeds_corpus, path, 120) > 0
        assert not list(verify(path))
        with open_reader(path) as reader:
            assert len(reader.article_ids()) == 120
            found = reader.article_ids(Filter(query="القوات"))
            told.append((list(found), [row.value for row in reader.events(reader.event_ids(most=20))]))
    assert told[0] == told[1]
    assert told[0][0]
