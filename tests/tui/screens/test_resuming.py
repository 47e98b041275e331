"""Where a reader left off is where the explorer opens, whatever has become of the corpus and of the file since."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from store import read_only
from store.answers import Filter
from store.database import open_writer
from store.ingest import add
from tests.tui.screens.driving import Driver, explorer
from tui import sessions
from tui.config import Digits, appearance
from tui.locale import language

KADHIMI = "مصطفى الكاظمي"
HOSTILE = Path(__file__).parents[2] / "cases" / "sessions.json"


async def _all_back(khabar: Driver) -> None:
    """Wait until the way back has come too."""
    while not khabar.explorer._keeps:
        await khabar.pilot.pause(0.01)
    await khabar.settle()


def _kept(corpus: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(sessions.file_of(corpus).read_text())
    return said


async def _leave_amid(corpus: Path) -> None:
    """Go to the second entity's articles, read one, and leave with a way back and one ahead."""
    async with explorer(corpus, session=True) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a", "j", "enter", "right_square_bracket", "t", "backspace")
        khabar.app.exit()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_everything_is_as_it_was_left(seeds_corpus: Path, size: tuple[int, int]) -> None:
    keys = ("2", "j", "a", "3", "z", "z", "j", "1", "enter", "right_square_bracket", "c", "number_sign", "l", "P")
    async with explorer(seeds_corpus, size, session=True) as khabar:
        await khabar.press(*keys, "2", "j", "e", "backspace", "4")
        left, said = khabar.explorer.view(), khabar.status()
        way = khabar.explorer._history.before, khabar.explorer._history.after
        khabar.app.exit()
    async with explorer(seeds_corpus, size, session=True) as khabar:
        await _all_back(khabar)
        assert language() == "ar"
        assert (appearance.calendar, appearance.digits) == ("hijri", "latin")
        assert khabar.explorer.reader.whole
        there = khabar.explorer.view()
        assert (there.filter, there.pane, there.zoom, there.place) == (left.filter, left.pane, left.zoom, left.place)
        assert there.reading == left.reading
        assert [spot.id for spot in there.cursors] == [spot.id for spot in left.cursors]
        assert khabar.status() == said
        history = khabar.explorer._history
        assert [view.filter for view in history.before] == [view.filter for view in way[0]]
        assert [view.filter for view in history.after] == [view.filter for view in way[1]]


async def test_what_is_kept_is_small_and_has_no_text_of_an_article(seeds_corpus: Path) -> None:
    await _leave_amid(seeds_corpus)
    file = sessions.file_of(seeds_corpus)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    text = json.dumps(_kept(seeds_corpus), ensure_ascii=False)
    assert len(text) < sessions.MOST_BYTES
    assert not any(word in text for word in ("واشنطن", "القتالي", "التحالف"))


async def test_a_fresh_start_is_at_the_beginning(seeds_corpus: Path) -> None:
    await _leave_amid(seeds_corpus)
    async with explorer(seeds_corpus, session=True, fresh=True) as khabar:
        assert khabar.explorer.filter == Filter()
        assert khabar.explorer.pane == "articles"
        assert khabar.explorer._history.before == ()


@pytest.mark.parametrize(("keys", "pane"), [(("2",), "articles"), (("2", "j", "j"), "entities"), (("4",), "reader")])
async def test_a_look_at_the_top_of_another_list_is_no_place(
    seeds_corpus: Path, keys: tuple[str, ...], pane: str
) -> None:
    async with explorer(seeds_corpus, session=True) as khabar:
        await khabar.press(*keys)
        khabar.app.exit()
    async with explorer(seeds_corpus, session=True) as khabar:
        assert khabar.explorer.pane == pane


async def test_what_is_gone_is_left_out_and_the_rest_is_there(seeds_corpus: Path, seeds: Path) -> None:
    await _leave_amid(seeds_corpus)
    said = _kept(seeds_corpus)
    # the same corpus without the article that was read, all of it with other ids
    seeds_corpus.unlink()
    files = sorted(seeds.iterdir(), reverse=True)
    again = [file for file in files if said["now"]["place"][0] not in _digest(file)]
    assert len(again) == len(files) - 1
    list(add(seeds_corpus, [str(file) for file in again]))
    async with explorer(seeds_corpus, session=True) as khabar:
        await _all_back(khabar)
        assert KADHIMI in khabar.status()
        assert len(khabar.explorer.filter.entities) == 1
        assert khabar.explorer.pane == "articles"  # there is nothing to read
        assert len(khabar.explorer._history.before) == len(said["before"])
        await khabar.press("backspace", "backspace")
        assert khabar.explorer.filter == Filter()


