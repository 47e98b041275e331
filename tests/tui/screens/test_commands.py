"""The palette, help and the jump list: everything that can be done, where one is, in both languages."""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widget import Widget

import tui.panes
import tui.screens
import tui.widgets
from store import read_only
from store.answers import Filter
from store.text.fold import fold
from tests.tui.screens.driving import Driver, explorer
from tui.arabic import layout_line, modes
from tui.keys import BY_ID, EXPLORER, KEYS, shown, twins, without_twins
from tui.locale import in_both
from tui.overlay_keys import FIXED, label_of
from tui.screens.offers import answering, elsewhere, find
from tui.screens.palette import OfferRows, Palette
from tui.screens.picking import Picks, PickSheet
from tui.screens.sheets import Sheet
from tui.widgets.arabic_input import ArabicInput

KADHIMI = "مصطفى الكاظمي"


def _all_bindings() -> Iterator[Binding]:
    for package in (tui.screens, tui.panes, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__):
            for one in vars(importlib.import_module(f"{package.__name__}.{module.name}")).values():
                if isinstance(one, type) and issubclass(one, Widget) and one.__module__.startswith("tui."):
                    yield from (each for each in one.__dict__.get("BINDINGS", ()) if isinstance(each, Binding))


def test_every_binding_says_what_it_does_in_both_languages() -> None:
    bindings = list(_all_bindings())
    assert len(bindings) > 150
    assert sorted({each.id or each.key for each in bindings if label_of(each.id) is None}) == []
    for label in {*FIXED.values(), *(key.label for key in KEYS)}:
        english, arabic = in_both(label)
        assert english != arabic


def test_every_binding_is_in_the_table_with_its_twins_or_for_typing() -> None:
    bindings = list(_all_bindings())
    assert {each.id for each in bindings} == {*BY_ID, *FIXED}
    for each in bindings:
        key = BY_ID.get(each.id or "")
        if key is not None:
            assert (each.key, each.action, each.priority) == (twins(key.usual), key.action, key.first_asked)


def _labels(khabar: Driver) -> list[str]:
    return [offer.id for offer in khabar.app.screen.query_one(OfferRows)._whole.values()]


async def _type(khabar: Driver, text: str) -> None:
    for letter in text:
        await khabar.pilot.press("space" if letter == " " else letter)
    await khabar.settle()


@pytest.mark.parametrize("speaks", ["en", "ar"])
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("merge", "correct.merge"),
        ("دمج", "correct.merge"),
        ("الدَّمْج", "correct.suggested"),
        ("timeline", "go.timeline"),
        ("زمني", "go.timeline"),
        ("اسم الكيان", "correct.rename"),
        ("إسم", "correct.rename"),
        ("quit", "window.quit"),
        ("خروج", "window.quit"),
        ("Hijri", "window.calendar"),
        ("M", "correct.suggested"),
        ("جولة", "window.tour"),
        ("next mention", "reader.next_same"),
    ],
)
async def test_an_action_is_found_by_arabic_and_english_words(
    seeds_corpus_once: Path, speaks: str, typed: str, wanted: str
) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press(*(["l"] if speaks == "ar" else []), "ctrl+p")
        await _type(khabar, typed)
        assert wanted in _labels(khabar)
        assert fold(khabar.app.screen.query_one(ArabicInput).value) == fold(typed)
        # what is typed and what it finds stand there joined, and in the order in which they are read
        label = in_both(label_of(wanted) or "")[speaks == "ar"]
        assert layout_line(label, base=int(speaks == "ar")).visual()[-12:] in khabar.shown()


