"""Paths as they are typed, pasted and dropped, over real folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.paths import Completion, completed, understood
from tui.screens.copying import from_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, which is where one is, with files of all kinds of names."""
    for name in ("news/2021.txt", "news/2022.txt", "أخبار/بغداد.txt", "أخبار/بيروت.txt", "a b/c d.txt", "it's/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "News.zip").touch()
    (tmp_path / "م\u200fع.txt").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("news", ["news"]),
        ("  news/  ", ["news"]),
        ("~/news/2021.txt", ["news/2021.txt"]),
        ("~", ["."]),
        ("./أخبار", ["أخبار"]),
        ("a b/c d.txt", ["a b/c d.txt"]),
        ("'a b/c d.txt'", ["a b/c d.txt"]),
        ("'{home}/a b' '{home}/news' ", ["a b", "news"]),
        (r"{home}/a\ b/c\ d.txt", ["a b/c d.txt"]),
        (r"'{home}/it'\''s'", ["it's"]),
        ('"it\'s/x.txt" news', ["it's/x.txt", "news"]),
        ("news 'a b'", ["news", "a b"]),
        ("file://{home}/a%20b/c%20d.txt", ["a b/c d.txt"]),
        ("file://{home}/news\nfile://{home}/a%20b\r\n", ["news", "a b"]),
        ("news\n\nأخبار\n", ["news", "أخبار"]),
        ("news nowhere", ["news", "nowhere"]),
        ("no where", ["no where"]),
        ("'no where", ["no where"]),
        ("'a b/c d.txt", ["a b/c d.txt"]),
        ("مع.txt", ["م\u200fع.txt"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_what_a_line_means(home: Path, typed: str, names: list[str]) -> None:
    assert understood(typed.replace("{home}", str(home))) == [os.path.normpath(home / name) for name in names]


@pytest.mark.parametrize(
    ("typed", "line", "names"),
    [
        ("ne", "news/", ()),
        ("new", "news/", ()),
        ("n", "news/", ()),
        ("N", "News.zip", ()),
        ("news/", "news/202", ("2021.txt", "2022.txt")),
        ("news/2021", "news/2021.txt", ()),
        ("NEW", "NEW", ("News.zip", "news/")),
        ("~", "~/", ()),
        ("~/أ", "~/أخبار/", ()),
        ("أخبار/", "أخبار/ب", ("بغداد.txt", "بيروت.txt")),
        ("a", "a b/", ()),
        ("'a b/c", "'a b/c d.txt", ()),
        (".h", ".hidden", ()),
        ("nowhere/x", "nowhere/x", ()),
        ("news/7", "news/7", ()),
        ("م", "مع.txt", ()),
    ],
)
def test_what_tab_makes_of_a_line(home: Path, typed: str, line: str, names: tuple[str, ...]) -> None:
    assert completed(typed) == Completion(line, names)


def test_an_empty_line_offers_what_is_here(home: Path) -> None:
    assert completed("") == Completion("", ("News.zip", "a b/", "it's/", "news/", "أخبار/", "مع.txt"))


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("{home}/news/2021.txt", "~/news/2021.txt"),
        ("/srv/أخبار/x.txt", "/srv/أخبار/x.txt"),
        (f"/{'long/' * 20}name.txt", f"…/{'long/' * 12}name.txt"),
        (f"/srv/{'y' * 80}/name.txt", "…/name.txt"),
        (f"/srv/{'y' * 80}.txt", f"…/{'y' * 80}.txt"),
        (f"/{'y' * 80}.txt", f"/{'y' * 80}.txt"),
        ("/", "/"),
    ],
)
def test_of_a_long_path_the_end_is_told(home: Path, path: str, written: str) -> None:
    assert from_home(Path(path.format(home=home))) == written
