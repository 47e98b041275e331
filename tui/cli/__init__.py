"""The `khabar` command. `main` is the entry point; the commands lie in the modules beside, by what they do.

Exit codes: 0 done; 1 some inputs were rejected, each named on stderr; 2 wrong use or an unusable corpus;
130 interrupted; 141 nobody reads the output any more.

Only click is imported here: everything else is imported by the command that needs it, so that `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal

import click
from click.core import ParameterSource

from store import read_only as nothing_written
from store.errors import StoreError
from tui.cli import completing
from tui.cli.adding import add
from tui.cli.analysing import analyse
from tui.cli.annotating import annotated
from tui.cli.checking import backup, verify
from tui.cli.comparing import compare
from tui.cli.configuring import config
from tui.cli.differing import differ
from tui.cli.dossiers import dossier
from tui.cli.editing import edit
from tui.cli.examining import doctor
from tui.cli.exporting import export
from tui.cli.listing import articles, entities, search, timeline
from tui.cli.manual import man
from tui.cli.outlets import outlets
from tui.cli.refining import refine
from tui.cli.rejecting import rejected
from tui.cli.running import (
    INTERRUPTED,
    NO_READER,
    UNUSABLE,
    Commands,
    Session,
    complain,
    finish_output,
    prepare_streams,
    show_version,
    unexpected,
)
from tui.cli.saved import searches
from tui.cli.saying import quantities, statements
from tui.cli.serving import serve
from tui.cli.showing import overview, show
from tui.cli.suggesting import suggest
from tui.cli.trending import trends
from tui.cli.watching import watch
from tui.locale import gettext as _
from tui.locale.told import in_words
from tui.settings.table import THEMES

__all__ = ["khabar", "main"]


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("-c", "--corpus", metavar="FILE", envvar="KHABAR_CORPUS", help="The corpus to use [env: KHABAR_CORPUS].")
@click.option("--sample", is_flag=True, help="Open the sample corpus, whatever else there is.")
@click.option(
    "--bidi",
    type=click.Choice(("auto", "visual", "runs", "words")),
    default="auto",
    envvar="KHABAR_BIDI",
    help="How Arabic is sent to the terminal, if words come out reversed [env: KHABAR_BIDI].",
)
@click.option(
    "--theme",
    type=click.Choice(("auto", *THEMES)),
    default="auto",
    envvar="KHABAR_THEME",
    help="The colours of the explorer [env: KHABAR_THEME].",
)
@click.option(
    "--read-only",
    is_flag=True,
    envvar="KHABAR_READ_ONLY",
    help="Write nothing, wherever it is: open the corpus to look at it [env: KHABAR_READ_ONLY].",
)
@click.option("--fresh", is_flag=True, help="Open the explorer at the beginning, not where it was left.")
@click.option(
    "--mouse/--no-mouse",
    default=True,
    envvar="KHABAR_MOUSE",
    help="Whether the explorer takes the mouse, or leaves it to the terminal to select with [env: KHABAR_MOUSE=0].",
)
@click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    envvar="KHABAR_DEBUG",
    help="Show where an error came from, and keep a log without texts of articles [env: KHABAR_DEBUG].",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and exit; with --debug before it, also what khabar runs on.",
)
@click.pass_context
def khabar(
    context: click.Context,
    corpus: str | None,
    sample: bool,
    bidi: Literal["auto", "visual", "runs", "words"],
    theme: str,
    read_only: bool,
    fresh: bool,
    mouse: bool,
    debug: bool,
) -> int:
    """Explore Arabic news in a terminal: articles, the people and places in them, and what happened when.

    Without a command, opens the explorer; when the output is no terminal, prints what the corpus holds.
    Without -c, the corpus in your data folder is used; until you add something, a sample of five articles.

    \b
      khabar                          open the explorer
      khabar add news/ feed.jsonl     read files and folders into your corpus
      khabar articles --entity بغداد --from 2021-12
      khabar search 'قوات التحالف'
      khabar -c team.db timeline --by month
    """
    nothing_written.switch(read_only)
    session = context.ensure_object(Session)
    session.named, session.sample, session.debug = corpus, sample, debug
    said: dict[str, str | bool] = {"bidi": bidi, "theme": theme, "mouse": mouse}
    session.settings.given = {
        name: value for name, value in said.items() if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    if debug:
        from tui.cli.debug_log import begin

        begin(context, explorer=context.invoked_subcommand is None and sys.stdout.isatty())
    if context.invoked_subcommand is not None:
        return 0
    if not sys.stdout.isatty():
        return overview(session)
    chosen = session.corpus(lenient=True)
    from tui.app import run

    return run(chosen.path, sample=chosen.sample, settings=session.settings, fresh=fresh)


_COMMANDS = (
    add, watch, rejected, analyse, refine, articles, entities, outlets, timeline, trends, search, statements,
    quantities, differ, searches, annotated, show, dossier, compare, suggest, edit, export, verify, backup, serve,
    config, doctor, completing.completion, man,
)  # fmt: skip
for _command in _COMMANDS:
    khabar.add_command(_command)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line (`sys.argv` unless `args` are given); the exit code. Never raises, never a traceback."""
    prepare_streams()
    if asked := os.environ.get(completing.VARIABLE):
        return finish_output(completing.answer(khabar, asked))
    session = Session()
    code = _run(args, session)
    session.end_log(code)
    return code


def _run(args: Sequence[str] | None, session: Session) -> int:
    try:
        result = _spoken().main(args, prog_name="khabar", standalone_mode=False, obj=session)
        code = result if isinstance(result, int) else 0
        return finish_output(code)
    except SystemExit as error:  # click's own way out when the help has no reader
        return finish_output(NO_READER if error.code == 1 else error.code if isinstance(error.code, int) else 0)
    except (click.Abort, KeyboardInterrupt):
        return finish_output(INTERRUPTED)
    except click.ClickException as error:
        session.keep(error)
        complain(usage(error))
    except StoreError as error:
        session.keep(error)
        if session.debug:
            unexpected(error, debug=True)
        else:
            complain(in_words(error))
    except Exception as error:
        session.keep(error)
        unexpected(error, debug=session.debug, corpus=session.used)
    return finish_output(UNUSABLE)


def usage(error: click.ClickException) -> str:
    """What was wrong with the call, in one line, and where to read on."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    if context is None:
        return message
    if message.endswith(("?", "؟", ")")):  # what was meant is asked
        return _("{message} See {command} --help").format(message=message, command=context.command_path)
    return _("{message}; see {command} --help").format(message=message, command=context.command_path)


def _spoken() -> click.Command:
    """The commands in the language that the environment asks for: English as they are, or translated copies."""
    from tui.locale import preferred, use

    chosen = preferred()
    use(chosen)
    if chosen == "en":
        return khabar
    from tui.cli.click_texts import speak_arabic
    from tui.cli.mirrored_help import in_arabic

    speak_arabic()
    return in_arabic(khabar)
