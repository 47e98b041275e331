"""Joining agrees with ArabicShaping.txt and with the presentation forms of UnicodeData.

The expectation is worked out here once more, from the two sources alone, by the plain rules of the Unicode Standard,
chapter 9.2 (R1 to R7), and compared with what the layout paints.
"""

from __future__ import annotations

import random
import unicodedata
from functools import cache

import pytest
from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]

from tests.conformance.generate_tables import UCD, code_points
from tui.arabic import layout_line
from tui.arabic.shape import cells

_FORM = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}

ALPHABETS = {
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    "Persian": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "Urdu": "آأئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہۂۃھءیے",
    "Kurdish": "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ",
    "Pashto": "آابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهۀءيېۍئ",
    "Uighur": "ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي",
}


@cache
def _types() -> dict[str, str]:
    types: dict[str, str] = {}
    for letter in "DRLCT":
        for code in code_points("extracted/DerivedJoiningType.txt", letter):
            types[chr(code)] = letter
    return types


@cache
def _forms() -> tuple[dict[str, dict[int, str]], dict[str, dict[int, str]]]:
    """Presentation forms of letters, and of lam-alef by its alef, as UnicodeData decomposes them."""
    letters: dict[str, dict[int, str]] = {}
    ligatures: dict[str, dict[int, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        kind, *parts = (unicodedata.decomposition(chr(code)) or "-").split()
        source = "".join(chr(int(part, 16)) for part in parts)
        if kind in _FORM and len(source) == 1:
            letters.setdefault(source, {})[_FORM[kind]] = chr(code)
        elif kind in _FORM and len(source) == 2 and source[0] == "ل" and source[1] in "آأإا":
            ligatures.setdefault(source[1], {})[_FORM[kind]] = chr(code)
    return letters, ligatures


def _expected(text: str) -> list[str]:
    """Painted cells in logical order of a text of letters, marks, tatweel, ZWJ and ZWNJ that starts with a letter."""
    types, (letters, ligatures) = _types(), _forms()
    bases = [at for at, char in enumerate(text) if types.get(char) != "T"]
    shaped: list[str] = []
    taken = -1
    for place, at in enumerate(bases):
        char, kind = text[at], types.get(text[at], "U")
        before = place > 0 and types.get(text[bases[place - 1]], "U") in "DLC" and kind in "DRC"
        after = place + 1 < len(bases) and kind in "DLC" and types.get(text[bases[place + 1]], "U") in "DRC"
        marks = text[at + 1 : bases[place + 1] if place + 1 < len(bases) else len(text)]
        if char in "\u200c\u200d" or at == taken:
            shaped[-1] += marks
            continue
        following = text[bases[place + 1]] if place + 1 < len(bases) else ""
        if char == "ل" and following in ligatures:
            taken = bases[place + 1]
            shaped.append(ligatures[following][int(before)] + marks)
            continue
        forms = letters.get(char, {})
        wanted = forms.get(before + 2 * after) or (forms.get(1) if before else None) or forms.get(0) or char
        shaped.append(wanted + marks)
    return shaped


@pytest.fixture(autouse=True)
def _needs_ucd() -> None:
    if not (UCD / "ArabicShaping.txt").exists():
        pytest.skip(f"{UCD} is missing: install the Debian package unicode-data")


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_between_every_kind_of_neighbour(language: str) -> None:
    for letter in ALPHABETS[language]:
        for before in ("", "ب", "ا", "ء", "\u0640", "\u200d", "ب\u200c", "بَ"):
            for after in ("", "ب", "ا", "ء", "\u0640", "\u200d", "\u200c", "ّب"):
                text = before + letter + after
                if not text.startswith("\u200d"):
                    assert cells(text)[0] == _expected(text), ascii(text)


@pytest.mark.parametrize("language", ALPHABETS)
def test_random_words(language: str) -> None:
    chance = random.Random(language)
    choices = ALPHABETS[language] * 3 + "َِّْ\u0640\u200c\u200d"
    for _ in range(3000):
        text = chance.choice(ALPHABETS[language]) + "".join(chance.choices(choices, k=chance.randint(0, 9)))
        assert cells(text)[0] == _expected(text), ascii(text)


@pytest.mark.parametrize("alef", "آأإا")
@pytest.mark.parametrize("between", ["", "َ", "َّ", "\u034f"])
def test_lam_alef_forms(alef: str, between: str) -> None:
    _, ligatures = _forms()
    painted = between if between != "\u034f" else ""
    assert cells(f"ل{between}{alef}")[0] == [ligatures[alef][0] + painted]
    assert cells(f"بل{between}{alef}")[0][1] == ligatures[alef][1] + painted
    assert cells(f"ل{between}{alef}")[1] == [2 + len(between)]


def test_every_letter_of_every_script_joins_by_its_type() -> None:
    """A beh takes the form that the type of its neighbour calls for, presentation forms or not."""
    for char, kind in _types().items():
        if kind == "T" or char == "\u0640" or char > "\u08ff" or char in "\u200d\u0627":
            continue
        first = cells("ب" + char)[0][0]
        last = cells(char + "ب")[0][-1]
        assert first == ("ﺑ" if kind in "DRC" else "ﺏ"), ascii(char)
        assert last == ("ﺐ" if kind in "DLC" else "ﺏ"), ascii(char)


def test_agrees_with_arabic_reshaper_on_what_it_knows() -> None:
    reshaper = ArabicReshaper(
        {"delete_harakat": False, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False, "support_zwj": True}
    )
    chance = random.Random(1)
    for _ in range(3000):
        word = "".join(chance.choices(ALPHABETS["Arabic"], k=chance.randint(1, 10)))
        assert layout_line(word, base=1).visual()[::-1] == reshaper.reshape(word), word


def test_what_breaks_arabic_reshaper() -> None:
    assert layout_line("\u200d\u0644\u0627").visual() == "\ufefc"
