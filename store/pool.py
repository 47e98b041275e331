"""Extraction in processes of this machine.

They come from a server process that has read all lexicons and models once and nothing else, so they share its memory
and have neither the corpus nor a terminal of the one that asks. They end with it, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing.context import BaseContext
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

_SOCKET = 103
"""Bytes of a path that every system takes for a socket: 107 with Linux (unix(7)), 103 with macOS and the BSDs."""


class Pool:
    """Workers (`store.extraction.Workers`) beside this process."""

    def __init__(self, number: int) -> None:
        self.number, self.batch = number, BATCH
        self._others = set(multiprocessing.active_children())
        self._under_way: deque[Future[bytes]] = deque(maxlen=_REMEMBERED)
        self._context = _context()
        self._executor = self._start(number)

    def _start(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, self._context, _begin)

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        """Begins to extract a batch."""
        try:
            packed = self._executor.submit(_packed, items, given)
        except BrokenExecutor:
            self._executor.shutdown()
            self._executor = self._start(self.number)
            packed = self._executor.submit(_packed, items, given)
        self._under_way.append(packed)
        future: Future[list[list[Result]]] = Future()
        packed.add_done_callback(partial(_hand_on, future))
        return future

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
        """Does something in a process of its own. Raises BrokenExecutor when that ends unexpectedly."""
        with self._start(1) as executor:
            return executor.submit(work, *given).result()

    def close(self) -> None:
        """Stops what is still under way, and waits until the processes have ended."""
        if any(not future.done() for future in self._under_way):
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        # Waiting, as its thread closes files that others would be opened under the numbers of.
        self._executor.shutdown(cancel_futures=True)


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
        context.set_forkserver_preload([_READY, _PAGES] if pages else [_READY])
    return context


def _has_room() -> bool:
    """Whether the server's socket can lie in the folder of temporary files: paths of sockets are bounded."""
    return len(os.fsencode(tempfile.gettempdir())) + len("/pymp-12345678/listener-12345678") <= _SOCKET


def warm(pages: bool = True) -> None:
    """Begins to read what a pool needs, for one that is likely to be asked for in a moment; without `pages` what only
    these need is left to whichever worker meets one."""
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

        threading.Thread(target=follow, daemon=True).start()
