"""Writes the samples of Unicode's bidi test files that are kept here, so that some of them always run.

Run `python -m tests.conformance.make_sample` after the UCD has moved to a new version. From BidiCharacterTest.txt come
some cases of every kind of structure (base direction, classes in the text, depth of levels); from BidiTest.txt some
of every set of classes; both evenly, without chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.generate_tables import UCD, ucd_version
from tui.arabic import levels

HERE = Path(__file__).parent
_PER_KIND = 3
_CASES = 400


def _character_kinds() -> Iterator[tuple[tuple[str, ...], str]]:
    for line in (UCD / "BidiCharacterTest.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, direction, _, found, _ = line.split(";")
            kinds = levels.classes("".join(chr(int(code, 16)) for code in codes.split()))
            yield (direction, "".join(sorted(set(kinds))), str(max(found.split())), str(min(len(kinds), 12))), line


def _class_kinds() -> Iterator[tuple[tuple[str, ...], str]]:
    expected: dict[str, str] = {}
    for line in (UCD / "BidiTest.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, _, value = line.partition(":")
            expected[name] = " ".join(value.split())
        elif line and not line.startswith("#"):
            classes, bits = line.split(";")
            case = f"{classes.strip()};{bits.strip()};{expected['@Levels']};{expected['@Reorder']}"
            yield (expected["@Levels"], " ".join(sorted(set(classes.split())))), case


def _stratified(cases: Iterator[tuple[tuple[str, ...], str]]) -> list[str]:
    strata: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for kind, case in cases:
        strata[kind].append(case)
    picked: list[str] = []
    for kind in sorted(strata):
        members = strata[kind]
        step = max(len(members) // _PER_KIND, 1)
        picked += members[::step][:_PER_KIND]
    step = max(len(picked) // _CASES, 1)
    return picked[::step]


def main() -> None:
    """Write both samples."""
    about = f"A sample of Unicode {ucd_version()}'s {{0}}. Copyright (C) Unicode, Inc.; see https://www.unicode.org/terms_of_use.html"
    layouts = {
        "BidiCharacterTest": ("code points; direction (2: by P2 and P3); base; levels; order", _character_kinds()),
        "BidiTest": (
            "classes; directions (1: by P2 and P3, 2: left to right, 4: right to left); levels; order",
            _class_kinds(),
        ),
    }
    for name, (columns, cases) in layouts.items():
        lines = [f"# {about.format(name + '.txt')}", f"# {columns}", *_stratified(cases)]
        (HERE / f"{name}.sample.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
