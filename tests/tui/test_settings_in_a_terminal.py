"""Settings in a real pseudo-terminal: who counts before whom, which theme a terminal gets, keys that were changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.ptys import KHABAR, Terminal
from tests.tui.test_mouse import click, place
from tui import themes

IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"
_COLOURS = re.compile(rb"\x1b\[([\d;]*)m")


class User:
    """Somebody with a file of settings, and what they remembered."""

    def __init__(self, folder: Path, corpus: Path) -> None:
        self.folder, self.corpus = folder / "config" / "khabar", corpus
        self.folder.mkdir(parents=True)
        self.env = {
            "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder),
            "LANG": "C.UTF-8", "COLORTERM": "truecolor", "KHABAR_CONFIG": "",
        }  # fmt: skip

    def set(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def open(self, *options: str, columns: int = 120, rows: int = 40, **env: str) -> Terminal:
        return Terminal([*KHABAR, *options, "-c", str(self.corpus)], columns, rows, {**self.env, **env})


@pytest.fixture
def user(tmp_path: Path, seeds_corpus: Path) -> User:
    return User(tmp_path, seeds_corpus)


def _wears(terminal: Terminal, name: str) -> None:
    """Wait until the paper of the article in the reader is that of a theme."""
    paper = str(next(theme.background for theme in themes.themes() if theme.name == name))
    terminal.wait(lambda text: IRAQ in text and terminal.screen.buffer[12][100].bg == paper[1:])


def test_option_variable_file_what_is_remembered_and_the_default_count_in_this_order(user: User) -> None:
    with user.open() as terminal:
        _wears(terminal, "khabar")
        terminal.send("V")
        terminal.wait(lambda text: "colours: light" in text)
        _wears(terminal, "light")
    with user.open() as terminal:
        _wears(terminal, "light")  # as remembered
    user.set('theme = "contrast-dark"')
    with user.open() as terminal:
        _wears(terminal, "contrast-dark")
    with user.open(KHABAR_THEME="contrast-light") as terminal:
        _wears(terminal, "contrast-light")
    with user.open("--theme", "khabar", KHABAR_THEME="contrast-light") as terminal:
        _wears(terminal, "khabar")


def test_whoever_only_reads_remembers_no_theme(user: User) -> None:
    with user.open("--read-only") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("V")
        terminal.wait(lambda text: "colours: light" in text)
        terminal.send("q")
        assert terminal.ended() == 0
    assert list(user.folder.iterdir()) == []


def _numbers(terminal: Terminal) -> set[int]:
    """All that was asked for of colours and weight, 38 and 48 for one by its shade."""
    return {int(part or 0) for sent in _COLOURS.findall(terminal.written) for part in sent.split(b";")[:1]} | {
        int(part)
        for sent in _COLOURS.findall(terminal.written)
        for part in sent.split(b";")
        if part and int(part) < 108
    }


def test_a_terminal_of_sixteen_colours_gets_those_whatever_the_file_says(user: User) -> None:
    user.set('theme = "light"')
    with user.open(TERM="xterm", COLORTERM="") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        assert not {38, 48} & _numbers(terminal)
        assert {40, 96} <= _numbers(terminal)
        terminal.send("V")
        terminal.wait(lambda text: "colours: no colours" in text)
        terminal.send("V")
        terminal.wait(lambda text: "colours: the terminal's own 16 colours" in text)
        assert not {38, 48} & _numbers(terminal)
    assert [path.name for path in user.folder.iterdir()] == ["config.toml"]  # elsewhere another theme is worn


def test_without_colours_none_is_sent_unless_a_theme_is_chosen(user: User) -> None:
    with user.open(NO_COLOR="1") as terminal:
        terminal.wait(lambda text: IRAQ in text)
        assert not _numbers(terminal) & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
        assert {1, 7} <= _numbers(terminal)
    user.set('theme = "light"')
    with user.open(NO_COLOR="1") as terminal:
        _wears(terminal, "light")


def test_what_is_wrong_is_said_and_the_rest_holds(user: User) -> None:
    user.set('theme = "lihgt"\nmouse = false\nlanguage = "ar"\n[keys]\nexplore.why = "e"\n')
    with user.open(LANG="en_US.UTF-8", columns=160) as terminal:
        terminal.wait(lambda text: IRAQ in text and "config.toml" in text)
        assert "lihgt" in terminal.text()
        assert "config --check" in terminal.text()  # there is another
        assert "articles" not in terminal.text()
        assert b"\x1b[?1000h" not in terminal.written
        terminal.send("q")
        assert terminal.ended() == 0
    user.set("theme = light")
    with user.open(columns=160) as terminal:
        terminal.wait(lambda text: "config.toml, line 1, column 9: no TOML" in text)
        _wears(terminal, "khabar")


def test_changed_keys_work_on_both_layouts_and_are_shown(user: User) -> None:
    user.set('[keys]\nexplore.search = "f6"\ncorrect.hide = ""\nexplore.why = "h"\n')
    with user.open() as terminal:
        terminal.wait(lambda text: IRAQ in text and "F6 search" in text and "h why" in text)
        terminal.send("/")
        terminal.send("ا")  # the key of h on the Arabic layout
        terminal.wait(lambda text: "Why this article" in text)
        terminal.send("\x1b")
        terminal.wait(lambda text: "Why this article" not in text)
        terminal.send("\x1b[17~")
        terminal.wait(lambda text: "search:" in text)
        terminal.send("\x1b")
        terminal.wait(lambda text: "search:" not in text and "F6 search" in text)
        click(terminal, place(terminal, "F6 search"))
        terminal.wait(lambda text: "search:" in text)
        terminal.send("\x1b")
        terminal.wait(lambda text: "search:" not in text)
        terminal.send("?")
        terminal.wait(lambda text: "F6" in text and "Explore" in text)


def test_panes_have_the_shares_that_are_set(user: User) -> None:
    def lists_end(terminal: Terminal) -> int:
        return terminal.wait(lambda text: IRAQ in text and "1 articles" in text).splitlines()[1].index("╭", 1)

    with user.open() as terminal:
        assert lists_end(terminal) == 48
    user.set("[panes]\nlists = 60\narticles = 3\n")
    with user.open() as terminal:
        assert lists_end(terminal) == 72
        text = terminal.wait(lambda text: any("3 timeline" in line for line in text.splitlines()[28:]))
        tops = [at for at, line in enumerate(text.splitlines()) if line.startswith(("╭", "┏"))]
        heights = [after - before for before, after in zip(tops, [*tops[1:], 38], strict=True)]
        assert heights[0] > 2 * heights[1]
    user.set('[panes]\nlayout = "one"\n')
    with user.open() as terminal:
        terminal.wait(lambda text: IRAQ in text)
        assert terminal.text().splitlines()[1].count("╭") + terminal.text().splitlines()[1].count("┏") == 1
