"""The settings: where they stand, what is in force and why, and whether a file of them is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.once import Command
from tui.cli.running import UNUSABLE, Session, complain, tell
from tui.locale import gettext as _
from tui.locale.told import in_words, isolated

if TYPE_CHECKING:
    from tui.settings.force import Standing
    from tui.settings.table import Setting


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--template", is_flag=True, help="Print a file with every setting and key, each line a comment.")
@click.option(
    "--check",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[FILE]",
    help="Say only what is wrong with the file, or with another; exit code 2 if anything is.",
)
@click.pass_obj
def config(session: Session, as_json: bool, template: bool, check: str | None) -> int:
    """Show the settings that are in force, and who says so.

    Settings stand in config.toml in your folder of settings, or where KHABAR_CONFIG says. docs/settings.md tells more.

    \b
      khabar config                                    # where the file is, what holds
      mkdir -p ~/.config/khabar                        # it may not be there yet
      khabar config --template > ~/.config/khabar/config.toml
      khabar config --check
    """
    if template + as_json + (check is not None) > 1:
        raise click.UsageError(_("give one of --json, --template and --check"), click.get_current_context())
    if template:
        from tui.locale.whole import without_isolates
        from tui.settings.template import template as whole

        click.echo(without_isolates(whole()), nl=False)
        return 0
    if check is not None:
        return _check(check)
    problems = session.settings.problems
    if as_json:
        _objects(session)
    else:
        _show(session)
    for error in problems:
        complain(in_words(error))
    return UNUSABLE if problems else 0


def _check(named: str) -> int:
    from store.errors import StoreError
    from tui.settings import reading

    path, chosen = (Path(named), True) if named else reading.chosen_path()
    found = reading.read(path, named=chosen)
    for problem in found.problems:
        complain(in_words(problem.error))
    if found.problems:
        return UNUSABLE
    said = len(found.values) + len(found.keys)
    text = _("right, with settings: {n}").format(n=said) if found.there else _("not there: the defaults hold")
    tell(in_words(StoreError(text, str(path))), err=False)
    return 0


def _show(session: Session) -> None:
    from tui.printing import Column, Printer
    from tui.terminal import MODES

    settings = session.settings
    columns = Column(_("setting")), Column(_("value"), grows=True), Column(_("because of"), grows=True)
    bidi = settings.or_else("bidi").value
    with Printer(next((mode for mode in MODES if mode == bidi), None)) as printer:
        there = "" if settings.file.there else " " + _("(not there; khabar config --template prints one)")
        printer.paragraph(f"{isolated(str(settings.file.path))}{there}")
        printer.line()
        printer.table(columns, _rows(session))


def _rows(session: Session) -> list[tuple[str, str, str]]:
    from tui.settings.table import SETTINGS
    from tui.settings.template import literal, written

    settings = session.settings
    rows = []
    for setting in SETTINGS:
        standing = settings.or_else(setting.name)
        value = _(setting.unset) if standing.value is None else literal(standing.value)
        rows.append((setting.name, value, _origin(standing)))
    for name, keys in settings.file.keys.items():
        line = settings.file.lines.get(f"keys.{name}")
        rows.append((f"keys.{name}", literal(written(keys)), _("file, line {n}").format(n=line) if line else _("file")))
    return rows


def _origin(standing: Standing) -> str:
    """Who says so, in words."""
    said = {
        "option": _("option {name}"),
        "environment": _("variable {name}"),
        "file": _("file, line {name}") if standing.where else _("file"),
        "remembered": _("chosen in the explorer"),
        "default": "",
    }[standing.origin]
    return said.format(name=standing.where)


def _objects(session: Session) -> None:
    from store.export.plain import dumps
    from tui.settings.table import SETTINGS
    from tui.settings.template import written

    settings = session.settings
    click.echo(dumps({"file": str(settings.file.path), "there": settings.file.there}))
    for setting in SETTINGS:
        click.echo(dumps(_object(setting, settings.or_else(setting.name))))
    for name, keys in settings.file.keys.items():
        click.echo(dumps({"setting": f"keys.{name}", "value": written(keys), "from": "file",
                          "where": settings.file.lines.get(f"keys.{name}")}))  # fmt: skip


def _object(setting: Setting, standing: Standing) -> dict[str, object]:
    return {"setting": setting.name, "value": standing.value, "from": standing.origin, "where": standing.where or None}
