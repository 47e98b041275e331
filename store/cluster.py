"""Extraction on the workers of an existing Dask cluster (the extra `khabar[cluster]`; docs/cluster.md).

This process alone reads, stores and writes. A task is a batch of documents, packed here, so that no machine on the way
looks into it; what comes back is what `store.extraction.extract` returns, so it does not matter which worker did it, or
how often. Whoever reaches the scheduler can have any code run by the workers, and this process unpacks their answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from store.carrying import pack, unpack
from store.cluster_address import connected, in_words, library, patience, scheduler
from store.cluster_work import ENCODER, Answer, Naming, Task, Work, work
from store.errors import ClusterError
from store.extraction import BATCH, Given, Item, Result
from store.fingerprint import differences, fingerprint
from store.naming import Named, Text, name, trial

if TYPE_CHECKING:
    from distributed import Future as UnderWay

T = TypeVar("T")

_MOST = 64
"""Documents of the largest batch."""
_SHARE = 0.04
"""Of the time of extraction, what else a worker may do before batches become larger: below the 5 % that are promised,
and above what packing the results takes in any case."""
_JUDGED = 8
"""Batches after which it is judged."""
_LEAVING = 5.0
"""Most seconds to take leave of a scheduler."""
_LOOK = 1.0
"""Seconds between two looks at which workers there are."""


@dataclass(slots=True)
class Measured:
    """What batches took on the workers, in seconds of processors."""

    batches: int = 0
    documents: int = 0
    spent: float = 0.0
    """In extraction."""
    other: float = 0.0
    """In everything else: messages, packing, the worker's own housekeeping."""


class Pace:
    """How many documents a batch has, learnt from what batches cost."""

    def __init__(self) -> None:
        self.batch = BATCH
        self.all = Measured()
        self._lately = Measured()

    def take(self, documents: int, spent: float, other: float) -> None:
        """Learns from one more batch."""
        for one in (self.all, self._lately):
            one.batches += 1
            one.documents += documents
            one.spent += spent
            one.other += other
        if self._lately.batches >= _JUDGED:
            if self._lately.other > _SHARE * self._lately.spent:
                self.batch = min(_MOST, 2 * self.batch)
            self._lately = Measured()


