"""What was rejected: listed, tried again, forgotten."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.once import Command
from tui.cli.options import as_json, recogniser
from tui.cli.running import REJECTED, Session, complain, tell
from tui.locale import gettext as _
from tui.locale import ngettext, semicolon
from tui.locale.told import told

if TYPE_CHECKING:
    from store.answers import Refusal
    from store.models import Recogniser


@click.command(cls=Command)
@click.option("--retry", is_flag=True, help="Read the files again that they come from.")
@click.option("--forget", is_flag=True, help="Forget them all.")
@recogniser
@as_json
@click.pass_obj
def rejected(session: Session, retry: bool, forget: bool, recogniser: Recogniser, as_json: bool) -> int:
    """List what could not be read, and why.

    An input leaves the list when it is read after all: mend it and add it again, or use --retry for all of them.

    \b
      khabar rejected
      khabar rejected --retry
      khabar rejected --json | jq -r .path
    """
    if retry and forget:
        raise click.UsageError(_("--retry and --forget exclude each other"))
    from store.database import rejected as refusals
    from tui.cli.listing import write_json
    from tui.printing import Column

    corpus = session.corpus()
    found = refusals(corpus.path)
    if retry:
        return _retry(session, corpus.path, found, recogniser, as_json)
    if forget:
        return _forget(corpus.path, found)
    if as_json:
        write_json(
            {"path": one.path, "folder": one.folder, "error": one.what, "remedy": one.remedy, "at": _moment(one.at)}
            for one in found
        )
        return 0
    with session.printer(corpus) as printer:
        if not found:
            printer.line(_("Nothing is rejected."))
            return 0
        columns = [Column(_("when")), Column(_("input"), most=40), Column(_("what is wrong"), grows=True)]
        printer.table(
            columns,
            [[_moment(one.at)[:16], one.path, f"{told(one.what)}{semicolon()}{told(one.remedy)}"] for one in found],
        )
    return 0


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at).astimezone().isoformat(timespec="seconds").replace("T", " ")


def _retry(session: Session, corpus: Path, found: Sequence[Refusal], recogniser: Recogniser, as_json: bool) -> int:
    from store.database import open_writer
    from store.database import rejected as refusals
    from tui.cli.adding import take_in

    begun = int(time.time())
    sources = dict.fromkeys(source for one in found if (source := _source(one)) is not None)
    gone = [one for one in found if _source(one) is None]
    for one in gone:
        complain(
            _("{path} is not there any more, or came from a pipe; khabar rejected --forget forgets it").format(
                path=one.path
            )
        )
    code = (
        take_in(session, [str(source) for source in sources], recogniser=recogniser, as_json=as_json) if sources else 0
    )
    # They are told under the names of whole paths now, those that are rejected again; under another name one that is as
    # it was has not been, though it may be of this very second.
    again = {
        one.path for one in refusals(corpus) if one.at >= begun and (one not in found or Path(one.path).is_absolute())
    }
    with open_writer(corpus) as writer:
        writer.forget_rejected([one.path for one in found if one not in gone and one.path not in again])
    return REJECTED if gone else code


def _source(one: Refusal) -> Path | None:
    """The file that an input is in: a line of it, a member, a page."""
    path = Path(one.folder) / one.path
    for candidate in (path, Path(re.sub(r":\d+$", "", str(path))), *path.parents):
        found = _as_stored(candidate)
        if found is None:
            continue
        return found if found.is_file() else None  # a folder: what was in it is gone
    return None


def _as_stored(path: Path) -> Path | None:
    """What is there under a name, or under one that is kept like this: without what no text may hold."""
    from store.readers.controls import REPLACEMENT, tame_path

    if os.path.lexists(path) or REPLACEMENT not in str(path):
        return path if os.path.lexists(path) else None
    folder = _as_stored(path.parent)
    try:
        beside = sorted(folder.iterdir()) if folder is not None else []
    except OSError:
        beside = []
    return next((one for one in beside if tame_path(one.name) == path.name), None)


def _forget(corpus: Path, found: Sequence[Refusal]) -> int:
    from store.database import open_writer

    with open_writer(corpus) as writer:
        number = writer.forget_rejected([one.path for one in found])
    tell(ngettext("Forgot {n} input.", "Forgot {n} inputs.", number).format(n=number), err=False)
    return 0
