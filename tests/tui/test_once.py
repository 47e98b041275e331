"""An option that takes one value is refused where it is given twice, by every command alike."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from tests.tui.clis import Home
from tui.cli import khabar
from tui.cli.once import Command


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


def _all(command: click.Command, path: str = "khabar") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _all(one, f"{path} {name}")


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option)]


_COMMANDS = dict(_all(khabar))


def test_all_commands_are_of_one_class() -> None:
    assert [path for path, command in _COMMANDS.items() if not isinstance(command, Command)] == []


@pytest.mark.parametrize("path", _COMMANDS)
def test_what_takes_one_value_is_given_once(path: str) -> None:
    command = _COMMANDS[path]
    for option in _options(command):
        # by different names of it, where it has several
        args = [option.opts[0], *([] if option.is_flag else ["1"]), option.opts[-1], *([] if option.is_flag else ["2"])]
        said = ""
        try:
            command.make_context(path, args)
        except (click.UsageError, click.exceptions.Exit) as error:
            said = str(error)
        taken_once = not (option.is_flag or option.multiple)
        assert said.startswith(f"{'/'.join(option.opts)} takes one value") == taken_once, (args, said)


def test_what_limits_is_called_alike() -> None:
    limits = [one for command in _COMMANDS.values() for one in _options(command) if one.name == "limit"]
    assert len(limits) > 10
    assert {(*one.opts, one.metavar) for one in limits} == {("-n", "--limit", "N")}
    shorts = [one.opts for command in _COMMANDS.values() for one in _options(command) if "-n" in one.opts]
    assert len(shorts) == len(limits)


def test_nothing_is_refused_while_a_shell_asks() -> None:
    context = _COMMANDS["khabar articles"].make_context(
        "articles", ["--outlet", "a", "--outlet", "b"], resilient_parsing=True
    )
    assert context.params["outlet"] == "b"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["timeline", "--precision", "day", "--precision=year"], "--precision takes one value"),
        (["edit", "log", "-n", "1", "--limit", "2"], "-n/--limit takes one value"),
        (["search", "بغداد", "-داعش", "--from", "2021", "--from", "2022"], "--from takes one value"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_it_is_told_in_one_sentence(home: Home, args: list[str], said: str) -> None:
    told = home.run(*args).refused()
    assert told.startswith(f"{said} and was given more than once: give it once; see khabar")


def test_two_corpora_are_refused_and_what_an_alias_can_do_instead_is_told(home: Home) -> None:
    told = home.run("-c", "a.db", "--corpus", "a.db", "articles").refused()
    assert told == (
        "-c/--corpus takes one value and was given more than once: give it once;"
        " an alias can set KHABAR_CORPUS instead, which -c/--corpus overrides; see khabar --help"
    )
    # as that alias would
    env = {"KHABAR_CORPUS": str(home.folder / "a.db")}
    said = home.run("-c", home.folder / "b.db", "articles", env=env).refused()
    assert "b.db" in said
    assert "a.db" not in said
    assert not list(home.folder.glob("*.db"))


@pytest.mark.parametrize("command", [["articles"], ["search", "بغداد"], ["timeline"], ["suggest"]])
def test_the_short_name_limits(home: Home, command: list[str]) -> None:
    assert len(home.run("--sample", *command, "-n", "1", "--json").objects) == 1
    assert len(home.run("--sample", *command, "-n1", "--json").objects) == 1


def test_the_words_of_a_search_are_no_options(home: Home) -> None:
    assert home.run("--sample", "search", "--limit", "1", "--", "--limit", "بغداد").code == 0


def test_in_arabic(home: Home) -> None:
    done = home.run("timeline", "--by", "day", "--by", "year", env={"LC_ALL": "ar_IQ.UTF-8"})
    assert done.code == 2
    assert (
        done.err
        == "khabar: الخيار --by يأخذ قيمة واحدة وقد أُعطي أكثر من مرة: أعطه مرة واحدة؛ راجع khabar timeline --help\n"
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["articles", "-c", "a.db"],
            "-c stands before the command: khabar -c … articles …; see khabar articles --help",
        ),
        (
            ["add", "--read-only", "a"],
            "--read-only stands before the command: khabar --read-only add …; see khabar add --help",
        ),
        (
            ["edit", "log", "--corpus=a.db"],
            "--corpus stands before the command: khabar --corpus … edit log …; see khabar edit log --help",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_stands_before_the_command_says_so(home: Home, args: list[str], said: str) -> None:
    assert home.run(*args).refused() == said
