"""What may be opened as a corpus, and what is refused without a byte of it changed."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import files, open_reader, open_writer, verify
from store.database.files import is_older, state
from store.errors import CorpusError
from store.ingest import add
from tests.store.database.making import analysis


@pytest.mark.parametrize(
    "content",
    [b"this is not a database" * 99, b"x", b"SQLite format 3\0" + bytes(20), bytes(4096), "نص عربي".encode()],
)
def test_a_file_that_is_no_corpus_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.db"
    path.write_bytes(content)
    for open_ in (open_reader, open_writer):
        with pytest.raises(CorpusError, match=r"junk\.db"):
            open_(path)
    with pytest.raises(CorpusError):
        list(verify(path))
    assert path.read_bytes() == content
    assert [found.name for found in tmp_path.iterdir()] == ["junk.db"]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_keeps_nothing_is_no_corpus(tmp_path: Path, kind: str) -> None:
    path = Path("/dev/null")
    if kind == "pipe":
        path = tmp_path / "pipe.db"
        os.mkfifo(path)
    for open_ in (open_reader, open_writer):
        with pytest.raises(CorpusError, match="is no khabar corpus"):
            open_(path)


def test_a_link_to_nothing_is_filled_where_it_leads(tmp_path: Path) -> None:
    link = tmp_path / "c.db"
    link.symlink_to(tmp_path / "there.db")
    with open_writer(link) as writer:
        writer.add(analysis("خبر."))
    assert state(tmp_path / "there.db") == "corpus"
    assert not list(verify(link))


def test_no_folder_is_made_where_a_link_leads(tmp_path: Path) -> None:
    link = tmp_path / "c.db"
    link.symlink_to(tmp_path / "away" / "c.db")
    with pytest.raises(CorpusError, match=r"away/c\.db: cannot be made \(No such file"):
        open_writer(link)
    assert [path.name for path in tmp_path.iterdir()] == ["c.db"]


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY)")
    other.close()
    before = path.read_bytes()
    for open_ in (open_reader, open_writer):
        with pytest.raises(CorpusError, match="another program"):
            open_(path)
    assert path.read_bytes() == before


def test_a_newer_corpus_is_refused_without_a_byte_written(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_writer(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {files.VERSION + 1}")
    connection.close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    for open_ in (open_reader, open_writer):
        with pytest.raises(CorpusError, match="newer khabar"):
            open_(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [found.name for found in tmp_path.iterdir()] == ["newer.db"]


def test_a_missing_corpus_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such corpus"):
        open_reader(tmp_path / "none.db")
    with pytest.raises(CorpusError, match="folder"):
        open_reader(tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_empty_file_becomes_a_corpus_when_written_to(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(CorpusError, match="empty"):
        open_reader(path)
    with open_writer(path) as writer:
        writer.add(analysis("خبر واحد."))
    assert not list(verify(path))


def test_a_corpus_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "corpus.db"
    with open_writer(path) as writer:
        writer.add(analysis("خبر واحد."))
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_names_with_odd_characters(tmp_path: Path) -> None:
    for name in ("a?b#c%20.db", "قاعدة البيانات.db"):
        path = tmp_path / name
        with open_writer(path) as writer:
            writer.add(analysis("خبر واحد."))
        with open_reader(path) as reader:
            assert len(reader.article_ids()) == 1
        assert path.exists()


def test_reading_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with open_writer(path) as writer:
        writer.add(analysis("خبر أول."))
    with open_reader(path) as reader:
        assert len(reader.article_ids()) == 1
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert len(reader.article_ids()) == 1
        holder.execute("ROLLBACK")
        holder.close()
        code = (
            "import sys; from store.database import open_writer; from tests.store.database.making import analysis\n"
            "with open_writer(sys.argv[1]) as w: w.add(analysis('خبر ثان.'))"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)
        assert len(reader.article_ids()) == 2


def test_many_processes_make_and_fill_one_corpus_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    code = (
        "import sys; from store.database import open_writer; from tests.store.database.making import analysis\n"
        "with open_writer(sys.argv[1]) as w:\n"
        "    for number in range(5): w.add(analysis(f'خبر {sys.argv[2]} {number} عن تونس.', [('تونس', 'LOC')]))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(number)], stderr=subprocess.PIPE)
        for number in range(4)
    ]
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.article_ids()) == 20
        assert reader.find_entities("تونس")[0].articles == 20


def test_a_corpus_that_is_being_written_to_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    path = tmp_path / "corpus.db"
    with open_writer(path) as writer:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(CorpusError, match="another process"):
            writer.add(analysis("خبر."))
        holder.execute("ROLLBACK")
        holder.close()
        writer.add(analysis("خبر."))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_corpus_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    path = folder / "corpus.db"
    with open_writer(path) as writer:
        writer.add(analysis("خبر."))
    folder.chmod(0o500)
    try:
        with open_reader(path) as reader:
            assert len(reader.article_ids()) == 1
    finally:
        folder.chmod(0o700)


def test_reading_does_not_import_what_writing_needs() -> None:
    code = (
        "import sys, store.database as d\n"
        "try: d.open_reader('/nonexistent/corpus.db')\n"
        "except d.CorpusError if hasattr(d, 'CorpusError') else Exception: pass\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


_COME_AND_GO = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM articles").fetchone()
connection.close()
"""


def test_nobody_takes_the_locks_of_a_writer(tmp_path: Path) -> None:
    """The last to close a corpus folds its log into it and removes the log: never while a writer has it open."""
    path, log = tmp_path / "c.db", tmp_path / "c.db-wal"
    with open_writer(path) as writer:
        writer.add(analysis("زار سامي حداد البصرة.", [("البصرة", "LOC")]))
        before = log.stat().st_ino
        assert state(path) == "corpus"
        is_older(path)
        with open_reader(path) as reader:
            assert reader.count() == 1
        list(add(path, [tmp_path, path], dry_run=True))
        subprocess.run([sys.executable, "-c", _COME_AND_GO, str(path)], check=True)
        assert log.stat().st_ino == before
        writer.add(analysis("عاد سامي حداد إلى بغداد.", [("بغداد", "LOC")]))
    with open_reader(path) as reader:
        assert reader.count() == 2
