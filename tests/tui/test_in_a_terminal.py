"""The explorer in a real pseudo-terminal, seen as cells from left to right."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path
from statistics import mode

import pytest

from store.ingest import Added, add
from tests.tui.ptys import KHABAR, Terminal
from tui.terminal import clipboard_sequence

# Presentation forms in visual order, written out so that the layout under test has no say in what is expected.
IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"
KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[8h")


def _env(folder: Path) -> dict[str, str]:
    return {
        "XDG_DATA_HOME": str(folder),
        "XDG_CACHE_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "LANG": "C.UTF-8",
    }


def _open(corpus: Path, folder: Path, columns: int = 120, rows: int = 40, **env: str) -> Terminal:
    return Terminal([*KHABAR, "-c", str(corpus)], columns, rows, {**_env(folder), **env})


# What terminals answer to XTVERSION, DECRQM 8, DA2 and DA1.
VTE = b"\x1bP>|VTE(7006)\x1b\\\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c"
PUTTY = b"\x1b[>0;136;0c\x1b[?6c"
KITTY = b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[8;0$y\x1b[>1;4000;26c\x1b[?62;c"
KONSOLE = b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[8;0$y\x1b[>1;221203;0c\x1b[?62;22c"

CRASHING = """
import sys
from pathlib import Path
import tui.app

class Crashing(tui.app.Khabar):
    def on_key(self) -> None:
        raise RuntimeError("on purpose")

tui.app.Khabar = Crashing
sys.exit(tui.app.run(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24), (200, 60)])
def test_a_walk_through(seeds_corpus: Path, tmp_path: Path, columns: int, rows: int) -> None:
    with _open(seeds_corpus, tmp_path, columns, rows) as terminal:
        shown = terminal.wait(lambda text: IRAQ in text)
        assert "العراق" not in shown
        terminal.send("2")
        terminal.wait(lambda text: KADHIMI in text)
        terminal.send("a")
        terminal.wait(lambda text: KADHIMI in text.splitlines()[-2])
        terminal.send("/")
        terminal.wait(lambda text: "search:" in text.splitlines()[1])
        terminal.send("الكاظمي")
        terminal.wait(lambda text: KADHIMI in text.splitlines()[1])
        terminal.send("\x1b")
        terminal.wait(lambda text: "search:" not in text.splitlines()[1])
        terminal.send("?")
        terminal.wait(lambda text: "Esc closes" in text)
        terminal.send("q")
        terminal.wait(lambda text: "Esc closes" not in text)
        terminal.send("q")
        assert terminal.ended() == 0
        for sequence in RESTORED:
            assert sequence in terminal.written


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_every_sentence_that_names_somebody(seeds_corpus: Path, tmp_path: Path, columns: int, rows: int) -> None:
    with _open(seeds_corpus, tmp_path, columns, rows) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("2")
        terminal.wait(lambda text: KADHIMI in text)
        terminal.send("s")
        terminal.wait(lambda text: " mentions of " in text and KADHIMI in text.splitlines()[20])
        terminal.quiet(0.5)
        shown = terminal.text().splitlines()
        assert KADHIMI in shown[1]
        sentences = [line for line in shown[4 : rows - 1 : 2] if line.strip("│ ")]
        assert len(sentences) >= 9
        assert all(KADHIMI in line for line in sentences)
        # the name stands out by a background of its own, and nothing else does
        for at in range(4, 10, 2):
            cells = [terminal.screen.buffer[at][column] for column in range(3, columns - 3)]
            ground = mode(cell.bg for cell in cells)
            lit = "".join(cell.data[0] for cell in cells if cell.bg != ground)
            assert lit.startswith(KADHIMI)
            assert len(lit) <= len("مصطفى الكاظمي")
        terminal.send("G\r")
        terminal.wait(lambda text: " mentions of " not in text and KADHIMI in text.splitlines()[-2])
        terminal.send("q")
        assert terminal.ended() == 0


def test_no_letter_is_painted_unshaped(seeds_corpus: Path, tmp_path: Path) -> None:
    with _open(seeds_corpus, tmp_path) as terminal:
        shown = terminal.wait(lambda text: IRAQ in text)
    bare = {
        ch for ch in shown if "ARABIC LETTER" in unicodedata.name(ch, "") and "FORM" not in unicodedata.name(ch, "")
    }
    # Farsi yeh has no presentation form of its own name in some fonts; nothing else may be bare
    assert bare == set()


def test_bdsm_is_switched_off_before_the_first_row(seeds_corpus: Path, tmp_path: Path) -> None:
    with _open(seeds_corpus, tmp_path) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        assert -1 < terminal.written.index(b"\x1b[8l") < terminal.written.index(b"\x1b[?1049h")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_given_back_on_a_signal(seeds_corpus: Path, tmp_path: Path, number: signal.Signals) -> None:
    with _open(seeds_corpus, tmp_path) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        for sequence in RESTORED:
            assert sequence in terminal.written


