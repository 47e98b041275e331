"""Bookmarks, tags and notes in the explorer: put on, shown, listed, gone to, taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations import Annotation, Kind, Target
from store.database import open_reader, open_writer, verify
from tests.tui.screens.driving import Driver, away, explorer
from tui.screens.annotation_list import AnnotationsSheet
from tui.screens.annotation_sheets import NoteSheet, TagSheet
from tui.widgets.note_input import NoteInput


def kept(path: Path) -> list[Annotation]:
    """All annotations, oldest first."""
    with open_reader(path) as reader:
        return reader.annotations(reader.annotation_ids()[::-1])


def closed(khabar: Driver) -> bool:
    """Whether no sheet is over the explorer."""
    return khabar.app.screen == khabar.explorer


async def to_a_name(khabar: Driver) -> None:
    """Put the reader's cursor on a name in a sentence of the body."""
    await khabar.press("enter", *["left"] * 4)
    while khabar.explorer.entity_in_hand() is None:
        await khabar.press("left")


async def test_what_is_under_the_cursor_is_bookmarked(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        for pane in ("1", "2", "3"):
            await khabar.press(pane, "b")
            assert khabar.status() == "bookmarked"
        await to_a_name(khabar)
        await khabar.press("b")
        assert khabar.status().startswith("sentence bookmarked")
    assert [one.key.on for one in kept(seeds_corpus)] == ["article", "entity", "event", "sentence"]
    assert not list(verify(seeds_corpus))


async def test_tags_are_typed_completed_and_taken_off(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("I", *"مهم, عاجل جدا", "enter")
        assert khabar.status() == "tagged #مهم · tagged #عاجل جدا"
        assert "#" in khabar.shown()
        await khabar.press("down", "I", "ع", "tab", "enter")
        assert khabar.status() == "tagged #عاجل جدا"
        await khabar.press("I", "down", "up", "enter")
        assert khabar.status() == "tagged #مهم"
        await khabar.press("I", *"#مهم", "enter")
        assert khabar.status() == "#مهم taken off"
        await khabar.press("I", "enter")
        await khabar.press("I", *"!!", "enter")
        assert isinstance(khabar.app.screen, TagSheet)
        await khabar.press("escape")
        assert closed(khabar)
        await khabar.press("slash", *"tag:مهم", "enter")
        assert len(khabar.ids("articles")) == 1
    assert sorted(one.text for one in kept(seeds_corpus)) == ["عاجل جدا", "عاجل جدا", "مهم"]


async def test_a_note_of_several_lines_stands_in_the_reader(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await to_a_name(khabar)
        before = khabar.explorer.reader.reading
        await khabar.press("J", *"check", "enter", *"twice", "ctrl+s")
        assert khabar.status() == "note kept"
        assert khabar.explorer.reader.reading == before
        assert "✎" in khabar.shown()
        assert "twice" in khabar.shown()
        (note,) = kept(seeds_corpus)
        assert (note.text, note.key.on) == ("check\ntwice", "sentence")
        # to change it; what was typed is not thrown away by one Esc
        await khabar.press("J", "x", "escape")
        assert isinstance(khabar.app.screen, NoteSheet)
        await khabar.press("y", "escape", "escape")
        assert closed(khabar)
        assert kept(seeds_corpus)[0].text == "check\ntwice"
        await khabar.press("J", "ctrl+u", "ctrl+s")
        assert khabar.status() == "note removed"
        # the name, and the article, by another key
        await khabar.press("J", "shift+tab", "n", "ctrl+s", "J", "shift+tab", "shift+tab", "a", "ctrl+s")
        assert [(one.text, one.key.on) for one in kept(seeds_corpus)] == [("n", "entity"), ("a", "article")]


@pytest.mark.parametrize("marked", [(), ("asterisk", "asterisk")])
@pytest.mark.parametrize(
    ("key", "typed", "ends", "sheet", "texts"),
    [
        ("J", "long thought", "ctrl+s", NoteSheet, ["long thought"]),
        ("I", "long thought, other", "enter", TagSheet, ["long thought", "other"]),
    ],
    ids=["note", "tags"],
)
async def test_what_cannot_be_written_is_there_to_be_kept_again(
    seeds_corpus: Path, marked: tuple[str, ...], key: str, typed: str, ends: str, sheet: type, texts: list[str]
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press(*marked, key, *typed)
        with away(seeds_corpus):
            await khabar.press(ends)
            assert "there is no such corpus" in khabar.status()
            assert isinstance(khabar.app.screen, sheet)
            assert typed in khabar.shown()
            assert "no such corpus" in khabar.shown()
        await khabar.press(ends)
        assert closed(khabar)
    assert sorted(one.text for one in kept(seeds_corpus)) == sorted(texts * (len(marked) or 1))


@pytest.mark.parametrize(
    ("kind", "keys", "ends"), [("note", "e", "ctrl+s"), ("tag", "e", "enter"), ("tag", "r", "enter")]
)
async def test_what_is_changed_in_the_list_and_cannot_be_written_is_there_to_be_kept_again(
    seeds_corpus: Path, kind: Kind, keys: str, ends: str
) -> None:
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), kind, "old")
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("B")
        sheet = khabar.app.screen
        await khabar.press(keys, "ctrl+u", *"long thought")
        with away(seeds_corpus):
            await khabar.press(ends)
            assert khabar.app.screen is not sheet
            assert "long thought" in khabar.shown()
            assert "no such corpus" in khabar.shown()
        await khabar.press(ends)
        assert khabar.app.screen is sheet
        assert [one.text for one in kept(seeds_corpus)] == ["long thought"]
        # the list is left when it is written, however soon that is asked for
        await khabar.press(keys, "ctrl+u", *"second thought")
        await khabar.send(ends, "escape")
        assert closed(khabar)
    assert [one.text for one in kept(seeds_corpus)] == ["second thought"]


@pytest.mark.parametrize(("kind", "ends"), [("note", "ctrl+s"), ("tag", "enter")])
async def test_what_cannot_be_written_is_asked_for_again_though_the_list_was_left(
    seeds_corpus: Path, kind: Kind, ends: str
) -> None:
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), kind, "old")
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("B")
        sheet = khabar.app.screen
        assert isinstance(sheet, AnnotationsSheet)
        await khabar.press("e", *" thought")
        with away(seeds_corpus):
            async with sheet._changing:  # as long as another process writes
                await khabar.until(lambda: khabar.app.screen is sheet, ends)
                await khabar.until(lambda: any(one.group == "after changes" for one in khabar.app.workers), "escape")
            await khabar.settle()
            assert khabar.app.screen is not sheet
            assert "old thought" in khabar.shown()
        await khabar.press(ends, "escape")
        assert closed(khabar)
    assert [one.text for one in kept(seeds_corpus)] == ["old thought"]


