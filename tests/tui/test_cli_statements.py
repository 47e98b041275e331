"""`khabar statements`, `quantities`, and what `show` and `export` tell of them."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from store.database import open_reader
from tests.tui.clis import Home

KADHIMI = "مصطفى الكاظمي"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(shutil.copy(seeds_corpus_once, home.folder / "seeds.db"))
    return home


def test_show_tells_what_is_said_in_an_article(home: Home) -> None:
    with open_reader(Path(home.env["KHABAR_CORPUS"])) as reader:
        article = reader.statement_rows(reader.statement_ids(most=1))[0].article.id
        spoken = reader.spoken(article)
    assert spoken is not None
    (found,) = home.run("show", str(article), "--json").objects
    assert [one["start"] for one in found["quotes"]] == [one.start for one in spoken.quotes]
    assert [one["text"] for one in found["roles"]] == [one.text for one in spoken.roles]
    assert [one["text"] for one in found["quantities"]] == [one.text for one in spoken.quantities]
    for one in found["quantities"]:
        assert found["text"][one["start"] : one["end"]] == one["text"]
    lines = home.run("show", str(article)).out.split("\n")
    assert any(line.startswith("statement") for line in lines)
    assert any("«" in line for line in lines) == any(one.direct for one in spoken.quotes)


@pytest.mark.parametrize("what", ["statements", "quantities"])
def test_an_export_has_what_the_list_has(home: Home, what: str) -> None:
    listed = home.run(what, "--json").objects
    exported = home.run("export", what)
    assert (exported.code, exported.err) == (0, "")
    assert exported.objects == listed
    assert home.run("export", what, "--limit", "3").objects == listed[:3]
    table = list(csv.DictReader(io.StringIO(home.run("export", what, "-f", "csv").out, newline="")))
    assert [row["start"] for row in table] == [str(one["start"]) for one in listed]
    assert [row["sentence"].lstrip("'") for row in table] == [one["sentence"]["text"].lstrip("'") for one in listed]
    for one in listed:
        sentence = one["sentence"]
        begun = sentence["start"]
        assert sentence["text"][one["start"] - begun : one["end"] - begun] == one["text"]


def test_an_export_of_speakers(home: Home) -> None:
    own = home.run("export", "statements", "--of", KADHIMI).objects
    assert own == home.run("statements", "--speaker", KADHIMI, "--json").objects
    assert {one["speaker"]["name"] for one in own} == {KADHIMI}


def test_numbers_over_time(home: Home) -> None:
    found = home.run("quantities", "--unit", "جنود", "--by", "decade", "--json").objects
    assert (min(one["lowest"] for one in found), max(one["highest"] for one in found)) == (2500, 3500)
    assert {one["value"] for one in found} <= {"202", None}
    months = home.run("quantities", "--unit", "جنود", "--by", "month", "--json").objects
    assert sum(each["sentences"] for each in months) == 3
    assert "lowest" in home.run("quantities", "--unit", "جنود", "--by", "month").out
    assert "say which with --unit" in home.run("quantities", "--by", "month").refused()
    assert home.run("quantities", "--unit", "لاشيء", "--by", "month").err == "No numbers.\n"


def test_what_may_be_said_differently(home: Home) -> None:
    (found,) = home.run("differ", "--json").objects
    assert (found["rule"], found["one"]["kind"], found["other"]["who"]) == ("contrast", "confirmed", "بغداد")
    for side in (found["one"], found["other"]):
        sentence = side["sentence"]
        assert sentence["text"][side["start"] - sentence["start"] : side["end"] - sentence["start"]] == side["text"]
    told = home.run("differ").out
    assert "said differently? one says no, in words of the other" in told
    assert found["other"]["sentence"]["text"] in told
    assert home.run("differ", "--of", "بغداد", "--json").objects == [found]
    assert home.run("differ", "--of", KADHIMI).err == "Nothing is said differently, as far as can be told.\n"
    assert home.run("export", "differing").objects == [found]
    (row,) = csv.DictReader(io.StringIO(home.run("export", "differing", "-f", "csv").out, newline=""))
    assert (row["text_1"], row["who_2"]) == (found["one"]["text"], "بغداد")
    assert "looked at the newest 1 of 5" in home.run("differ", "--look", "1").out
    dossier = home.run("dossier", "بغداد", "--json").objects[0]
    assert dossier["differing"] == [found]
    assert "said differently?" in home.run("dossier", "بغداد").out
