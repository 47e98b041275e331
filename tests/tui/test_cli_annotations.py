"""Annotations and saved searches on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.clis import Home


@pytest.fixture
def home(tmp_path: Path, seeds: Path) -> Home:
    (tmp_path / "home").mkdir()
    home = Home(tmp_path / "home")
    assert home.run("add", "--entities", "fast", str(seeds)).code == 0
    return home


def test_annotations(home: Home, tmp_path: Path) -> None:
    assert home.run("annotations").err == "No annotations.\n"
    ended = home.run("annotations", "add", "--article", "1", "--article", "2", "--tag", "مهم جدا", "--note", "أ\nب")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert home.run("annotations", "add", "--entity", "مصطفى الكاظمي", "--bookmark").code == 0
    found = home.run("annotations", "--json").objects
    assert sorted((one["kind"], one["on"]) for one in found) == [
        ("bookmark", "entity"), ("note", "article"), ("note", "article"), ("tag", "article"), ("tag", "article"),
    ]  # fmt: skip
    assert home.run("annotations", "tags", "--json").objects == [{"tag": "مهم جدا", "used": 2}]
    assert len(home.run("annotations", "--kind", "note", "--json").objects) == 2
    assert len(home.run("articles", "--tag", "مهمّ جدا", "--noted", "--json").objects) == 2
    assert home.run("articles", "--bookmarked").err == "No articles.\n"
    assert len(home.run("search", 'tag:"مهم جدا"', "--json").objects) == 2
    assert "no article here has the tag" in home.run("articles", "--tag", "غيره").refused()
    assert "no tag here is" in home.run("search", "tag:غيره").refused()
    assert "say on what" in home.run("annotations", "add", "--tag", "x").refused()
    assert home.run("annotations", "add", "--article", "99", "--tag", "x").code == 2

    kept = tmp_path / "kept.jsonl"
    assert home.run("export", "annotations", "-o", str(kept)).code == 0
    kept.write_bytes(kept.read_bytes() + b'{"uid": "\x1b"}\n')
    other = tmp_path / "other.db"
    assert home.run("-c", str(other), "add", "--entities", "fast", "-", stdin="خبر").code in (0, 1)
    ended = home.run("-c", str(other), "annotations", "import", str(kept))
    assert (ended.code, ended.out) == (1, "5 new, 0 with a newer text.\n")
    assert "kept.jsonl:6: is no annotation" in ended.err
    assert "\x1b" not in ended.err
    ended = home.run("-c", str(other), "annotations", "import", "-", stdin=kept.read_bytes())
    assert ended.out == "0 new, 0 with a newer text.\n"
    assert home.run("-c", str(other), "annotations", "import", str(tmp_path / "none")).refused()


def test_saved_searches(home: Home, tmp_path: Path) -> None:
    assert "khabar search --save" in home.run("searches").err
    ended = home.run("search", "--save", "قوات", "قوات", "--from", "2021", "--json")
    assert ended.err == "Saved as قوات.\n"
    there = len(ended.objects)
    (one,) = home.run("searches", "--json").objects
    assert (one["name"], one["articles"], one["new"], one["filter"]["since"]) == ("قوات", there, 0, "2021-01-01")
    news = tmp_path / "news.txt"
    news.write_text("وصول القوات\n\nبغداد - 3 مارس 2021\n\nوصلت القوات يوم 3 مارس 2021 إلى البصرة.\n", "utf-8")
    assert home.run("add", "--entities", "fast", str(news)).code == 0
    (new,) = home.run("searches", "--new", "--json").objects
    assert new["search"] == "قوات"
    assert "قوات: 1 new article\n" in home.run("searches", "--new").out
    assert len(home.run("searches", "--new", "--look", "--json").objects) == 1
    assert home.run("searches", "--new", "--look", "--json").objects == []
    assert home.run("searches", "rename", "قوات", "جيش").code == 0
    assert "البحث: قوات" in home.run("searches").out
    assert "no search is called" in home.run("searches", "delete", "قوات").refused()
    assert home.run("searches", "delete", "جيش").code == 0
    assert home.run("searches", "--json").objects == []
    assert home.run("verify").code == 0


def test_many_at_once(home: Home) -> None:
    found = home.run("articles", "--json")
    ids = [one["id"] for one in found.objects]
    assert home.run("annotations", "add", "--article", "-", "--tag", "كل", stdin=found.out).code == 0
    assert len(home.run("articles", "--tag", "كل", "--json").objects) == len(ids)
    names = home.run("entities", "--limit", "4", "--json")
    assert home.run("annotations", "add", "--entity", "-", "--note", "من؟", "--bookmark", stdin=names.out).code == 0
    assert home.run("annotations", "add", "--entity", "-", "--bookmark", stdin="بغداد\nمصطفى الكاظمي\n").code == 0
    events = home.run("timeline", "--limit", "2", "--json")
    assert home.run("annotations", "add", "--event", "-", "--tag", "حدث", stdin=events.out).code == 0
    there = home.run("show", str(ids[0]), "--json").objects[0]["sentences"][1]
    place = f"{ids[0]}:{there['start'] + 1}"
    assert home.run("annotations", "add", "--sentence", place, "--note", "راجع").code == 0
    kept = home.run("annotations", "--json").objects
    on = sorted({(one["on"], one["kind"]) for one in kept})
    assert on == [
        ("article", "tag"),
        ("entity", "bookmark"),
        ("entity", "note"),
        ("event", "tag"),
        ("sentence", "note"),
    ]
    assert [(one["start"], one["end"]) for one in kept if one["on"] == "sentence"] == [(there["start"], there["end"])]
    # all or nothing, one sentence each
    before = len(kept)
    for wrong in (
        ("--article", "1", "--article", "9999", "--bookmark"), ("--article", "x", "--bookmark"),
        ("--sentence", "1", "--bookmark"), ("--sentence", "1:99999999", "--bookmark"),
        ("--sentence", "9999:1", "--bookmark"), ("--event", "999999", "--tag", "x"), ("--entity", "-", "--tag", "x"),
        ("--article", "1", "--tag", "x", "--tag", "!"),
    ):  # fmt: skip
        assert home.run("annotations", "add", *wrong, stdin="").refused()
    assert len(home.run("annotations", "--json").objects) == before


def test_saved_searches_go_to_another_corpus(home: Home, tmp_path: Path) -> None:
    home.run("search", "--save", "قوات", "قوات", "--entity", "العراق")
    kept = tmp_path / "kept.jsonl"
    assert home.run("export", "searches", "-o", str(kept)).code == 0
    kept.write_bytes(kept.read_bytes() + b'{"name": "\x1b"}\n')
    other = tmp_path / "other.db"
    assert home.run("-c", str(other), "add", "--entities", "fast", "-", stdin="خبر").code in (0, 1)
    ended = home.run("-c", str(other), "searches", "import", str(kept))
    assert (ended.code, ended.out) == (1, "1 new, 0 known already.\n")
    assert "kept.jsonl:2: is no saved search" in ended.err
    assert "\x1b" not in ended.err
    assert "not in the corpus any more" in home.run("-c", str(other), "searches").out
    ended = home.run("-c", str(other), "searches", "import", "-", stdin=kept.read_bytes())
    assert ended.out == "0 new, 1 known already.\n"
    home.run("-c", str(other), "search", "--save", "قوات", "خبر")
    ended = home.run("-c", str(other), "searches", "import", "-", stdin=kept.read_bytes().splitlines()[0])
    assert (ended.code, ended.out) == (1, "0 new, 0 known already.\n")
    assert "قوات: a search of this name asks something else here" in ended.err
    ended = home.run("-c", str(other), "searches", "import", "--over", "-", stdin=kept.read_bytes().splitlines()[0])
    assert (ended.code, ended.out, ended.err) == (0, "1 new, 0 known already.\n", "")
