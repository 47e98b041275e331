"""Locks are held by one at a time, leave nothing behind, and let nobody who waits be passed twice."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import files, open_writer, verify
from store.errors import CorpusError, UnavailableError
from store.locks import SUFFIXES, Lock, Turns
from store.refining import BusyError, refine
from tests.store.database.making import analysis

fcntl = pytest.importorskip("fcntl")


def test_one_holds_it_and_the_file_goes_with_the_last(tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    one, two = Lock(corpus, "-turn"), Lock(corpus, "-turn")
    assert one.take()
    assert not two.take()
    assert stat.S_IMODE((tmp_path / "c.db-turn").stat().st_mode) == 0o600
    one.close()
    # Whoever had it open meanwhile does not hold what nobody else sees.
    assert two.take()
    third = Lock(corpus, "-turn")
    assert not third.take()
    two.close()
    third.close()
    assert not list(tmp_path.iterdir())


def test_whoever_may_write_to_the_corpus_may_take_it_whatever_the_umask(tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    corpus.touch()
    corpus.chmod(0o660)
    before = os.umask(0o077)
    try:
        lock = Lock(corpus, "-turn")
        assert lock.take()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "c.db-turn").stat().st_mode) == 0o660
    lock.close()


def test_it_is_the_same_whatever_a_corpus_is_called(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "c.db").touch()
    (tmp_path / "other.db").symlink_to("real/c.db")
    names = [tmp_path / "real" / "c.db", tmp_path / "link" / "c.db", tmp_path / "other.db"]
    held, *others = (Lock(name, "-turn") for name in names)
    assert held.take()
    assert not any(other.take() for other in others)
    for lock in (held, *others):
        lock.close()


def test_a_link_put_in_its_place_is_not_followed(tmp_path: Path) -> None:
    """As in a folder that others may write to."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    corpus = tmp_path / "c.db"
    for suffix in SUFFIXES:
        (tmp_path / f"c.db{suffix}").symlink_to(victim)
    with open_writer(corpus) as writer:  # SQLite's lock is enough
        writer.add(analysis("خبر."))
    with pytest.raises(CorpusError, match="cannot be refined"):
        list(refine(corpus))
    assert victim.read_text() == "mine"
    assert not list(verify(corpus))


def test_nothing_is_left_beside_a_corpus_or_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, place = tmp_path / "tmp", tmp_path / "place"
    temporary.mkdir()
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    corpus = place / "c.db"
    with open_writer(corpus) as writer:
        writer.add(analysis("خبر."), refine=True)
        assert {path.name for path in place.iterdir()} <= {f"c.db{end}" for end in ("", "-wal", "-shm", *SUFFIXES)}
    list(refine(corpus, lambda _article: []))
    assert [path.name for path in place.iterdir()] == ["c.db"]
    assert not list(temporary.iterdir())


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    code = (
        "import sys, pathlib; from store.locks import Lock\n"
        "Lock(pathlib.Path(sys.argv[1]), '-refining').take()\nprint(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(corpus)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        open_writer(corpus).close()
        with pytest.raises(BusyError):
            list(refine(corpus))
        holder.kill()
        holder.wait()
    assert list(refine(corpus)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["c.db"]


def test_who_has_written_waits_behind_those_who_wait(tmp_path: Path) -> None:
    corpus, wrote, both = tmp_path / "c.db", [], threading.Barrier(2)

    def write(name: str) -> None:
        turns, probe = Turns(corpus), Lock(corpus, "-queue")
        both.wait()
        for _ in range(20):
            with turns.taken(60) as mine:
                assert mine
                wrote.append(name)
                # The other one is waiting, or has ended.
                while not ended and probe.take():
                    probe.release()
        ended.append(name)
        probe.close()
        turns.close()

    ended: list[str] = []
    others = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    assert "".join(wrote) in ("ab" * 20, "ba" * 20)


def test_what_waits_too_long_says_so_or_asks_whether_to_wait_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    path = tmp_path / "c.db"
    turns = Turns(path)
    holder = sqlite3.connect(path, isolation_level=None)
    with open_writer(path) as writer:
        asked = []

        def busy() -> bool:
            asked.append(True)
            if len(asked) == 3:
                holder.execute("ROLLBACK")
            return len(asked) < 4

        with turns.taken(1), pytest.raises(UnavailableError, match="written to by another process"):
            writer.add(analysis("خبر أول."))
        with turns.taken(1), pytest.raises(UnavailableError, match="written to by another process"):
            writer.save_search("كل", Filter())  # behind those who wait, too
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnavailableError, match="written to by another process"):
            writer.add(analysis("خبر أول."))
        writer.busy = busy
        assert writer.add(analysis("خبر أول."))[1]
        assert len(asked) == 3
    holder.close()
    turns.close()
    assert not list(verify(path))
