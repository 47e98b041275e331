"""A full disk, and a log whose folding into the file was cut off, cost nothing that was stored."""

from __future__ import annotations

import shutil
from pathlib import Path

from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.database.files import state
from tests.store.database.inventing import document
from tests.store.database.small_disks import on_small_disk
from tests.store.database.test_older import corpus as older

_GROW = """
import sys
from pathlib import Path
from store.database import open_reader, open_writer, verify
from store.errors import CorpusError
from tests.store.database.inventing import document

disk = Path(sys.argv[1])
path, fillers = disk / "c.db", [disk / f"filler{n}" for n in range(28)]
for filler in fillers:
    filler.write_bytes(bytes(250_000))
stored = 0
while fillers:
    try:
        with open_writer(path) as writer:
            while True:
                writer.add(document(stored, [0, 1, 2, 3], stored % 5, [stored % 3], [0, 1]))
                stored += 1
                assert stored < 5000
    except CorpusError as error:
        assert "the disk is full; free some space" in str(error), error
    if stored:
        assert list(verify(path)) == [], stored
        with open_reader(path) as reader:
            assert reader.count() == stored
    print(stored)
    fillers.pop().unlink()
"""


def test_what_was_stored_is_there_on_a_full_disk_and_later_on(tmp_path: Path) -> None:
    numbers = [int(line) for line in on_small_disk(tmp_path / "disk", 8, _GROW)]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 20


_UPGRADE = """
import shutil, sys
from pathlib import Path
from store.database import bring_up_to_date, copying, open_reader, verify
from store.database.files import is_older
from store.errors import CorpusError

disk, old = Path(sys.argv[1]), Path(sys.argv[2])
path = disk / "c.db"
shutil.copy(old, path)
if sys.argv[3] == "checked":
    try:
        bring_up_to_date(path)
    except CorpusError as error:
        print(error)
    assert list(disk.iterdir()) == [path]
    assert path.read_bytes() == old.read_bytes()
    sys.exit()
# As if others had taken the room meanwhile.
copying._SPARE = copying._TIMES = 0
copying.room = lambda *_: None
(disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free))
for _ in range(400):
    with (disk / "filler").open("r+b") as filler:
        filler.truncate(max(0, (disk / "filler").stat().st_size - 20_000))
    try:
        kept = bring_up_to_date(path)
    except CorpusError as error:
        assert is_older(path), error
        assert {one.name for one in disk.iterdir()} <= {"c.db", "filler", "c.db-wal", "c.db-shm"}, list(disk.iterdir())
        print(error)
    else:
        assert not is_older(path)
        assert is_older(kept)
        break
assert list(verify(path)) == []
"""


def test_bringing_up_to_date_asks_for_room_first(tmp_path: Path) -> None:
    (line,) = on_small_disk(tmp_path / "disk", 4, _UPGRADE, str(older(6, tmp_path)), "checked")
    assert "is of an older version (6); to keep a copy and bring it up to date takes" in line
    assert "the disk has" in line


def test_a_disk_that_fills_up_meanwhile_leaves_the_older_corpus_as_it_was(tmp_path: Path) -> None:
    lines = on_small_disk(tmp_path / "disk", 16, _UPGRADE, str(older(6, tmp_path)), "unchecked")
    assert len(lines) > 5
    assert {line.partition(": ")[2] for line in lines} <= {
        "the disk is full; free some space; nothing that was stored is lost",
        "cannot be written (No space left on device); name another place",
    }


def test_a_log_folded_in_only_in_part_is_no_damage(tmp_path: Path) -> None:
    """SQLite writes the first page first, and that tells of pages which are not in the file yet."""
    path, cut = tmp_path / "c.db", tmp_path / "cut.db"
    with open_writer(path) as writer:
        for number in range(30):
            writer.add(document(number, [0, 1], 1, [0], [0]))
        log = (tmp_path / "c.db-wal").read_bytes()
    for pages in (1, 2, 7):
        (tmp_path / "cut.db-shm").unlink(missing_ok=True)
        shutil.copy(path, cut)
        with cut.open("r+b") as file:
            file.truncate(pages * 8192)
        (tmp_path / "cut.db-wal").write_bytes(log)
        assert state(cut) == "corpus"
        with open_reader(cut) as reader:
            assert len(reader.article_ids(Filter(copies=True))) == 30
        with open_writer(cut) as writer:
            writer.add(document(30, [0, 1], 1, [0], [0]))
        assert not list(verify(cut))
