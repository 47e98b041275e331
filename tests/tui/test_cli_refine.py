"""`--entities` and `refine` from outside: at once or in the background, in sight, gone on with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.database import open_reader
from tests.tui.clis import Home
from tui.cli import main

TEXT = "عنوان الخبر\n\nقال مصطفى الكاظمي في بغداد يوم 9 ديسمبر 2021 إن شركة أرامكو السعودية وقعت العقد.\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return Home(tmp_path)


@pytest.mark.parametrize("recogniser", ["fast", "accurate"])
def test_a_text_is_analysed_by_the_recogniser_asked_for(home: Home, recogniser: str) -> None:
    (found,) = home.run("analyse", "--entities", recogniser, home.folder / "a.txt").objects
    names = {(mention["text"], mention["type"]) for mention in found["mentions"]}
    assert {("مصطفى الكاظمي", "PER"), ("بغداد", "LOC"), ("شركة أرامكو السعودية", "ORG")} <= names


def test_adding_leaves_the_accurate_pass_to_the_background(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = home.folder / "c.db"
    monkeypatch.setenv("KHABAR_ENTITIES", "accurate")
    # In this process, so that what goes on in the background is its child and can be waited for.
    assert main(["-c", str(corpus), "add", str(home.folder / "a.txt")]) == 0
    assert capsys.readouterr().err == ""
    os.wait()
    assert _waiting(corpus) == 0
    with open_reader(corpus) as reader:
        assert reader.article(1).recogniser == "accurate"
    assert home.run("-c", corpus, "verify").code == 0


def test_what_was_added_fast_is_refined_when_asked_to(home: Home) -> None:
    corpus = home.folder / "c.db"
    assert home.run("-c", corpus, "add", "--entities", "fast", home.folder / "a.txt").code == 0
    assert home.run("-c", corpus, "refine").out == "Refined 0 articles.\n"
    done = home.run("-c", corpus, "refine", "--again", "--json")
    assert done.objects == [{"article": 1, "waiting": 0, "error": None}]
    assert home.run("-c", corpus, "refine", "--again").out == "Refined 0 articles.\n"


def test_there_must_be_a_corpus_to_refine(home: Home) -> None:
    assert "there is no such corpus" in home.run("-c", home.folder / "none.db", "refine").refused()
    assert "sample" in home.run("--sample", "refine").refused()
    assert not (home.folder / "none.db").exists()


def test_an_unknown_recogniser_is_wrong_use(home: Home) -> None:
    assert "fast" in home.run("analyse", "--entities", "best", home.folder / "a.txt").refused()


def _waiting(corpus: Path) -> int:
    with open_reader(corpus) as reader:
        return reader.overview().waiting
