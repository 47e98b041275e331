"""Workers that are asked again and again, with hours between, as a watch does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from store.extraction import Given, Item, Result, Workers

W = TypeVar("W", bound=Workers)


class Lasting(Generic[W]):
    """Workers (`store.extraction.Workers`) that are still there when they were closed, and are connected with anew when
    they are needed after they were lost."""

    def __init__(self, connect: Callable[[], W]) -> None:
        """Connects. Raises what that raises; so do `number` and `submit` when it has to be done again."""
        self._connect = connect
        self._workers: W | None = connect()
        self._under_way: set[Future[list[list[Result]]]] = set()

    def __enter__(self) -> Lasting[W]:
        return self

    def __exit__(self, *_what: object) -> None:
        self.leave()

    @property
    def workers(self) -> W:
        """They themselves."""
        if self._workers is None:
            self._workers = self._connect()
        return self._workers

    @property
    def number(self) -> int:
        """How many work at once, as things are."""
        return self.workers.number

    @property
    def batch(self) -> int:
        """Most documents of a batch, as things are."""
        return self.workers.batch

    def submit(self, items: Sequence[Item], given: Given) -> Future[list[list[Result]]]:
        """Begins to extract a batch."""
        future = self.workers.submit(items, given)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def alone(self, item: Item, given: Given) -> list[Result]:
        """Extracts what may have ended a worker, and survives it."""
        return self.workers.alone(item, given)

    def close(self) -> None:
        """Stops what is still under way, if anything is."""
        if any(not future.done() for future in list(self._under_way)):
            self.leave()

    def leave(self) -> None:
        """Takes leave of them, until they are needed again."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None
        self._under_way.clear()
