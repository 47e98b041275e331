"""The driver: terminals that go away, and programs that are stopped without being told so."""

from __future__ import annotations

import os
import pty
import signal
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import pytest
from textual.drivers._writer_thread import WriterThread

from tests.tui.clis import Home
from tests.tui.ptys import KHABAR, Terminal
from tui.driver import Outlasting

IRAQ = "ﻕﺍﺮﻌﻟﺍ"


@pytest.fixture
def gone() -> Iterator[TextIOWrapper]:
    """A terminal that went away."""
    outside, inside = pty.openpty()
    file = os.fdopen(inside, "w", encoding="utf-8")
    os.close(outside)
    yield file
    with suppress(OSError):  # what is left in it cannot be written
        file.close()


def test_a_terminal_that_went_away_takes_all_without_an_error(gone: TextIOWrapper) -> None:
    with pytest.raises(OSError, match="Input/output error"):
        print("خبر", file=gone, flush=True)
    # more than wait in its queue: the thread that writes must outlast it, or nobody takes them out
    thread = WriterThread(Outlasting(gone))
    thread.start()
    for _ in range(100):
        thread.write("خبر" * 1000)
    thread.stop()
    assert not thread.is_alive()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_other_errors_are_not_hidden() -> None:
    file = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8")
    with pytest.raises(OSError, match="No space left"):
        Outlasting(file).write("خبر" * 10000)
    with suppress(OSError):
        file.close()


def test_whoever_is_stopped_without_being_told_begins_anew(tmp_path: Path, seeds_corpus: Path) -> None:
    home = Home(tmp_path)
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 80, 24, {**home.env, "LANG": "C.UTF-8"}) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        terminal.signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.wait(lambda _text: terminal.written.count(b"\x1b[?1049h") == 2)
        assert terminal.written.count(b"\x1b[?1049l") == 1
        terminal.send("3")
        terminal.wait(lambda text: "┏━ 3" in text or "3 timeline ━" in text)
        terminal.send("q")
        assert terminal.ended() == 0
        assert b"Traceback" not in terminal.written
