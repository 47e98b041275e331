"""What a corpus is trusted with: locks, hang-ups, full disks, other versions, permissions, and nothing beside it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import files, open_writer
from tests.fuzz.seeds import SEEDS
from tests.store.database.making import analysis
from tests.store.database.small_disks import on_small_disk
from tests.store.database.test_older import corpus as older
from tests.store.readers.making import zipped
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

TEXT = "عنوان الخبر\n\nقال المتحدث في بغداد يوم 9 ديسمبر 2021 إن الأمر انتهى.\n"
CRASHERS = Path(__file__).parents[1] / "cases" / "crashers"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "home").mkdir()
    return Home(tmp_path / "home")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


# -- other versions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["add", "watch --once", "refine", "verify", "export edits"])
def test_whatever_brings_a_corpus_up_to_date_says_where_the_copy_is(
    home: Home, tmp_path: Path, article: Path, command: str
) -> None:
    path = older(6, tmp_path)
    before = path.read_bytes()
    words = [*command.split(), *([str(article)] if command.startswith(("add", "watch")) else [])]
    done = home.run("-c", path, *words)
    assert done.code == 0
    kept = tmp_path / "c6.v6.db"
    assert f"{path} was brought up to date; as it was before it is kept in {kept}" in done.err
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    before_and_after = sqlite3.connect(path), sqlite3.connect(kept)
    assert [one.execute("PRAGMA user_version").fetchone()[0] for one in before_and_after] == [files.VERSION, 6]
    for one in before_and_after:
        one.close()
    assert len(before) == kept.stat().st_size
    assert "brought up to date" not in home.run("-c", path, *words).err


def test_to_try_out_changes_no_older_corpus(home: Home, tmp_path: Path, article: Path) -> None:
    path = older(6, tmp_path)
    before = path.read_bytes()
    assert home.run("-c", path, "add", "--dry-run", article).code == 0
    assert path.read_bytes() == before


COMMANDS = (
    "add a.txt", "watch --once a.txt", "rejected", "rejected --forget", "rejected --retry", "refine", "refine --again",
    "articles", "entities", "timeline", "search x", "show 1", "export articles", "verify", "verify --repair",
    "backup copy.db", "",
)  # fmt: skip


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A corpus that says it is of the next version."""
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(analysis("خبر."))
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {files.VERSION + 1}")
    connection.close()
    return path


def _there(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, but for where readers mark up to where they read."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file() and not one.name.endswith("-shm")}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_corpus_is_refused_by_every_command_without_a_byte_written(
    home: Home, newer: Path, article: Path, command: str
) -> None:
    folder = article.parent
    before = _there(folder)
    words = [str(folder / word) if "." in word else word for word in command.split()]
    assert "was made by a newer khabar" in home.run("-c", newer, *words).refused()
    assert _there(folder) == before


@pytest.mark.parametrize("command", ["add", "articles"])
def test_one_whose_log_is_newer_too(home: Home, tmp_path: Path, article: Path, command: str) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(analysis("خبر."))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(f"PRAGMA user_version = {files.VERSION + 1}")
    connection.commit()
    before = _there(tmp_path)
    words = [command, str(article)] if command == "add" else [command]
    assert "was made by a newer khabar" in home.run("-c", path, *words).refused()
    assert _there(tmp_path) == before
    connection.close()


# -- permissions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _modes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode)) for path in files}


