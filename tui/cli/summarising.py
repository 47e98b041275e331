"""What `khabar add` says in the end: what was taken, what was left out, and what was wrong with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.cli.running import tell
from tui.locale import gettext as _
from tui.locale import ngettext, semicolon
from tui.locale.told import told
from tui.unread_dates import unread_dates

if TYPE_CHECKING:
    from store.summary import Summary
    from tui.cli.running import Session
    from tui.printing import Printer

_OUTLETS, _REASONS = 8, 12
"""At most so many of each are told apart."""
_Rows = Sequence[tuple[str, int]]


def sum_up(session: Session, summary: Summary, corpus: str, dry_run: bool) -> None:
    """Print it: one line of numbers, then what was taken by format, outlet and time, and what wasn't by kind and
    reason."""
    from tui.printing import Printer

    tell(_first_line(summary, corpus, dry_run), err=False)
    with Printer(session.bidi) as printer:
        _taken(printer, summary, dry_run)
        _not_taken(printer, summary)
        if summary.first_unread is not None:
            printer.line()
            printer.paragraph(unread_dates(summary.unread, *summary.first_unread))


def _first_line(summary: Summary, corpus: str, dry_run: bool) -> str:
    n = summary.added
    if dry_run:
        said = ngettext("Would add {n} article to {corpus}", "Would add {n} articles to {corpus}", n)
    else:
        said = ngettext("Added {n} article to {corpus}", "Added {n} articles to {corpus}", n)
    parts = [said.format(n=n, corpus=corpus)]
    if summary.known:
        parts.append(_("{n} there already").format(n=summary.known))
    if summary.rejected:
        parts.append(_("{n} rejected").format(n=summary.rejected.total()))
    if summary.left:
        parts.append(_("{n} left out").format(n=summary.left.total()))
    return semicolon().join(parts)


def _taken(printer: Printer, summary: Summary, dry_run: bool) -> None:
    from store.summary import FORMATS
    from tui.printing import Column

    if not summary.added:
        return
    formats = [(told(FORMATS.get(reader, reader)), count) for reader, count in summary.formats.most_common()]
    outlets = list(summary.top_outlets(_OUTLETS))
    named = [count for name, count in summary.outlets.items() if name is not None]
    if len(named) > len(outlets):
        outlets.append(
            (_("{n} others").format(n=len(named) - len(outlets)), sum(named) - sum(count for _name, count in outlets))
        )
    if unknown := summary.outlets[None]:
        outlets.append((_("not known"), unknown))
    periods = list(summary.periods())
    if undated := summary.months[None]:
        periods.append((_("undated"), undated))
    columns = (
        *(Column(_("would come from") if dry_run else _("from")), Column("", number=True)),
        *(Column(_("outlet"), grows=True), Column("", number=True)),
        *(Column(_("published")), Column("", number=True)),
    )
    printer.line()
    printer.table(columns, _beside(formats, outlets, periods))


def _not_taken(printer: Printer, summary: Summary) -> None:
    from tui.printing import Column

    # A single one has just been named on stderr.
    several = summary.rejected if summary.rejected.total() > 1 else Counter[str]()
    for title, counts in ((_("left out"), summary.left), (_("rejected"), several)):
        if counts:
            printer.line()
            printer.table((Column("", number=True), Column(title, grows=True)), _counted(counts))


def _counted(counts: Counter[str]) -> list[tuple[str, str]]:
    rows = [(str(count), told(name)) for name, count in counts.most_common(_REASONS)]
    if len(counts) > _REASONS:
        rest = counts.total() - sum(count for _name, count in counts.most_common(_REASONS))
        rows.append((str(rest), _("for {n} other reasons").format(n=len(counts) - _REASONS)))
    return rows


def _beside(*lists: _Rows) -> list[list[str]]:
    """Lists of names and numbers as the rows of one table."""
    rows = zip_longest(*([(name, str(count)) for name, count in rows] for rows in lists), fillvalue=("", ""))
    return [[cell for pair in row for cell in pair] for row in rows]
