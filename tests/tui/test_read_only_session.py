"""`khabar --read-only`: a whole session, every reading command, and what those that write say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.store.database.test_read_only import standing
from tests.tui.clis import Home
from tests.tui.ptys import KHABAR, Terminal

IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"

_READING = (
    ("articles",), ("entities",), ("timeline",), ("trends", "العراق"), ("search", "العراق"), ("statements",),
    ("quantities",), ("searches",), ("annotations",), ("annotations", "tags"), ("show", "1"), ("dossier", "العراق"),
    ("suggest",), ("edit", "log"), ("export", "articles"), ("verify",), ("rejected",), ("compare", "1", "2"), (),
)  # fmt: skip
_WRITING = (
    ("add", "seeds"), ("watch", "--once", "seeds"), ("refine",), ("rejected", "--retry"), ("verify", "--repair"),
    ("backup", "copy.db"), ("edit", "rename", "العراق", "عراق"), ("edit", "undo"),
    ("annotations", "add", "--article", "1", "--bookmark"),
    ("search", "العراق", "--save", "name"), ("export", "articles", "-o", "list.csv"),
)  # fmt: skip


@pytest.fixture
def home(seeds_corpus_once: Path, tmp_path: Path) -> Home:
    """A home with a corpus, and the data of whoever has used khabar before."""
    home = Home(tmp_path / "home")
    (home.folder / "config" / "khabar").mkdir(parents=True)
    (home.folder / "data" / "khabar").mkdir(parents=True)
    shutil.copy(seeds_corpus_once, home.folder / "data" / "khabar" / "corpus.db")
    home.env |= {"XDG_CONFIG_HOME": str(home.folder / "config"), "XDG_STATE_HOME": str(home.folder / "state")}
    home.env |= {"TMPDIR": str(home.folder / "tmp")}
    (home.folder / "tmp").mkdir()
    return home


@pytest.mark.parametrize("command", _READING, ids=" ".join)
def test_what_reads_leaves_no_trace(home: Home, command: tuple[str, ...]) -> None:
    before = standing(home.folder)
    ended = home.run("--read-only", *command)
    assert ended.code == 0, ended.err
    assert standing(home.folder) == before


@pytest.mark.parametrize("command", _WRITING, ids=" ".join)
def test_what_writes_is_refused(home: Home, command: tuple[str, ...]) -> None:
    before = standing(home.folder)
    ended = home.run(*command, env={"KHABAR_READ_ONLY": "1"})
    assert "--read-only" in ended.refused()
    assert standing(home.folder) == before


def test_a_sample_that_is_not_made_yet_is_not_made(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert "run khabar once without --read-only" in home.run("--read-only", "--sample", "articles").refused()
    assert not list(tmp_path.iterdir())


def test_a_whole_session_leaves_no_trace(home: Home) -> None:
    before = standing(home.folder)
    said = "open for reading only"
    with Terminal(
        [*KHABAR, "--read-only"], 120, 40, {**home.env, "KHABAR_ENTITIES": "", "LANG": "C.UTF-8"}
    ) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        for key in "mrKShHdRuUbIJAx":
            terminal.send("1")
            terminal.wait(lambda text: said not in text)
            terminal.send(key)
            terminal.wait(lambda text: said in text)
        for key in "2jjsq3a4ny" + "QBCM":
            terminal.send(key)
            terminal.quiet(0.2)
        terminal.signal(15)
        terminal.ended()
        assert b"Traceback" not in terminal.written
    assert standing(home.folder) == before
