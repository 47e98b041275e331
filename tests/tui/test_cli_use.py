"""Wrong use is one sentence and exit code 2; help is complete; and nothing is imported before it is needed."""

from __future__ import annotations

import shlex
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.store.export.hostile import build
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal
from tui.cli import khabar
from tui.cli.running import unexpected


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(build(home.folder / "hostile.db"))
    return home


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-command", "no-such-command"),
        ("statement", "Did you mean 'statements'? See khabar --help"),
        ("articles --no-such-option", "--no-such-option"),
        ("articles extra", "extra"),
        ("articles --from yesterday", "'yesterday' is no date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("articles --from 2021-13", "'2021-13' is no date"),
        ("articles --to 2021-02-30", "'2021-02-30' is no date"),
        ("articles --from 0000", "'0000' is no date"),
        ("articles --from 2022 --to 2021", "--from 2022-01-01 is later than --to 2021-12-31"),
        ("articles --limit -1", "-1 is not in the range x>=0"),
        ("show x", "'x' is no number"),
        ("search -داعش", "only what must not be there is named"),
        ("articles --limit 99999999999999999999", "--limit"),
        ("articles --type PERSON", "PERSON"),
        ("articles --entity مجهول", "no entity is called 'مجهول' here"),
        ("articles --entity '#999'", "no entity 999"),
        ("articles --outlet مجهول", "no outlet is called 'مجهول' here; `khabar outlets` lists them"),
        ("entities --entity ''", "no entity is called ''"),
        ("timeline --by week", "week"),
        ("search", "QUERY"),
        ("search ''", "the query is empty"),
        ("search '\"قوات'", "is not closed"),
        ("search '!!'", "no word to search for"),
        ("search 'بغداد type:x'", "'x' is no type at character 12; write PER, ORG, LOC or MISC"),
        ("search entity:مجهول", "no entity is called 'مجهول' here at character 8"),
        ("search --order oldest x", "oldest"),
        ("show 999", "999"),
        ("show first", "first"),
        ("show 99999999999999999999", "99999999999999999999"),
        ("export everything", "everything"),
        ("export graph --format md", "graph cannot be written as md; choose one of gexf, graphml, jsonl, csv"),
        ("export articles --format txt", "articles cannot be written as txt; choose one of jsonl, csv, md, html"),
        ("export entities -o x.txt", "entities cannot be written as txt; choose one of jsonl, csv, md, html"),
        ("export articles -o x.xlsx", "nothing is written as .xlsx; choose one of jsonl, csv,"),
        (
            "export articles -o /no-such-folder/x.csv",
            "/no-such-folder/x.csv: there is no folder /no-such-folder; make it (mkdir -p /no-such-folder), or name",
        ),
        ("search -baghdad", "-baghdad is taken for options; to leave the word out, write NOT baghdad, or -- before"),
        ("search بغداد -nato", "-nato is taken for options; to leave the word out, write NOT nato"),
        ("search بغداد -nato -nasa -n 3", "-nato is taken for options; to leave the word out, write NOT nato"),
        ("search بغداد -n x", "'x' is no number"),
        ("search بغداد -hamas --limit 3", "-hamas is taken for options; to leave the word out, write NOT hamas"),
        ("search -z", "No such option '-z'"),
        ("search --nosuch -baghdad x", "write NOT baghdad"),
        ("show 99", "holds no article 99; khabar articles lists them"),
        ("edit redate 99 2021", "holds no article 99; khabar articles lists them"),
        ("edit hide #99999", "holds no entity 99999; khabar entities lists them"),
        ("edit merge-events 99999 1", "holds no event 99999; khabar timeline --json lists them"),
        ("annotations add --event 99999 --bookmark", "holds no event 99999; khabar timeline --json lists them"),
        ("add", "PATH"),
        ("add --published tomorrow x.txt", "'tomorrow' is no date: write YYYY, YYYY-MM, YYYY-MM-DD"),
        ("--sample add x.txt", "nothing is added to the sample corpus"),
        ("-c missing.db articles", "missing.db"),
        ("-c missing.db", "missing.db"),
        ("-c missing.db verify", "missing.db"),
        ("-c . articles", "is a folder"),
        ("-c pyproject.toml articles", "pyproject.toml: is no khabar corpus"),
        ("-c pyproject.toml add seeds", "pyproject.toml: is no khabar corpus"),
        ("-c pyproject.toml", "pyproject.toml: is no khabar corpus"),
        ("analyse --jsonl no-such-file", "no-such-file: no such file or directory"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence(home: Home, command: str, said: str) -> None:
    assert said in home.run(*shlex.split(command)).refused()


@pytest.mark.parametrize("option", ["--entity", "--from", "--outlet", "--type"])
def test_what_was_typed_is_repeated_without_its_controls(home: Home, option: str) -> None:
    assert home.run("articles", option, "\x1b]0;x\x07\x9b2J\u202e").refused()


def test_a_file_that_is_no_corpus_is_left_alone(home: Home, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"this is not a database" * 99)
    for command in (["articles"], ["add", "seeds"], ["verify"], []):
        assert str(junk) in home.run("-c", junk, *command).refused()
    assert junk.read_bytes() == b"this is not a database" * 99
    assert [path.name for path in tmp_path.iterdir()] == ["junk.db"]


@pytest.mark.parametrize("command", ["articles --json", "export articles"])
def test_a_damaged_row_is_said_of_the_corpus(home: Home, seeds_corpus: Path, command: str) -> None:
    connection = sqlite3.connect(seeds_corpus)
    connection.execute("UPDATE articles SET title = x'ff'")
    connection.commit()
    connection.close()
    said = home.run("-c", seeds_corpus, *command.split()).refused()
    assert str(seeds_corpus) in said
    assert "khabar verify checks it" in said
    assert home.run("-c", seeds_corpus, "verify").code == 2


def test_an_entity_that_may_be_several_is_asked_back(tmp_path: Path) -> None:
    from dataclasses import replace

    from store.database import open_writer
    from tests.store.export.hostile import analysis

    found = analysis(1, "عنوان")
    one, two = found.mentions
    two = replace(two, type="ORG", entity="Q7", name=one.name)
    with open_writer(tmp_path / "two.db") as writer:
        writer.add(replace(found, mentions=(one, two)))
    said = Home(tmp_path).run("-c", tmp_path / "two.db", "articles", "--entity", one.name).refused()
    assert "PER" in said
    assert "ORG" in said
    assert "--entity '#" in said


def test_an_error_no_one_foresaw_is_one_sentence_and_more_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    error = RuntimeError("ما لم يكن\x1b[2J")
    unexpected(error, debug=False)
    (line,) = capsys.readouterr().err.splitlines()
    assert "RuntimeError" in line
    assert "KHABAR_DEBUG=1" in line
    assert "\x1b" not in line
    unexpected(error, debug=True)
    assert "\x1b" not in capsys.readouterr().err


def test_debug_shows_where_an_error_came_from(home: Home) -> None:
    assert "Traceback" in home.run("--debug", "-c", "missing.db", "articles").err
    assert "Traceback" in home.run("-c", "missing.db", "articles", env={"KHABAR_DEBUG": "1"}).err


def test_an_interrupt_is_130_and_quiet(home: Home) -> None:
    with subprocess.Popen(
        [*KHABAR, "analyse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home.env,
        # A shell that starts the tests in the background lets all under them pass over Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"id": 1}\n')
        process.stdin.flush()
        process.stdout.readline()  # it runs
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert b"Traceback" not in process.stderr.read()


def test_version(home: Home) -> None:
    done = home.run("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("khabar ")


def test_version_and_what_khabar_runs_on(home: Home) -> None:
    said = home.run("--debug", "--version")
    assert (said.code, said.err) == (0, "")
    told = dict(line.split(" ", 1) for line in said.out.splitlines())
    assert {"khabar", "corpus", "python", "sqlite", "textual", "click", "system"} <= set(told)


def test_a_closed_stdout_is_no_error(home: Home) -> None:
    command = shlex.join([*KHABAR, "articles"])
    done = subprocess.run(["bash", "-c", f"{command} >&-"], env=home.env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


COMMANDS = sorted(khabar.commands)


@pytest.mark.parametrize("command", ["add -", "analyse -", "annotations add --article - --tag x"])
def test_a_closed_stdin_is_an_empty_one(home: Home, tmp_path: Path, command: str) -> None:
    ended: list[tuple[int, str, str]] = []
    for how in ("<&-", "</dev/null"):
        corpus = build(tmp_path / f"{len(ended)}.db")
        line = shlex.join([*KHABAR, "-c", str(corpus), *command.split()])
        env = {**home.env, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(["/bin/sh", "-c", f"{line} {how}"], env=env, capture_output=True, text=True, check=False)
        ended.append((done.returncode, done.stdout.replace("0.db", "1.db"), done.stderr.replace("0.db", "1.db")))
    assert ended[0] == ended[1]


def test_help_names_every_command_with_what_it_does(home: Home) -> None:
    out = home.run("--help").out
    for name, command in khabar.commands.items():
        assert f"  {name} " in out
        assert command.get_short_help_str(limit=1000) in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = khabar.commands[name]
    assert command.help
    first = command.help.split("\n\n")[0]
    assert first.endswith(".")
    assert "\n" not in first
    assert all(option.help for option in command.params if isinstance(option, click.Option))


EXAMPLES = [
    line.strip()
    for command in (khabar, *khabar.commands.values())
    for line in (command.help or "").splitlines()
    if line.strip().startswith("khabar ")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_right(example: str) -> None:
    words = shlex.split(example.split("   ")[0].split(" | ")[0].split(" < ")[0].split(" > ")[0])[1:]
    words = words[2:] if words[:1] == ["-c"] else words
    if words:
        khabar.commands[words[0]].make_context(words[0], words[1:])


def test_help_has_examples() -> None:
    assert len(EXAMPLES) > 12


READERS_NEED_NOT = ("textual", "rich", "sqlite_utils", "store.extract", "store.clean", "store.ingest")
HELP_NEEDS_NOT = (
    *READERS_NEED_NOT, "sqlite3", "store.database", "store.readers", "store.export", "store.samples", "tui.app",
    "tui.arabic", "tui.printing", "tui.terminal", "platformdirs", "bidi", "arabic_reshaper", "importlib.metadata",
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        *(([*([name] if name else []), "--help"], HELP_NEEDS_NOT) for name in ("", *COMMANDS)),
        (["articles", "--json"], (*READERS_NEED_NOT, "tui.arabic", "platformdirs")),
        (["articles"], (*READERS_NEED_NOT, "tui.arabic", "platformdirs")),
        (["search", "زيد"], ("textual", "rich", "sqlite_utils", "store.extract", "store.ingest")),
        (["export", "entities"], ("textual", "rich", "sqlite_utils", "store.extract", "store.ingest")),
    ],
    ids=str,
)
def test_nothing_is_imported_before_it_is_needed(home: Home, command: list[str], unneeded: tuple[str, ...]) -> None:
    program = (
        "import sys\nfrom tui.cli import main\ncode = main(sys.argv[1:])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], env=home.env, capture_output=True, text=True, check=True
    )
    loaded = done.stderr.splitlines()
    assert [name for name in loaded if any(name == room or name.startswith(f"{room}.") for room in unneeded)] == []


def test_the_explorer_starts_without_what_reads_and_analyses_texts() -> None:
    asked = "import sys, tui.app, tui.screens.explorer; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    heavy = ("store.ingest", "store.readers", "store.clean", "numpy", "lxml", "multiprocessing.pool")
    assert not [name for name in loaded if name in heavy]


def test_arabic_within_an_english_complaint_is_laid_out_on_a_terminal(home: Home) -> None:
    command = ["--sample", "search", "بغداد entity:كككك"]
    with Terminal([*KHABAR, "--bidi", "visual", *command], 60, 20, home.env) as terminal:
        assert terminal.ended() == 2
        shown = terminal.text()
    assert "is called" in shown
    assert "\ufeda\ufedc\ufedc\ufedb" in shown
    assert "كككك" not in shown
    assert "بغداد entity:كككك: no entity is called 'كككك'" in home.run(*command).refused()
