"""What `khabar add` says in the end: what was taken, what was left out, and what was wrong with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

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

    print(_first_line(summary, corpus, dry_run))
    with Printer(session.bidi) as printer:
        _taken(printer, summary, dry_run)
        _not_taken(printer, summary)


def _first_line(summary: Summary, corpus: str, dry_run: bool) -> str:
    from store.export.plain import one_line

    added = f"{summary.added} article{'' if summary.added == 1 else 's'}"
    parts = [f"Would add {added} to {corpus}" if dry_run else f"Added {added} to {corpus}"]
    if summary.known:
        parts.append(f"{summary.known} there already")
    for counts, outcome in ((summary.rejected, "rejected"), (summary.left, "left out")):
        if counts:
            parts.append(f"{counts.total()} {outcome}")
    return one_line("; ".join(parts))


def _taken(printer: Printer, summary: Summary, dry_run: bool) -> None:
    from store.summary import FORMATS
    from tui.printing import Column

    if not summary.added:
        return
    formats = [(FORMATS.get(reader, reader), count) for reader, count in summary.formats.most_common()]
    outlets = list(summary.top_outlets(_OUTLETS))
    named = [count for name, count in summary.outlets.items() if name is not None]
    if len(named) > len(outlets):
        outlets.append((f"{len(named) - len(outlets)} others", sum(named) - sum(count for _, count in outlets)))
    if unknown := summary.outlets[None]:
        outlets.append(("not known", unknown))
    periods = list(summary.periods())
    if undated := summary.months[None]:
        periods.append(("undated", undated))
    columns = (
        *(Column("would come from" if dry_run else "from"), Column("", number=True)),
        *(Column("outlet", grows=True), Column("", number=True)),
        *(Column("published"), Column("", number=True)),
    )
    printer.line()
    printer.table(columns, _beside(formats, outlets, periods))


def _not_taken(printer: Printer, summary: Summary) -> None:
    from tui.printing import Column

    # A single one has just been named on stderr.
    several = summary.rejected if summary.rejected.total() > 1 else Counter[str]()
    for title, counts in (("left out", summary.left), ("rejected", several)):
        if counts:
            printer.line()
            printer.table((Column("", number=True), Column(title, grows=True)), _counted(counts))


def _counted(counts: Counter[str]) -> list[tuple[str, str]]:
    rows = [(str(count), name) for name, count in counts.most_common(_REASONS)]
    if len(counts) > _REASONS:
        rest = counts.total() - sum(count for _, count in counts.most_common(_REASONS))
        rows.append((str(rest), f"for {len(counts) - _REASONS} other reasons"))
    return rows


def _beside(*lists: _Rows) -> list[list[str]]:
    """Lists of names and numbers as the rows of one table."""
    rows = zip_longest(*([(name, str(count)) for name, count in rows] for rows in lists), fillvalue=("", ""))
    return [[cell for pair in row for cell in pair] for row in rows]
