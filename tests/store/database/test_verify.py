"""Whatever breaks in a corpus, the check says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from store.database import open_writer, verify
from store.database.packing import teach
from store.errors import CorpusError
from tests.store.database.making import analysis


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number in range(3):
            writer.add(
                analysis(
                    f"عنوان الخبر {number}\nقال سامي حداد في 26 يوليو 2021 كلاما كثيرا في تونس.",
                    [("سامي حداد", "PER"), ("تونس", "LOC")],
                    [("26 يوليو 2021", "2021-07-26")],
                    "2021-07-27",
                    outlet="ألف",
                    kinds=("title", "body"),
                )
            )
    assert not list(verify(path))
    return path


_TEXT = "UPDATE packed_texts SET packed ="


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE packed_texts SET packed = packed(replace(unpacked(packed), 'سامي', 'رامي')) WHERE article_id = 1",
            "say 'سامي حداد'",
        ),
        (
            "UPDATE packed_texts SET packed = replace(unpacked(packed), 'كثيرا', 'كبيرا') WHERE article_id = 2",
            "article 2: the search index",
        ),
        (f"{_TEXT} substr(packed, 1, 40)", "the file is damaged"),
        (f"{_TEXT} x'' WHERE article_id = 2", "the file is damaged"),
        ("DELETE FROM packed_texts WHERE article_id = 3", "article 3 has lost"),
        ("UPDATE mentions SET start = start + 1 WHERE article_id = 1", "mentions say"),
        ("UPDATE expressions SET text = 'أمس'", "article 3: dates say 'أمس'"),
        ('UPDATE blocks SET "end" = 9999 WHERE article_id = 1', "blocks at"),
        ("UPDATE sentences SET start = 9000 WHERE article_id = 1 AND start = 0", "sentences at"),
        ("UPDATE entities SET articles = articles + 1 WHERE id = 1", "articles of entity 1"),
        ("UPDATE entities SET mentions = 0 WHERE id = 1", "mentions of entity 1"),
        ("UPDATE names SET mentions = 7 WHERE id = 1", "mentions of name 1: 7 are stored, 3 are there"),
        ("UPDATE forms SET displayed = 7 WHERE id = 1", "mentions shown as form 1"),
        ("UPDATE names SET root = 2 WHERE id = 1", "the set of articles of entity 1 does not hold"),
        ("DELETE FROM article_names WHERE article_id = 1", "articles of entity"),
        ("UPDATE outlets SET articles = 2", "articles of outlet 1"),
        ("UPDATE articles SET title = 'عنوان آخر' WHERE id = 1", "article 1: the search index"),
        ("UPDATE articles SET published = '2020-01-01' WHERE id = 1", "not sorted by its date"),
        ("DELETE FROM entity_sets WHERE entity_id = 1 AND plane = 0", "the set of articles of entity 1 does not hold"),
        ("UPDATE entity_sets SET plane = 1 WHERE entity_id = 1", "the set of articles of entity 1 does not hold"),
        (
            "UPDATE entity_sets SET articles = x'00' WHERE entity_id = 1",
            "the set of articles of entity 1 cannot be read",
        ),
        ("UPDATE entity_sets SET entity_id = 99 WHERE entity_id = 1", "the set of articles of entity 99 does not hold"),
        ("UPDATE events SET bucket = '1999' WHERE id = 1", "event 1 is counted under 1999"),
        ("UPDATE events SET sentences = 1", "sentences of event 1"),
        ("DELETE FROM documents WHERE article_id = 1", "article 1 has lost"),
        ("DELETE FROM articles WHERE id = 1", "not there"),
        ("INSERT INTO article_words(rowid, title, body) VALUES (9, 'x', 'y')", "an article 9 that is not there"),
        ("DELETE FROM word_forms WHERE form = 'تونس'", "the word تونس of the search index is missing"),
        ("UPDATE word_forms SET stem = 'كلا' WHERE form = 'كلاما'", "stands under the stem كلا, not كلام"),
        ("UPDATE mentions SET form_id = 99 WHERE article_id = 1 AND start > 0", "not there"),
        ("UPDATE mentions SET surface_id = 2 WHERE article_id = 1 AND form_id = 1", "article 1: mentions say 'تونس'"),
        ("UPDATE forms SET form = 'رامي حداد' WHERE id = 1", "article 2: mentions say 'رامي حداد'"),
        ("UPDATE forms SET surfaces = 7 WHERE id = 1", "mentions written as form 1: 7 are stored, 3 are there"),
        ("DELETE FROM event_names WHERE name_id = 1", "dated sentence 1 is not found by its name 1 under 20210726"),
        ("UPDATE event_names SET day = 20200726 WHERE name_id = 2", "the name 2 leads under 20200726 to dated"),
        ("UPDATE event_mentions SET sketch = x'00'", "dated sentence 1 is compared by a sketch of another"),
        ("UPDATE dates SET meaning_id = 99 WHERE article_id = 1", "not there"),
        ("UPDATE outlets SET name = x'ff00'", "outlets.name: BLOB"),
        ("UPDATE articles SET title = x'' WHERE id = 2", "articles.title: BLOB"),
        ("UPDATE mentions SET start = 'x' WHERE article_id = 1", "mentions say"),
        ("UPDATE sentences SET \"end\" = x'00' WHERE article_id = 2", "sentences at"),
        ("UPDATE event_mentions SET start = 'x' WHERE id = 1", "event_mentions at"),
        ("UPDATE events SET latest = x'00' WHERE id = 1", "events.latest: BLOB"),
    ],
)
def test_faults_are_found(path: Path, damage: str, said: str) -> None:
    connection = sqlite3.connect(path)
    teach(connection)
    connection.execute(damage)
    connection.commit()
    connection.close()
    faults = list(verify(path))
    assert any(said in fault for fault in faults), faults


def test_a_damaged_file_is_said_to_be_damaged(path: Path) -> None:
    """Whichever page is hit: as a fault, or, where the file cannot even be opened, as the reason."""
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    pages = len(whole) // size
    silent = []
    for page in range(1, pages):
        path.write_bytes(whole[: page * size] + bytes(4096) + whole[page * size + 4096 :])
        try:
            faults = list(verify(path))
        except CorpusError as error:
            faults = [str(error)]
        if not faults:
            silent.append(page)
    # The first half of a page that is hardly filled may hold nothing.
    assert len(silent) <= pages // 10, silent


def test_a_flood_of_faults_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number in range(30):
            writer.add(analysis(f"الخبر {number}"))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE articles SET moment = 77")
    connection.commit()
    connection.close()
    assert list(verify(path))[-1] == "… and 10 more of this kind"