def test_nothing_of_a_text_reaches_the_terminal_as_an_escape(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(
        "عنوان \x1b]0;pwned\x07 \x1b[2J الخبر\x9b31m\n\n"
        "قال المتحدث \x1b]52;c;AAAA\x07 في بغداد \x08\x7f إن الأمر انتهى.\n",
        encoding="utf-8",
    )
    corpus = tmp_path / "hostile.db"
    assert [type(outcome) for outcome in add(corpus, [str(hostile)])] == [Added]
    with _open(corpus, tmp_path) as terminal:
        terminal.wait(lambda text: "pwned" in text)
        terminal.send("\r")
        terminal.quiet(0.5)
        for sequence in (b"\x1b]0;", b"\x1b]52;", b"\xc2\x9b", b"\x08", b"\x7f"):
            assert sequence not in terminal.written
        # the only bells are the ends of Textual's own OSC 22, the shape of the mouse pointer
        assert terminal.written.count(b"\x07") == terminal.written.count(b"\x1b]22;")


def test_without_colour_the_marks_are_still_there(seeds_corpus: Path, tmp_path: Path) -> None:
    with _open(seeds_corpus, tmp_path, NO_COLOR="1") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("4")
        terminal.quiet(0.5)
        underlined = [cell for row in terminal.screen.buffer.values() for cell in row.values() if cell.underscore]
        assert underlined


@pytest.mark.parametrize(
    "answer", [VTE, PUTTY, KITTY, KONSOLE, b""], ids=["vte", "putty", "kitty", "konsole", "silent"]
)
def test_the_answers_of_a_terminal_are_not_taken_for_keys(seeds_corpus: Path, tmp_path: Path, answer: bytes) -> None:
    command = [*KHABAR, "-c", str(seeds_corpus)]
    with Terminal(command, 100, 30, _env(tmp_path), answer) as terminal:
        # where rows are reordered, blanks are sent as blank braille cells, which stay where they are
        terminal.wait(lambda text: "all articles" in text.replace("\u2800", " "))
        terminal.send("/")
        terminal.wait(_the_search_line_is_empty)


def _the_search_line_is_empty(text: str) -> bool:
    line = text.replace("\u2800", " ").splitlines()[1]
    return "search:" in line and not line.replace("search:", "").replace("5 articles", "").strip()


@pytest.mark.parametrize(
    ("answer", "off", "on"),
    [
        (VTE, b"\x1b[8l", b"\x1b[8h"),
        (KONSOLE, b"\x1b]50;BidiRenderingEnabled=false\x07", b"\x1b]50;BidiRenderingEnabled=true\x07"),
    ],
    ids=["vte", "konsole"],
)
def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(
    seeds_corpus: Path, tmp_path: Path, answer: bytes, off: bytes, on: bytes
) -> None:
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 100, 30, _env(tmp_path), answer) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        assert terminal.written.count(off) == 1
        terminal.send("\x1a")
        terminal.stopped()
        assert terminal.written.count(on) == 1
        terminal.signal(signal.SIGCONT)
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("q")
        assert terminal.ended() == 0
        assert terminal.written.count(off) == 2
        assert terminal.written.count(on) == 2


def test_a_crash_gives_the_terminal_back(seeds_corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", CRASHING, str(seeds_corpus)]
    with Terminal(command, 100, 30, _env(tmp_path), VTE) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("j")
        assert terminal.ended() == 1
        for sequence in RESTORED:
            assert sequence in terminal.written


def test_copies_are_logical_and_kept_in_a_file_where_a_terminal_takes_none(seeds_corpus: Path, tmp_path: Path) -> None:
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 120, 40, _env(tmp_path), VTE) as terminal:
        terminal.wait(lambda text: KADHIMI in text)
        terminal.send("2")
        terminal.quiet(0.5)
        terminal.send("y")
        terminal.wait(lambda text: "may take no copies" in text)
        assert clipboard_sequence("مصطفى الكاظمي").encode() in terminal.written
    assert (tmp_path / "khabar" / "copied.txt").read_text(encoding="utf-8") == "مصطفى الكاظمي"


def test_a_locale_of_another_encoding_is_overruled(seeds_corpus: Path, tmp_path: Path) -> None:
    with _open(seeds_corpus, tmp_path, PYTHONIOENCODING="iso-8859-1", LC_ALL="C") as terminal:
        terminal.wait(lambda text: IRAQ in text)


@pytest.mark.parametrize("name", ["linux", "vt100", "xterm", "xterm-16color", "screen", "dumb"])
def test_any_terminal_name_gives_a_usable_screen(seeds_corpus: Path, tmp_path: Path, name: str) -> None:
    with _open(seeds_corpus, tmp_path, 80, 24, TERM=name) as terminal:
        terminal.wait(lambda text: IRAQ in text and "articles" in text)
        terminal.send("q")
        assert terminal.ended() == 0


def test_a_terminal_that_goes_away_without_a_word_ends_the_program(seeds_corpus: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    # a terminal that is not the controlling one of a session: the system tells nobody when it goes away
    process = subprocess.Popen(
        [*KHABAR, "-c", str(seeds_corpus)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env={**os.environ, **_env(tmp_path), "TERM": "xterm-256color"},
    )
    os.close(slave)
    painted = b""
    while IRAQ.encode() not in painted:
        painted += os.read(master, 65536)
    os.close(master)
    try:
        assert process.wait(15) == 128 + signal.SIGHUP
    finally:
        process.kill()
