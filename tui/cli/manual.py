"""The manual page, made from the commands as they are, so that it says what they do; and how to see it.

`make man` writes it anew into the file that is installed; a test holds the two together.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tui.cli.once import Command

HERE = Path(__file__).parent
PAGE = HERE / "data" / "khabar.1"
_REST = HERE / "data" / "manual.roff"
_DATE = "2026-11-26"
"""When what is said by hand was last changed: pages want a day."""
_NAME = "explore Arabic news in a terminal"


@click.command(cls=Command)
@click.option("--roff", is_flag=True, help="Print the page as it is written, for man and other formatters.")
def man(roff: bool) -> int:
    """Show the manual page.

    As man shows it, also where man itself does not find it.

    \b
      khabar man
      khabar man --roff > ~/.local/share/man/man1/khabar.1
    """
    reader = shutil.which("man")
    if roff or reader is None:
        click.echo(PAGE.read_text(encoding="utf-8"), nl=False)
        return 0
    import subprocess

    sys.stdout.flush()
    # every man takes a name with a slash for a file; not every one has an option for that
    return subprocess.run([reader, str(PAGE)], check=False).returncode


def page() -> str:
    """The manual page in roff, for man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    from importlib.metadata import version

    from tui.cli import khabar

    root = click.Context(khabar, info_name="khabar")
    yield '.\\" -*- coding: utf-8 -*-'
    yield '.\\" Made by `make man` from the commands: edit their help, or tui/cli/data/manual.roff.'
    yield f'.TH KHABAR 1 "{_DATE}" "khabar {version("khabar")}" "User Commands"'
    yield ".SH NAME"
    yield f"khabar \\- {_NAME}"
    yield ".SH SYNOPSIS"
    yield from _synopsis(root)
    texts, examples = _parts(khabar.help or "")
    yield ".SH DESCRIPTION"
    yield from texts
    yield ".SH OPTIONS"
    yield from _options(khabar.params)
    yield ".SH FILTERS"
    yield from ("Commands that list, show or write a part of the corpus take these,", "and say so below.")
    yield from _options(_filters())
    yield ".SH COMMANDS"
    for name, command in khabar.commands.items():
        yield from _command(click.Context(command, info_name=name, parent=root), ".SS")
    yield ".SH EXAMPLES"
    yield from examples[1:]
    yield _REST.read_text(encoding="utf-8").rstrip("\n")


def _filters() -> list[click.Parameter]:
    """The options that every list has."""
    from tui.cli.options import narrowing

    @click.command()
    @narrowing
    def some() -> None:
        """A command with nothing but these."""

    return list(some.params)


def _command(context: click.Context, heading: str) -> Iterator[str]:
    command = context.command
    if command.hidden:
        return
    yield f"{heading} {escaped(context.command_path)}"
    yield from _synopsis(context)
    texts, examples = _parts(command.help or "")
    yield ".PP"
    yield from texts
    common = {tuple(one.opts) for one in _filters()}
    # one of these names with a meaning of its own is told where it is
    shared = {
        tuple(one.opts)
        for one in command.params
        if any(one.opts == other.opts and _said(one) == _said(other) for other in _filters())
    }
    has_all = common == shared
    yield from _options([one for one in command.params if not (has_all and tuple(one.opts) in shared)])
    if has_all:
        yield ".PP"
        yield "The filters too."
    yield from examples
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _command(click.Context(one, info_name=name, parent=context), ".SS")


def _synopsis(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f".B {escaped(context.command_path)}"
    pieces = ["[OPTIONS]", *(_argument(one) for one in command.params if isinstance(one, click.Argument))]
    if isinstance(command, click.Group):
        pieces.append("[COMMAND] [ARGS]..." if command.invoke_without_command else "COMMAND [ARGS]...")
    yield escaped(" ".join(pieces))


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or _values(argument) or (argument.name or "").upper()
    return name if argument.required or argument.metavar else f"[{name}]"


def _values(parameter: click.Parameter) -> str:
    """What may be given, in the same words whatever version of click there is."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return f"[{'|'.join(map(str, kind.choices))}]"
    return "" if isinstance(kind, (click.types.StringParamType, click.Path)) else "N"


def _said(parameter: click.Parameter) -> str:
    return " ".join((getattr(parameter, "help", None) or "").split())


def _options(parameters: list[click.Parameter]) -> Iterator[str]:
    for option in parameters:
        if not isinstance(option, click.Option) or option.hidden:
            continue
        value = "" if option.is_flag or option.count else option.metavar or _values(option) or "TEXT"
        usual = f" [default: {option.default}]" if option.show_default is True else ""
        yield ".TP"
        yield f".B {escaped(' '.join((', '.join((*option.opts, *option.secondary_opts)), value)).strip())}"
        yield from _wrapped(_said(option) + usual)


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs of a help text, and its examples, which it sets apart by a line with a backspace."""
    import inspect

    texts: list[str] = []
    examples: list[str] = []
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        if paragraph.startswith("\b\n"):
            examples += [
                ".PP",
                ".RS 2",
                ".nf",
                *(escaped(line.strip()) for line in paragraph[2:].split("\n")),
                ".fi",
                ".RE",
            ]
        elif paragraph.strip():
            texts += [*([".PP"] if texts else []), *_wrapped(paragraph)]
    return texts, examples


def _wrapped(paragraph: str) -> list[str]:
    """A paragraph, each sentence on a line of its own, as roff wants it, or on several."""
    import textwrap

    sentences = re.split(r"(?<=[.:;?!]) (?=[A-Z])", " ".join(paragraph.split()))
    wrap = textwrap.TextWrapper(70, break_long_words=False, break_on_hyphens=False)
    return [escaped(line) for sentence in sentences for line in wrap.wrap(sentence)]


_MARKS = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}


def escaped(text: str) -> str:
    """A line of text for roff: nothing in it is a request, and marks of commands stay what they are."""
    line = "".join(_MARKS.get(one, one) for one in text)
    return f"\\&{line}" if line.startswith((".", "'")) else line


def write() -> Path:
    """Write the page anew; the file."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE
