"""The accurate pass over the names of a corpus: in sight, or in the background after adding."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import clusters
from tui.cli.clusters import on_cluster
from tui.cli.once import Command
from tui.cli.options import as_json
from tui.cli.running import REJECTED, Session, tell
from tui.cli.running import shown as laid
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import told

if TYPE_CHECKING:
    from store.cluster import Cluster

_EVERY = 0.5
"""Seconds between two pictures of the progress on a terminal."""
_LINE_EVERY = 5.0
"""Seconds between two lines elsewhere."""
_TRIES = 5
"""How often a pass in the background begins again when the corpus could not be written."""


@click.command(cls=Command)
@click.option("--again", is_flag=True, help="Also articles that were added with --entities fast.")
@click.option("--background", is_flag=True, hidden=True, help="Quietly, giving way to everything else.")
@on_cluster
@as_json
@click.pass_obj
def refine(session: Session, again: bool, background: bool, cluster: str | None, as_json: bool) -> int:
    """Find waiting articles' names with the accurate recogniser.

    `khabar add` stores names found by a fast pass at once and leaves this to the background; here it is done in
    sight. Newest articles come first. It may be stopped at any time and goes on where it was. Copies of one story
    that were not put together yet are, before that.

    With --cluster the workers of a Dask cluster find the names, and this machine stores them; what is found is the
    same. It needs khabar[cluster]. Whoever reaches a scheduler can run any code there: use TLS or an SSH tunnel.

    \b
      khabar refine
      khabar -c team.db refine --again
    """
    from store.errors import CorpusError

    corpus = session.corpus_to_write()
    if not corpus.exists():
        raise CorpusError("there is no such corpus", str(corpus), "khabar add PATH… makes one")
    if background:
        return _quietly(corpus, cluster)
    with clusters.opened(cluster) as others:
        return _in_sight(corpus, again, others, as_json)


def _in_sight(corpus: Path, again: bool, others: Cluster | None, as_json: bool) -> int:
    from store.export.plain import one_line
    from store.refining import BusyError, refine
    from tui.cli.listing import write_json

    if again:
        from store.database import open_writer

        with open_writer(corpus) as writer:
            writer.wait()
    done, kept, begun, shown = 0, 0, time.monotonic(), 0.0
    terminal = sys.stderr.isatty()
    _compare(corpus, terminal)
    try:
        for one in refine(corpus, others=others):
            done += 1
            if one.fault is not None:
                kept += 1
                tell(
                    _("article {article} keeps the names it had: {fault}").format(
                        article=one.article, fault=one_line(told(one.fault))
                    )
                )
            if as_json:
                write_json([{"article": one.article, "waiting": one.waiting, "error": one.fault}])
            now = time.monotonic()
            if now - shown >= (_EVERY if terminal else _LINE_EVERY):
                shown = now
                left = one.waiting * (now - begun) / done
                line = laid(
                    _("{n} refined, {waiting} to go, about {time} left").format(
                        n=done, waiting=one.waiting, time=_spoken(left)
                    ),
                    sys.stderr,
                )
                click.echo(f"\r\x1b[K{line}" if terminal else line, nl=not terminal, err=True)
    except BusyError:
        from store.database import open_reader

        with open_reader(corpus) as reader:
            waiting = reader.overview().waiting
        tell(_("Another khabar is refining this corpus; {waiting} to go.").format(waiting=waiting), err=as_json)
        return 0
    finally:
        if terminal and shown:
            click.echo("\r\x1b[K", nl=False, err=True)
    if not as_json:
        n = done - kept
        tell(ngettext("Refined {n} article.", "Refined {n} articles.", n).format(n=n), err=False)
    return REJECTED if kept else 0


def _compare(corpus: Path, terminal: bool) -> None:
    """Finds the copies of articles that were not compared yet: of an older corpus these are all."""
    from store.database import open_writer

    shown = time.monotonic()
    with open_writer(corpus) as writer:
        for left in writer.place_copies():
            if left and time.monotonic() - shown >= (_EVERY if terminal else _LINE_EVERY):
                shown = time.monotonic()
                line = laid(
                    ngettext(
                        "{n} articles still to be compared for copies",
                        "{n} articles still to be compared for copies",
                        left,
                    ).format(n=left),
                    sys.stderr,
                )
                click.echo(f"\r\x1b[K{line}" if terminal else line, nl=not terminal, err=True)
    if terminal:
        click.echo("\r\x1b[K", nl=False, err=True)


def _spoken(seconds: float) -> str:
    if seconds >= 5400:
        return _("{n} h").format(n=f"{seconds / 3600:.1f}")
    return _("{n} min").format(n=max(1, round(seconds / 60)))


def _quietly(corpus: Path, cluster: str | None) -> int:
    """The same for nobody to look at: gives way to everything else, and to another that does it already. What a cluster
    does not do is done here."""
    from store.errors import ClusterError, CorpusError, StoreError
    from store.refining import BusyError, refine

    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    for _try in range(_TRIES):
        try:
            with clusters.opened(cluster) as others:
                for _one in refine(corpus, queue=True, others=others):
                    pass
        except CorpusError as error:
            if isinstance(error, BusyError):
                break
            continue  # written to by another for longer than SQLite waits
        except ClusterError:
            cluster = None
        except StoreError:
            break
        else:
            break
    return 0
