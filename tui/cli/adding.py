"""Files, folders and standard input into the corpus."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tui.cli import clusters
from tui.cli.clusters import on_cluster
from tui.cli.once import Command
from tui.cli.options import as_json, mapped, moment, recogniser
from tui.cli.progress import ProgressLine
from tui.cli.running import REJECTED, Session, complain, tell
from tui.locale import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from store.extraction import Workers
    from store.ingest import Added
    from store.models import Recogniser


_TURNS_WAITED = 60
"""So often in all it is waited for others, for as long as SQLite waits."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--published",
    callback=moment,
    metavar="DATE",
    help="When all of it was published: YYYY[-MM[-DD[THH:MM]]].",
)
@click.option("--outlet", metavar="NAME", help="Who published all of it.")
@mapped
@recogniser
@click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="How many processes find names and dates; one a processor."
)
@on_cluster
@click.option("--dry-run", is_flag=True, help="Say what would be added; write nothing.")
@as_json
@click.pass_obj
def add(
    session: Session,
    paths: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    columns: dict[str, str],
    recogniser: Recogniser,
    jobs: int | None,
    cluster: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Add articles from files, folders or stdin (-).

    They go to the corpus that -c names, else to the one in your data folder; it is made if need be. The same
    bytes are added once. What cannot be read is named on stderr, the rest goes on, and the exit code is 1; what can be
    no article, as the pictures of saved pages, is left out where you named only its folder. In the end it is said what
    was taken by format, outlet and time.

    Names are found by the fast recogniser at once, and by the accurate one in the background afterwards, newest
    articles first; `khabar refine` does or continues that in sight, `--entities fast` leaves it out.

    Read are plain text, web pages, news feeds, JSON Lines and JSON, tables (CSV, TSV), PDF, Word documents and web
    archives, also packed or in archives (gz, bz2, xz, zip, tar). A table's columns are known by common names, English
    or Arabic; --map names others, and "published=" with nothing behind it leaves that one out.

    With --cluster the workers of a Dask cluster find names and dates, and this machine reads and stores; what is found
    is the same. It needs khabar[cluster]. Whoever reaches a scheduler can run any code there: use TLS or an SSH tunnel.

    \b
      khabar add news/ feed.xml pages.zip
      khabar add --map text=body,published=day export.csv
      khabar -c team.db add --outlet 'الخليج الجديد' --published 2021-12-14 page.txt
      pbpaste | khabar add -
    """
    if "-" in paths and sys.stdin is not None and sys.stdin.isatty():
        tell(_("Reading from the terminal; end with Ctrl+D."))
    with clusters.opened(cluster, jobs) as others:
        return take_in(
            session, paths, published=published, outlet=outlet, columns=columns, recogniser=recogniser, jobs=jobs,
            others=others, cluster=others.address if others is not None else "", dry_run=dry_run, as_json=as_json,
        )  # fmt: skip


def take_in(
    session: Session,
    paths: Sequence[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] = {},
    recogniser: Recogniser = "accurate",
    jobs: int | None = None,
    others: Workers | None = None,
    cluster: str | None = None,
    dry_run: bool = False,
    as_json: bool = False,
) -> int:
    """Add what there is in files and folders, and say what becomes of it; returns the exit code.

    `cluster` is where the accurate pass in the background finds its names (`background.refine`).
    """
    from store import ingest
    from store.readers.meter import Meter
    from store.summary import Summary
    from tui import background, corpora
    from tui.cli import summarising
    from tui.cli.listing import write_json
    from tui.cli.progress import Pace, complain_of, outcome

    corpus = (
        corpora.for_writing(session.named, session.sample, session.settings) if dry_run else session.corpus_to_write()
    )
    refine = recogniser == "accurate" and not dry_run
    summary = Summary()
    line = ProgressLine()
    pace = Pace(Meter(paths))
    try:
        for item in ingest.add(
            corpus, paths, published=published, outlet=outlet, columns=columns, dry_run=dry_run, refine=refine,
            jobs=jobs, others=others, meter=pace.meter, busy=_Patience(corpus, line),
        ):  # fmt: skip
            pace.take(item)
            summary.take(item)
            if isinstance(item, ingest.Rejected):
                line.hide()
                complain_of(item)
            if as_json:
                line.hide()
                write_json([outcome(item)])
            elif dry_run and isinstance(item, ingest.Added):
                line.hide()
                _would_add(session, item)
            line.show(pace.in_words(), seldom=True)
    finally:
        line.hide()
    if not as_json:
        summarising.sum_up(session, summary, str(corpus), dry_run)
    if refine and summary.added and background.refine(corpus, cluster) is None:
        tell(_("The accurate pass could not be started; khabar refine does it."))
    return REJECTED if summary.rejected else 0


class _Patience:
    """Waits for others that write to the corpus, for a while; says so."""

    def __init__(self, corpus: Path, line: ProgressLine) -> None:
        self._corpus, self._line = corpus, line
        self._asked = 0

    def __call__(self) -> bool:
        self._asked += 1
        if self._asked > _TURNS_WAITED:
            return False
        self._line.hide()
        complain(_("{corpus}: is being written to by another process; waiting for it").format(corpus=self._corpus))
        return True


def _would_add(session: Session, item: Added) -> None:
    from tui.printing import Printer

    found = item.analysis
    title = found.cleaned.title.text if found.cleaned.title else _("no title")
    with Printer(session.bidi) as printer:
        printer.line(f"{item.path}  {found.published.value or _('no date')}  {title}")