def _digest(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()


async def test_a_name_that_is_gone_is_asked_for_no_more(seeds_corpus: Path, tmp_path: Path) -> None:
    await _leave_amid(seeds_corpus)
    other = tmp_path / "other.txt"
    other.write_text("أعلنت وزارة الصحة المصرية في القاهرة يوم الخميس فتح مستشفى جديد.\n", encoding="utf-8")
    seeds_corpus.unlink()
    list(add(seeds_corpus, [str(other)]))
    async with explorer(seeds_corpus, session=True) as khabar:
        await _all_back(khabar)
        assert khabar.explorer.filter == Filter()
        assert len(khabar.ids("articles")) == 1
        assert khabar.explorer._history.before == (khabar.explorer._history.before[0],)


async def test_a_renamed_entity_is_the_one_it_became(seeds_corpus: Path) -> None:
    await _leave_amid(seeds_corpus)
    async with explorer(seeds_corpus, session=True) as khabar:
        (entity,) = khabar.explorer.filter.entities
    with open_writer(seeds_corpus) as writer:
        writer.rename_entity(entity, "الكاظمي")
    async with explorer(seeds_corpus, session=True) as khabar:
        await _all_back(khabar)
        assert khabar.status() == "entity: الكاظمي"


@pytest.mark.parametrize("case", json.loads(HOSTILE.read_text(encoding="utf-8")), ids=lambda case: case["is"])
async def test_what_is_wrong_or_hostile_is_left_out(seeds_corpus: Path, case: dict[str, Any]) -> None:
    file = sessions.file_of(seeds_corpus)
    file.parent.mkdir(parents=True)
    said = {"khabar": 1, "corpus": os.path.realpath(seeds_corpus), **case.get("said", {})}
    file.write_text(case.get("text", json.dumps(said)), encoding="utf-8")
    async with explorer(seeds_corpus, session=True) as khabar:
        await _all_back(khabar)
        assert len(khabar.ids("articles")) == case.get("articles", 5)
        assert khabar.explorer.pane in ("articles", "entities", "timeline")
        assert ("cannot be read" in khabar.status()) == case.get("told", False)
        assert khabar.status().isprintable()
        await khabar.press("backspace", "2", "a")
        khabar.app.exit()
    assert _kept(seeds_corpus)["now"]["pane"] in ("articles", "entities")


async def test_a_link_or_a_pipe_in_its_place_is_not_read(seeds_corpus: Path, tmp_path: Path) -> None:
    await _leave_amid(seeds_corpus)
    file = sessions.file_of(seeds_corpus)
    elsewhere = shutil.move(file, tmp_path / "elsewhere.json")
    for link in (True, False):
        if link:
            file.symlink_to(elsewhere)
        else:
            os.mkfifo(file)
        session = sessions.opened(seeds_corpus)
        assert session is not None
        assert session.problem
        assert not session.left
        file.unlink()


async def test_read_only_comes_back_and_keeps_nothing(seeds_corpus: Path) -> None:
    await _leave_amid(seeds_corpus)
    before = sessions.file_of(seeds_corpus).read_bytes()
    read_only.switch(True)
    try:
        async with explorer(seeds_corpus, session=True) as khabar:
            await _all_back(khabar)
            assert KADHIMI in khabar.status()
            await khabar.press("escape")
            khabar.app.exit()
    finally:
        read_only.switch(False)
    assert sessions.file_of(seeds_corpus).read_bytes() == before


def test_the_sample_is_for_trying(seeds_corpus: Path) -> None:
    assert sessions.opened(seeds_corpus, sample=True) is None


def test_a_setting_is_as_it_was_left_unless_the_start_is_another_by_now(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.db"
    session = sessions.opened(corpus)
    assert session is not None
    appearance.digits = "arabic"
    session.keep(lambda _views: {"now": {}})
    try:
        starts: tuple[tuple[Digits, Digits], ...] = (("text", "arabic"), ("latin", "latin"))
        for begun, wanted in starts:
            appearance.digits = begun
            again = sessions.opened(corpus)
            assert again is not None
            again.apply_settings()
            assert appearance.digits == wanted
    finally:
        appearance.digits = "text"


def test_files_are_bounded_in_number_and_size(tmp_path: Path) -> None:
    for number in range(110):
        session = sessions.opened(tmp_path / f"{number}.db")
        assert session is not None
        session.keep(lambda views: {"now": {}, "before": ["x" * 4000] * views})
    files = list((sessions.folder() / "sessions").iterdir())
    assert len(files) == 100
    assert all(file.stat().st_size < sessions.MOST_BYTES for file in files)
    assert sessions.file_of(tmp_path / "109.db") in files


async def test_a_key_that_is_quicker_is_not_taken_back(seeds_corpus: Path) -> None:
    await _leave_amid(seeds_corpus)
    async with explorer(seeds_corpus, session=True) as khabar:
        await khabar.press("escape")
        await _all_back(khabar)
        assert khabar.explorer.filter == Filter()
        await khabar.press("backspace")
        assert KADHIMI in khabar.status()
