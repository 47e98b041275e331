"""What commands tell the log of `--debug`: which one it is, by khabar's own words for it, and what it runs on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from tui import debugging
from tui.cli.running import complain, versions


def begin(context: click.Context, *, explorer: bool) -> None:
    """Begin the log for a call. Nothing that a person typed is kept but commands and options."""
    debugging.start(explorer=explorer, tell=complain)
    if not debugging.is_on():
        return
    debugging.note("started", command=" ".join(called(context.command, sys.argv[1:])), explorer=explorer)
    debugging.note("runs on", **{name.replace("-", "_"): number for name, number in versions().items()})
    size = os.get_terminal_size(sys.stdout.fileno()) if sys.stdout.isatty() else None
    debugging.note(
        "streams", columns=size and size.columns, rows=size and size.lines, encoding=sys.stdout.encoding,
        input_is_terminal=sys.stdin is not None and sys.stdin.isatty(), output_is_terminal=size is not None,
        term=os.environ.get("TERM"), colours=os.environ.get("COLORTERM"),
        over_ssh="SSH_CONNECTION" in os.environ, in_tmux="TMUX" in os.environ,
    )  # fmt: skip


def called(command: click.Command, words: Iterable[str]) -> list[str]:
    """The words of a call that are commands and options; the values of options and arguments are left out."""
    found: list[str] = []
    for word in words:
        known = {flag for option in command.params for flag in (*option.opts, *option.secondary_opts)}
        if word.startswith("-"):
            flag = word.partition("=")[0]
            if flag in known:
                found.append(flag)
        elif isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
            found.append(word)
    return found
