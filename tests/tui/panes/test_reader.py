"""The reader: what is painted where, selection by code points, vowel marks, digits, bounded work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Article
from store.database import open_reader
from store.ingest import Added, add
from tests.tui.screens.driving import explorer
from tui.arabic import layout_line
from tui.config import appearance
from tui.panes.page import Page

TEXT = (
    "عنوان الخبر في بغداد\n\n"
    "قَالَ مُحَمَّدٌ (المتحدث) إِنَّ 25% من القوات غادرت عام 2021، وذكرت Reuters أن الأمر انتهى.\n\n"
    "وَأَكَّدَ الوزير ٣٫٥ مرات أن لا عودة.\n"
)


@pytest.fixture(autouse=True)
def as_by_default() -> Iterator[None]:
    """Settings as they are at the start."""
    yield
    appearance.tashkeel, appearance.digits = True, "text"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one vocalised text."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "text.db"
    assert [type(outcome) for outcome in add(path, [str(tmp_path / "text.txt")])] == [Added]
    return path


def _article(corpus: Path) -> Article:
    with open_reader(corpus) as reader:
        return reader.article(reader.article_ids()[0])


@pytest.mark.parametrize("width", [20, 33, 60, 96])
def test_every_line_of_a_page_knows_its_place_in_the_text(corpus: Path, width: int) -> None:
    article = _article(corpus)
    page = Page(article, ["fact"], width)
    page.ensure(10**6)
    assert page.complete
    for line in page.lines:
        if line is None or line.origin is None:
            continue
        assert line.line.width <= width
        visible = "".join(
            TEXT[line.origin + start : line.origin + end]
            for start, end in zip(line.line.starts, line.line.ends, strict=True)
        )
        assert sorted(visible.replace(" ", "")) == sorted(
            TEXT[line.start : line.origin + line.line.end].replace(" ", "")
        )
        assert page.line_of(line.start) == page.lines.index(line)


async def test_a_page_is_laid_out_as_far_as_it_is_looked_at(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("عنوان طويل\n\n" + "قال المتحدث في بغداد إن الأمر لم ينته بعد.\n\n" * 20_000, encoding="utf-8")
    path = tmp_path / "long.db"
    assert [type(outcome) for outcome in add(path, [str(long)])] == [Added]
    page = Page(_article(path), [], 60)
    page.ensure(50)
    assert len(page.lines) < 60
    assert not page.complete


async def test_the_mouse_selects_logical_text(corpus: Path) -> None:
    async with explorer(corpus, (100, 30)) as khabar:
        reader = khabar.explorer.reader
        page = reader._page
        assert page is not None
        at, line = next((at, line) for at, line in enumerate(page.lines) if line is not None and line.kind == "body")
        assert line.origin is not None
        width, margin = reader._measure()
        left = reader.content_region.x + margin + width - line.line.width
        y = reader.content_region.y + at - reader.scroll_offset.y
        first, last = line.line.column_of(0), line.line.column_of(TEXT.index("(") - line.origin)
        await khabar.pilot.mouse_down(offset=(left + first, y))
        await khabar.pilot.hover(offset=(left + last, y))
        await khabar.pilot.mouse_up(offset=(left + last, y))
        await khabar.settle()
        assert khabar.app.clipboard == "قَالَ مُحَمَّدٌ "


async def test_vowel_marks_can_be_hidden_and_copies_keep_them(corpus: Path) -> None:
    async with explorer(corpus, (100, 30)) as khabar:
        assert "\u064e" in khabar.shown()
        await khabar.press("v")
        assert not any(mark in khabar.shown() for mark in "\u064b\u064e\u0650\u0651\u0652")
        await khabar.press("4", "n", "y")
        assert khabar.app.clipboard in TEXT


async def test_digits_as_in_the_text_or_all_of_one_kind(corpus: Path) -> None:
    async with explorer(corpus, (100, 30)) as khabar:
        assert "25" in khabar.shown()
        assert "٣" in khabar.shown()
        await khabar.press("number_sign")
        assert "٣" not in khabar.shown()
        await khabar.press("number_sign")
        assert "٢٥" in khabar.shown()


async def test_names_are_marked_on_their_own_letters(corpus: Path) -> None:
    async with explorer(corpus, (100, 30)) as khabar:
        await khabar.press("4", "n")
        mark = khabar.explorer.reader.mark
        assert mark is not None
        painted = khabar.explorer.reader.render_lines(khabar.explorer.reader.size.region)
        lit = [
            segment.text
            for strip in painted
            for segment in strip
            if segment.style is not None and segment.style.reverse
        ]
        assert "".join(lit) == layout_line(TEXT[mark.start : mark.end]).visual()


def test_a_long_paragraph_is_laid_out_in_stretches_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    text = "عنوان\n\n" + "قال المتحدث (Reuters) في بغداد إن الأمر لم ينته بعد، " * 2000 + "\n"
    long.write_text(text, encoding="utf-8")
    path = tmp_path / "long.db"
    assert [type(outcome) for outcome in add(path, [str(long)])] == [Added]
    page = Page(_article(path), [], 60)
    page.ensure(50)
    assert len(page.lines) < 200
    assert page.line_of(90_000, 10) is None
    page.ensure(10**6)
    body = page.lines[page.line_of(8) or 0 :]
    at = body[0].start if body[0] is not None else 0
    for line in body:
        assert line is not None, "a blank line amid a paragraph"
        assert line.origin is not None
        assert line.start == at
        assert line.line.width <= 60
        at = line.origin + line.line.end
    assert at >= len(text.rstrip())