async def test_what_is_chosen_is_done_where_one_was(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("ctrl+p")
        await _type(khabar, "مقالات الكيان")
        await khabar.press("enter")
        assert KADHIMI in khabar.status()
        await khabar.press("1", "ctrl+p")
        await _type(khabar, "Enter")
        await khabar.press("enter")
        assert khabar.explorer.pane == "reader"
        await khabar.press("ctrl+p", "ctrl+p")
        assert khabar.app.screen is khabar.explorer
        await khabar.press("ctrl+p", "escape")
        assert khabar.app.screen is khabar.explorer


async def test_every_action_of_the_table_is_in_it(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        for pane in ("1", "4"):
            await khabar.press(pane, "ctrl+p")
            assert {*_labels(khabar)} >= {key.id for key in EXPLORER} - {"window.commands"}
            await khabar.press("escape")
        await khabar.press("2", "s", "ctrl+p")
        assert {"places.copy", "list.open"} <= {*_labels(khabar)}
        await _type(khabar, "open")
        await khabar.press("enter")  # the row that is under the cursor of the sheet below
        assert khabar.explorer.pane == "reader"


async def test_what_cannot_be_done_is_said_to_be_so(seeds_corpus_once: Path) -> None:
    read_only.switch(True)
    try:
        async with explorer(seeds_corpus_once) as khabar:
            await khabar.press("2", "ctrl+p")
            await _type(khabar, "rename")
            assert "read only" in khabar.shown()
            await khabar.press("enter")
            assert isinstance(khabar.app.screen, Palette)
            assert "cannot be done here" in khabar.shown()
            await khabar.press("ctrl+u")
            await _type(khabar, "next mention")
            assert "In the reader" in khabar.shown()
            await khabar.press("ctrl+u")
            await _type(khabar, "nothing is called like this")
            assert "nothing is called so" in khabar.shown()
            await khabar.press("enter", "escape")
    finally:
        read_only.switch(False)


def test_twins_are_left_out_and_keys_stand_in_their_order() -> None:
    assert without_twins(["arabic_damma", "E"]) == "E"
    assert without_twins(["multiplication_sign", "O"]) == "O"
    assert without_twins(["ث", "e"]) == "e"
    assert shown(without_twins(["home", "g", "ل"])) == "g Home"


def test_words_are_found_wherever_they_stand_folded_and_the_best_first() -> None:
    offers = elsewhere([])
    assert find(offers, "") == offers
    for key in EXPLORER:
        for name in in_both(key.label):
            assert key.id in [offer.id for offer in find(offers, fold(name))]
    first = find(offers, "مقالات")[0]
    assert first.id == "go.articles"


# -- help --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pane", "title", "keys"),
    [
        ("1", "In the list of articles", ("open", "copies of the article", "date the article")),
        ("2", "In the list of names", ("articles of the entity or event", "rename the entity")),
        ("3", "In the timeline", ("open", "timeline more closely")),
        ("4", "In the reader", ("next name or date", "next mention of the same entity")),
    ],
)
@pytest.mark.parametrize("pressed", ["question_mark", "arabic_question_mark", "f1"])
async def test_help_begins_with_the_pane_in_focus(
    seeds_corpus_once: Path, pane: str, title: str, keys: tuple[str, ...], pressed: str
) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press(pane, pressed)
        assert isinstance(khabar.app.screen, Sheet)
        entries = khabar.app.screen._entries
        assert (entries[0].kind, entries[0].text) == ("heading", title)
        own = [entry.text for entry in entries[1 : [entry.kind for entry in entries].index("heading", 1)]]
        assert {*keys} <= {*own}
        told = [entry.text for entry in entries if entry.kind == "pair"]
        assert {key.label for key in EXPLORER} <= {*told}
        assert all(entry.key for entry in entries if entry.kind == "pair")
        await khabar.press("question_mark")
        assert len(khabar.app.screen_stack) == 2


@pytest.mark.parametrize(
    ("keys", "pressed", "told"),
    [
        (("2", "s"), "question_mark", ("copy", "close", "open")),
        (("T",), "question_mark", ("add a name", "one scale for all, or one for each")),
        (("B",), "arabic_question_mark", ("only bookmarks, tags or notes",)),
        (("Q",), "question_mark", ("save the present search",)),
        (("C",), "question_mark", ("undo the last that stands",)),
        (("f",), "f1", ("next field", "take what is typed", "delete all")),
        (("2", "O"), "f1", ("next kind of statement", "close")),
    ],
)
async def test_help_of_an_overlay_has_its_own_keys(
    seeds_corpus_once: Path, keys: tuple[str, ...], pressed: str, told: tuple[str, ...]
) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press(*keys)
        overlay = khabar.app.screen
        assert overlay is not khabar.explorer
        await khabar.press(pressed)
        assert isinstance(khabar.app.screen, Sheet)
        pairs = {entry.text: entry.key for entry in khabar.app.screen._entries if entry.kind == "pair"}
        assert {*told} <= pairs.keys()
        assert "rename the entity" not in pairs
        await khabar.press("escape")
        assert khabar.app.screen is overlay


async def test_a_question_mark_is_typed_where_one_types(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press("f", "question_mark")
        assert khabar.app.screen.query_one("#entity", ArabicInput).value == "?"


# -- the jump list -----------------------------------------------------------------------------------------


async def test_the_way_is_listed_and_any_of_it_gone_to(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press("0")
        assert "no other place yet" in khabar.status()
        start = khabar.explorer.view()
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a", "enter", "t", "backspace")
        way = khabar.explorer._history
        assert (len(way.before), len(way.after)) == (2, 1)
        for key in ("0", "٠"):
            await khabar.press(key)
            assert isinstance(khabar.app.screen, PickSheet)
            rows = khabar.app.screen.query_one(Picks)
            assert [row.note for row in rows._whole.values()] == ["-2", "-1", "you are here", "+1"]
            assert rows.cursor == 2
            await khabar.press("enter")
            assert (len(way.before), len(way.after)) == (2, 1)
        await khabar.press("0", "g", "enter")
        assert khabar.explorer.filter == start.filter
        assert (len(way.before), len(way.after)) == (0, 3)
        await khabar.press("0", "G", "enter")
        assert khabar.explorer.pane == "timeline"
        assert khabar.explorer.filter != Filter()
        assert (len(way.before), len(way.after)) == (3, 0)


async def test_titles_of_what_was_read_are_in_it(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        await khabar.press("j", "enter", "l", "0")
        rows = khabar.app.screen.query_one(Picks)
        there = list(rows._whole.values())
        article = khabar.explorer.reader.article
        assert article is not None
        assert article.row.title in there[1].text
        assert there[1].note == "أنت هنا"


async def test_what_answers_is_what_is_bound(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once) as khabar:
        offers = answering(khabar.explorer)
        assert all(offer.node is not None and offer.keys for offer in offers)
        assert {offer.id for offer in offers if offer.id.startswith("list.")} == {
            key.id for key in EXPLORER if key.group == "list"
        }


# -- terminals that reorder rows ---------------------------------------------------------------------------


def _cells(text: str) -> list[tuple[str, int]]:
    glyphs: list[str] = []
    for letter in text:
        if glyphs and unicodedata.category(letter) in ("Mn", "Me"):
            glyphs[-1] += letter
        else:
            glyphs.append(letter)
    return [(glyph, at) for at, glyph in enumerate(glyphs)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_overlays_and_the_tour_read_right_where_rows_are_reordered(
    seeds_corpus_once: Path, language: str, size: tuple[int, int]
) -> None:
    async with explorer(seeds_corpus_once, size, first=True) as khabar:
        khabar.app.add_class("-reordered")
        await khabar.press("2", *(["l"] if language == "ar" else []))
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a", "enter")
        seen: list[str] = [khabar.shown().splitlines()[at] for at in range(size[1] - 5, size[1] - 2)]
        await khabar.press("ctrl+p")
        for query in ("دمج", "timeline", "الخط الزمني"):
            await khabar.press("ctrl+u")
            await _type(khabar, query)
            seen += khabar.shown().splitlines()
        await khabar.press("escape", "question_mark")
        seen += khabar.shown().splitlines()
        await khabar.press("escape", "0")
        seen += khabar.shown().splitlines()
    rows = [_cells(row) for row in dict.fromkeys(seen) if row.strip()]
    assert len(rows) > 40
    for row in rows:
        shown_by_runs = [(glyph.replace(modes.GUARD, " "), at) for glyph, at in modes.simulate_runs(modes.runs(row))]
        assert "".join(glyph for glyph, _at in shown_by_runs) == "".join(glyph for glyph, _at in row)
        assert modes.simulate_words(modes.words(row)) == row
