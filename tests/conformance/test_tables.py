"""The generated tables are those of the installed Unicode Character Database."""

from __future__ import annotations

import re

import pytest

from tests.conformance.generate_tables import TARGET, UCD, render, ucd_version
from tui.arabic import tables


def test_tables_are_what_the_generator_writes() -> None:
    if not (UCD / "ArabicShaping.txt").exists():
        pytest.skip(f"{UCD} is missing: install the Debian package unicode-data")
    if ucd_version() != tables.UCD_VERSION:
        pytest.skip(f"the installed UCD is {ucd_version()}, the tables are of {tables.UCD_VERSION}")
    assert TARGET.read_text(encoding="utf-8") == render()


def test_every_character_falls_into_one_joining_set_at_most() -> None:
    sets = [
        re.compile(f"[{chars}]")
        for chars in (tables.DUAL, tables.RIGHT, tables.LEFT, tables.CAUSING, tables.TRANSPARENT, tables.EXTENDING)
    ]
    for code in range(0x110000):
        char = chr(code)
        assert sum(1 for chosen in sets if chosen.match(char)) <= 1, hex(code)


def test_brackets_mirror_each_other() -> None:
    mirror = dict(zip(tables.MIRRORED[::2], tables.MIRRORED[1::2], strict=True))
    for opening, closing in zip(tables.BRACKETS[::2], tables.BRACKETS[1::2], strict=True):
        assert mirror[opening] == closing
        assert mirror[closing] == opening
