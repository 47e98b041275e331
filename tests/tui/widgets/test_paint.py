"""A line cut around what is to be seen in it, as cells from left to right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rich.style import Style
from textual.strip import Strip

from tui.arabic import layout_line
from tui.config import appearance
from tui.widgets.paint import text_around

PLAIN, LIT = Style.null(), Style(bold=True)

# Presentation forms in visual order, written out so that the layout under test has no say in what is expected.
GHAZA = "\ufe93\ufeb0\ufecf"
IN_GHAZA = "\ufe93\ufeb0\ufed0\ufe91"
QATAR = "\ufeae\ufec4\ufed7"


@pytest.fixture(autouse=True)
def as_by_default() -> Iterator[None]:
    """Settings as they are at the start."""
    appearance.tashkeel, appearance.digits = True, "text"
    yield
    appearance.tashkeel, appearance.digits = True, "text"


def painted(text: str, name: str, width: int) -> tuple[str, str]:
    """What is painted, and what of it is lit."""
    start = text.index(name)
    segments = text_around(text, (start, start + len(name)), width, PLAIN, LIT)
    assert Strip(segments).cell_length == width
    return "".join(one.text for one in segments), "".join(one.text for one in segments if one.style == LIT)


SENTENCE = "قال قائل في قطر إن الحرب في غزة ستقف غدا"


STOPS, THAT, SAYER = "\ufed2\ufed8\ufe98\ufeb3", "\ufee5\ufe87", "\ufede\ufe8b\ufe8e\ufed7"
WAR = "\ufe8f\ufeae\ufea4\ufedf\ufe8d"
WAR_IN = f"\ufef2\ufed3 {WAR}"


@pytest.mark.parametrize(
    ("text", "name", "width", "line", "lit"),
    [
        # all of it fits: at the right edge, from right to left
        ("الحرب في غزة", "غزة", 15, f"   {GHAZA} {WAR_IN}", GHAZA),
        # what stands before is left out from a word on, as much as behind
        (SENTENCE, "غزة", 16, f"  …{STOPS} {GHAZA} \ufef2\ufed3 …", GHAZA),
        # what stands behind is cut as ever
        (SENTENCE, "قطر", 25, f"…{WAR} {THAT} {QATAR} \ufef2\ufed3 {SAYER} \ufedd\ufe8e\ufed7", QATAR),
        # but not right behind the name
        (SENTENCE, "قطر", 18, f" …{THAT} {QATAR} \ufef2\ufed3 {SAYER} …", QATAR),
        # there is nothing behind: what is before fills the line
        (SENTENCE.removesuffix(" ستقف غدا"), "غزة", 18, f" {GHAZA} {WAR_IN} {THAT} …", GHAZA),
        ("x " * 20 + "in Gaza now", "Gaza", 16, "… x x in Gaza…  ", "Gaza"),
    ],
)
def test_a_name_is_in_sight_and_lit(text: str, name: str, width: int, line: str, lit: str) -> None:
    assert painted(text, name, width) == (line, lit)


def test_proclitics_stay_with_their_name_and_are_not_lit() -> None:
    shown, bright = painted("هو ولد بغزة ثم كبر هناك وعاد إليها بعد الحرب", "غزة", 12)
    assert IN_GHAZA in shown
    assert bright == IN_GHAZA[:3]


def test_a_name_wider_than_the_line_is_cut_at_its_end() -> None:
    _shown, bright = painted("قال " * 30 + "عبد الرحمن بن محمد القرطبي", "عبد الرحمن بن محمد القرطبي", 14)
    assert bright
    assert layout_line("عبد").visual() in bright


def test_the_settings_hold() -> None:
    appearance.tashkeel = False
    shown, bright = painted("وقالَ " * 20 + "مُحَمَّدٌ", "مُحَمَّدٌ", 20)
    assert bright == layout_line("محمد").visual()
    assert not any(unicodedata.combining(letter) for letter in shown)


WORDS = st.sampled_from(["قال", "في", "بَغْدَادُ", "Reuters", "2021", "لا", "«الحرب»", "والقوات", "(25%)", "漢字", "ـــ"])


@given(st.lists(WORDS, max_size=60), st.sampled_from(["غزة", "سامي حداد", "NATO"]), st.lists(WORDS, max_size=60),
       st.integers(14, 100))  # fmt: skip
@example([], "غزة", ["قال"] * 60, 20)
@example(["قال"] * 60, "غزة", [], 20)
@example(["بَغْدَادُ"] * 60, "غزة", ["بَغْدَادُ"] * 60, 30)
def test_the_name_is_in_sight_whole_wherever_it_stands(
    before: list[str], name: str, after: list[str], width: int
) -> None:
    text = " ".join([*before, name, *after])
    start = len(" ".join([*before, ""])) if before else 0
    assume(text[start : start + len(name)] == name)
    segments = text_around(text, (start, start + len(name)), width, PLAIN, LIT)
    assert Strip(segments).cell_length == width
    lit = "".join(one.text for one in segments if one.style == LIT)
    # the cells of a name that stand together are together in either direction
    assert sorted(lit) == sorted(layout_line(name).visual())
    shown = "".join(one.text for one in segments).strip()
    if not shown.startswith("…") and not shown.endswith("…"):
        assert len(shown) <= len(layout_line(text).visual())
