"""Leaving the explorer in a real terminal by whatever way, and coming back."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.ingest import Added, add
from tests.tui.clis import Home
from tests.tui.ptys import KHABAR, Terminal

IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"
KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of its own."""
    home = Home(tmp_path / "home")
    home.env["XDG_STATE_HOME"] = str(home.folder / ".local/state")
    return home


def _open(home: Home, corpus: Path, *more: str, columns: int = 120, rows: int = 40, **env: str) -> Terminal:
    return Terminal([*KHABAR, "-c", str(corpus), *more], columns, rows, {**home.env, "LANG": "C.UTF-8", **env})


def _file(home: Home) -> Path:
    (file,) = (home.folder / ".local/state/khabar/sessions").glob("*.json")
    return file


def _filtered(text: str) -> bool:
    return "entity:" in text and KADHIMI in text.splitlines()[-2]


def _go(terminal: Terminal) -> None:
    """To the articles that name somebody, and read one of them."""
    terminal.wait(lambda text: IRAQ in text)
    terminal.send("2")
    terminal.wait(lambda text: KADHIMI in text)
    terminal.send("a")
    terminal.wait(_filtered)
    terminal.send("\r")
    terminal.wait(lambda text: _focused(terminal) == "4 reader")


def _kept(home: Home, terminal: Terminal) -> None:
    """Wait until it is written down that the reader has the keys."""
    states = home.folder / ".local/state/khabar/sessions"

    def is_kept() -> bool:
        return any(json.loads(file.read_text())["now"]["pane"] == "reader" for file in states.glob("*.json"))

    end = time.monotonic() + 30
    while not is_kept():
        assert time.monotonic() < end
        terminal.quiet(0.1)


def _focused(terminal: Terminal) -> str:
    """The title of the pane that has the keys: the one with a heavy frame."""
    corners = [(row, line.index("┏")) for row, line in enumerate(terminal.screen.display) if "┏" in line]
    if len(corners) != 1:
        return ""
    ((row, column),) = corners
    return terminal.screen.display[row][column + 3 : column + 11]


def _quit(terminal: Terminal) -> None:
    terminal.send("q")
    assert terminal.ended() == 0


def _drop(terminal: Terminal) -> None:
    terminal.hang_up()
    terminal.signal(signal.SIGHUP)
    terminal.ended()


def _drop_while_stopped(terminal: Terminal) -> None:
    terminal.signal(signal.SIGSTOP)
    terminal.hang_up()
    terminal.signal(signal.SIGCONT)  # as the system does, too
    terminal.ended()


def _told_to_end(terminal: Terminal) -> None:
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM


@pytest.mark.parametrize("leave", [_quit, _drop, _drop_while_stopped, _told_to_end])
def test_one_is_back_where_one_was(home: Home, seeds_corpus: Path, leave: Callable[[Terminal], None]) -> None:
    with _open(home, seeds_corpus) as terminal:
        _go(terminal)
        leave(terminal)
    with _open(home, seeds_corpus) as terminal:
        terminal.wait(_filtered)
        terminal.wait(lambda text: _focused(terminal) == "4 reader")
        assert KADHIMI in terminal.text()
    with _open(home, seeds_corpus, "--fresh") as terminal:
        terminal.wait(lambda text: "all articles" in text)


def test_a_kill_loses_a_moment_and_leaves_a_whole_file(home: Home, seeds_corpus: Path) -> None:
    with _open(home, seeds_corpus) as terminal:
        _go(terminal)
        _kept(home, terminal)
        terminal.signal(signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
        terminal.exit_code = -9
    with _open(home, seeds_corpus) as terminal:
        terminal.wait(_filtered)


def test_the_corpus_has_changed_in_between(home: Home, seeds_corpus: Path, tmp_path: Path) -> None:
    with _open(home, seeds_corpus) as terminal:
        _go(terminal)
        _quit(terminal)
    new = tmp_path / "new.txt"
    new.write_text("قال رئيس الوزراء العراقي مصطفى الكاظمي في بغداد يوم الخميس إن الأمر انتهى.\n", encoding="utf-8")
    assert [type(one) for one in add(seeds_corpus, [str(new)])] == [Added]
    with _open(home, seeds_corpus) as terminal:
        terminal.wait(lambda text: _filtered(text) and "6 articles" in text)
    os.truncate(_file(home), 100)
    with _open(home, seeds_corpus) as terminal:
        terminal.wait(lambda text: "cannot be read" in text and IRAQ in text)


def test_two_explorers_on_one_corpus_leave_a_place_of_one_of_them(home: Home, seeds_corpus: Path) -> None:
    with _open(home, seeds_corpus) as one:
        _go(one)
        _kept(home, one)
        with _open(home, seeds_corpus, "--fresh") as other:
            other.wait(lambda text: IRAQ in text)
            other.send("/")
            other.wait(lambda text: "search:" in text.splitlines()[1])
            other.send("baghdad\r")
            other.wait(lambda text: "search: baghdad" in text.splitlines()[-2])
            other.signal(signal.SIGHUP)
            assert other.ended() == 128 + signal.SIGHUP
        assert json.loads(_file(home).read_text())["now"]["filter"].keys() == {"query"}
        one.send("1")
        one.wait(lambda _text: _focused(one) != "4 reader")
        _quit(one)
    assert json.loads(_file(home).read_text())["now"]["filter"].keys() == {"entities"}
    with _open(home, seeds_corpus) as terminal:
        terminal.wait(_filtered)


def _shows(what: str) -> Callable[[str], bool]:
    return lambda text: what in text


@pytest.mark.parametrize("columns", [120, 80])
def test_the_tour_is_there_once_and_takes_no_key(home: Home, seeds_corpus: Path, columns: int) -> None:
    rows = 40 if columns == 120 else 24
    with _open(home, seeds_corpus, columns=columns, rows=rows, KHABAR_TOUR="") as terminal:
        terminal.wait(lambda text: IRAQ in text and "step 1 of 8" in text)
        for step, key in enumerate("2a\rt", 2):
            terminal.send(key)
            terminal.wait(_shows(f"step {step} of 8"))
        terminal.send("i")
        terminal.wait(lambda text: "Esc closes" in text)
        terminal.send("q")
        terminal.wait(lambda text: "step 6 of 8" in text and "Esc closes" not in text)
        terminal.send("/")
        terminal.wait(lambda text: "step 7 of 8" in text and "search:" in text.splitlines()[1])
        terminal.send("\x1b")
        terminal.wait(lambda text: "search:" not in text.splitlines()[1])
        terminal.send("?")
        terminal.wait(lambda text: "Esc closes" in text)
        terminal.send("q")
        terminal.wait(lambda text: "step 8 of 8" in text and "Esc closes" not in text)
        terminal.send("\x1b")
        terminal.wait(lambda text: "of 8" not in text and "all articles" in text)
        _quit(terminal)
    with _open(home, seeds_corpus, "--fresh", KHABAR_TOUR="") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.quiet(0.5)
        assert "step 1" not in terminal.text()
        terminal.send("\x1bOQ")  # F2
        terminal.wait(lambda text: "step 1 of 8" in text)


@pytest.mark.parametrize("more", [("--read-only",), ()], ids=["read only", "not wanted"])
def test_no_tour_where_it_must_not_be(home: Home, seeds_corpus: Path, more: tuple[str, ...]) -> None:
    with _open(home, seeds_corpus, *more, KHABAR_TOUR="" if more else "0") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.quiet(0.5)
        assert "of 8" not in terminal.text()
        _quit(terminal)
    assert not (home.folder / ".local/state/khabar/toured").exists()
