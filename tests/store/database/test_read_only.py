"""Reading without a trace: nothing is written, whoever else has the corpus open, on any medium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import read_only
from store.answers import Filter
from store.database import backup, bring_up_to_date, open_reader, open_writer
from store.errors import CorpusError
from store.export.writing import write

_ROOT = Path(__file__).parents[3]

_ENTITY = 1

_WRITER = """
import sys
from store.database import open_writer
with open_writer(sys.argv[1]) as writer:
    for line in sys.stdin:
        name = line.strip()
        if name == "die":
            import os
            os._exit(9)
        writer.rename_entity(int(sys.argv[2]), name)
        print("done", flush=True)
"""


@pytest.fixture
def without_writing() -> Iterator[None]:
    read_only.switch(True)
    yield
    read_only.switch(False)


def standing(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything that a folder is, as nothing but its own process sees it; no file is opened by this process."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.stat()
        said = subprocess.run(["cksum", str(path)], capture_output=True, check=False).stdout if path.is_file() else b""
        found[str(path)] = (about.st_mtime_ns, about.st_size, said)
    return found


class Writer:
    """A process that has the corpus open and renames an entity when it is told to."""

    def __init__(self, corpus: Path, entity: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(corpus), str(entity)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            text=True,
        )

    def rename(self, name: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def end(self, *, die: bool = False) -> None:
        self.process.communicate("die\n" if die else None)


@contextmanager
def writer(corpus: Path, entity: int) -> Iterator[Writer]:
    one = Writer(corpus, entity)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.end()


def _first(corpus: Path) -> tuple[int, str]:
    with open_reader(corpus) as reader:
        row = reader.entity(_ENTITY)
        return row.id, row.name


def test_a_corpus_at_rest_is_read_without_a_trace(seeds_corpus: Path, without_writing: None) -> None:
    before = standing(seeds_corpus.parent)
    with open_reader(seeds_corpus) as reader:
        assert reader.count(Filter()) == 5
        assert standing(seeds_corpus.parent) == before
    assert standing(seeds_corpus.parent) == before


def test_what_another_process_writes_is_seen_without_a_trace(seeds_corpus: Path, without_writing: None) -> None:
    entity, _name = _first(seeds_corpus)
    with writer(seeds_corpus, entity) as other:
        other.rename("اسم")
        before = standing(seeds_corpus.parent)
        assert any(name.endswith("-wal") for name in before)
        assert _first(seeds_corpus) == (entity, "اسم")
        assert standing(seeds_corpus.parent) == before
        other.rename("آخر")
        assert _first(seeds_corpus) == (entity, "آخر")


def test_a_log_that_a_killed_writer_left_is_read_and_stays(seeds_corpus: Path, without_writing: None) -> None:
    entity, _name = _first(seeds_corpus)
    with writer(seeds_corpus, entity) as other:
        other.rename("اسم")
        other.end(die=True)
    before = standing(seeds_corpus.parent)
    assert any(name.endswith("-wal") for name in before)
    assert _first(seeds_corpus) == (entity, "اسم")
    assert standing(seeds_corpus.parent) == before


def test_a_reader_that_is_open_sees_what_begins_to_be_written(seeds_corpus: Path, without_writing: None) -> None:
    entity, name = _first(seeds_corpus)
    with open_reader(seeds_corpus) as reader:
        assert [row.name for row in reader.entities([entity])] == [name]
        with writer(seeds_corpus, entity) as other:
            other.rename("اسم")
        # The writer has ended and folded its log into the file, under the connection that holds no lock on it.
        assert [row.name for row in reader.entities([entity])] == ["اسم"]


def test_a_log_without_what_it_is_read_by_is_refused(
    seeds_corpus: Path, tmp_path: Path, without_writing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity, _name = _first(seeds_corpus)
    with writer(seeds_corpus, entity) as other:
        other.rename("اسم")
        other.end(die=True)
    Path(f"{seeds_corpus}-shm").unlink()
    before = standing(tmp_path)
    monkeypatch.setattr("store.database.files._SETTLING", 0.0)
    with pytest.raises(CorpusError, match="open it once without --read-only"):
        open_reader(seeds_corpus)
    assert standing(tmp_path) == before


def test_nothing_can_be_opened_to_write(seeds_corpus: Path, tmp_path: Path, without_writing: None) -> None:
    before = standing(tmp_path)
    for attempt in (
        lambda: open_writer(seeds_corpus),
        lambda: open_writer(tmp_path / "new.db"),
        lambda: backup(seeds_corpus, tmp_path / "copy.db"),
        lambda: write(tmp_path / "list.csv", ["a"], keep=seeds_corpus),
    ):
        with pytest.raises(CorpusError, match="open for reading only"):
            attempt()
    assert bring_up_to_date(seeds_corpus) is None
    assert standing(tmp_path) == before


def test_as_somebody_who_may_not_write_there(seeds_corpus: Path) -> None:
    """By another user in a folder of root's, where this is root; by permissions that bind this user otherwise."""
    script = f"""
import os
from store import read_only
from store.answers import Filter
from store.database import open_reader
read_only.switch(True)
with open_reader({str(seeds_corpus)!r}) as reader:
    reader.count(Filter())  # all that it takes is imported: another user may not reach the source
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
assert not os.access({str(seeds_corpus.parent)!r}, os.W_OK)
with open_reader({str(seeds_corpus)!r}) as reader:
    print(reader.count(Filter()))
"""
    folder = seeds_corpus.parent
    seeds_corpus.chmod(0o444)
    folder.chmod(0o555)
    opened = []
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            opened.append((above, above.stat().st_mode))
            if above.owner() != folder.owner():
                pytest.skip("another user cannot reach the folder of the tests")
            above.chmod(0o755)
    try:
        before = standing(folder)
        done = subprocess.run(
            [sys.executable, "-B", "-c", script], capture_output=True, text=True, cwd=_ROOT, check=False
        )
        assert done.stdout == "5\n", done.stderr
        assert standing(folder) == before
    finally:
        folder.chmod(0o755)
        for above, mode in opened:
            above.chmod(mode & 0o7777)


def test_on_a_medium_that_can_only_be_read(seeds_corpus: Path, tmp_path: Path, without_writing: None) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    shutil.copy(seeds_corpus, medium / "corpus.db")
    entity, _name = _first(seeds_corpus)
    with writer(medium / "corpus.db", entity) as other:
        other.rename("اسم")
        other.end(die=True)  # with a log that was not folded in
    mounted = subprocess.run(["mount", "--bind", str(medium), str(medium)], capture_output=True, check=False)
    if os.geteuid() != 0 or mounted.returncode:
        pytest.skip("only root may mount here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(medium)], check=True)
        with pytest.raises(OSError, match="Read-only"):
            (medium / "probe").touch()
        assert _first(medium / "corpus.db") == (entity, "اسم")
    finally:
        subprocess.run(["umount", str(medium)], check=True)
