"""Adding from the explorer in a real pseudo-terminal, from the first start on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tui
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

TEXT = "عنوان الخبر\n\nقال المتحدث باسم الحكومة في بغداد إن الأمر انتهى.\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.env |= {"LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(Path(tui.__file__).parents[1])}
    return home


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_newcomer_adds_a_folder(home: Home, seeds: Path, columns: int, rows: int) -> None:
    (home.folder / "my news").symlink_to(seeds)
    with Terminal(KHABAR, columns, rows, home.env) as terminal:
        terminal.wait(lambda shown: "these are sample articles: A adds your own" in shown)
        terminal.send("A")
        terminal.wait(lambda shown: "They go into your own corpus" in shown)
        terminal.send("\x1b[200~'" + str(home.folder / "my news") + "' \x1b[201~")  # dropped into the terminal
        terminal.wait(lambda shown: "Enter begins" in shown)
        terminal.send("\r")
        terminal.wait(lambda shown: "Added to ~/data/khabar/corpus.db" in shown and "5 added" in shown)
        terminal.send("\x1b")
        terminal.wait(lambda shown: "· corpus.db" in shown and "5 articles" in shown and "Added to" not in shown)
        terminal.send("q")
        assert terminal.ended() == 0
    assert len(home.run("articles", "--json").objects) == 5


def test_who_leaves_is_told_that_it_goes_on(home: Home, seeds_corpus: Path) -> None:
    os.mkfifo(home.folder / "pipe")
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 100, 30, home.env) as terminal:
        terminal.wait(lambda shown: "5 articles" in shown)
        terminal.send("A")
        terminal.wait(lambda shown: "Add files or folders" in shown)
        terminal.send("~/pi\t")
        terminal.wait(lambda shown: "~/pipe" in shown)
        terminal.send("\r")
        terminal.wait(lambda shown: "Enter begins" in shown)
        terminal.send("\r")
        terminal.wait(lambda shown: "Esc hides, c ends it" in shown)
        terminal.send("\x1b")
        terminal.wait(lambda shown: "adding: 0 added" in shown and "Esc hides" not in shown)
        terminal.send("q")
        assert terminal.ended() == 0
        assert "khabar goes on adding in the background; so far: 0 added" in terminal.text()
    (home.folder / "pipe").write_text(TEXT, "utf-8")
    while len(home.run("-c", seeds_corpus, "articles", "--json").objects) < 6:
        pass
    assert home.run("-c", seeds_corpus, "verify").code == 0
