"""The command line where the locale is Arabic: in Arabic, logical in a pipe, mirrored on a terminal; JSON as ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal
from tui.cli import khabar
from tui.cli.mirrored_help import in_arabic
from tui.locale import preferred, use

ARABIC = {"LC_ALL": "C.UTF-8", "LANGUAGE": "ar"}
"""As a terminal in UTF-8 has it; an Arabic locale need not be installed where the tests run."""
_ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({"LC_ALL": "ar_SA.UTF-8"}, "ar"),
        ({"LC_MESSAGES": "ar"}, "ar"),
        ({"LANG": "ar_EG"}, "ar"),
        ({"LANG": "ar_EG", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:ar:en"}, "ar"),
        ({"LANG": "ar", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C", "LANGUAGE": "ar"}, "en"),
        ({"LANGUAGE": "ar"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert preferred() == language


def test_help_is_in_arabic_and_names_stay_latin(home: Home) -> None:
    told = home.run("--help", env=ARABIC).out
    assert told.startswith("الاستعمال: khabar [OPTIONS] [COMMAND] [ARGS]...")
    assert "الخيارات:" in told
    assert "  -c, --corpus FILE" in told
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}", told)


def test_every_help_text_is_translated() -> None:
    use("ar")
    try:
        for path, command in _all(in_arabic(khabar)):
            for text in (command.help, *(getattr(one, "help", None) for one in command.params)):
                for paragraph in re.split(r"\n\n", text or ""):
                    if paragraph and not paragraph.startswith("\b"):
                        assert re.search("[\u0600-\u06ff]", paragraph), (path, paragraph)
    finally:
        use("en")


def _all(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from _all(one, (*path, name))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nosuch"], "لا أمر باسم nosuch؛ راجع khabar --help"),
        (["search", "(بغداد"], "(بغداد: قوس لم يُغلق (عند الحرف 1)؛ أغلقه"),
        (["-c", "/nowhere/x.db", "articles"],
         "/nowhere/x.db: لا وجود لهذه المجموعة؛ يصنعها khabar -c /nowhere/x.db add PATH…"),
        (["timeline", "--from", "2022", "--to", "2021"],
         "--from 2022-01-01 بعد --to 2021-12-31؛ راجع khabar timeline --help"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_arabic(home: Home, args: list[str], said: str) -> None:
    ended = home.run(*args, env=ARABIC)
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == f"khabar: {said}"


def test_what_was_added_is_said_in_arabic(home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "a.txt").write_text("الخبر\n\nأعلن رئيس الوزراء مصطفى الكاظمي في بغداد الأمر.\n", "utf-8")
    ended = home.run("add", tmp_path / "a.txt", tmp_path / "empty.txt", env=ARABIC)
    assert ended.code == 1
    assert ended.out.startswith("أُضيف مقال واحد إلى ")
    assert f"رُفض: {tmp_path}/empty.txt: فارغ؛ تحقق من مصدره" in ended.err
    listed = home.run("rejected", env=ARABIC).out
    assert "فارغ؛ تحقق من مصدره" in listed


@pytest.mark.parametrize("args", [["articles"], ["entities", "--limit", "9"], ["timeline"], ["search", "بغداد"]])
def test_json_is_the_same_in_any_language(home: Home, args: list[str]) -> None:
    assert home.run("--sample", *args, "--json", env=ARABIC).out == home.run("--sample", *args, "--json").out
    assert not _ISOLATES.search(home.run("--sample", *args, env=ARABIC).out)


def test_what_is_wrong_in_settings_has_no_sign_of_what_keeps_its_parts_together(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "lihgt"\n', "utf-8")
    done = home.run("config", "--check", str(file), env=ARABIC)
    assert done.code == 2
    assert done.err.startswith(f'khabar: {file}، السطر 1: theme هو "lihgt"؛ وينبغي أن يكون من auto, khabar, ')
    assert "\ufffd" not in done.err


@pytest.mark.parametrize("args", ["--help", "add --help", "edit --help", "config --template", "man"])
def test_what_is_no_terminal_gets_no_signs_of_order(home: Home, args: str) -> None:
    said = home.run(*args.split(), env=ARABIC).out
    assert "\u2068" not in said
    assert "\u2069" not in said


def test_dates_and_paths_keep_their_order_in_tables_and_lines(home: Home) -> None:
    env = home.env | ARABIC | {"KHABAR_CORPUS": str(home.folder / "here.db"), "KHABAR_BIDI": "visual"}
    env |= {"KHABAR_CONFIG": "", "XDG_CONFIG_HOME": str(home.folder)}  # with no file of settings yet
    for command, kept in (
        (["--sample", "trends", "بغداد"], r"\d{4}-\d\d ﻰﻟﺇ \d{4}-\d\d(?!\d)"),
        (["--sample", "show", "1"], r" \S+\.txt · "),
        (["config"], r"(?<!\S)/\S+config\.toml(?=\s)"),
    ):
        with Terminal([*KHABAR, *command], 100, 200, env) as terminal:
            assert terminal.ended() == 0
            assert re.search(kept, terminal.text()), terminal.text()


def test_what_an_annotation_is_is_said_in_arabic(home: Home, seeds_corpus: Path) -> None:
    corpus = str(seeds_corpus)
    assert home.run("-c", corpus, "annotations", "add", "--article", "1", "--bookmark").code == 0
    told = home.run("-c", corpus, "annotations", env=ARABIC).out
    assert "علامة" in told
    assert "مقال" in told
    assert "bookmark" not in told


def test_corrections_are_told_in_arabic_without_an_arrow_and_json_as_ever(home: Home) -> None:
    home.env["KHABAR_CORPUS"] = str(home.folder / "c.db")
    home.run("add", "-", stdin="وصل محمد الخوري إلى بغداد. وعاد سامي حداد من بغداد.")
    home.run("edit", "merge", "محمد الخوري", "--into", "سامي حداد")
    home.run("edit", "rename", "بغداد", "مدينة السلام")
    log = _ISOLATES.sub("", home.run("edit", "log", env=ARABIC).out)
    assert "دمج: محمد الخوري في سامي حداد" in log
    assert "تسمية: بغداد باسم مدينة السلام" in log
    assert home.run("edit", "undo", "--json", env=ARABIC).objects == [{"undone": "rename: بغداد to مدينة السلام"}]
    assert "دمج: محمد الخوري في سامي حداد" in _ISOLATES.sub("", home.run("edit", "undo", "1", env=ARABIC).out)
    assert home.run("edit", "redo", "1", "--json", env=ARABIC).objects == [
        {"redone": "merge: محمد الخوري into سامي حداد"}
    ]
