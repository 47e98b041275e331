"""What every command runs in: the chosen corpus, the streams, and one clear sentence for whatever goes wrong."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from tui.cli.once import Command
from tui.locale import N_, language
from tui.locale import gettext as _
from tui.settings.force import InForce

if TYPE_CHECKING:
    from pathlib import Path

    from store.database.queries import Reader
    from tui.corpora import Corpus
    from tui.printing import Mode, Printer

REJECTED = 1
UNUSABLE = 2
INTERRUPTED = 130
NO_READER = 141

SAMPLE = N_("Sample corpus: five articles that come with khabar. `khabar add PATH…` starts your own.")


class Session:
    """What the options before the command said."""

    def __init__(self) -> None:
        self.named: str | None = None
        self.sample = False
        self.debug = bool(os.environ.get("KHABAR_DEBUG"))
        self.settings = InForce()
        self.used: Path | None = None
        """The corpus that was read or written, if one was."""
        self.who: str | None = None
        """Who edits, if not whoever uses khabar."""

    @property
    def bidi(self) -> Mode | None:
        """How Arabic is sent to the terminal, None where that follows from what it is. Raises StoreError where the
        settings say what cannot be and the output is a terminal."""
        said = self.settings.standing("bidi") if sys.stdout.isatty() else self.settings.early("bidi")
        return cast("Mode", said.value) if said is not None and said.value != "auto" else None

    def keep(self, error: Exception) -> None:
        """Keep an error in the log, if there is one."""
        if self.debug:
            from tui import debugging

            debugging.trouble("failed", error)

    def end_log(self, code: int) -> None:
        """Keep how it ended, if there is a log."""
        if self.debug:
            from tui import debugging

            debugging.note("ended", code=code)
            debugging.stop()

    def _keep_corpus(self, path: Path) -> None:
        self.used = path
        if self.debug:
            from tui import debugging

            debugging.note_corpus(path)

    def corpus(self, *, lenient: bool = False) -> Corpus:
        """The corpus to read. Raises CorpusError, and StoreError where the settings say what cannot be, unless
        `lenient`.
        """
        from tui import corpora

        corpus = corpora.for_reading(self.named, self.sample, None if lenient else self.settings)
        self._keep_corpus(corpus.path)
        _tell_of_copy(corpus.path, corpus.kept)
        return corpus

    def corpus_to_write(self) -> Path:
        """The corpus to write to, which need not be there yet; one of an older version is brought up to date.

        Raises CorpusError.
        """
        from store import read_only
        from store.database import bring_up_to_date
        from tui import corpora

        corpus = corpora.for_writing(self.named, self.sample, self.settings)
        read_only.check(corpus)
        self._keep_corpus(corpus)
        _tell_of_copy(corpus, bring_up_to_date(corpus))
        return corpus

    @contextlib.contextmanager
    def reader(self) -> Iterator[tuple[Reader, Corpus]]:
        """The corpus opened for reading, and which one it is. Raises CorpusError."""
        from store.database import open_reader

        corpus = self.corpus()
        reader = open_reader(corpus.path, sample=corpus.sample)
        try:
            yield reader, corpus
        finally:
            reader.close()

    @contextlib.contextmanager
    def printer(self, corpus: Corpus) -> Iterator[Printer]:
        """Readable output about a corpus; the sample is announced as one first."""
        from tui.printing import Printer

        with Printer(self.bidi) as printer:
            if corpus.sample:
                printer.line(_(SAMPLE), dim=True)
            yield printer


def _tell_of_copy(corpus: Path, kept: Path | None) -> None:
    if kept is not None:
        complain(
            _("{corpus} was brought up to date; as it was before it is kept in {kept}").format(corpus=corpus, kept=kept)
        )


class Commands(Command, click.Group):
    """A group that lists its commands in the order they were added and ends quietly when nobody reads on."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            return NO_READER


def prepare_streams() -> None:
    """UTF-8 whatever the locale; one that was closed before the start swallows what is written to it, or is empty."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def ending_in_order() -> Iterator[None]:
    """Within it a SIGTERM, or a terminal that goes away, ends the process as an error would: what is half written is
    removed. What is ignored, as with nohup, stays so."""
    import signal

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) is signal.SIG_DFL}
    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)


def finish_output(code: int) -> int:
    """Write out what is buffered; `code`, or what became of it when that is not possible."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _drop_stdout()
        if error.errno == errno.EPIPE:
            return NO_READER
        if code != UNUSABLE:
            unexpected(error, debug=False)
        return UNUSABLE
    if code == NO_READER:
        _drop_stdout()
    return code


def _drop_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(message: str) -> None:
    """One line on stderr."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError):
        tell(f"khabar: {message}")


def tell(message: str, err: bool = True) -> None:
    """One line on stderr, or on stdout, that is no row of a list; Arabic is laid out for a terminal."""
    from store.export.plain import one_line

    if language() == "en":
        message = one_line(message)
    return click.echo(shown(message, sys.stderr if err else sys.stdout), err=err)


def shown(message: str, stream: TextIO | None = None, width: int | None = None) -> str:
    """A message as it is to be written to a stream, stdout if none is given: as it is, but Arabic, also names within
    English, laid out for a terminal; on one line of at most `width` cells where that is given."""
    stream, english = stream or sys.stdout, language() == "en"
    if english and (message.isascii() or stream is None or not stream.isatty()):
        return message
    from tui.printing import has_arabic, laid_out

    if english and not has_arabic(message):
        return message
    context = click.get_current_context(silent=True)
    session = context.find_object(Session) if context is not None else None
    return laid_out(message, stream, session.bidi if session is not None else None, width, 0 if english else 1)


def system_says(error: OSError) -> str:
    """What the system says of an error of its own, as part of a sentence."""
    from tui.locale.told import told

    said = error.strerror or type(error).__name__
    return told(f"{said[0].lower()}{said[1:]}")


def unexpected(error: Exception, *, debug: bool, corpus: Path | None = None) -> None:
    """One line for an error that no one foresaw, or for the system's refusals; all of it with `debug`.

    What reading a damaged row raises is said of the `corpus` that was used, if one was: verify tells whether it is so.
    """
    if debug:
        import traceback

        from store.export.plain import lines

        with contextlib.suppress(OSError, ValueError):
            print(lines("".join(traceback.format_exception(error))), file=sys.stderr, flush=True)
    elif isinstance(error, OSError) and error.strerror:
        where = error.filename or _("the output cannot be written")
        complain(f"{os.fspath(where)}: {system_says(error)}")
    elif corpus is not None and _may_be_damage(error):
        from store.database.files import unreadable
        from tui.locale.told import in_words

        complain(in_words(unreadable(corpus, error)))
    else:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        complain(
            _("something went wrong that should not have ({said}); --debug or KHABAR_DEBUG=1 shows where").format(
                said=said
            )
        )


def _may_be_damage(error: Exception) -> bool:
    from store.database.files import UNREADABLE

    return isinstance(error, UNREADABLE)


def show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Print the version and end, when asked."""
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"khabar {version('khabar')}")
        if context.params.get("debug"):
            for name, number in versions().items():
                click.echo(f"{name} {number}")
        context.exit()


def versions() -> dict[str, str]:
    """What khabar runs on, for whoever looks for a fault."""
    import platform
    from importlib.metadata import version

    from store.database.files import SQLITE, VERSION

    parts = {name: version(name) for name in ("textual", "click", "onnxruntime", "python-bidi", "arabic-reshaper")}
    return {
        "corpus": str(VERSION), "python": platform.python_version(), "sqlite": SQLITE, **parts,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }  # fmt: skip
