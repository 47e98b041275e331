"""The log of `--debug`: what is in it, where it is, and that no word of a corpus or of a person ever is."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotations import Target
from store.answers import Filter
from store.database import open_writer
from store.errors import StoreError
from store.ingest import Added, add
from tests.tui.clis import Home
from tests.tui.ptys import KHABAR, Terminal
from tui import debugging
from tui.cli import khabar
from tui.cli.debug_log import called

SECRET = "qxzv"
"""Every word that is the corpus' or a person's begins with it, or is Arabic."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A user whose corpus is full of what must not be told."""
    home = Home(tmp_path / "home")
    corpus = home.folder / "data" / "khabar" / "corpus.db"
    corpus.parent.mkdir(parents=True)
    records = [
        {
            "title": f"Qxzvtitle{number} زيارة رسمية",
            "text": f"قال مصطفى الكاظمي يوم 9 ديسمبر 2021 إن Qxzvtext{number} في بغداد \"Qxzvquote{number}\".\n"
            f"وأكد محمد شياع السوداني في أربيل سنة 2020 أن qxzvword{number} انتهت.",
            "outlet": f"Qxzvoutlet{number}", "author": f"Qxzvauthor{number}", "keywords": [f"qxzvkeyword{number}"],
            "published": f"2021-12-1{number}",
        }
        for number in range(5)
    ]  # fmt: skip
    given = home.folder / "articles.jsonl"
    given.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    assert [type(item) for item in add(corpus, [str(given)])] == [Added] * 5
    with open_writer(corpus) as writer:
        writer.annotate(Target("article", 1), "tag", "qxzvtag")
        writer.annotate(Target("article", 1), "note", "Qxzvnote ملاحظة")
        writer.save_search("Qxzvsaved", Filter(query="qxzvword1"), "newest")
    home.env |= {"XDG_STATE_HOME": str(home.folder / "state"), "XDG_CONFIG_HOME": str(home.folder / "config")}
    return home


def _log(home: Home) -> str:
    folder = home.folder / "state" / "khabar"
    return "".join(path.read_bytes().decode("utf-8") for path in sorted(folder.glob("debug.log*"), reverse=True))


def _assert_nothing_told(log: str) -> None:
    assert log.isascii()
    assert SECRET not in log.lower()


