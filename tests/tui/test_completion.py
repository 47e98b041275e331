"""Completion in real shells: commands, options, files, and names of the corpus in logical order."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from store.annotations import Target
from store.answers import Filter
from store.database import open_writer
from store.ingest import Added, add
from tests.tui.clis import Home
from tests.tui.ptys import Terminal
from tui.cli import khabar
from tui.cli.completing import quoted, table

ROOT = Path(__file__).parents[2]
DANGER = "حزب $(touch pwned) `id` 'و\"!x"
"""An outlet that would do something if a shell read it as more than a word."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> Home:
    """A user whose shells find khabar, with a corpus of theirs."""
    home = Home(tmp_path_factory.mktemp("home"))
    (home.folder / "bin").mkdir()
    command = home.folder / "bin" / "khabar"
    command.write_text(f'#!/bin/sh\nexport PYTHONPATH={ROOT}\nexec {sys.executable} -m tui.cli "$@"\n')
    command.chmod(0o700)
    (home.folder / "data" / "khabar").mkdir(parents=True)
    corpus = home.folder / "data" / "khabar" / "corpus.db"
    shutil.copy(seeds_corpus_once, corpus)
    one = home.folder / "one.jsonl"
    one.write_text(json.dumps({"text": "قال الناطق باسم الحكومة إن الاجتماع تأجل.", "outlet": DANGER}) + "\n")
    assert [type(item) for item in add(corpus, [str(one)])] == [Added]
    with open_writer(corpus) as writer:
        writer.annotate(Target("article", 1), "tag", "يتابع لاحقا")
        writer.save_search("بغداد والحشد", Filter(query="بغداد"), "newest")
    work = home.folder / "work"
    work.mkdir()
    (work / "صحف قديمة.txt").write_text("خبر")
    home.env |= {"PATH": f"{home.folder / 'bin'}:{home.env['PATH']}", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return home


def _start(home: Home, shell: str) -> Terminal:
    """A shell as a person has it in which the script was loaded, at its prompt."""
    made = home.run("completion", shell)
    assert (made.code, made.err) == (0, "")
    script = home.folder / f"khabar.{shell}"
    script.write_text(made.out, encoding="utf-8")
    commands = {
        "bash": ["bash", "--norc", "--noprofile", "-i"],
        "zsh": ["zsh", "-f", "-i"],
        "fish": ["fish", "-i"],
    }
    first = {
        "bash": f"PS1='ready> '; bind 'set enable-bracketed-paste off'; cd work; . {script}; clear",
        "zsh": f"PS1='ready> '; autoload -Uz compinit; compinit -u -D; cd work; . {script}; clear",
        "fish": f"function fish_prompt; echo 'ready> '; end; cd work; source {script}; clear",
    }
    env = home.env | {"COLUMNS": "", "LINES": "", "fish_greeting": ""}
    terminal = Terminal(["env", "-C", str(home.folder), *commands[shell]], 120, 30, env)
    terminal.quiet(0.7)
    terminal.send(first[shell] + "\r")
    terminal.wait(lambda text: text.startswith("ready> ") and "compinit" not in text and "source" not in text)
    return terminal


SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not here"))
    for shell in ("bash", "zsh", "fish")
]


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _line(text: str) -> str:
    """What stands on the line behind the prompt."""
    return next(line for line in text.splitlines() if line.startswith("ready> ")).removeprefix("ready> ").rstrip()


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("khabar timel", ["khabar", "timeline"]),
        ("khabar edit keep", ["khabar", "edit", "keep-apart"]),
        ("khabar articles --undat", ["khabar", "articles", "--undated"]),
        ("khabar articles --precision mo", ["khabar", "articles", "--precision", "month"]),
        ("khabar articles --entity مصط", ["khabar", "articles", "--entity", "مصطفى الكاظمي"]),
        ("khabar articles --entity 'مصط", ["khabar", "articles", "--entity", "مصطفى الكاظمي"]),
        ("khabar articles --entity مصطفى\\ ا", ["khabar", "articles", "--entity", "مصطفى الكاظمي"]),
        ("khabar articles --entity=مصط", ["khabar", "articles", "--entity=مصطفى الكاظمي"]),
        ("khabar dossier بغد", ["khabar", "dossier", "بغداد"]),
        ("khabar articles --outlet حز", ["khabar", "articles", "--outlet", DANGER]),
        ("khabar articles --tag يت", ["khabar", "articles", "--tag", "يتابع لاحقا"]),
        ("khabar searches delete بغ", ["khabar", "searches", "delete", "بغداد والحشد"]),
        ("khabar add صحف", ["khabar", "add", "صحف قديمة.txt"]),
    ],
)  # fmt: skip
def test_what_was_begun_is_completed(home: Home, shell: str, typed: str, completed: list[str]) -> None:
    with _start(home, shell) as terminal:
        terminal.send(typed + "\t")

        def done(text: str) -> bool:
            try:
                return shlex.split(_line(text)) == completed
            except ValueError:  # a quote that is open yet
                return False

        terminal.wait(done)
        assert not (home.folder / "work" / "pwned").exists()