async def test_what_was_removed_and_cannot_be_brought_back_is_so_later(seeds_corpus: Path) -> None:
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), "note", "thought")
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("B", "d")
        assert kept(seeds_corpus) == []
        with away(seeds_corpus):
            await khabar.press("u")
        await khabar.press("u")
    assert [one.text for one in kept(seeds_corpus)] == ["thought"]


async def test_the_list_narrows_and_goes_there(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        sentence = reader.article(2).sentences[3]
        entity, event = reader.find_entities("العراق")[0].id, reader.event_ids()[0]
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), "bookmark")
        writer.annotate(Target("sentence", 2, sentence.start, sentence.end), "note", "سطر\nآخر")
        writer.annotate(Target("entity", entity), "tag", "بلد")
        writer.annotate(Target("event", event), "tag", "مهم جدا")
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("B")
        sheet = khabar.app.screen
        assert isinstance(sheet, AnnotationsSheet)
        assert len(sheet.rows.ids) == 4
        assert "#بلد" in [f"#{row.text}" for row in sheet.rows.in_memory.values()]
        await khabar.press("f", "f")
        assert len(sheet.rows.ids) == 2
        await khabar.press("slash", *"#مهم_جدا", "enter")
        assert len(sheet.rows.ids) == 1
        await khabar.press("enter")
        assert khabar.explorer.filter.event == event
        assert khabar.explorer.pane == "timeline"
        await khabar.press("B", "slash", *"بلد", "enter", "enter")
        assert khabar.explorer.filter.entities == (entity,)
        await khabar.press("backspace")
        assert khabar.explorer.filter.event == event
        await khabar.press("B", "f", "f", "f", "enter")
        assert khabar.explorer.reader.sentence == (sentence.start, sentence.end)
        assert khabar.explorer.place.article == 2


async def test_the_list_changes_removes_and_brings_back(seeds_corpus: Path) -> None:
    with open_writer(seeds_corpus) as writer:
        for article in (1, 2):
            writer.annotate(Target("article", article), "tag", "قديم")
        writer.annotate(Target("article", 3), "note", "أولى")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("B", "f", "f", "f", "e", "ctrl+a", *"ثانية", "ctrl+s")
        assert kept(seeds_corpus)[-1].text == "ثانية"
        await khabar.press("d")
        assert len(kept(seeds_corpus)) == 2
        await khabar.press("u", "u")
        assert len(kept(seeds_corpus)) == 3
        await khabar.press("f", "f", "f", "r", "ctrl+u", *"جديد", "enter")
        assert [one.text for one in kept(seeds_corpus)] == ["جديد", "جديد", "ثانية"]
        await khabar.press("e", "ctrl+u", *"وحده", "enter", "escape")
        assert {one.text for one in kept(seeds_corpus)} == {"جديد", "وحده", "ثانية"}
        there = [khabar.explorer.rows("articles").row(id_) for id_ in khabar.ids("articles")]
        assert {tag for row in there if row is not None for tag in row.annotated.tags} == {"جديد", "وحده"}


