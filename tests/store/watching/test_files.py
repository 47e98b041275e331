"""Folders on disk that change, and what looking at them again brings into a corpus."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from store.database import open_reader, open_writer, verify
from store.database.watched import watched
from store.ingest import add
from store.watching import Watch
from tests.store.watching.looking import FRESH, NOW, OLD, came, extend, put, record, said, text, titles


def test_what_is_there_comes_once_and_then_what_is_new(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    assert came(watch) == ["added 1.txt", "added 2.txt", "added 3.txt"]
    assert watch.files == 3
    assert came(watch) == []
    put(news / "deep" / "er" / "4.txt", text(4))
    put(news / "deep" / "er" / ".5.txt", text(5))
    put(news / "6.txt.part", text(6))
    assert came(watch) == ["added 4.txt"]
    assert not list(verify(corpus))


def test_it_knows_after_a_restart_what_it_has_read(corpus: Path, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(came(Watch(corpus, [news]))) == 3
    assert came(Watch(corpus, [news])) == []
    monkeypatch.chdir(news.parent)
    put(news / "4.txt", text(4))
    assert came(Watch(corpus, ["news", Path("news/deep"), "news/"])) == ["added 4.txt"]
    kept = watched(corpus)
    assert set(kept) == {str(news / name) for name in ("1.txt", "2.txt", "4.txt", "deep/3.txt")}
    assert {(one.added, one.known, one.rejected) for one in kept.values()} == {(1, 0, 0)}


def test_what_was_added_otherwise_is_known(corpus: Path, news: Path) -> None:
    list(add(corpus, [news]))
    assert came(Watch(corpus, [news])) == ["known 1.txt", "known 2.txt", "known 3.txt"]
    assert came(Watch(corpus, [news])) == []


def test_a_changed_file_is_a_document_more(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    put(news / "1.txt", text(11), OLD + 60)
    assert came(watch) == ["added 1.txt again"]
    put(news / "1.txt", text(1), OLD + 120)
    assert came(watch) == ["known 1.txt again"]
    assert len(titles(corpus)) == 4


def test_files_that_go_change_nothing(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    (news / "1.txt").unlink()
    shutil.rmtree(news / "deep")
    assert came(watch) == []
    assert len(titles(corpus)) == 3


def test_a_folder_that_was_away_is_not_new(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    away = news.rename(news.with_name("elsewhere"))
    assert came(watch) == ["away news"]
    assert came(watch) == []
    # As a disk that is mounted again: other inodes, the same files.
    shutil.copytree(away, news)
    assert came(watch) == ["back news"]
    kept = watched(corpus)
    assert {one.inode for one in kept.values()} == {path.stat().st_ino for path in news.rglob("*.txt")}


def test_a_file_that_was_only_touched_is_not_read(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    os.utime(news / "1.txt", (OLD + 5, OLD + 5))
    assert came(watch) == []
    assert watched(corpus)[str(news / "1.txt")].modified == (OLD + 5) * 1e9


def test_a_file_that_is_written_to_waits(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    growing = put(news / "4.txt", text(4), FRESH)
    assert came(watch) == []
    assert watch.unrested == 1
    extend(growing, text(5), FRESH + 0.5)
    assert came(watch) == []
    assert came(watch) == ["added 4.txt"]  # the same at two looks
    assert watch.unrested == 0
    put(news / "5.txt", text(6), FRESH)
    assert came(watch, NOW) == []
    assert came(watch, NOW + 3600) == ["added 5.txt"]


def test_a_file_that_changes_while_it_is_read_is_left_to_the_next_look(corpus: Path, tmp_path: Path) -> None:
    first, second = put(tmp_path / "in/1.txt", text(1)), put(tmp_path / "in/2.txt", text(2))
    watch = Watch(corpus, [tmp_path / "in"])
    look = watch.look(NOW)
    assert said(next(look)) == "added 1.txt"
    put(second, text(3), FRESH)
    assert list(look) == []
    assert str(second) not in watched(corpus)
    assert str(first) in watched(corpus)
    assert came(watch, NOW + 60) == ["added 2.txt"]
    assert len(titles(corpus)) == 2


def test_lines_are_taken_as_they_come(corpus: Path, tmp_path: Path) -> None:
    feed = put(tmp_path / "feed.jsonl", record(1) + record(2)[:40], FRESH)
    watch = Watch(corpus, [feed])
    assert came(watch) == ["added feed.jsonl:1"]
    assert came(watch) == []  # a line that is no record yet
    extend(feed, record(2)[40:] + "{broken}\n" + record(3)[:9], FRESH + 0.5)
    assert came(watch) == ["known feed.jsonl:1", "added feed.jsonl:2", "rejected feed.jsonl:3"]
    extend(feed, record(3)[9:], FRESH + 0.7)
    # what was wrong is said once
    assert came(watch) == ["known feed.jsonl:1", "known feed.jsonl:2", "added feed.jsonl:4"]
    assert watched(corpus) == {}
    assert came(watch) == ["known feed.jsonl:1", "known feed.jsonl:2", "known feed.jsonl:4"]  # at rest
    assert watched(corpus)[str(feed)].rejected == 1
    assert came(watch) == []


def test_a_last_line_that_stays_broken_is_rejected_in_the_end(corpus: Path, tmp_path: Path) -> None:
    feed = put(tmp_path / "feed.jsonl", record(1) + record(2)[:40], FRESH)
    watch = Watch(corpus, [feed])
    assert came(watch) == ["added feed.jsonl:1"]
    assert came(watch, NOW + 30) == []
    assert came(watch, NOW + 120) == ["known feed.jsonl:1", "rejected feed.jsonl:2"]
    assert came(watch, NOW + 240) == []


def test_rejected_files_are_not_tried_again_until_they_change(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder / "empty.txt", "")
    put(folder / "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "broken.txt").symlink_to("nowhere")
    watch = Watch(corpus, [folder])
    assert came(watch) == ["rejected broken.txt", "rejected empty.txt", "left picture.txt"]
    assert came(watch) == []
    assert came(Watch(corpus, [folder])) == []
    put(folder / "empty.txt", text(1))
    put(tmp_path / "nowhere", "")
    (folder / "broken.txt").unlink()
    (folder / "broken.txt").symlink_to(put(tmp_path / "somewhere", text(2)))
    assert came(watch) == ["added broken.txt again", "added empty.txt again"]


def test_what_another_khabar_refused_is_tried_by_this_one(corpus: Path, tmp_path: Path) -> None:
    put(tmp_path / "in/empty.txt", "")
    put(tmp_path / "in/1.txt", text(1))
    assert came(Watch(corpus, [tmp_path / "in"])) == ["added 1.txt", "rejected empty.txt"]
    with sqlite3.connect(corpus) as connection:
        connection.execute("UPDATE watched SET version = '0.0.1'")
    connection.close()
    watch = Watch(corpus, [tmp_path / "in"])
    assert came(watch) == ["rejected empty.txt again"]
    assert came(watch) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_be_read_later_is_read_then(corpus: Path, news: Path) -> None:
    (news / "1.txt").chmod(0)
    (news / "deep").chmod(0)
    watch = Watch(corpus, [news])
    assert came(watch) == ["rejected 1.txt", "added 2.txt", "rejected deep"]
    assert came(watch) == []
    (news / "1.txt").chmod(0o600)
    (news / "deep").chmod(0o700)
    assert came(watch) == ["added 1.txt again", "added 3.txt"]


def test_the_corpus_may_lie_in_what_is_watched(news: Path) -> None:
    corpus = news / "c.db"
    watch = Watch(corpus, [news])
    assert len(came(watch)) == 3
    with open_writer(corpus):
        assert came(watch) == []


def test_what_is_known_of_files_is_no_change_of_the_corpus(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    with open_reader(corpus) as reader:
        before = reader.revision()
        put(news / "empty.txt", "")
        assert came(watch) == ["rejected empty.txt"]
        assert reader.revision() == before


def test_what_cannot_rest_is_left_alone(corpus: Path, news: Path) -> None:
    os.mkfifo(news / "pipe.txt")
    watch = Watch(corpus, [news, news / "pipe.txt", put(news.parent / "named.tmp", text(9))])
    assert came(watch) == ["added 1.txt", "added 2.txt", "added 3.txt", "added named.tmp"]


def test_a_feed_brings_what_is_new_in_it(corpus: Path, tmp_path: Path) -> None:
    def feed(*numbers: int) -> str:
        items = (
            f"<item><title>خبر {number}</title><description>{text(number)}</description></item>" for number in numbers
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>قناة</title>{''.join(items)}</channel></rss>"

    path = put(tmp_path / "feed.xml", feed(1, 2))
    watch = Watch(corpus, [path])
    assert came(watch) == ["added feed.xml:1", "added feed.xml:2"]
    put(path, feed(3, 2), OLD + 1)
    assert sorted(one[:5] for one in came(watch)) == ["added", "known"]
    assert len(titles(corpus)) == 3


def test_columns_hold_what_a_person_says(corpus: Path, tmp_path: Path) -> None:
    table = put(tmp_path / "t.csv", "id,what\n1,قال المتحدث باسم الحكومة في بغداد إن الأمر انتهى\n")
    assert [one[:8] for one in came(Watch(corpus, [table]))] == ["rejected"]
    assert [one[:5] for one in came(Watch(corpus, [table], columns={"text": "what"}))] == ["added"]
    assert came(Watch(corpus, [table])) == []


def test_names_that_are_no_text(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(Path(os.fsdecode(bytes(folder) + b"/\xe3\xcf.txt")), text(1))
    assert len(came(Watch(corpus, [folder]))) == 1
    assert came(Watch(corpus, [folder])) == []