@pytest.mark.usefixtures("usual_umask")
def test_what_is_made_is_for_its_owner_alone(home: Home, tmp_path: Path, article: Path) -> None:
    article.chmod(0o600)
    folder = tmp_path / "made"
    corpus = folder / "c.db"
    (tmp_path / "empty.txt").touch(0o600)
    home.run("-c", corpus, "add", article, tmp_path / "empty.txt")
    writing = sqlite3.connect(corpus)
    writing.execute("BEGIN IMMEDIATE")  # a log and what belongs to it
    home.run("-c", corpus, "articles")
    for form in ("csv", "jsonl", "html", "md"):
        home.run("-c", corpus, "export", "articles", "-o", folder / f"a.{form}")
    home.run("-c", corpus, "export", "graph", "-o", folder / "a.gexf")
    home.run("-c", corpus, "backup", folder / "copy.db")
    assert _modes(folder).keys() >= {"c.db-wal", "c.db-shm", "copy.db", "a.csv", "a.gexf", "a.html"}
    assert set(_modes(folder).values()) == {"0o600"}, _modes(folder)
    writing.close()
    home.run("--sample", "articles")
    home.run("add", article)
    assert set(_modes(tmp_path).values()) == {"0o600"}, _modes(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.usefixtures("usual_umask")
def test_an_export_written_over_stays_for_those_who_read_the_old_one(home: Home, tmp_path: Path) -> None:
    shared = tmp_path / "shared.csv"
    shared.touch()
    shared.chmod(0o640)
    assert home.run("--sample", "export", "articles", "-o", shared).code == 0
    assert stat.S_IMODE(shared.stat().st_mode) == 0o640
    assert shared.stat().st_size


# -- others at the corpus, and the terminal gone -----------------------------------------------------------------------


@pytest.mark.slow
def test_adding_waits_for_who_writes_and_says_so(home: Home, tmp_path: Path, article: Path) -> None:
    corpus = tmp_path / "c.db"
    home.run("-c", corpus, "add", article)
    (tmp_path / "b.txt").write_text(TEXT + "وأضاف.\n", "utf-8")
    holder = sqlite3.connect(corpus, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with subprocess.Popen(
        [*KHABAR, "-c", corpus, "add", tmp_path / "b.txt"], env=home.env, stderr=subprocess.PIPE, text=True
    ) as adding:
        assert adding.stderr
        said = f"khabar: {corpus}: is being written to by another process; waiting for it\n"
        assert adding.stderr.readline() == said
        assert len(home.run("-c", corpus, "articles", "--json").objects) == 1
        holder.execute("ROLLBACK")
        assert adding.wait(60) == 0
    holder.close()
    assert len(home.run("-c", corpus, "articles", "--json").objects) == 2
    assert home.run("-c", corpus, "verify").code == 0


@pytest.mark.parametrize("how", ["hang-up", "Ctrl+C", "SIGTERM"])
def test_a_terminal_that_is_lost_loses_nothing(home: Home, tmp_path: Path, how: str) -> None:
    corpus, pipe = tmp_path / "c.db", tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    records = [
        json.dumps({"text": f"خبر رقم {n}\n\nزار سامي حداد البصرة في {1 + n % 28} مارس 2021."}) for n in range(40)
    ]
    command = [*KHABAR, "-c", str(corpus), "add", "--jobs", "2", str(pipe)]
    env = {**home.env, "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal(command, 100, 30, env) as terminal, pipe.open("w", encoding="utf-8") as stream:
        stream.write("\n".join(records[:25]) + "\n")
        stream.flush()
        terminal.wait(lambda shown: " added" in shown and "0 added" not in shown)
        if how == "hang-up":
            terminal.hang_up()
        else:
            terminal.signal({"Ctrl+C": signal.SIGINT, "SIGTERM": signal.SIGTERM}[how])
        terminal.ended()
    assert home.run("-c", corpus, "verify").code == 0
    there = len(home.run("-c", corpus, "articles", "--json", "--copies").objects)
    assert 0 < there < 40
    pipe.unlink()
    pipe.write_text("\n".join(records) + "\n", "utf-8")
    done = home.run("-c", corpus, "add", pipe)
    assert done.out.startswith(f"Added {40 - there} articles")
    assert f"; {there} there already" in done.out
    assert home.run("-c", corpus, "verify").code == 0
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "pipe.jsonl", "c.db", "c.db-wal", "c.db-shm"}


# -- a disk that is full -----------------------------------------------------------------------------------------------

_EXPORT = """
import subprocess, sys
from pathlib import Path

disk = Path(sys.argv[1])
(disk / "old.csv").write_text("what was there")
(disk / "filler").write_bytes(bytes(1_036_000))
for name in ("new.csv", "old.csv", "new.html", "copy.db"):
    out = ["backup"] if name == "copy.db" else ["export", "articles", "-o"]
    command = [sys.executable, "-m", "tui.cli", "--sample", *out, str(disk / name)]
    done = subprocess.run(command, capture_output=True, text=True)
    print(done.returncode, done.stderr.splitlines()[-1])
assert {one.name for one in disk.iterdir()} == {"old.csv", "filler"}
assert (disk / "old.csv").read_text() == "what was there"
"""


def test_an_export_that_does_not_fit_leaves_what_was_there(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    *exports, copy = on_small_disk(tmp_path / "disk", 1, _EXPORT)
    assert len(exports) == 3
    assert all(line.startswith("2 khabar: ") and line.endswith("no space left on device") for line in exports), exports
    assert copy.startswith("2 khabar: ")
    assert "the disk has 0 MB; free some space or name another disk" in copy


# -- nothing beside the corpus -----------------------------------------------------------------------------------------


def _hostile(folder: Path) -> None:
    """A file for each format, those that broke something, and those that want to be put elsewhere."""
    folder.mkdir()
    for target, made in SEEDS.items():
        ends = {"text": "txt", "table": "csv", "feed": "xml", "packed": "jsonl.gz"}.get(target, target)
        for number, data in enumerate(made()):
            (folder / f"{target}{number}.{ends}").write_bytes(data)
        for path in (CRASHERS / target).glob("*"):
            (folder / f"{path.name}.{ends}").write_bytes(path.read_bytes())
    up = "../" * 12
    names = (
        "../out.txt",
        f"{up}tmp/khabar-out.txt",
        "/tmp/khabar-out.txt",
        "..\\..\\out.txt",
        "C:\\out.txt",
        "~/out.txt",
    )
    (folder / "names.zip").write_bytes(zipped({name: TEXT.encode() + name.encode() for name in names}))
    (folder / "~").mkdir()
    (folder / "~" / "$HOME").write_text(TEXT)


def _listing(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def test_nothing_is_written_but_the_corpus(tmp_path: Path) -> None:
    world = tmp_path / "world"
    for name in ("home", "tmp", "cwd", "corpora"):
        (world / name).mkdir(parents=True)
    _hostile(world / "in")
    home = Home(world / "home")
    home.env |= {"TMPDIR": str(world / "tmp"), "PYTHONPATH": str(Path(__file__).parents[2])}
    home.env |= {"PYTHONDONTWRITEBYTECODE": "1"}
    before = _listing(world)
    command = [*KHABAR, "-c", str(world / "corpora" / "c.db"), "add", "--jobs", "2", str(world / "in")]
    done = subprocess.run(command, env=home.env, cwd=world / "cwd", capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    after = _listing(world)
    assert after.pop("corpora/c.db")
    assert after == before
    assert not Path("/tmp/khabar-out.txt").exists()
    assert home.run("-c", world / "corpora" / "c.db", "verify").code == 0
    assert home.run("-c", world / "corpora" / "c.db", "rejected").code == 0


# -- told to end in the middle of writing ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["export articles -o", "backup"])
def test_what_is_half_written_goes_with_who_writes_it(
    home: Home, tmp_path: Path, article: Path, command: str, number: signal.Signals
) -> None:
    corpus, out = tmp_path / "c.db", tmp_path / "out"
    out.mkdir()
    home.run("-c", corpus, "add", "--entities", "fast", article)
    connection = sqlite3.connect(corpus)
    with connection:  # so much of it that writing takes a while
        connection.execute("CREATE TABLE filler (bytes BLOB)")
        connection.executemany("INSERT INTO filler VALUES (zeroblob(?))", [(1 << 20,)] * 200)
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
            " INSERT INTO articles SELECT i, moment, outlet_id, title, path, published, basis, reason"
            " FROM n, articles a WHERE a.id = 1"
        )
    connection.close()
    target = out / "copy.csv"
    with subprocess.Popen([*KHABAR, "-c", str(corpus), *command.split(), str(target)], env=home.env) as writing:
        while not list(out.iterdir()):
            assert writing.poll() is None
        writing.send_signal(number)
        assert writing.wait(60) == 128 + number
    assert not list(out.iterdir())
