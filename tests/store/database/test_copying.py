"""A corpus is copied as it stands, while it is in use and before it is brought up to date."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from store.database import backup, bring_up_to_date, open_reader, open_writer, verify
from store.database.copying import before_upgrade
from store.database.files import is_older
from store.errors import CorpusError
from tests.store.database.inventing import document
from tests.store.database.making import add_all
from tests.store.database.test_older import corpus


def test_a_copy_is_one_state_whoever_writes_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    add_all(path, (document(number, [0, 1, 2], 1, [0], [0, 1]) for number in range(300)))
    told: list[float] = []
    with open_writer(path) as writer:

        def meanwhile(done: float) -> None:
            told.append(done)
            writer.add(document(1000 + len(told), [3], 1, [0], [0]))

        assert backup(path, tmp_path / "copy.db", meanwhile) == tmp_path / "copy.db"
    assert told[-1] == 1
    assert not list(verify(tmp_path / "copy.db"))
    with open_reader(tmp_path / "copy.db") as copy, open_reader(path) as now:
        assert copy.count() == 300
        assert now.count() == 300 + len(told)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*partial*"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    add_all(tmp_path / "c.db", [document(1, [0], 1, [], [])])
    (tmp_path / "there").write_text("mine")
    with pytest.raises(CorpusError, match="is there already"):
        backup(tmp_path / "c.db", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"
    with pytest.raises(CorpusError, match="cannot be written"):
        backup(tmp_path / "c.db", tmp_path / "no folder" / "copy.db")
    with pytest.raises(CorpusError, match="no such corpus"):
        backup(tmp_path / "none.db", tmp_path / "copy.db")
    with pytest.raises(CorpusError, match="is no khabar corpus"):
        backup(tmp_path / "there", tmp_path / "copy.db")


def test_what_belongs_to_the_corpus_is_no_name_for_a_copy(tmp_path: Path) -> None:
    add_all(tmp_path / "c.db", [document(1, [0], 1, [], [])])
    (tmp_path / "link.db").symlink_to("c.db")
    for name in ("c.db", "link.db"):
        for suffix in ("", "-wal", "-journal", "-queue"):
            with pytest.raises(CorpusError, match="is the corpus itself"):
                backup(tmp_path / name, tmp_path / f"c.db{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == {"c.db", "link.db"}


def test_a_disk_that_knows_no_links_takes_copies_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_names: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))  # as FAT and exFAT say it

    add_all(tmp_path / "c.db", [document(1, [0], 1, [], [])])
    monkeypatch.setattr(os, "link", refused)
    backup(tmp_path / "c.db", tmp_path / "copy.db")
    assert not list(verify(tmp_path / "copy.db"))
    with pytest.raises(CorpusError, match="is there already"):
        backup(tmp_path / "c.db", tmp_path / "copy.db")
    assert not list(tmp_path.glob("*partial*"))


def test_a_disk_without_room_is_met_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_all(tmp_path / "c.db", [document(1, [0], 1, [], [])])
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1 << 20))
    with pytest.raises(CorpusError, match="the disk has 1 MB"):
        backup(tmp_path / "c.db", tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))


def test_an_older_corpus_is_kept_as_it_was(tmp_path: Path) -> None:
    path = corpus(6, tmp_path)
    kept = bring_up_to_date(path)
    assert kept == tmp_path / "c6.v6.db"
    assert is_older(kept)
    assert not is_older(path)
    again = tmp_path / "again.db"
    kept.rename(again)
    assert bring_up_to_date(again) == tmp_path / "again.v6.db"
    assert not list(verify(again))


def test_a_second_copy_has_another_name(tmp_path: Path) -> None:
    path = corpus(6, tmp_path)
    assert [before_upgrade(path, 6).name for _ in range(3)] == ["c6.v6.db", "c6.v6-2.db", "c6.v6-3.db"]


def test_a_migration_that_fails_leaves_the_corpus_and_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = corpus(6, tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr("store.database.upgrades._NARROW", "CREATE TABLE narrow (x); SELECT * FROM nothing")
    with pytest.raises(CorpusError):
        bring_up_to_date(path)
    monkeypatch.undo()
    assert is_older(path)
    assert not list(tmp_path.glob("*.v6*"))
    assert len(before) == path.stat().st_size
    assert bring_up_to_date(path)
    assert not list(verify(path))
