"""`khabar suggest` and `khabar edit keep-apart`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.database.making import add_all, analysis
from tests.store.database.test_suggestions import ARTICLES, BIDEN, OTHER
from tests.store.export.hostile import build
from tests.tui.clis import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    corpus = home.folder / "c.db"
    add_all(corpus, (analysis(text, names, (), f"2021-12-{day:02}") for day, (text, names) in enumerate(ARTICLES, 1)))
    home.env["KHABAR_CORPUS"] = str(corpus)
    return home


def test_pairs_with_their_reasons(home: Home) -> None:
    done = home.run("suggest")
    assert (done.code, done.err) == (0, "")
    assert f"{BIDEN} (2)" in done.out
    assert "a foreign name with other vowels" in done.out
    rows = [json.loads(line) for line in home.run("suggest", "--json").out.splitlines()]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    biden = next(row for row in rows if row["into"]["name"] == BIDEN)
    assert (biden["other"]["name"], biden["reasons"][0]["kind"]) == (OTHER, "vowels")
    assert len(home.run("suggest", "--json", "--limit", "1").out.splitlines()) == 1


def test_of_one_name_until_it_is_kept_apart(home: Home) -> None:
    assert OTHER in home.run("suggest", BIDEN).out
    done = home.run("edit", "keep-apart", BIDEN, OTHER)
    assert (done.code, done.err) == (0, "")
    done = home.run("suggest", BIDEN)
    assert (done.code, done.out, done.err.strip()) == (0, "", "Nothing to suggest.")
    assert "keep-apart" in home.run("edit", "log").out
    log = home.run("export", "edits", "--format", "jsonl").out
    assert home.run("edit", "undo").code == 0
    assert OTHER in home.run("suggest", BIDEN).out
    other = home.folder / "other.db"
    add_all(other, (analysis(text, names, (), f"2021-12-{day:02}") for day, (text, names) in enumerate(ARTICLES, 1)))
    (home.folder / "edits.jsonl").write_text(log, "utf-8")
    done = home.run("-c", str(other), "edit", "import", str(home.folder / "edits.jsonl"))
    assert done.code == 0, done.err
    assert home.run("-c", str(other), "suggest", BIDEN).out == ""


def test_a_name_that_is_not_there(home: Home) -> None:
    done = home.run("suggest", "لا أحد")
    assert done.code == 2
    assert "no entity is called" in done.err


def test_a_hostile_corpus(home: Home) -> None:
    corpus = build(home.folder / "hostile.db")
    done = home.run("-c", str(corpus), "suggest")
    assert done.code == 0
    assert all(line.isprintable() for line in done.out.split("\n"))
