"""UAX #9: levels and visual order on Unicode's own test files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.generate_tables import UCD
from tui.arabic import levels

_HERE = Path(__file__).parent
_REMOVED = "b12345"

Case = tuple[str, str, int, str, str]
"""Text, class letters, base, and the expected levels and order, as in the files."""


def _outcome(text: str, kinds: str, base: int) -> tuple[str, str]:
    found = levels.for_line(levels.resolve(text, base, kinds), kinds, base)
    kept = [at for at, kind in enumerate(kinds) if kind not in _REMOVED]
    order: list[int] = []
    for start, end, level in levels.visual_runs(bytes([found[at] for at in kept])):
        order += kept[start:end][::-1] if level & 1 else kept[start:end]
    shown = ["x" if kind in _REMOVED else str(level) for kind, level in zip(kinds, found, strict=True)]
    return " ".join(shown), " ".join(map(str, order))


def _lines(path: Path) -> Iterator[str]:
    if not path.exists():
        pytest.skip(f"{path} is missing: install the Debian package unicode-data")
    with path.open(encoding="utf-8") as file:
        yield from (line.strip() for line in file if line.strip() and not line.startswith("#"))


def _character_cases(path: Path) -> Iterator[Case]:
    for line in _lines(path):
        codes, direction, base, found, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        kinds = levels.classes(text)
        if direction == "2":
            assert levels.first_strong(kinds) == int(base), line
        yield text, kinds, int(base), found, order


def _directions(kinds: str, bits: int) -> set[int]:
    chosen = {levels.first_strong(kinds)} if bits & 1 else set()
    return chosen | ({0} if bits & 2 else set()) | ({1} if bits & 4 else set())


def _class_cases(path: Path) -> Iterator[Case]:
    found = order = ""
    for line in _lines(path):
        if line.startswith("@"):
            name, _, value = line.partition(":")
            value = " ".join(value.split())
            found, order = (value, order) if name == "@Levels" else (found, value)
            continue
        classes, bits, *expected = line.split(";")
        if expected:
            found, order = expected
        kinds = "".join(levels.CLASS_LETTERS[name] for name in classes.split())
        for base in _directions(kinds, int(bits)):
            yield " " * len(kinds), kinds, base, found, order


def _wrong(cases: Iterator[Case]) -> tuple[int, list[Case]]:
    count = 0
    wrong: list[Case] = []
    for case in cases:
        count += 1
        if _outcome(*case[:3]) != case[3:]:
            wrong.append(case)
            if len(wrong) == 5:
                break
    return count, wrong


def test_sample_of_character_cases() -> None:
    count, wrong = _wrong(_character_cases(_HERE / "BidiCharacterTest.sample.txt"))
    assert wrong == []
    assert count > 200


def test_sample_of_class_cases() -> None:
    count, wrong = _wrong(_class_cases(_HERE / "BidiTest.sample.txt"))
    assert wrong == []
    assert count > 200


@pytest.mark.slow
def test_all_character_cases() -> None:
    count, wrong = _wrong(_character_cases(UCD / "BidiCharacterTest.txt"))
    assert wrong == []
    assert count > 90_000


@pytest.mark.slow
def test_all_class_cases() -> None:
    count, wrong = _wrong(_class_cases(UCD / "BidiTest.txt"))
    assert wrong == []
    assert count > 500_000  # the file counts a base twice that P2 and P3 give again


def test_levels_reach_the_deepest_embedding() -> None:
    text = "\u202b\u202a" * 70 + "a"
    assert levels.resolve(text, 0)[-1] == 126
    text = "\u2067" * 130 + "ب" + "\u2069" * 130
    assert levels.resolve(text, 1)[130] == 125


def test_more_open_brackets_than_are_kept_are_no_pairs() -> None:
    text = "ا" + "(" * 64 + "b" + ")" * 64
    assert len(levels.resolve(text, 1)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["%" * 50_000 + "ا", " " * 50_000 + "ا b", "(" * 50_000 + "ا", "(a)" * 30_000 + "ا", "\u2068" * 50_000 + "ا"],
)
def test_long_runs_take_linear_time(text: str) -> None:
    assert len(levels.for_line(levels.resolve(text, 1), levels.classes(text), 1)) == len(text)
