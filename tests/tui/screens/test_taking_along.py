"""Exports of what is in sight: chosen from a sheet, written in the background, stopped by a key."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import Reader
from store.export import export
from store.export.delimited import restore
from store.export.options import Options
from tests.tui.screens.driving import Driver, explorer
from tui.screens.export_sheets import Choice, ExportSheet, TargetSheet, offered
from tui.widgets.rows import Rows

KADHIMI = "مصطفى الكاظمي"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def choose(khabar: Driver, what: str, form: str, nth: int = 0) -> None:
    """Open the sheet and take the `nth` of such choices."""
    await khabar.press("x")
    assert isinstance(khabar.app.screen, ExportSheet)
    rows = khabar.app.screen.query_one(Rows)
    choices = [key for key in rows.ids if (row := rows.row(key)) is not None and (row.what, row.form) == (what, form)]
    assert rows.select(choices[nth])
    await khabar.press("enter")
    assert isinstance(khabar.app.screen, TargetSheet)


async def write_to(khabar: Driver, name: str) -> None:
    await khabar.press("ctrl+u", *name, "enter")


@pytest.mark.parametrize(
    ("what", "form", "begins"),
    [
        ("articles", "jsonl", '{"id"'),
        ("mentions", "csv", "article,start"),
        ("timeline", "html", "<!doctype html>"),
        ("graph", "graphml", "<?xml"),
        ("trends", "svg", "<svg"),
        ("brief", "md", '<div dir="ltr"'),
        ("report", "html", "<!doctype html>"),
    ],
)
async def test_everything_in_a_view_can_be_written(
    seeds_corpus: Path, folder: Path, what: str, form: str, begins: str
) -> None:
    async with explorer(seeds_corpus) as khabar:
        await choose(khabar, what, form)
        await write_to(khabar, f"out.{form}")
        written = (folder / f"out.{form}").read_text("utf-8")
        assert written.startswith(begins)
        assert f"out.{form}" in khabar.status()
        assert [path.name for path in folder.iterdir()] == [f"out.{form}"]


async def test_a_folder_that_is_not_there_is_told_where_the_name_can_be_changed(
    seeds_corpus: Path, folder: Path
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await choose(khabar, "brief", "md")
        await write_to(khabar, "lost/out.md")
        assert isinstance(khabar.app.screen, TargetSheet)
        assert "there is no folder" in khabar.shown()
        (folder / "lost").mkdir()
        await khabar.press("enter")
        assert (folder / "lost" / "out.md").exists()


async def test_mentions_of_the_name_in_hand_are_those_of_it_alone(seeds_corpus: Path, folder: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await choose(khabar, "mentions", "csv")
        await write_to(khabar, "kadhimi.csv")
        with (folder / "kadhimi.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {restore(row["name"]) for row in rows} == {KADHIMI}
        assert f"{len(rows)} row" in khabar.status()


async def test_what_is_there_is_written_over_only_when_that_is_said_twice(seeds_corpus: Path, folder: Path) -> None:
    (folder / "old.csv").write_text("precious")
    async with explorer(seeds_corpus) as khabar:
        await choose(khabar, "articles", "csv")
        await write_to(khabar, "old.csv")
        assert isinstance(khabar.app.screen, TargetSheet)
        assert "old.csv is there already" in khabar.shown()
        assert (folder / "old.csv").read_text() == "precious"
        await khabar.press("escape")
        await choose(khabar, "articles", "csv")
        await write_to(khabar, "old.csv")
        await khabar.press("enter")
        assert (folder / "old.csv").read_text("utf-8").startswith("id,title")


async def test_the_corpus_is_never_written_over(seeds_corpus: Path) -> None:
    before = seeds_corpus.read_bytes()
    async with explorer(seeds_corpus) as khabar:
        await choose(khabar, "articles", "csv")
        await write_to(khabar, str(seeds_corpus))
        await khabar.press("enter")
        assert "is the corpus itself" in khabar.status()
    assert seeds_corpus.read_bytes() == before


async def test_a_path_is_completed_and_a_folder_takes_the_proposed_name(seeds_corpus: Path, folder: Path) -> None:
    (folder / "exports").mkdir()
    async with explorer(seeds_corpus) as khabar:
        await choose(khabar, "entities", "csv")
        await khabar.press("ctrl+u", *"exp", "tab", "enter")
        assert [path.suffix for path in (folder / "exports").iterdir()] == [".csv"]


async def test_an_export_that_is_stopped_leaves_nothing(
    seeds_corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(reader: Reader, what: str, form: str, f: Filter, *, options: Options) -> Iterator[str]:
        for piece in export(reader, what, form, f, options=options):
            yield piece
            begun.set()
            go_on.wait(20)

    monkeypatch.setattr("store.export.export", slow)
    async with explorer(seeds_corpus) as khabar:
        await choose(khabar, "articles", "csv")
        await khabar.pilot.press("ctrl+u", *"slow.csv", "enter")
        while not begun.is_set():
            await khabar.pilot.pause(0.01)
        assert list(folder.iterdir())
        assert "x stops it" in khabar.shown()
        await khabar.pilot.press("x")
        await khabar.pilot.pause()
        assert "nothing is left" in khabar.status()
        go_on.set()
        while list(folder.iterdir()):
            await khabar.pilot.pause(0.01)


async def test_some_rows_alone_can_be_written(seeds_corpus: Path, folder: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        wanted = khabar.explorer.rows("entities").current_id
        assert wanted is not None
        khabar.explorer.take_along([wanted])
        await khabar.settle()
        await khabar.press("enter")
        await write_to(khabar, "one.csv")
        with (folder / "one.csv").open(encoding="utf-8", newline="") as file:
            assert [row["name"] for row in csv.DictReader(file)] == [KADHIMI]


def test_every_choice_has_its_words_and_its_form() -> None:
    from store.answers import Filter
    from store.export.subjects import SUBJECTS

    for pane in ("articles", "entities", "timeline"):
        for only in (False, True):
            choices = [c for _, group in offered(pane, Filter(), (1, "x"), (), only=only) for c in group]
            assert all(isinstance(choice, Choice) for choice in choices)
            assert all(c.form in SUBJECTS[c.what].formats or c.form == "png" for c in choices)
            assert choices[0].what == pane
