"""What a shell is told when Tab is pressed: click's own mechanism, with values of the corpus, quoted for the shell.

A script of `tui/cli/scripts` calls khabar with `_KHABAR_COMPLETE` set: COMP_BEFORE has the words before that at the
cursor, one a line, COMP_CURRENT that word as it is written so far and, in bash, COMP_TEXT the part of it that bash will
replace. What is answered is a line for each value: its type (plain, file, dir), a comma and the value; for zsh three
lines. Whatever goes wrong, nothing is said.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tui.cli.once import Command

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem, ShellComplete

    from store.database.completing import Kind, Offer

VARIABLE = "_KHABAR_COMPLETE"
SHELLS = ("bash", "zsh", "fish")
_HERE = Path(__file__).parent
_FILE = re.compile(r"FILE|PATH|FOLDER")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what completes khabar's commands in a shell.

    Tab then offers commands, options, files, and names, outlets, tags and saved searches of the corpus.

    \b
      source <(khabar completion bash)                    # in ~/.bashrc
      khabar completion zsh > ~/.zfunc/_khabar            # a folder of fpath, before compinit
      khabar completion fish > ~/.config/fish/completions/khabar.fish
    """
    click.echo(script(shell), nl=False)


def script(shell: str) -> str:
    """The script that makes a shell ask."""
    return (_HERE / "scripts" / f"khabar.{shell}").read_text(encoding="utf-8")


def answer(commands: click.Group, instruction: str) -> int:
    """Answer a shell; the exit code. Says nothing but what is offered."""
    try:
        shell = instruction.partition("_")[0]
        if not instruction.endswith("_complete") or shell not in SHELLS:
            return 1
        found = "\n".join(_answers(commands, shell))
        sys.stdout.write(f"{found}\n" if found else "")
    except Exception:  # of the corpus, of a command read anew, of click: a traceback would stand in a half-typed line
        return 1
    return 0


def _answers(commands: click.Group, shell: str) -> Iterator[str]:
    from store import read_only

    read_only.switch(True)
    attach(commands)
    before = os.environ.get("COMP_BEFORE", "").split("\n")
    written = os.environ.get("COMP_CURRENT", "")
    if shell == "bash":
        before, written = _joined(before, written)
    if shell != "fish":  # which has taken the quotes off
        before = [unquoted(word) for word in before]
    found = _mechanism(commands).get_completions(before[1:], unquoted(written))
    if shell == "bash":
        return _for_bash(found, written, os.environ.get("COMP_TEXT", written))
    option = re.match(r"--[\w-]+=", written)
    return _for_zsh(found) if shell == "zsh" else _for_fish(found, option[0] if option else "")


def _mechanism(commands: click.Group) -> ShellComplete:
    from click.shell_completion import ShellComplete

    return ShellComplete(commands, {}, "khabar", VARIABLE)


def unquoted(word: str) -> str:
    """A word of a command line as a program is given it; one whose quotes are not closed yet, as far as it goes."""
    from click.shell_completion import split_arg_string

    return " ".join(split_arg_string(word)) if word else ""


def _joined(before: list[str], written: str) -> tuple[list[str], str]:
    """Words as they were typed: bash takes them apart at "=" and ":", and gives these as words."""
    words: list[str] = []
    glued = False
    for word in (*before, written):
        mark = bool(word) and not word.strip("=:")
        if words and len(words) > 1 and (mark or (glued and word)):
            words[-1] += word
        else:
            words.append(word)
        glued = mark
    return words[:-1], words[-1]


def _for_bash(found: list[CompletionItem[str]], written: str, replaced: str) -> Iterator[str]:
    """As bash puts it into the line: quoted as the word is, and without what stands before the part it replaces."""
    from store.text.fold import fold

    # of an option written as one word with its value, only the value is asked for
    option = re.match(r"--[\w-]+=", written)
    value = written[option.end() :] if option else written
    quote = value[0] if value[:1] in ("'", '"') else ""
    kept = "" if quote else unquoted(value.removesuffix(replaced))
    values = [item.value for item in found if item.type == "plain" and item.value.startswith(kept)]
    # bash writes what all begin with in the place of what was typed, which must not become less by it
    if values and not fold(_beginning(values)).startswith(fold(unquoted(value))):
        values = []
    yield from (f"{item.type},{item.value}" for item in found if item.type != "plain")
    yield from (f"plain,{quoted(one[len(kept) :], quote)}" for one in values if quote != '"' or "!" not in one)


def _beginning(values: list[str]) -> str:
    """What all values begin with."""
    first, last = min(values), max(values)
    same = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, min(len(first), len(last)))]


def quoted(value: str, quote: str = "") -> str:
    """A value for bash, to stand behind an open quote or behind none: nothing in it means anything to the shell."""
    if quote == "'":
        return value.replace("'", "'\\''")
    if quote:
        return re.sub(r'([\\"$`])', r"\\\1", value)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


def _for_zsh(found: list[CompletionItem[str]]) -> Iterator[str]:
    for item in found:
        # what is said of a value stands behind a colon there
        value = re.sub(r"([\\:])", r"\\\1", item.value) if item.help else item.value
        yield f"{item.type}\n{value}\n{_line(item.help)}"


def _for_fish(found: list[CompletionItem[str]], option: str) -> Iterator[str]:
    for item in found:
        said = f"\t{_line(item.help)}" if item.help else ""
        yield f"{item.type},{option if item.type == 'plain' else ''}{item.value}{said}"


def _line(said: str | None) -> str:
    return " ".join((said or "").split())


@cache
def table() -> dict[tuple[str, str], Any]:
    """What is offered for which parameter, by command (or *) and name."""
    lines = (_HERE / "data" / "completed.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(command, name): kind for command, name, kind in rows}


def attach(command: click.Command, path: str = "") -> None:
    """Let the parameters of a command and of those under it offer what the table says."""
    for parameter in command.params:
        kind = table().get((path, parameter.name or "")) or table().get(("*", parameter.name or ""))
        if kind is None and _FILE.search(parameter.metavar or ""):
            kind = "files"
        if kind is not None and isinstance(parameter.type, (click.types.StringParamType, click.Path)):
            # click takes it only where a parameter is made, which is before the table is read
            parameter.shell_complete = partial(_values, kind)  # type: ignore[method-assign]
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            attach(one, f"{path} {name}".strip())


def _values(kind: Kind | Literal["files"], context: click.Context, typed: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    if kind == "files":
        return [CompletionItem(typed, type="file")]
    return [CompletionItem(value, help=said) for value, said in _offered(kind, context, typed)]


def _offered(kind: Kind, context: click.Context, typed: str) -> list[Offer]:
    from store.database.completing import offered

    said = context.find_root().params
    path = _corpus(said.get("corpus"), bool(said.get("sample")))
    return offered(path, kind, typed) if path is not None else []


def _corpus(named: str | None, sample: bool) -> Path | None:
    """The corpus that the command would read, as it is: none is made for this. Raises CorpusError."""
    from platformdirs import user_cache_path

    from store import samples
    from tui.corpora import default_path

    if named is not None and not sample:
        return Path(named).expanduser()
    if not sample and default_path().exists():
        return default_path()
    return samples.in_folder(user_cache_path("khabar", appauthor=False))
