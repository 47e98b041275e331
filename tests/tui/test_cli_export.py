"""Exports and trends in the command line; every command of the documentation runs."""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tui.clis import Home

DOCUMENT = Path(__file__).parents[2] / "docs" / "export.md"
COMMANDS = [
    line.removeprefix("khabar ")
    for block in re.findall(r"```\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(seeds_corpus_once)
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_documentation_runs(home: Home, tmp_path: Path, command: str) -> None:
    words = shlex.split(command)
    written = None
    if "-o" in words:
        at = words.index("-o") + 1
        written = tmp_path / words[at]
        words[at] = str(written)
    done = home.run(*words)
    assert (done.code, done.err) == (0, "")
    assert written.stat().st_size > 100 if written is not None else done.out.strip()


def test_the_documentation_names_every_form() -> None:
    from store.export.subjects import SUBJECTS

    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    told = {what: {form.strip() for form in forms.split(",")} - {"png"} for what, forms in rows}
    assert told == {what: set(subject.formats) for what, subject in SUBJECTS.items()}


@pytest.mark.parametrize(
    ("lang", "begins"), [("ar_IQ.UTF-8", '<div dir="rtl" lang="ar">'), ("C.UTF-8", '<div dir="ltr" lang="en">')]
)
def test_a_brief_speaks_the_language_of_the_environment(home: Home, lang: str, begins: str) -> None:
    assert home.run("export", "brief", env={"LC_ALL": lang}).out.startswith(begins)


def test_trends_are_a_table_with_pictures(home: Home) -> None:
    done = home.run("trends", "بغداد", "--by", "year")
    assert (done.code, done.err) == (0, "")
    assert "year" in done.out
    assert re.search("[▁▂▃▄▅▆▇█]", done.out)
    assert all(line.isprintable() for line in done.out.split("\n"))
    objects = home.run("trends", "بغداد", "--by", "year", "--json").objects
    assert {each["name"] for each in objects} == {"بغداد"}
    assert "no entity is called" in home.run("trends", "nobody").refused()
    assert home.run("trends", "--outlet", "نشرة", "--json").code in (0, 2)


def test_png_without_what_draws_it_is_refused_in_words(home: Home, tmp_path: Path) -> None:
    if find_spec("resvg_py") is None:
        done = home.run("export", "trends", "-o", tmp_path / "x.png")
        assert "pip install 'khabar[pictures]'" in done.refused()
        assert list(tmp_path.iterdir()) == []
    else:
        assert home.run("export", "trends", "-o", tmp_path / "x.png").code == 0
        assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_png_of_a_list_is_refused(home: Home) -> None:
    done = home.run("export", "articles", "-f", "png")
    assert done.code == 2
    assert "Traceback" not in done.err


def test_what_is_there_is_only_replaced_whole(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    assert home.run("export", "report", "--from", "never", "-o", target).code == 2
    assert target.read_text() == "old"
    assert home.run("export", "report", "-o", target).code == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