def test_a_command_tells_what_it_did_and_where_that_is_kept(home: Home) -> None:
    ended = home.run("--debug", "articles", "--entity", "بغداد", "--outlet=Qxzvoutlet1")
    path = home.folder / "state" / "khabar" / "debug.log"
    assert ended.err == f"khabar: the log is {path}\n"
    log = _log(home)
    assert "started command='--debug articles --entity --outlet'" in log
    assert re.search(r"python=3\S+ sqlite=3\S+ textual=", log)
    assert re.search(r"corpus bytes=\d+", log)
    assert json.dumps(str(home.folder / "data" / "khabar" / "corpus.db")) in log
    assert log.endswith("ended code=0\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    _assert_nothing_told(log)


_COMMANDS = (
    ("search", "qxzvword1 OR الكاظمي"), ("search", '"qxzvunclosed'), ("articles", "--entity", "Qxzvnobody مجهول"),
    ("articles", "--tag", "qxzvnone"), ("show", "1"), ("dossier", "مصطفى الكاظمي"), ("show", "qxzv"),
    ("edit", "rename", "بغداد", "Qxzvname"), ("searches", "rename", "Qxzvsaved", "Qxzvother"), ("-c", "/qxzv", "show"),
    ("annotations", "add", "--article", "2", "--note", "Qxzvnote2"), ("export", "articles", "-o", "/no/such/x.csv"),
    ("add", "--outlet", "Qxzvnew", "/no/such/qxzv.txt"), ("statements", "--speaker", "Qxzvnobody"),
    ("compare", "1", "2"),
    ("export", "brief", "--query", "qxzvword1"), ("trends", "بغداد"), ("verify",), (),
)  # fmt: skip


def test_commands_tell_nothing_of_what_they_were_about(home: Home) -> None:
    for command in _COMMANDS:
        home.run("--debug", *command)
    log = _log(home)
    # a corpus that was named is kept, as where it is
    log = log.replace('"/qxzv"', "")
    assert log.count(" started ") == len(_COMMANDS)
    assert log.count(" ended ") == len(_COMMANDS)
    _assert_nothing_told(log)


def _open(home: Home, *options: str) -> Terminal:
    env = {**home.env, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return Terminal([*KHABAR, *options], 120, 40, env)


# keys, and what is typed where they ask
_SESSION: tuple[str, ...] = (
    "/", "entity:qxzvnobody\r", "\x1b", "\x1b", "2", "j", "a", "e", "t", "i", "\x1b", "s", "\x1b",
    "T", "qxzvname\r", "\x1b", "\x1b", "O", "\x1b", "2", "E", "\x1b", "3", "z", "i", "\x1b", "s", "\x1b",
    "1", "\r", "n", "]", "P", "i", "\x1b", "4", "y", "/", "qxzvword1 بغداد\r", "/", '"qxzvunclosed\r', "\x1b", "\x1b",
    "f", "qxzvfilter\r", "\x1b", "1", "j", "I", "qxzvtag2\r", "J", "Qxzvnote3 سر", "\x13", "\x1b", "b", "B", "\x1b",
    "Q", "\x1b", "2", "r", "Qxzvrenamed\r", "u", "m", "\x1b", "M", "\x1b", "C", "\x1b", "A", "/no/such/qxzvfolder\r",
    "\x1b", "x", "\x1b", "l", "l", "\x10", "qxzv", "\x1b", "?", "\x1b",
)  # fmt: skip


def test_a_whole_session_tells_nothing_of_what_it_was_about(home: Home) -> None:
    with _open(home, "--debug") as terminal:
        terminal.wait(lambda text: "Qxzvtitle" in text)
        for keys in _SESSION:
            terminal.send(keys)
            terminal.quiet(0.15)
        terminal.signal(15)
        assert terminal.ended() == 143
        assert b"the log is" in terminal.written
        assert b"Traceback" not in terminal.written
    log = _log(home)
    _assert_nothing_told(log)
    actions = set(re.findall(r" action name=(\S+)", log))
    assert {"pane", "move", "articles_of", "search", "why"} <= actions
    assert len(actions) > 20
    assert {"Explorer"} < set(re.findall(r" screen name=(\S+)", log))
    assert re.search(r" answered kind='?[a-z]+.* ms=\d+\.\d\n", log)
    assert " refused kind=" in log
    assert "QueryError" in log
    assert re.search(r" terminal name=\S+ mode=visual", log)
    assert log.endswith("ended code=143\n")


CRASHING = """
import sys
import tui.app

class Crashing(tui.app.Khabar):
    def on_key(self) -> None:
        local = "Qxzvlocal محلي"
        try:
            {}[local]
        except KeyError as error:
            error.add_note("Qxzvaside")
            raise RuntimeError("Qxzvsaid قيل", local) from error

tui.app.Khabar = Crashing
from tui.cli import main
sys.exit(main(["--debug"]))
"""


def test_a_crash_tells_where_it_was_and_nothing_else(home: Home) -> None:
    import sys

    with Terminal([sys.executable, "-c", CRASHING], 120, 40, {**home.env, "LANG": "C.UTF-8"}) as terminal:
        terminal.wait(lambda text: "Qxzvtitle" in text)
        terminal.send("j")
        assert terminal.ended() == 1
    log = _log(home)
    _assert_nothing_told(log)
    assert " crashed type=RuntimeError\n" in log
    assert "because of KeyError\n" in log
    assert ":12 Crashing.on_key\n" in log


def test_read_only_writes_no_log(home: Home) -> None:
    ended = home.run("--debug", "--read-only", "search", "qxzvword1 بغداد")
    assert ended.code == 0
    assert " started command='--debug --read-only search'" in ended.err
    _assert_nothing_told(ended.err)
    with _open(home, "--debug", "--read-only") as terminal:
        terminal.wait(lambda text: "Qxzvtitle" in text)
        terminal.send("q")
        assert terminal.ended() == 0
        assert b"with --read-only the explorer keeps no log" in terminal.written
    assert not (home.folder / "state").exists()


def test_a_session_over_the_network_keeps_none(home: Home) -> None:
    assert home.run("--debug", "articles", env={"KHABAR_SERVED": "1"}).err == ""
    assert not (home.folder / "state").exists()


def test_a_place_that_takes_no_log_is_told_and_the_command_goes_on(home: Home) -> None:
    (home.folder / "state").write_text("")
    ended = home.run("--debug", "articles")
    assert ended.code == 0
    assert "debug.log: the log cannot be kept (Not a directory)" in ended.err


def test_a_link_in_its_place_is_not_followed(home: Home) -> None:
    folder = home.folder / "state" / "khabar"
    folder.mkdir(parents=True)
    (folder / "debug.log").symlink_to(home.folder / "elsewhere")
    assert "the log cannot be kept" in home.run("--debug", "articles").err
    assert not (home.folder / "elsewhere").exists()


def test_the_log_never_grows_beyond_its_size(tmp_path: Path) -> None:
    path = tmp_path / "debug.log"
    one, other = debugging.LogFile(path, 1000), debugging.LogFile(path, 1000)
    for number in range(300):
        (one if number % 3 else other).write(f"line {number} " + "x" * (number % 50))
    one.close()
    other.close()
    kept = [tmp_path / "debug.log.1", path]
    assert sorted(tmp_path.iterdir()) == sorted(kept)
    assert all(file.stat().st_size <= 1100 for file in kept)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in kept)
    lines = [int(line.split()[1]) for file in kept for line in file.read_text().splitlines()]
    assert lines[-1] == 299
    assert sorted(lines)[-10:] == list(range(290, 300))


class Kept:
    """A log in memory."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    log = Kept()
    debugging._target = log
    yield log
    debugging._target = None


_words = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A), min_size=3)


@given(_words, _words, _words)
def test_no_error_tells_what_it_says(kept: Kept, one: str, two: str, three: str) -> None:
    def fail() -> None:
        here = three
        try:
            try:
                sqlite3.connect(":memory:").execute("SELECT ?, x", (one,))
            except sqlite3.Error as error:
                error.add_note(here)
                raise StoreError(one, two, three) from error
        except StoreError:
            raise ExceptionGroup(
                one, [KeyError(two), OSError(2, one, three), type(f"E{two}", (Exception,), {})()]
            ) from None

    del kept.lines[:]
    try:
        fail()
    except ExceptionGroup as error:
        debugging.trouble("failed", error)
        debugging.note("answered", kind=one, ms=1.0, name=two)
    said = "\n".join(kept.lines)
    assert said.isascii()
    assert "ExceptionGroup" in said
    assert "FileNotFoundError ENOENT" in said
    assert "KeyError" in said
    assert "kind=? ms=1.0 name=?" in said


@given(st.lists(st.text(max_size=20), max_size=6))
def test_of_a_call_only_khabars_own_words_are_kept(words: list[str]) -> None:
    own = {"-c", "--corpus", "--read-only", "--debug", *khabar.commands}
    found = called(khabar, ["--debug", *words])
    assert found[0] == "--debug"
    assert all(word.startswith("-") or word in own or word.isascii() for word in found)


def test_words_of_a_call() -> None:
    said = ["-c", "qxzv.db", "edit", "merge", "بغداد", "--into=العراق", "--json", "--qxzv"]
    assert called(khabar, said) == ["-c", "edit", "merge", "--into", "--json"]


def test_nothing_is_kept_where_none_is_asked_for(home: Home) -> None:
    assert home.run("articles").err == ""
    assert not (home.folder / "state").exists()
    assert os.environ.get("KHABAR_DEBUG") is None
