"""A date of publication that a person gives is written the same way everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.clis import Home

_TEXT = "قال الناطق باسم الحكومة في بغداد إن الجسر بُني من جديد."
_SPELLINGS = [
    ("2021", "2021"),
    ("2021-12", "2021-12"),
    ("٢٠٢١-١٢-٠٩", "2021-12-09"),
    (" 2021-12-09 ", "2021-12-09"),
    ("2021-12-09 08:30", "2021-12-09T08:30"),
    ("2021-12-09T08:30:15+03:00", "2021-12-09T08:30"),
    ("1798-08-29", "1798-08-29"),
    ("0912", "0912"),
    ("٠٠٠١-٠١", "0001-01"),
]
_NO_DATES = [
    "2021-13",
    "2021-02-30",
    "0000",
    "0000-01-01",
    "2101",
    "3021-12",
    "622",
    "21",
    "2021-1",
    "2021-12-09 soon",
    "أمس",
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.env["KHABAR_CORPUS"] = str(tmp_path / "c.db")
    (tmp_path / "one.txt").write_text(_TEXT, encoding="utf-8")
    assert home.run("add", tmp_path / "one.txt").code == 0
    return home


def _value(home: Home, article: int) -> str:
    return str(home.run("show", str(article), "--json").objects[0]["published"]["value"])


@pytest.mark.parametrize(("written", "value"), _SPELLINGS)
def test_a_date_is_taken_when_adding_and_when_correcting(home: Home, written: str, value: str) -> None:
    other = home.folder / "other.txt"
    other.write_text(f"{_TEXT} وهذا خبر آخر.", encoding="utf-8")
    assert home.run("add", "--published", written, other).code == 0
    assert home.run("edit", "redate", "1", written).code == 0
    assert (_value(home, 2), _value(home, 1)) == (value, value)
    assert home.run("analyse", "--published", written, other).objects[0]["published"]["value"] == value


@pytest.mark.parametrize("written", _NO_DATES)
def test_what_is_no_date_is_refused_when_adding_and_when_correcting(home: Home, written: str) -> None:
    assert "write YYYY, YYYY-MM" in home.run("add", "--published", written, "x.txt").refused()
    assert "write it as 2021, 2021-12" in home.run("edit", "redate", "1", written).refused()
