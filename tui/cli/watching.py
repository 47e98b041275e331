"""Folders and files that are kept an eye on."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from tui.cli import clusters
from tui.cli.clusters import on_cluster
from tui.cli.once import Command
from tui.cli.options import as_json, mapped, recogniser
from tui.cli.progress import ProgressLine
from tui.cli.running import INTERRUPTED, REJECTED, Session, tell
from tui.locale import comma, ngettext, semicolon
from tui.locale import gettext as _
from tui.locale.told import in_words
from tui.unread_dates import unread_dates

if TYPE_CHECKING:
    from store.cluster import Cluster
    from store.ingest import Added
    from store.lasting import Lasting
    from store.models import Recogniser
    from store.watching import Came, Reach, Watch

_SHARE = 10
"""A look takes at most this part of the time, however long it takes."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--every", type=click.FloatRange(min=0.1, max=86400), default=10.0, show_default=True, metavar="SECONDS",
    help="How long to wait between two looks.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Look once and end, as from cron.")
@click.option("--outlet", metavar="NAME", help="Who published all of it.")
@mapped
@recogniser
@on_cluster
@as_json
@click.pass_obj
def watch(
    session: Session,
    paths: tuple[str, ...],
    every: float,
    once: bool,
    outlet: str | None,
    columns: dict[str, str],
    recogniser: Recogniser,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Add what is new or has changed in folders, until you stop it.

    A file is read again when it changes: of a feed or of JSON Lines that grow, what is new is added; a page that says
    something else is one article more, and the one it gave before stays. Deleted files change nothing. What is still
    being written waits until it rests. What was read is known to the corpus, also after a restart.

    With --cluster the workers of a Dask cluster find names and dates where a look brings more than a few articles, as
    with `khabar add`; what is lost is asked for again at the next look.

    Ctrl+C or SIGTERM ends it with a summary. With --once the exit codes are those of `khabar add`.

    \b
      khabar watch news/ feed.jsonl
      khabar -c team.db watch --every 60 --json /srv/feeds | tee taken.jsonl
      */10 * * * *  khabar watch --once ~/feeds        (a line for cron)
    """
    from store.export.plain import one_line
    from store.readers.resting import is_stream, status_of
    from store.watching import Watch

    if stream := next((path for path in paths if path == "-" or is_stream(status_of(path))), None):
        what = "stdin" if stream == "-" else one_line(stream)
        raise click.UsageError(
            _("{what} cannot be watched; name files or folders").format(what=what), click.get_current_context()
        )
    corpus = session.corpus_to_write()
    refine = recogniser == "accurate"
    ending = _Ending()
    with clusters.lasting(cluster) as others:
        looks = Watch(corpus, paths, outlet=outlet, columns=columns, refine=refine, others=others)
        watching = _Watching(session, looks, corpus, others, as_json, ending)
        if not once:
            told = _("Watching {places} for {corpus}; Ctrl+C ends it.").format(places=_places(paths), corpus=corpus)
            tell(told)
        return _watch(watching, ending, every, once, refine)


def _watch(watching: _Watching, ending: _Ending, every: float, once: bool, refine: bool) -> int:
    from store.errors import StoreError

    try:
        with ending.told():
            if once:
                watching.look_once(refine)
            else:
                watching.look_on(every, refine)
    except (KeyboardInterrupt, StoreError):
        if ending.number is None:
            raise
        watching.sum_up()
        return INTERRUPTED if ending.number == signal.SIGINT else 0
    watching.sum_up()
    return REJECTED if watching.rejected else 0


class _Stopped(KeyboardInterrupt):
    """A signal came. Not a KeyboardInterrupt itself: raised in the middle of an import, that makes Python end as if
    nobody had caught it."""


class _Ending:
    """What tells the process to end: SIGINT (Ctrl+C), SIGTERM or SIGHUP; a second one ends it at once."""

    def __init__(self) -> None:
        self.number: int | None = None
        """The signal that came."""

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """A signal stops what is being done, by _Stopped."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        # What was told to be ignored, as by nohup, is ignored.
        before = {number: now for number in numbers if (now := signal.getsignal(number)) != signal.SIG_IGN}
        for number in before:
            signal.signal(number, self._stop)
        try:
            yield
        finally:
            for number, now in before.items():
                signal.signal(number, now)

    def _stop(self, number: int, _frame: FrameType | None) -> NoReturn:
        signal.signal(number, signal.SIG_DFL)
        self.number = number
        raise _Stopped

    def check(self) -> None:
        """Stop if a signal came while something was called back that hides what is raised within it."""
        if self.number is not None:
            raise _Stopped


class _Watching:
    """Looks, and says what they bring."""

    def __init__(
        self,
        session: Session,
        watch: Watch,
        corpus: Path,
        others: Lasting[Cluster] | None,
        as_json: bool,
        ending: _Ending,
    ) -> None:
        self._session, self._watch, self._corpus, self._as_json = session, watch, corpus, as_json
        self._others, self._cluster = others, others.workers.address if others is not None else ""
        self._ending = ending
        self._line = ProgressLine()
        self._trouble = ""
        self.added = self.rejected = 0

    def look_on(self, every: float, refine: bool) -> NoReturn:
        """Look again and again. Raises CorpusError when the corpus can no longer be used."""
        from store.errors import ClusterError, UnavailableError

        while True:
            begun = time.monotonic()
            try:
                self._look(refine)
                self._trouble = ""
            except UnavailableError as error:
                self._say(_("{error}; what is left comes later").format(error=in_words(error)), again=self._trouble)
                self._trouble = in_words(error)
            except ClusterError as error:
                if self._others is not None:
                    self._others.leave()  # and look for it again
                trouble = in_words(error)
                self._say(_("{error}; what is left comes later").format(error=trouble), again=self._trouble)
                self._trouble = trouble
            self._line.show(self._standing(), now=True)
            now = time.monotonic()
            self._ending.check()
            time.sleep(max(every, (now - begun) * (_SHARE - 1)))

    def look_once(self, refine: bool) -> None:
        """Look once; once more at what was being written a moment ago. Raises CorpusError."""
        from store.watching import REST

        self._look(refine, once=True)
        if self._watch.unrested:
            time.sleep(REST)
            self._look(refine, once=True)
        if left := self._watch.unrested:
            said = ngettext(
                "{n} file still being written; left to the next look",
                "{n} files still being written; left to the next look",
                left,
            )
            self._say(said.format(n=left))

    def _look(self, refine: bool, *, once: bool = False) -> None:
        from store.ingest import Added, Rejected
        from store.watching import Reach
        from tui import background

        added = self.added
        try:
            for one in self._watch.look():
                self._ending.check()
                self._line.hide()
                if isinstance(one, Reach):
                    self._reach(one, once=once)
                elif isinstance(one.item, Added):
                    self.added += 1
                    self._taken(one, one.item)
                elif isinstance(one.item, Rejected):
                    self.rejected += 1
                    self._refused(one)
                self._line.show(
                    _("{added} added, {rejected} rejected").format(added=self.added, rejected=self.rejected)
                )
        finally:
            self._line.hide()
            if refine and self.added > added and background.refine(self._corpus, self._cluster) is None:
                self._say(_("The accurate pass could not be started; khabar refine does it."))

    def _taken(self, one: Came, item: Added) -> None:
        from store.readers.records import unread_date
        from tui.printing import Column, Printer

        if self._as_json:
            self._object(one)
            return
        found = item.analysis
        title = found.cleaned.title.text if found.cleaned.title else _("no title")
        day = (found.published.value or _("no date"))[:10].ljust(10)
        path = _("{path} (changed)").format(path=item.path) if one.again else item.path
        columns = Column(""), Column(""), Column("", grows=True), Column("", grows=True)
        with Printer(self._session.bidi) as printer:
            printer.row(columns, (_clock(), day, path, title))
        sys.stdout.flush()
        if (unread := unread_date(found.document)) is not None:
            self._say(unread_dates(1, item.path, unread))

    def _refused(self, one: Came) -> None:
        from store.ingest import Rejected
        from tui.cli.progress import complain_of

        if isinstance(one.item, Rejected):
            complain_of(one.item, f"{_clock()}  ")
        if self._as_json:
            self._object(one)

    def _object(self, one: Came) -> None:
        from tui.cli.listing import write_json
        from tui.cli.progress import outcome

        record = outcome(one.item)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        write_json([{"time": now, **record, "again": one.again}])
        sys.stdout.flush()

    def _reach(self, one: Reach, *, once: bool) -> None:
        if one.there:
            self._say(_("{path} is there again.").format(path=one.path))
        elif once:
            self.rejected += 1
            self._say(_("rejected: {path}: does not exist; check the path").format(path=one.path))
        else:
            self._say(_("{path} is not there; what comes there is taken.").format(path=one.path))

    def _say(self, text: str, *, again: str = "") -> None:
        """Something on stderr, unless it was what was said last."""
        if not again or not text.startswith(again):
            tell(f"{_clock()}  {text}")

    def _standing(self) -> str:
        from store.export.plain import one_line

        unrested = self._watch.unrested
        waiting = comma() + _("{n} still being written").format(n=unrested) if unrested else ""
        files = ngettext("{n:,} file at {clock}", "{n:,} files at {clock}", self._watch.files)
        text = files.format(n=self._watch.files, clock=_clock()) + waiting
        counts = _("{added} added, {rejected} rejected").format(added=self.added, rejected=self.rejected)
        return one_line(semicolon().join(filter(None, (text, counts, self._trouble))))

    def sum_up(self) -> None:
        """Say what came of it all."""
        self._line.hide()
        said = ngettext("Added {n} article to {corpus}", "Added {n} articles to {corpus}", self.added)
        said = said.format(n=self.added, corpus=self._corpus)
        if self.rejected:
            said += semicolon() + _("{n} rejected").format(n=self.rejected)
        tell(said, err=self._as_json)


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def _places(paths: tuple[str, ...]) -> str:
    return paths[0] if len(paths) == 1 else ngettext("{n} place", "{n} places", len(paths)).format(n=len(paths))
