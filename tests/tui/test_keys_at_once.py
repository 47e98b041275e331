"""Keys that come in one read, as over a slow link: each goes where the one before it has led."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader
from tests.tui.ptys import KHABAR, Terminal
from tests.tui.test_in_a_terminal import IRAQ, KADHIMI, _env


@pytest.fixture
def terminal(seeds_corpus: Path, tmp_path: Path) -> Terminal:
    shutil.copy(seeds_corpus, tmp_path / "c.db")
    return Terminal([*KHABAR, "-c", str(tmp_path / "c.db")], 80, 24, _env(tmp_path))


def test_a_search_is_typed_and_nothing_of_it_done(terminal: Terminal) -> None:
    with terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("/lavrov quits\x15الكاظمي")  # l: the language, q: leave, Ctrl+U: what was typed goes
        terminal.wait(lambda text: KADHIMI in text.splitlines()[1])
        assert "search:" in terminal.text().splitlines()[1]


def test_a_note_is_typed_and_kept(terminal: Terminal, tmp_path: Path) -> None:
    with terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("Jquite a day\x13")
        terminal.wait(lambda text: "note kept" in text)
    with open_reader(tmp_path / "c.db") as reader:
        assert [one.text for one in reader.annotations(list(reader.annotation_ids()))] == ["quite a day"]


def test_a_date_is_asked_for_and_given(terminal: Terminal, tmp_path: Path) -> None:
    with terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("d\x152001-02-03\rq")
        assert terminal.ended() == 0
    with open_reader(tmp_path / "c.db") as reader:
        found = reader.articles(list(reader.article_ids(Filter())))
    assert [one.published.value for one in found if one.published.basis == "given"] == ["2001-02-03"]


def test_many_steps_are_all_taken(terminal: Terminal) -> None:
    with terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.send("2jjjkj1?")
        terminal.wait(lambda text: "keys" in text.lower())
        terminal.send("\x1b")
        terminal.wait(lambda text: IRAQ in text)