def test_several_are_listed_and_nothing_else_is_said(home: Home, shell: str) -> None:
    with _start(home, shell) as terminal:
        # the others would take the first of them at the second Tab
        terminal.send("khabar articles --outlet ال" + ("\t\t" if shell == "bash" else "\t"))
        terminal.wait(lambda text: "الشرق" in text and "المدن" in text and "الخليج" in text)
        assert _line(terminal.text()) == "khabar articles --outlet ال"


@pytest.mark.parametrize("corpus", ["missing.db", "صحف قديمة.txt", "/"])
def test_a_corpus_that_cannot_be_read_gives_nothing_and_says_nothing(home: Home, shell: str, corpus: str) -> None:
    with _start(home, shell) as terminal:
        typed = f"khabar -c {shlex.quote(corpus)} articles --entity مصط"
        terminal.send(typed + "\t\t")
        terminal.quiet(1.5)
        terminal.send("x")
        terminal.wait(lambda text: _line(text) == typed + "x")
        assert [line.rstrip() for line in terminal.text().splitlines() if line.strip()] == ["ready> " + typed + "x"]


def _asked(home: Home, before: str, current: str, **env: str) -> str:
    words = "\n".join(["khabar", *shlex.split(before)])
    ended = home.run(env={"COMP_BEFORE": words, "COMP_CURRENT": current, "_KHABAR_COMPLETE": "bash_complete", **env})
    assert ended.err == ""
    return ended.out


def test_what_is_offered_writes_nothing(home: Home) -> None:
    there = sorted((path, path.stat().st_mtime_ns) for path in home.folder.rglob("*"))
    assert "بغداد" in _asked(home, "articles --entity", "بغ")
    assert _asked(home, "--sample articles --entity", "بغ") == ""  # there is none, and none is made
    assert sorted((path, path.stat().st_mtime_ns) for path in home.folder.rglob("*")) == there


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", ""])
@pytest.mark.parametrize("current", ["'", '"', "\\", "--entity='", "a:b:", "=", "\x1b", "--", "\ud800"])
def test_nothing_is_said_whatever_is_typed(home: Home, shell: str, current: str) -> None:
    bytes_ = current.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    for before in ("articles --entity", "", "edit", "no-such-command", "'"):
        words = "khabar\n" + before.replace(" ", "\n")
        given = {"COMP_BEFORE": words, "COMP_CURRENT": bytes_, "_KHABAR_COMPLETE": f"{shell}_complete"}
        assert home.run(env=given).err == ""


def test_completing_imports_neither_textual_nor_what_writes(home: Home) -> None:
    code = (
        "import sys, tui.cli; code = tui.cli.main([]); "
        "sys.exit(str([m for m in sys.modules if m in "
        "('textual', 'rich', 'numpy', 'sqlite_utils', 'onnxruntime', 'store.database.queries')]))"
    )
    given = {"COMP_BEFORE": "khabar\narticles\n--entity", "COMP_CURRENT": "بغ", "_KHABAR_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**home.env, **given}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("plain,بغداد\n", "[]\n")


def test_no_name_with_controls_is_offered(tmp_path: Path) -> None:
    from tests.store.export.hostile import analysis

    found = analysis(1, "عنوان")
    mentions = tuple(replace(one, name=f"خ\x1b]0;x\x07\u202e{at}") for at, one in enumerate(found.mentions))
    with open_writer(tmp_path / "hostile.db") as writer:
        writer.add(replace(found, mentions=mentions))
    home = Home(tmp_path)
    said = _asked(home, f"-c {tmp_path / 'hostile.db'} articles --entity", "")
    assert all(line.isprintable() for line in said.splitlines())


def _parameters(command: click.Command, path: str = "") -> list[tuple[str, click.Parameter]]:
    found = [(path, parameter) for parameter in command.params]
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            found += _parameters(one, f"{path} {name}".strip())
    return found


def test_the_table_names_parameters_that_there_are() -> None:
    there = {(path, parameter.name) for path, parameter in _parameters(khabar)}
    assert [row for row in table() if row not in there and (row[0] != "*" or row[1] not in {n for _, n in there})] == []


@pytest.mark.parametrize(("quote", "close"), [("", ""), ("'", "'"), ('"', '"')])
def test_what_is_quoted_is_one_word_of_a_real_shell(quote: str, close: str) -> None:
    value = "a b'c\"d$HOME`id`\\;&|<>(){}[]*?~#=:مصطفى\u064e"
    done = subprocess.run(
        ["bash", "-c", f"printf %s {quote}{quoted(value, quote)}{close}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == value
