"""The terminal checked."""

from __future__ import annotations

import sys

import click

from tui.cli.once import Command
from tui.cli.running import Session, shown, tell
from tui.locale import gettext as _


@click.command(cls=Command)
@click.pass_obj
def doctor(session: Session) -> int:
    """Check how this terminal shows Arabic.

    Prints one sentence in each way khabar can send it; the line you choose is remembered for this terminal.
    """
    from store import read_only
    from tui import doctor as examination
    from tui import remembered, terminal

    decision = terminal.find_out(session.bidi)
    for line in examination.report(decision):
        tell(line, err=False)
    if not sys.stdout.isatty():
        return 0
    with terminal.switched(decision):
        click.echo()
        tell(_("One sentence in three ways; one of them reads right, joined and from right to left:"), err=False)
        click.echo()
        for line in examination.samples():
            click.echo(line)
        click.echo()
        if read_only.is_on():
            tell(_("Without --read-only you could choose the one that reads right."), err=False)
            return 0
        answer = click.prompt(
            shown(_("Which line reads right? (Enter leaves it as it is)")), default="", show_default=False
        )
    if answer not in ("1", "2", "3"):
        return 0
    mode = terminal.MODES[int(answer) - 1]
    try:
        file = remembered.keep(decision.name, mode)
    except OSError as error:
        raise click.ClickException(
            _("the choice cannot be kept in {filename}: {strerror}").format(
                filename=error.filename, strerror=error.strerror
            )
        ) from error
    tell(_("{name}: {mode} from now on (kept in {file})").format(name=decision.name, mode=mode, file=file), err=False)
    return 0
