"""Folders on disk that change, and what looking at them again brings into a corpus."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import open_reader, open_writer, verify
from store.database.watched import watched
from store.errors import CorpusError, UnavailableError
from store.ingest import add
from store.watching import Came, Reach, Watch

NOW = 1_700_000_000.0
OLD, FRESH = NOW - 3600, NOW - 1


def text(number: int) -> str:
    return f"الخبر رقم {number}\n\nقال المتحدث باسم الحكومة في بغداد يوم {number} ديسمبر 2021 إن الأمر انتهى.\n"


def record(number: int) -> str:
    return json.dumps({"text": text(number)}, ensure_ascii=False) + "\n"


def put(path: Path, content: str | bytes, modified: float = OLD) -> Path:
    """A file as it is left at a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (modified, modified))
    return path


def extend(path: Path, content: str, modified: float) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(content)
    os.utime(path, (modified, modified))


def came(watch: Watch, now: float = NOW) -> list[str]:
    """What a look brings: "added a.txt", each with "again" where the file was known."""
    return [said(one) for one in watch.look(now)]


def said(one: Came | Reach) -> str:
    if isinstance(one, Reach):
        return f"{'back' if one.there else 'away'} {Path(one.path).name}"
    again = " again" if one.again else ""
    return f"{type(one.item).__name__.lower()} {one.item.path.rpartition('/')[2]}{again}"


def titles(corpus: Path) -> list[str]:
    with open_reader(corpus) as reader:
        return sorted(row.title for row in reader.articles(reader.article_ids()))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "c.db"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    for number in (1, 2):
        put(folder / f"{number}.txt", text(number))
    put(folder / "deep" / "3.txt", text(3))
    return folder


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


def test_a_corpus_that_is_gone_is_not_made_anew(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    corpus.rename(corpus.with_name("elsewhere.db"))
    put(news / "4.txt", text(4))
    with pytest.raises(CorpusError, match="is gone"):
        came(watch)
    assert not corpus.exists()


def test_a_corpus_in_the_place_of_another_is_asked_what_it_knows(corpus: Path, news: Path, tmp_path: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    other = tmp_path / "other.db"
    assert len(came(Watch(other, [news / "1.txt"]))) == 1
    other.rename(corpus)
    for end in ("-wal", "-shm"):
        corpus.with_name(f"{corpus.name}{end}").unlink(missing_ok=True)
    assert came(watch) == ["added 2.txt", "added 3.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("room", [0, 200_000])
def test_a_full_disk_is_said_and_the_rest_comes_later(small_disk: Path, news: Path, room: int) -> None:
    corpus = small_disk / "c.db"
    watch = Watch(corpus, [news])
    came(watch)
    for number in range(4, 8):
        put(news / f"{number}.txt", text(number) * 300)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    os.truncate(ballast, ballast.stat().st_size - room)
    with pytest.raises(UnavailableError, match="the disk is full"):
        came(watch)
    ballast.unlink()
    assert "added 7.txt" in came(watch)
    assert len(titles(corpus)) == 7
    assert not list(verify(corpus))


def test_two_watchers_take_turns(corpus: Path, news: Path) -> None:
    one, two = Watch(corpus, [news]), Watch(corpus, [news])
    looks = [one.look(NOW), two.look(NOW)]
    outcomes: list[str] = []
    while looks:
        for look in list(looks):
            found = next(look, None)
            if found is None:
                looks.remove(look)
            else:
                outcomes.append(said(found))
    assert sorted(outcomes) == sorted(f"{how} {name}.txt" for name in (1, 2, 3) for how in ("added", "known"))
    assert came(one) == came(two) == []
    assert not list(verify(corpus))


NAMES = ("a.txt", "b.txt", "deep/a.txt")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.just("writing"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.sampled_from(("remove", "touch")), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.sampled_from(("look", "restart", "stop")), st.just(""), st.just(0)),
)


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=12))
def test_whatever_happens_what_rested_at_a_look_is_there_once(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus, news = Path(folder, "c.db"), Path(folder, "news")
        news.mkdir()
        watch, at, rested = Watch(corpus, [news]), OLD, set[str]()
        for what, name, number in steps:
            path, at = news / name, at + 1
            if what in ("write", "writing"):
                put(path, text(number), at if what == "write" else at + NOW)
            elif what == "remove":
                path.unlink(missing_ok=True)
            elif what == "touch" and path.exists():
                os.utime(path, (at, at))
            elif what == "restart":
                watch = Watch(corpus, [news])
            elif what == "stop":
                next(watch.look(NOW), None)
            elif what == "look":
                old = [path for path in news.rglob("*.txt") if path.stat().st_mtime < NOW]
                rested |= {path.read_text("utf-8").partition("\n")[0] for path in old}
                came(watch)
        written = {f"الخبر رقم {number}" for what, _name, number in steps if what.startswith("writ")}
        came(watch), came(watch)  # the second finds at rest what the first found new
        assert came(watch) == came(Watch(corpus, [news])) == []
        rested |= {path.read_text("utf-8").partition("\n")[0] for path in news.rglob("*.txt")}
        found = titles(corpus)
        assert len(found) == len(set(found))
        assert rested <= set(found) <= written
        assert not list(verify(corpus))