class Cluster:
    """Workers (`store.extraction.Workers`) of other machines; those that join later work along."""

    def __init__(self, address: str, limit: float | None = None) -> None:
        """Connects to the scheduler at `tcp://…` or `tls://…`, or that of a scheduler file, and sees to it that the
        workers there would find what this machine finds. `limit` is the most seconds to wait for either, by default
        what Dask's configuration says. Raises ClusterError."""
        distributed = library()
        self.address, self._limit = scheduler(address), limit or patience()
        self.number = 0
        self.pace = Pace()
        self._given_up: str | None = None
        self._closing = False
        self._under_way: set[UnderWay] = set()
        self._answering: set[asyncio.Task[Any]] = set()
        self._asked: set[Coroutine[Any, Any, list[Any]]] = set()
        self._watching: Future[None] | None = None
        self._client = connected(distributed, self.address, self._limit)
        try:
            asyncio.run_coroutine_threadsafe(self._meet(), self._loop).result(2 * self._limit)
        except BaseException as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise ClusterError("does not answer", self.address, "see whether its workers are well") from error
            raise
        self._watching = asyncio.run_coroutine_threadsafe(self._watch(), self._loop)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    @property
    def batch(self) -> int:
        """Most documents of a batch, as things are."""
        return self.pace.batch

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop
        return loop

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        """Begins to extract a batch. The future raises BrokenExecutor where workers ended again and again over it, and
        ClusterError where the cluster is of no use any more."""
        return self._begin(Task(tuple(items), given), len(items), fingerprint())

    def alone(self, item: Item, given: Given) -> list[Result]:
        """Extracts one document in a process of this machine: it may have ended workers enough."""
        from store.pool import Pool

        return Pool(1).alone(item, given)

    def name(self, texts: Sequence[Text]) -> Future[list[Named]]:
        """Begins to look for the names of a batch of texts by the accurate pass, on workers whose encoder computes what
        that of this machine does (`store.naming.trial`). Raises as `submit` does, and StoreError where this machine
        has no encoder; so does the future."""
        return self._begin(Naming(tuple(texts)), len(texts), fingerprint() | {ENCODER: trial()})

    def name_alone(self, text: Text) -> Named:
        """Names one text in a process of this machine: it may have ended workers enough."""
        from store.pool import Pool

        try:
            return Pool(1).apart(name, [text])[0]
        except BrokenExecutor:
            return "ended the process that looked for names in it, which may have had too little memory"

    def _begin(self, task: Work, number: int, expected: Mapping[str, str]) -> Future[list[Any]]:
        packed = pack(task)
        try:
            under_way = self._client.submit(work, packed, expected, pure=False)
        except Exception as error:  # Dask raises no other class for a client that has lost its scheduler
            raise self._gone(error) from error
        self._under_way.add(under_way)
        answer = self._answer(under_way, number, expected)
        self._asked.add(answer)
        future = asyncio.run_coroutine_threadsafe(answer, self._loop)
        future.add_done_callback(lambda _future: self._asked.discard(answer))
        return future

    def close(self) -> None:
        """Stops what is still under way: what no worker has begun is dropped, what one is at is not waited for."""
        self._closing = True
        if self._watching is not None:
            self._watching.cancel()
        with contextlib.suppress(Exception):  # it may be gone already
            self._client.close(timeout=min(self._limit, _LEAVING))
        for one in list(self._asked):  # an interrupt may come before the loop has begun with it: it never will
            if inspect.getcoroutinestate(one) == inspect.CORO_CREATED:
                one.close()

    async def _meet(self) -> None:
        """Waits for the first worker, and asks all that are there what they are."""
        try:
            await self._client.wait_for_workers(1, timeout=self._limit)
            found: dict[str, Any] = await self._client.run(fingerprint, on_error="return")
        except TimeoutError as error:
            raise ClusterError("has no worker", self.address, f"start one: dask worker {self.address}") from error
        except (OSError, RuntimeError) as error:  # the connection, or the client that closes with it
            raise self._gone(error) from error
        for worker, there in sorted(found.items()):
            if isinstance(there, Mapping):
                _compare(there, self.address, worker, fingerprint())
            elif not isinstance(there, OSError):  # one that has just left
                raise _unusable(self.address, worker, there)
        self.number = max(1, len(found))

    async def _watch(self) -> None:
        """Keeps an eye on how many workers there are, and gives up when there are none for too long, or when the
        scheduler takes what it is told and says nothing."""
        without = 0.0
        while True:
            await asyncio.sleep(_LOOK)
            try:
                number = len(await asyncio.wait_for(self._client.nthreads(), 2 * self._limit))
            except TimeoutError:
                await self._give_up(f"has not answered for {2 * self._limit:.0f} s")
                continue
            except OSError:  # what is under way says so, too
                continue
            self.number = max(1, number)
            without = 0.0 if number else without + _LOOK
            if without >= self._limit and self._under_way:
                await self._give_up(f"has had no worker for {without:.0f} s")

    async def _give_up(self, why: str) -> None:
        self._given_up = why
        with contextlib.suppress(Exception):  # whether it hears that or not
            await asyncio.wait_for(self._client.cancel(list(self._under_way)), min(self._limit, _LEAVING))
        for one in list(self._answering):
            one.cancel()

    async def _answer(self, task: UnderWay, documents: int, expected: Mapping[str, str]) -> list[Any]:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        own = asyncio.current_task()
        assert own is not None
        self._answering.add(own)
        try:
            (packed,) = await self._client.gather([task])
            answer = unpack(packed, Answer)
        except KilledWorker as error:
            raise BrokenExecutor(str(error)) from error
        except (asyncio.CancelledError, CancelledError) as error:
            if self._closing:
                raise
            raise self._gone() from error
        except CommClosedError as error:  # before the client has noticed
            raise self._gone(error) from error
        except Exception as error:  # whatever a worker raised comes out here
            raise _unusable(self.address, "", error) from error
        finally:
            self._under_way.discard(task)
            self._answering.discard(own)
        if answer.results is None:
            _compare(answer.fingerprint, self.address, answer.worker, expected)
            raise AssertionError
        self.pace.take(documents, answer.spent, answer.other)
        return answer.results

    def _gone(self, error: BaseException | None = None) -> ClusterError:
        return ClusterError(
            self._given_up or f"is gone{in_words(error) if error else ''}",
            self.address,
            "what was added stays; run the same command again when the cluster is there",
        )


def _compare(there: Mapping[str, str], address: str, worker: str, expected: Mapping[str, str]) -> None:
    unlike = differences(expected, there)
    if not unlike:
        return
    remedy = "install the same khabar[cluster] on all machines"
    if not differences({**expected, ENCODER: ""}, {**there, ENCODER: ""}):  # the same khabar on other processors
        remedy = "use machines with like processors, or leave the accurate pass to this one"
    raise ClusterError(f"the worker {worker} would find something else: it has {unlike}", address, remedy)


def _unusable(address: str, worker: str, error: BaseException) -> ClusterError:
    if isinstance(error, ImportError) or "deserialization" in str(error):
        who = f"the worker {worker}" if worker else "one of its machines"
        remedy = "install the same khabar[cluster] on all machines, the scheduler's too"
        return ClusterError(f"{who} has no khabar that can be used{in_words(error)}", address, remedy)
    return ClusterError(f"failed{in_words(error)}", address, "look into the logs of scheduler and workers")
