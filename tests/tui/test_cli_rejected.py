"""What could not be read is listed until it is read after all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.database import rejected
from store.ingest import Added, Rejected, add
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


def test_a_file_is_read_again_whatever_its_name_holds(home: Home, tmp_path: Path) -> None:
    names = ["\x1b[31mx.txt", os.fsdecode(b"\xff\xfe.txt"), "a\nb.txt"]
    folder = tmp_path / "\x1b[2J"
    folder.mkdir()
    for name in names:
        (folder / name).touch()
    assert home.run("add", "--entities", "fast", str(folder)).code == 1
    assert len(home.run("rejected", "--json").objects) == len(names)
    for number, name in enumerate(names):
        (folder / name).write_text(f"زار سامي حداد البصرة للمرة {number}.\n", "utf-8")
    assert home.run("rejected", "--retry", "--entities", "fast").code == 0
    assert home.run("rejected").out == "Nothing is rejected.\n"
    assert len(home.run("articles", "--json", "--copies").objects) == len(names)


def test_inputs_of_one_name_in_two_folders_are_two(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "c.db"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").touch()
        monkeypatch.chdir(tmp_path / name)
        for _ in range(2):
            assert isinstance(next(add(corpus, ["a.txt"])), Rejected)
    assert len(rejected(corpus)) == 2
    (tmp_path / "two" / "a.txt").write_text("زار سامي حداد البصرة أمس.\n", "utf-8")
    assert isinstance(next(add(corpus, ["a.txt"])), Added)
    assert [(one.path, Path(one.folder).name) for one in rejected(corpus)] == [("a.txt", "one")]
    (tmp_path / "one" / "a.txt").write_text("عاد سامي حداد إلى بغداد.\n", "utf-8")
    assert home.run("-c", corpus, "rejected", "--retry", "--entities", "fast").code == 0
    assert not rejected(corpus)
    assert len(home.run("-c", corpus, "articles", "--json", "--copies").objects) == 2
