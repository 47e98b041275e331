"""Extraction in processes of this machine.

They come from a server process that has read all lexicons and models once and nothing else, so they share its memory
and have neither the corpus nor a terminal of the one that asks. They end with it, however it ends. Where the machine
has no room for another process the work is done in this one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TypeVar

from store.carrying import pack, unpack
from store.errors import InputError
from store.extraction import BATCH, Given, Item, Result, extract
from store.models import Document
from store.sparing import spare

T = TypeVar("T")

_REMEMBERED = 1024
"""More batches than are ever under way."""
_READY, _PAGES = "store.ready", "store.ready_pages"
"""The modules that read what extraction needs when they are imported, and what only pages do."""
_QUIET = "store.quiet"
"""The module that has the server end without a word."""
_COMING_UP = 60.0
"""Seconds within which a process has read all that it needs, on whatever machine."""
_NOT_STARTED = (OSError, EOFError, RuntimeError)
"""What comes of it when a process or a thread cannot be started, or ended before it was up."""

_SOCKET = 103
"""Bytes of a path that every system takes for a socket: 107 with Linux (unix(7)), 103 with macOS and the BSDs."""


class Pool:
    """Workers (`store.extraction.Workers`) beside this process."""

    def __init__(self, number: int) -> None:
        self.number, self.batch = number, BATCH
        self._others = set(multiprocessing.active_children())
        self._under_way: deque[Future[bytes]] = deque(maxlen=_REMEMBERED)
        self._executor: ProcessPoolExecutor | None = None
        self._hopeless = False

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        """Begins to extract a batch; where no process can be started, extracts it here."""
        future: Future[list[list[Result]]] = Future()
        packed = self._submitted(items, given)
        if packed is None:
            future.set_result(extract(items, given))
        else:
            self._under_way.append(packed)
            packed.add_done_callback(partial(_hand_on, future))
        return future

    def _submitted(self, items: Sequence[Item], given: Given) -> Future[bytes] | None:
        while not self._hopeless:
            self._executor = self._executor or _started(self.number)
            if self._executor is None:
                break
            try:
                return self._executor.submit(_packed, items, given)
            except BrokenExecutor:
                self._stop()
            except _NOT_STARTED:  # another one: those that are there do what they have, and one does the rest
                self._stop()
                self._hopeless, self.number = self.number == 1, 1
        self._hopeless = True
        return None

    def _stop(self, drop: bool = False) -> None:
        if self._executor is not None:
            # Waiting, as its thread closes files that others would be opened under the numbers of.
            self._executor.shutdown(cancel_futures=drop)
            self._executor = None

    def alone(self, item: Item, given: Given) -> list[Result]:
        """Extracts one document in a process of its own."""
        try:
            return self.apart(extract, [item], given)[0]
        except BrokenExecutor:
            where = item.source.path if isinstance(item, Document) else item.where
            return [
                InputError(
                    "ended the process that read it, which may have had too little memory",
                    where,
                    "split it, or report it with the file; the others are not affected",
                )
            ]

    def apart(self, work: Callable[..., T], *given: object) -> T:
        """Does something in a process of its own. Raises BrokenExecutor when that ends unexpectedly.

        Where none can be started it is done here: it is no fault of what is to be done that the machine has no room.
        """
        executor = _started(1)
        if executor is None:
            return work(*given)
        with executor:
            return executor.submit(work, *given).result()

    def close(self) -> None:
        """Stops what is still under way, and waits until the processes have ended."""
        if any(not future.done() for future in self._under_way):
            _end(set(multiprocessing.active_children()) - self._others)
        self._stop(drop=True)


def _started(number: int) -> ProcessPoolExecutor | None:
    """An executor of at most so many processes of which one is up; None where the machine lets none be started: too
    many processes, no memory, no folder for a socket."""
    there, executor = set(multiprocessing.active_children()), None
    told, threading.excepthook = threading.excepthook, _ignore
    try:
        executor = ProcessPoolExecutor(number, _context(), _begin)
        _come_up(executor)
    except _NOT_STARTED:
        if executor is not None:
            # What was started of it would wait for ever, and this process in the end for it.
            _end(set(multiprocessing.active_children()) - there)
            with suppress(RuntimeError):  # its thread was not started
                executor.shutdown(wait=False, cancel_futures=True)
        return None
    finally:
        threading.excepthook = told
    return executor


def _come_up(executor: ProcessPoolExecutor) -> None:
    """Waits until a process of it is there. Raises one of `_NOT_STARTED`.

    An executor whose own thread ends, as it can start no other, gives no answer at all.
    """
    threads, until = set(threading.enumerate()), time.monotonic() + _COMING_UP
    answer = executor.submit(_up)
    while not wait((answer,), 0.1).done:
        if time.monotonic() > until or not set(threading.enumerate()) - threads:
            raise RuntimeError("it does not come up")
    answer.result()


def _ignore(_said: threading.ExceptHookArgs) -> None:
    """What is said of a thread that ended with an error: it is noticed."""


def _up() -> None:
    """What a process does to show that it is there."""


def _end(processes: set[BaseProcess]) -> None:
    for process in processes:
        process.terminate()


def _packed(items: Sequence[Item], given: Given) -> bytes:
    """What is extracted, packed by ourselves, as that takes half the time."""
    return pack(extract(items, given))


def _hand_on(future: Future[list[list[Result]]], packed: Future[bytes]) -> None:
    if packed.cancelled():
        future.cancel()
        return
    try:
        future.set_result(unpack(packed.result(), list))
    except BaseException as error:  # whoever asks for the result is told
        future.set_exception(error)


def _context(pages: bool = True) -> BaseContext:
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() and _has_room() else "spawn"
    context = multiprocessing.get_context(kind)
    if kind == "forkserver":
        context.set_forkserver_preload([_QUIET, _READY, _PAGES] if pages else [_QUIET, _READY])
    return context


def _has_room() -> bool:
    """Whether the server's socket can lie in the folder of temporary files: paths of sockets are bounded."""
    return len(os.fsencode(tempfile.gettempdir())) + len("/pymp-12345678/listener-12345678") <= _SOCKET


def warm(pages: bool = True) -> None:
    """Begins to read what a pool needs, for one that is likely to be asked for in a moment; without `pages` what only
    these need is left to whichever worker meets one."""
    with suppress(*_NOT_STARTED):  # whoever asks for a process goes on without one
        if _context(pages).get_start_method() == "forkserver":
            from multiprocessing.forkserver import ensure_running

            ensure_running()


def _begin() -> None:
    """Makes a process one that ends with its parent and by nothing else: an interrupt is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare()
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        try:
            threading.Thread(target=follow, daemon=True).start()
        except RuntimeError:  # no room for it: a process that may stay for ever is none
            os._exit(1)