async def test_all_are_written_into_a_file_for_their_owner_alone(
    seeds_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), "note", "لي وحدي")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("B", "x")
    (written,) = folder.iterdir()
    assert "لي وحدي" in written.read_text("utf-8")
    assert written.stat().st_mode & 0o077 == 0


async def test_an_arabic_keyboard_reaches_them(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("÷")
        assert isinstance(khabar.app.screen, TagSheet)
        await khabar.press("escape", "\u0640")
        assert isinstance(khabar.app.screen, NoteSheet)
        await khabar.press("escape", "ﻵ")
        assert isinstance(khabar.app.screen, AnnotationsSheet)


async def test_a_hostile_note_cannot_reach_the_terminal(seeds_corpus: Path) -> None:
    from textual import events

    async with explorer(seeds_corpus) as khabar:
        await khabar.press("J")
        khabar.app.screen.query_one(NoteInput).post_message(events.Paste("a\x1b]0;x\x07\u202eb"))
        await khabar.press("ctrl+s", "enter")
        assert "\x1b]0" not in khabar.shown()
    assert kept(seeds_corpus)[0].text == "a]0;xb"


async def test_the_filter_asks_for_annotations(seeds_corpus: Path) -> None:
    with open_writer(seeds_corpus) as writer:
        writer.annotate(Target("article", 1), "tag", "مهم جدا")
        writer.annotate(Target("article", 1), "note", "س")
        writer.annotate(Target("article", 2), "tag", "مهم جدا")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", "up", *"#مهم_جدا note", "enter")
        assert khabar.ids("articles") == [1]
        assert khabar.explorer.filter.said == (("tag", "مهم جدا"), ("has", "note"))
        assert khabar.status() == "#مهم جدا · note"
        await khabar.press("f", "enter")
        assert khabar.explorer.filter.said == (("tag", "مهم جدا"), ("has", "note"))


async def test_what_is_marked_is_bookmarked_tagged_and_noted_at_once(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        for pane, on in (("1", "article"), ("2", "entity"), ("3", "event")):
            await khabar.press(pane)
            await khabar.send("g", "asterisk", "asterisk", "asterisk", "b")
            assert khabar.status() == "bookmarked · all 3 marked rows"
            await khabar.send("g", "asterisk", "asterisk", "I")
            assert isinstance(khabar.app.screen, TagSheet)
            assert "all 2 marked rows" in khabar.shown()
            await khabar.send(*f"مهم, {on}", "enter")
            assert khabar.status() == f"tagged #مهم · tagged #{on} · all 2 marked rows"
            await khabar.send("g", "asterisk", "asterisk", "asterisk", "J")
            await khabar.send(*"look", "ctrl+s")
            assert khabar.status() == "note kept · all 3 marked rows"
            there = [one for one in kept(seeds_corpus) if one.key.on == on]
            assert sorted((one.kind, one.text) for one in there) == sorted(
                [("bookmark", "")] * 3 + [("note", "look")] * 3 + [("tag", "مهم")] * 2 + [("tag", on)] * 2
            )
            # what all have is taken off all, what one has not is put on
            await khabar.send("g", "asterisk", "asterisk", "asterisk", "I")
            await khabar.send(*on, "enter")
            assert khabar.status() == f"tagged #{on} · all 3 marked rows"
            await khabar.send("g", "asterisk", "asterisk", "asterisk", "I")
            assert f"all have: #{on}" in khabar.shown().replace("\u2068", "").replace("\u2069", "")
            await khabar.send(*on, "enter")
            assert khabar.status() == f"#{on} taken off · all 3 marked rows"
            await khabar.send("g", "asterisk", "asterisk", "asterisk", "b")
            assert khabar.status() == "bookmark removed · all 3 marked rows"
    assert {(one.kind, one.text) for one in kept(seeds_corpus)} == {("note", "look"), ("tag", "مهم")}
    assert not list(verify(seeds_corpus))


async def test_many_marked_rows_are_bookmarked_when_it_is_said_twice(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2", "g", *["asterisk"] * 21, "b")
        assert khabar.status().startswith("b again is for all 21 marked rows")
        assert kept(seeds_corpus) == []
        await khabar.press("b")
        assert khabar.status() == "bookmarked · all 21 marked rows"
    assert len(kept(seeds_corpus)) == 21
