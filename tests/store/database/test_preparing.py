"""What is worked out where articles are extracted is what the corpus would have worked out itself."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from store.database import open_writer, verify
from store.database.tellings import told
from store.extraction import Given, extract
from store.ingest import analyse
from store.models import Analysis, Document
from store.readers import read_bytes
from store.samples import seeds

_OF_EACH_RUN = ("_sqlite_migrations", "revisions", "changes")
"""Tables that say when and in which portions was written."""


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a corpus holds, the index as its words, without the moments of writing."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, article_words, instance)")
        found = {"index": sorted(connection.execute("SELECT * FROM temp.indexed"))}
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_words%'"
        ).fetchall():
            if table not in _OF_EACH_RUN:
                rows = connection.execute(f"SELECT * FROM {table}")
                added = [column[0] for column in rows.description].index("added") if table == "documents" else None
                found[table] = sorted(((*row[:added], *row[added + 1 :]) if added else row for row in rows), key=repr)
        return found


def _extracted() -> list[Analysis]:
    documents = [one for path in seeds() for one in read_bytes(path.read_bytes(), path.name)]
    results = extract([one for one in documents if isinstance(one, Document)], Given())
    return [one for several in results for one in several if isinstance(one, Analysis)]


def test_a_corpus_is_the_same_with_what_was_prepared_and_without(tmp_path: Path) -> None:
    analyses = _extracted()
    assert all(one.prepared is not None for one in analyses)
    assert analyses == [analyse(one.document) for one in analyses]
    travelled: list[Analysis] = pickle.loads(pickle.dumps(analyses))
    assert [one.prepared for one in travelled] == [one.prepared for one in analyses]
    dumps = []
    for name, several in (
        ("prepared", travelled),
        ("not", [replace(one, prepared=None) for one in analyses]),
        ("by turns", [one if at % 2 else replace(one, prepared=None) for at, one in enumerate(analyses)]),
    ):
        with open_writer(tmp_path / name) as writer:
            writer.add_all(several)
        assert not list(verify(tmp_path / name))
        dumps.append(dump(tmp_path / name))
    assert dumps[0] == dumps[1] == dumps[2]


def test_one_transaction_or_one_for_each_makes_the_same_corpus(tmp_path: Path) -> None:
    analyses = _extracted()
    with open_writer(tmp_path / "one") as writer:
        writer.add_all(analyses)
    with open_writer(tmp_path / "each") as writer:
        for one in analyses:
            writer.add(one)
    assert dump(tmp_path / "one") == dump(tmp_path / "each")


def test_events_are_told_as_the_corpus_tells_them(tmp_path: Path) -> None:
    analyses = _extracted()
    with open_writer(tmp_path / "c.db") as writer:
        for analysis in analyses:
            article_id, _ = writer.add(analysis)
            rows = writer._connection.execute(
                "SELECT id FROM event_mentions WHERE article_id = ? ORDER BY id", (article_id,)
            ).fetchall()
            stored = [told(writer._connection, mention_id) for (mention_id,) in rows]
            assert analysis.prepared is not None
            assert [replace(one, article=article_id) for one in analysis.prepared.told] == stored
            assert [one.weights for one in analysis.prepared.told] == [one.weights for one in stored]
