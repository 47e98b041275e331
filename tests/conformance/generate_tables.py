"""Writes tui/arabic/tables.py from the Unicode Character Database (Debian package `unicode-data`).

Run `python -m tests.conformance.generate_tables` after the UCD has moved to a new version; the conformance tests
fail as long as the tables and this script disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

UCD = Path("/usr/share/unicode")
TARGET = Path(__file__).parents[2] / "tui" / "arabic" / "tables.py"

# Format characters (category Cf) that are drawn: they precede and enclose digits (Prepended_Concatenation_Mark).
_DRAWN = "Prepended_Concatenation_Mark"
# East Asian Width became W in Unicode 16; terminals and Textual's table follow it.
_WIDE_SINCE_16 = (
    range(0x2630, 0x2638),
    range(0x268A, 0x2690),
    range(0x4DC0, 0x4E00),
    range(0x1D300, 0x1D357),
    range(0x1D360, 0x1D377),
)

_HEAD = '''"""Character tables for Arabic layout, generated from the Unicode Character Database {version}.

Written by tests/conformance/generate_tables.py; not edited by hand. From DerivedJoiningType.txt,
DerivedGeneralCategory.txt, DerivedBidiClass.txt, DerivedCoreProperties.txt, PropList.txt, HangulSyllableType.txt,
EastAsianWidth.txt, emoji-data.txt, BidiMirroring.txt and BidiBrackets.txt. Copyright (C) Unicode, Inc.

A "set" is the inside of a regular expression's character class; "pairs" are pairs of characters in a row.
"""

# ruff: noqa: E501
from typing import Final
'''


def fields(name: str) -> Iterator[list[str]]:
    """The fields of every data line of the UCD file `name`, comments cut off."""
    for line in (UCD / name).read_text(encoding="utf-8").splitlines():
        data = line.split("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def ucd_version() -> str:
    """The version number the UCD files carry in their first line."""
    with (UCD / "ArabicShaping.txt").open(encoding="utf-8") as file:
        found = re.search(r"\d+\.\d+\.\d+", file.readline())
    if found is None:
        raise ValueError(f"{UCD / 'ArabicShaping.txt'}: no version in its first line")
    return found[0]


def code_points(name: str, *values: str) -> set[int]:
    """The code points to which the UCD file `name` gives one of the property `values`."""
    found: set[int] = set()
    for where, value, *_ in fields(name):
        if value in values:
            first, _, last = where.partition("..")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _literal(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def as_set(codes: Iterable[int]) -> str:
    """`codes` as ranges, ready to stand between the brackets of a character class."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    parts = []
    for first, last in ranges:
        parts.append(_literal(first) + (f"-{_literal(last)}" if last > first + 1 else _literal(last) * (last > first)))
    return "".join(parts)


def _pairs(pairs: Iterable[tuple[int, int]]) -> str:
    return "".join(_literal(a) + _literal(b) for a, b in sorted(pairs))


def render() -> str:
    """The text of tables.py."""
    joining = {letter: code_points("extracted/DerivedJoiningType.txt", letter) for letter in ("D", "R", "L", "C", "T")}
    drawn = code_points("PropList.txt", _DRAWN)
    marks = code_points("extracted/DerivedGeneralCategory.txt", "Mn", "Me", "Mc")
    ignorable = code_points("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    formats = code_points("extracted/DerivedGeneralCategory.txt", "Cf")
    unassigned = code_points("extracted/DerivedGeneralCategory.txt", "Cn")
    jamo = code_points("HangulSyllableType.txt", "V", "T")
    skin = code_points("emoji/emoji-data.txt", "Emoji_Modifier")
    invisible = (ignorable | formats) - drawn - unassigned
    transparent = joining["T"] - drawn
    extending = (marks | invisible | jamo | skin) - transparent - joining["C"]
    wide = code_points("EastAsianWidth.txt", "W", "F").union(*_WIDE_SINCE_16) - invisible - jamo - skin - marks
    rtl = code_points("extracted/DerivedBidiClass.txt", "R", "AL")
    letters = code_points("extracted/DerivedGeneralCategory.txt", "Lo", "Lm", "Lu", "Ll")
    sets = {
        "DUAL": ("joining type D: joins on both sides", joining["D"]),
        "RIGHT": ("joining type R: joins the letter before it only", joining["R"]),
        "LEFT": ("joining type L: joins the letter after it only", joining["L"]),
        "CAUSING": ("joining type C: tatweel, ZWJ and their like", joining["C"]),
        "TRANSPARENT": ("joining type T that takes no cell: marks and most format characters", transparent),
        "EXTENDING": ("joining type U that takes no cell of its own: ZWNJ, isolates, spacing marks, jamo", extending),
        "INVISIBLE": ("format and default ignorable characters, never painted", invisible),
        "RTL_LETTERS": ("letters of bidirectional class R or AL", rtl & letters),
        "WIDE": (
            "characters that take two columns: East Asian Wide and Fullwidth, symbols wide since Unicode 16",
            wide,
        ),
    }
    mirrored = [(int(a, 16), int(b, 16)) for a, b, *_ in fields("BidiMirroring.txt")]
    brackets = [(int(a, 16), int(b, 16)) for a, b, kind in fields("BidiBrackets.txt") if kind == "o"]
    lines = [_HEAD.format(version=ucd_version()), f'UCD_VERSION: Final = "{ucd_version()}"']
    for name, (meaning, codes) in sets.items():
        lines += ["", f"# Set: {meaning}.", f'{name}: Final = "{as_set(codes)}"']
    lines += ["", "# Pairs: a character and its mirror image (Bidi_Mirroring_Glyph).", "MIRRORED: Final = ("]
    lines += [*_wrapped(_pairs(mirrored)), ")"]
    lines += ["", "# Pairs: opening and closing bracket (Bidi_Paired_Bracket).", "BRACKETS: Final = ("]
    lines += [*_wrapped(_pairs(brackets)), ")"]
    return "\n".join(lines) + "\n"


def _wrapped(literals: str, at: int = 96) -> list[str]:
    pieces = re.findall(r"\\u.{4}|\\U.{8}", literals)
    step = at // 6
    return [f'    "{"".join(pieces[i : i + step])}"' for i in range(0, len(pieces), step)]


def main() -> None:
    """Write the tables."""
    TARGET.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
