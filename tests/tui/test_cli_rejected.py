"""What could not be read is listed until it is read after all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.clis import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "home").mkdir()
    return Home(tmp_path / "home")


def test_it_is_listed_until_it_is_read(home: Home, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.txt").write_text("زار سامي حداد البصرة أمس.\n", "utf-8")
    (news / "empty.txt").write_text("")
    (news / "lines.jsonl").write_text('{"text": "خبر من بغداد اليوم"}\n{"text": \n', "utf-8")
    (news / "gone.txt").write_bytes(bytes(range(256)) * 8)
    assert home.run("add", "--entities", "fast", str(news)).code == 1
    found = home.run("rejected", "--json").objects
    assert {Path(str(one["path"])).name: one["error"] for one in found} == {
        "empty.txt": "is empty",
        "gone.txt": "is binary data, not text",
        "lines.jsonl:2": found[-1]["error"],
    }
    assert "lines.jsonl:2" in home.run("rejected").out

    (news / "empty.txt").write_text("عاد سامي حداد إلى بغداد.\n", "utf-8")
    (news / "gone.txt").unlink()
    ended = home.run("rejected", "--retry")
    assert ended.code == 1
    assert "gone.txt is not there any more" in ended.err
    assert sorted(Path(str(one["path"])).name for one in home.run("rejected", "--json").objects) == [
        "gone.txt",
        "lines.jsonl:2",
    ]
    (news / "lines.jsonl").write_text('{"text": "خبر من بغداد اليوم"}\n{"text": "خبر من تونس اليوم"}\n', "utf-8")
    assert home.run("rejected", "--retry").code == 1
    assert [Path(str(one["path"])).name for one in home.run("rejected", "--json").objects] == ["gone.txt"]
    assert home.run("rejected", "--forget").out == "Forgot 1 input.\n"
    assert home.run("rejected").out == "Nothing is rejected.\n"
    assert len(home.run("articles", "--json", "--copies").objects) == 4
    assert home.run("verify").code == 0


def test_names_from_outside_are_told_without_control_characters(home: Home, tmp_path: Path) -> None:
    name = os.fsdecode("\x1b[31m؟\udcff.txt".encode("utf-8", "surrogateescape"))
    (tmp_path / name).write_text("")
    assert home.run("add", "--entities", "fast", str(tmp_path / name)).code == 1
    for command in (("rejected",), ("rejected", "--json")):
        ended = home.run(*command)
        assert ended.code == 0
        assert "\x1b" not in ended.out
