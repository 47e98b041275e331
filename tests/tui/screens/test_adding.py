"""Adding from the explorer: paths are typed, dropped and completed; a process of its own takes them in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.events import Paste

import tui
from store.database import open_reader, verify
from store.readers.leaving import KINDS
from store.summary import FORMATS
from tests.tui.screens.driving import Driver, explorer
from tui import corpora
from tui.app import Khabar
from tui.locale import gettext, use
from tui.screens.add_sheets import AddSheet, ProgressSheet
from tui.widgets.label import Label
from tui.widgets.path_input import PathInput
from tui.widgets.prose import Prose


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home, where one is, with something to add."""
    for number in range(3):
        path = tmp_path / "my news" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"الخبر رقم {number}\n\nأعلن رئيس الوزراء مصطفى الكاظمي في بغداد الأمر {number}.\n", "utf-8")
    (tmp_path / "my news" / "empty.txt").touch()
    (tmp_path / "my news" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KHABAR_ENTITIES", "fast")
    monkeypatch.setenv("PYTHONPATH", str(Path(tui.__file__).parents[1]))  # processes begin elsewhere
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sheet(khabar: Driver) -> str:
    """What the sheet on top says, in logical order, line by line."""
    labels = [f"{label._left} | {label._right}" for label in khabar.app.screen.query(Label)]
    said = "\n".join([*labels, *(f"{entry.key} {entry.text}" for entry in khabar.app.screen.query_one(Prose)._entries)])
    return said.replace("\u2066", "").replace("\u2069", "")


def hidden(khabar: Driver) -> bool:
    """Whether no sheet is over the explorer."""
    return khabar.app.screen is khabar.explorer


def line(khabar: Driver) -> str:
    return khabar.app.screen.query_one(PathInput).value


def corner(khabar: Driver) -> str:
    return khabar.explorer.query_one("#status", Label)._right


async def drop(khabar: Driver, text: str) -> None:
    """Paste, as a terminal does of files that are dragged into it."""
    khabar.app.screen.query_one(PathInput).post_message(Paste(text))
    await khabar.settle()


async def test_a_folder_is_typed_and_added(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A")
        assert isinstance(khabar.app.screen, AddSheet)
        await khabar.press("m", "tab")
        assert line(khabar) == "my news/"
        await khabar.press("tab")
        assert "0.txt  1.txt  2.txt  empty.txt  picture.png" in sheet(khabar)
        await khabar.press("enter")
        assert line(khabar) == ""
        assert "Enter begins" in sheet(khabar)
        assert str(Path("my news").absolute()) in sheet(khabar)
        await khabar.press("enter")
        assert isinstance(khabar.app.screen, ProgressSheet)
        said = sheet(khabar)
        assert "Added to ~/seeds.db | \nEsc closes, A adds more | " in said
        assert "3 added · 1 rejected · 1 file left out" in said
        assert "3 plain text" in said
        assert "1 pictures" in said
        assert "empty.txt: is empty; check where it came from" in said
        assert len(khabar.ids("articles")) == 8
        await khabar.press("escape")
        assert hidden(khabar)
        assert "done" not in corner(khabar)
        assert "8 articles" in corner(khabar)
    assert not list(verify(seeds_corpus))


async def test_several_are_dropped_and_taken_back(seeds_corpus: Path, home: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A")
        await drop(khabar, f"'{home}/my news/0.txt' '{home}/my news/1.txt' ")
        await drop(khabar, f"file://{home}/my%20news/2.txt\r\n")
        assert [entry.text[-5:] for entry in khabar.app.screen.query_one(Prose)._entries[1:]] == [
            "0.txt", "1.txt", "2.txt",
        ]  # fmt: skip
        await khabar.press("backspace")
        await drop(khabar, "no such file")
        assert line(khabar) == "no such file"
        await khabar.press("enter")
        assert f"there is no {home}/no such file" in sheet(khabar)
        await khabar.press("ctrl+u", "enter")
        assert "2 added" in sheet(khabar)
        await khabar.press("A")
        await drop(khabar, "my news/1.txt")
        await khabar.press("enter")
        assert "0 added · 1 there already" in sheet(khabar)


async def test_nothing_is_added_where_nothing_is_named(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A", "enter")
        assert isinstance(khabar.app.screen, AddSheet)
        await khabar.press("escape", "A", "x", "escape")
        assert hidden(khabar)
        assert khabar.explorer.adding is None


async def test_it_goes_on_out_of_sight_and_can_be_ended(seeds_corpus: Path, home: Path) -> None:
    os.mkfifo(home / "pipe")  # what nobody writes to is read without an end
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A")
        await drop(khabar, "my news/0.txt")
        await drop(khabar, "pipe")
        await khabar.pilot.press("enter")
        explorer_ = khabar.explorer
        while explorer_.adding is None or not explorer_.adding.added:
            await khabar.pilot.pause()
        assert "1 added" in sheet(khabar)
        assert "Esc hides, c ends it" in sheet(khabar)
        await khabar.pilot.press("escape")
        await khabar.pilot.pause()
        assert "adding: 1 added" in corner(khabar)
        await khabar.pilot.press("2", "down", "1")  # keys do what they do
        assert explorer_.pane == "articles"
        await khabar.pilot.press("A")
        await khabar.press("c")
        assert "Ended; what was added to ~/seeds.db stays" in sheet(khabar)
        assert "1 added" in sheet(khabar)
        await khabar.press("escape")
        assert khabar.explorer.adding is None
        assert len(khabar.ids("articles")) == 6
    assert not list(verify(seeds_corpus))


async def test_what_ends_out_of_sight_is_announced(seeds_corpus: Path, home: Path) -> None:
    os.mkfifo(home / "pipe")
    async with explorer(seeds_corpus, (200, 40)) as khabar:
        await khabar.press("A")
        await drop(khabar, "pipe")
        await khabar.pilot.press("enter")
        await khabar.pilot.pause()
        await khabar.pilot.press("escape")
        with (home / "pipe").open("w") as pipe:  # waits for the process to read
            pipe.write("الخبر الأخير\n\nقال المتحدث في بغداد إن الأمر انتهى.\n")
        await khabar.settle()
        assert "done: 1 added, A shows more" in corner(khabar)
        assert "+1 new, Esc shows them" in corner(khabar)
        assert len(khabar.ids("articles")) == 5
        await khabar.press("A")
        assert "1 plain text" in sheet(khabar)
        await khabar.press("escape", "escape")
        assert len(khabar.ids("articles")) == 6
        assert "done" not in corner(khabar)


async def test_more_may_be_added_meanwhile(seeds_corpus: Path, home: Path) -> None:
    os.mkfifo(home / "pipe")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A")
        await drop(khabar, "pipe")
        await khabar.pilot.press("enter")
        await khabar.pilot.pause()
        await khabar.pilot.press("A")
        await khabar.pilot.pause()
        assert isinstance(khabar.app.screen, AddSheet)
        khabar.app.screen.query_one(PathInput).post_message(Paste("my news"))
        while not khabar.app.screen.query_one(Prose)._entries:
            await khabar.pilot.pause()
        await khabar.pilot.press("enter")
        explorer_ = khabar.explorer
        while explorer_.adding is None or explorer_.adding.added < 3:
            await khabar.pilot.pause()
        (home / "pipe").write_text("الخبر الأخير\n\nقال المتحدث في بغداد إن الأمر انتهى.\n")
        await khabar.settle()
        assert "4 added · 1 rejected" in sheet(khabar)


async def test_a_corpus_that_cannot_be_written_is_said(seeds_corpus: Path, home: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        seeds_corpus.write_bytes(b"no corpus any more")
        await khabar.press("A")
        await drop(khabar, "my news/0.txt")
        await khabar.press("enter")
        assert "is no khabar corpus" in sheet(khabar)


async def test_from_the_sample_into_ones_own(seeds_corpus: Path) -> None:
    use("en")
    own = corpora.default_path()
    app = Khabar(seeds_corpus, sample=True)
    async with app.run_test(size=(120, 40)) as pilot:
        khabar = Driver(app, pilot)
        await khabar.settle()
        assert khabar.status() == "these are sample articles: A adds your own files and folders"
        assert "sample corpus" in khabar.shown()
        await khabar.press("down", "2", "A")
        assert "They go into your own corpus, ~/data/khabar/corpus.db." in sheet(khabar)
        await drop(khabar, "my news")
        await khabar.press("enter")
        assert "Added to ~/data/khabar/corpus.db" in sheet(khabar)
        await khabar.press("escape", "1")
        assert khabar.explorer.corpus == own
        assert len(khabar.ids("articles")) == 3
        assert khabar.status() == "all articles"
        assert "sample corpus" not in khabar.shown()
        await khabar.press("backspace")
        assert khabar.status() == "this is where you began"
        await khabar.press("enter", "b")
        assert khabar.status() == "bookmarked"
    with open_reader(own) as reader:
        assert len(reader.article_ids()) == 3
    with open_reader(seeds_corpus) as reader:
        assert len(reader.article_ids()) == 5


async def test_an_empty_corpus_says_how_to_begin(tmp_path: Path) -> None:
    from store.database import open_writer

    open_writer(tmp_path / "new.db").close()
    async with explorer(tmp_path / "new.db") as khabar:
        assert "A adds files or folders" in khabar.shown()
        await khabar.press("A")
        await drop(khabar, "my news/0.txt")
        await khabar.press("enter", "escape")
        assert len(khabar.ids("articles")) == 1


def test_formats_and_what_is_left_out_have_names_in_arabic() -> None:
    use("ar")
    try:
        own = {"JSON", "JSON Lines", "PDF"}
        names = {*FORMATS.values(), *KINDS}
        assert {name for name in names if gettext(name) == name} <= own
    finally:
        use("en")


async def test_on_an_arabic_keyboard_in_arabic(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        use("ar")
        await khabar.press("arabic_kasra")
        assert "إضافة ملفات أو مجلدات" in sheet(khabar)
        await drop(khabar, "my news")
        await khabar.press("enter")
        assert "أُضيف 3" in sheet(khabar)
        assert " ~/seeds.db " in khabar.shown()
        use("en")


async def test_dates_that_cannot_be_read_are_told(home: Path, seeds_corpus: Path) -> None:
    (home / "feed.jsonl").write_text('{"text": "قال الناطق إن الأمر انتهى.", "published": "soon"}\n', "utf-8")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("A")
        await drop(khabar, str(home / "feed.jsonl"))
        await khabar.press("enter", "enter")
        await khabar.until(lambda: "Dates that could not be read" in sheet(khabar))
        assert 'feed.jsonl:1 could not be read: "soon"' in sheet(khabar)
