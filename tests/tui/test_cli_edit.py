"""Edits from the command line that docs/corrections.md does not show: names that may be several, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.database import open_writer
from tests.store.database.making import analysis
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.env["KHABAR_CORPUS"] = str(tmp_path / "c.db")
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis("زار سامي حداد لندن.", [("سامي حداد", "PER"), ("لندن", "LOC")]))
        writer.add(analysis("عاد كريم حداد من روما.", [("كريم حداد", "PER"), ("روما", "LOC")]))
        writer.add(analysis("وصل فلان إلى روما.", [("فلان", "PER"), ("روما", "LOC")]))
    return home


def test_a_name_that_may_be_several_is_refused_with_the_candidates(home: Home) -> None:
    said = home.run("edit", "hide", "حداد").refused()
    assert "may be '#1' (سامي حداد, PER) or '#3' (كريم حداد, PER)" in said
    assert "no entity is called" in home.run("edit", "merge", "لندن", "--into", "باريس").refused()
    assert "holds no entity 99" in home.run("edit", "rename", "#99", "س").refused()
    assert "is no hidden entity here" in home.run("edit", "unhide", "لندن").refused()
    assert "belong together" in home.run("edit", "relabel", "1", "body").refused()
    said = home.run("edit", "relabel", "1:999", "body").refused()
    assert "article 1 has no block at 999; khabar show 1 --json lists its blocks" in said
    assert "say which of its names" in home.run("edit", "split", "لندن").refused()
    assert "new name is empty" in home.run("edit", "rename", "لندن", "\x1b\n").refused()
    assert home.run("edit").refused().startswith("Missing command; see ")
    assert home.run("edit", "unhide").out == "Nothing is hidden.\n"
    assert home.run("edit", "log").out == "Nothing was edited.\n"
    assert home.run("edit", "undo").out == "Nothing to be undone.\n"
    assert home.run("edit", "redo", "--json").objects == [{"redone": None}]


def test_many_come_from_standing_input(home: Home) -> None:
    lines = home.run("entities", "--type", "PER", "--json").out
    assert len(home.run("edit", "hide", "-", "--json", stdin=lines + "\nلندن\n#4\n").objects) == 5
    assert home.run("entities", "--json").objects == []
    assert [row["name"] for row in home.run("edit", "unhide", "--json").objects] == [
        "روما", "سامي حداد", "فلان", "كريم حداد", "لندن",
    ]  # fmt: skip
    assert "line 1 of standing input has no id" in home.run("edit", "unhide", "-", stdin='{"id": []}\n').refused()
    assert "nothing was named" in home.run("edit", "unhide", "-", stdin="\n").refused()
    assert "and 4 more" in home.run("edit", "undo").out
    assert len(home.run("entities", "--json").objects) == 5


def test_who_and_when_are_kept_and_nothing_of_a_log_reaches_the_terminal_raw(home: Home, tmp_path: Path) -> None:
    home.run("edit", "--as", "\x1b[31mليلى\n", "hide", "لندن")
    home.run("edit", "hide", "روما", env={"KHABAR_USER": "سعيد"})
    assert [one["who"] for one in home.run("edit", "log", "--json").objects] == ["[31mليلى", "سعيد"]
    entry = json.loads(home.run("export", "edits").out.splitlines()[0])
    entry |= {"uid": "f" * 32, "group": "f" * 32, "who": "\x1b]0;x\x07سعيد\u202e"}
    wrong = {**entry, "action": "\x1b[2J"}
    ended = home.run("edit", "import", "-", stdin=json.dumps(entry) + "\n" + json.dumps(wrong) + "\n")
    assert (ended.code, ended.out) == (1, "1 edit taken over, 0 known already, 1 rejected.\n")
    assert ended.err.startswith("khabar: stdin:2: is no action")
    shown = home.run("edit", "log").out + ended.err
    assert all(line.isprintable() for line in shown.splitlines())
    assert home.run("edit", "import", str(tmp_path / "gone.jsonl")).code == 2
    assert "sample" in home.run("--sample", "edit", "import", "-").refused()


def test_on_a_terminal_what_was_done_is_read_from_left_to_right_in_english(home: Home) -> None:
    into = "\ufee5\ufefc\ufed3"  # فلان as it is painted
    home.run("edit", "merge", "#1", "--into", "فلان")
    for command in (["log"], ["undo"], ["redo"]):
        with Terminal([*KHABAR, "--bidi", "visual", "edit", *command], 80, 20, home.env) as terminal:
            assert terminal.ended() == 0
            line = next(line for line in terminal.text().splitlines() if "merge" in line)
        assert 0 <= line.index("merge: ") < line.index(" into ") < line.index(into), command


def test_the_log_names_the_article_that_an_edit_is_about(home: Home) -> None:
    with open_writer(home.env["KHABAR_CORPUS"]) as writer:
        writer.add(analysis("لقاء في بغداد\nزار فلان بغداد.", [], kinds=("title",)))
    assert home.run("edit", "redate", "4", "2021-12-09").out == "1  redate: 2021-12-09 for article 4 «لقاء في بغداد»\n"
    assert home.run("edit", "redate", "4", "2", "none").code == 0
    assert home.run("edit", "outlet", "4", "المدن").code == 0
    assert home.run("edit", "relabel", "4:20", "boilerplate").code == 0
    rows = home.run("edit", "log").out.splitlines()[1:]
    for row, said in zip(
        rows,
        (
            "redate: 2021-12-09 for article 4 «لقاء في بغداد»",
            "redate: undated for article 4 «لقاء في بغداد»",
            "redate: undated for article 2 «عاد كريم حداد من روما.»",
            "outlet: المدن for article 4 «لقاء في بغداد»",
            "relabel: boilerplate for article 4 «لقاء في بغداد»",
        ),
        strict=True,
    ):
        assert row.rstrip().endswith(said)
    undone = home.run("edit", "undo", "2").out
    assert undone == "Undone: redate: undated for article 4 «لقاء في بغداد» (and 1 more)\n"
    told = home.run("edit", "log", env={"LC_ALL": "ar_IQ.UTF-8"}).out
    assert "تأريخ: 2021-12-09 للمقال 4 «لقاء في بغداد»" in told
    assert "تأريخ: بلا تاريخ للمقال 2" in told


def test_an_edit_of_an_article_that_is_not_here_names_none(home: Home, tmp_path: Path) -> None:
    assert home.run("edit", "redate", "1", "2021-12-09").code == 0
    assert home.run("export", "edits", "-o", tmp_path / "edits.jsonl").code == 0
    with open_writer(tmp_path / "other.db") as writer:
        writer.add(analysis("وصل فلان إلى روما.", [("فلان", "PER"), ("روما", "LOC")]))
    assert home.run("-c", tmp_path / "other.db", "edit", "import", tmp_path / "edits.jsonl").code == 0
    log = home.run("-c", tmp_path / "other.db", "edit", "log").out
    assert log.splitlines()[1].endswith("redate: 2021-12-09")
