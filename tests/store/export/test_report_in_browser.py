"""The report in a real browser without a network: nothing beyond the edge, cut, too faint to read or asked for; what is
folded is on paper too."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader

from store.database import open_reader
from store.export import export
from store.export.options import Options
from store.text.when import Language
from tests.store.export import dated, hostile, noting, screenshots
from tests.store.export.test_page_in_browser import BROWSER, DARK, FLAGS, WIDTHS, apart, browse, measured

MEASURE = Path(__file__).with_name("report_measure.js")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here (Debian: apt install chromium)")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    corpora = {
        "seeds": seeds_corpus_once,
        "kinds": dated.build(folder / "kinds.db"),
        "hostile": hostile.build(folder / "hostile.db"),
    }
    corpora |= {
        "noted": noting.build(seeds_corpus_once, folder / "noted.db"),
        "hostile-noted": noting.build(corpora["hostile"], folder / "hostile-noted.db"),
    }
    found = {}
    languages: tuple[Language, ...] = ("ar", "en")
    for name, corpus in corpora.items():
        for language in languages:
            found[f"{name}-{language}"] = page = folder / f"{name}-{language}.html"
            with open_reader(corpus) as reader:
                page.write_text("".join(export(reader, "report", "html", options=Options(language=language))), "utf-8")
    return found


def seen(page: Path, folder: Path, width: int, *flags: str) -> dict[str, Any]:
    return measured(page, folder, width, *flags, script=MEASURE)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "name", ["seeds-ar", "kinds-ar", "hostile-ar", "seeds-en", "noted-ar", "noted-en", "hostile-noted-ar"]
)
def test_the_report_fits(pages: dict[str, Path], tmp_path: Path, name: str, width: int) -> None:
    found = seen(pages[name], tmp_path, width)
    assert found["requests"] == []
    for state in ("first", "open"):
        part = found[state]
        assert (part["inner"], part["direction"]) == (width, "ltr" if name.endswith("en") else "rtl")
        assert part["scroll"] <= width
        assert part["beyond"] == []
        assert part["cut"] == []
        assert part["faint"] == []
        assert part["dead"] == []
        assert part["heads"]
        for picture in part["pictures"]:
            assert all(picture["named"])
            for one, other in combinations(picture["labels"], 2):
                assert apart(one["box"], other["box"]), (one["text"], other["text"])
            for label in picture["labels"]:
                assert label["box"]["left"] >= picture["box"]["left"] - 1
                assert label["box"]["right"] <= picture["box"]["right"] + 1
    # what people noted is not folded, with the sentences that it is on
    assert bool(found["first"]["sentences"]) == ("noted" in name)
    assert len(found["open"]["sentences"]) >= 5
    assert len(found["first"]["pictures"]) >= 2


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_a_screenshot_shows(pages: dict[str, Path], tmp_path: Path, language: str, night: bool) -> None:
    """Paper in its colour, a heading at the side where the language begins to read, and bars of time at both ends."""
    picture = screenshots.taken(pages[f"seeds-{language}"], tmp_path, 600, 700, *([DARK] if night else []))
    assert picture.shape == (700, 600, 3)
    light = picture.astype(int).sum(axis=2)
    paper = picture[2, 2]
    assert tuple(paper) == ((20, 23, 26) if night else (253, 252, 248))
    assert (picture == paper).all(axis=2).mean() > 0.3
    inked = np.abs(light - int(paper.astype(int).sum())) > 300
    left, right = inked[:90, :300].sum(), inked[:90, 300:].sum()
    assert (right > 5 * left) if language == "ar" else (left > 5 * right)
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    # beside paper and what pictures stand on, the colour of the bars fills most
    bars = colours[np.argsort(-counts)[2]]
    where = np.flatnonzero((picture == bars).all(axis=2).sum(axis=0) > 20)
    assert where.min() < 150
    assert where.max() > 450
    assert len(where) < 300


def test_it_can_be_read_by_night(pages: dict[str, Path], tmp_path: Path) -> None:
    found = seen(pages["seeds-ar"], tmp_path, 800, DARK)["open"]
    assert found["faint"] == []
    assert found["paper"] == "rgb(20, 23, 26)"


def test_notes_are_where_they_are_read(pages: dict[str, Path], tmp_path: Path) -> None:
    """Each is in sight before anything is unfolded, in the direction of its letters, its pen where that begins."""
    for name, side in (("noted-ar", "right"), ("noted-en", "left")):
        found = seen(pages[name], tmp_path, 800)["first"]["notes"]
        assert len(found) >= 10
        for note in found:
            first = next(kind for kind in map(unicodedata.bidirectional, note["text"]) if kind in ("L", "R", "AL"))
            assert note["direction"] == ("ltr" if first == "L" else "rtl")
            assert abs(note["pen"][side] - note["box"][side]) < 16
            assert note["words"]["width"] > 40


def test_time_runs_as_the_language_reads(pages: dict[str, Path], tmp_path: Path) -> None:
    """The earlier of two labels of a picture of time stands on the right in Arabic, on the left in English."""
    for name, sign in (("seeds-ar", 1), ("seeds-en", -1)):
        found = seen(pages[name], tmp_path, 1400)["first"]["pictures"][0]["labels"]
        years = [
            (int(year[0]), label["box"]["left"]) for label in found if (year := re.search(r"\d{4}", label["text"]))
        ]
        ordered = sorted(years)
        assert len(ordered) >= 2
        assert [place for _, place in ordered] == sorted((place for _, place in ordered), reverse=sign > 0)


def test_a_quotation_runs_in_the_direction_of_its_letters(pages: dict[str, Path], tmp_path: Path) -> None:
    for name in ("kinds-ar", "kinds-en"):
        quotes = seen(pages[name], tmp_path, 800)["first"]["quotes"]
        assert {direction for direction, text in quotes if text.startswith("The delegation")} == {"ltr"}
        assert {direction for direction, text in quotes if text.startswith("وصل")} == {"rtl"}


def test_what_is_folded_on_a_screen_is_on_paper(pages: dict[str, Path], tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={paper}"]
    page = pages["seeds-ar"]
    subprocess.run([*command, page.as_uri()], capture_output=True, check=True, timeout=120)
    # names of files stand with the folded sentences alone
    named = set(re.findall(r"\d{3}_[0-9a-f]{16}\.txt", page.read_text("utf-8")))
    printed = "".join(each.extract_text() for each in PdfReader(paper).pages)
    assert len(named) == 5
    assert all(name in re.sub(r"\s", "", printed) for name in named)


def test_hostile_texts_build_no_elements_and_nothing_is_asked_for(pages: dict[str, Path], tmp_path: Path) -> None:
    for name in ("hostile-ar", "hostile-en", "hostile-noted-ar"):
        dom = browse(pages[name], tmp_path)
        assert "<script" not in dom
        assert "&lt;script&gt;" in dom
        plain = re.sub(r">[^<]*<", "><", dom)
        assert not re.search(r"""(?:src|href|action|data|poster)\s*=\s*["']?(?!#|["'#])""", plain)
