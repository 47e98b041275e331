"""How long a key waits in the explorer while it works at something long: an export of 100,000 rows, and a merge of two
entities of 90,000 mentions and more, each beside the same keys at rest.

The explorer runs in a real pseudo-terminal and is driven by keys alone; a key ends when the cursor of the list stands
where the key has sent it. The corpus is a copy of KHABAR_CORPUS, else of 20,000 articles; `python -m tests.bench waits
what=export` or `… what=merge` measures one of both.
"""

from __future__ import annotations

import os
import random
import re
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.database import backup, open_reader, open_writer
from tests.bench import corpus
from tests.bench.start import Process
from tests.tui.ptys import KHABAR, Terminal

MENTIONS = 90_000
_EXPORTS = (
    ("mentions", "CSV", "csv"),
    ("articles", "JSON", "jsonl"),
    ("who is named", "GEXF", "gexf"),
    ("a report", "HTML", "html"),
)
"""What is exported: words of a line of what is offered, and the file's suffix."""
ROWS = 100_000
_AT_REST, _MERGES = 100, 10
_PAUSE = 0.03, 0.25
"""Seconds between a frame and the next key, at least and at most: a person's."""
_LONGEST = 10.0
_BEHIND = 4
"""So many keys more are pressed when an edit is shown: numbers and other lists are asked for behind it."""


class Keys:
    """An explorer with the cursor in its list of names, and how long keys take that move it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._chance = random.Random(9)
        self._down = True
        terminal.wait(lambda text: sum("\ufe70" <= letter <= "\ufeff" for letter in text) > 200)
        for key in "2Zg":  # the pane alone, so that nothing else is painted
            terminal.send(key)
            terminal.quiet(0.7)
        assert self._line() is not None, f"the cursor is not seen:\n{terminal.text()}"

    def _line(self) -> int | None:
        """The line that the cursor stands on."""
        buffer, middle = self.terminal.screen.buffer, self.terminal.screen.columns // 2
        return next((line for line in range(1, len(buffer) - 2) if buffer[line][middle].reverse), None)

    def choose(self, what: str, form: str) -> None:
        """Open what can be exported, and choose what is offered last of these words."""
        self.terminal.send("x")
        self.terminal.quiet(0.5)
        self.terminal.send("G")
        self.terminal.quiet(0.3)
        while (line := self._line()) is not None:
            said = self.terminal.screen.display[line]
            if what in said and form in said:
                self.terminal.send("\r")
                self.terminal.quiet(0.5)
                return
            self.terminal.send("k")
            self.terminal.quiet(0.1)
        raise AssertionError(f"no {what} as {form}:\n{self.terminal.text()}")

    def down(self) -> None:
        """The next key goes down."""
        self._down = True

    def rest(self, seconds: float) -> None:
        """Read for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.terminal._read(left)

    def press(self) -> float:
        """Milliseconds from a key to the frame in which the cursor is on the next row, the pause before it left out.

        Rows are known by their names: a list may be shown anew meanwhile.
        """
        self.rest(self._chance.uniform(*_PAUSE))
        line = self._line()
        assert line is not None, f"the cursor is not seen:\n{self.terminal.text()}"
        wanted, begun = self._name(line + (1 if self._down else -1)), time.perf_counter()
        self.terminal.send("j" if self._down else "k")
        self._down = not self._down
        while True:
            ready, _, _ = select.select([self.terminal._fd], [], [], _LONGEST)
            came = time.perf_counter()
            if not ready or came - begun > _LONGEST:
                raise AssertionError(f"the cursor did not come to {wanted}:\n{self.terminal.text()}")
            self.terminal._read(0)
            if (line := self._line()) is not None and self._name(line) == wanted:
                return (came - begun) * 1000

    def _name(self, line: int) -> str:
        return self.terminal.screen.display[line][-40:]

    @property
    def entities(self) -> str:
        """How many entities the list has, as its frame says."""
        return re.sub(r"\D", "", self.terminal.screen.display[-3])

    def while_(self, holds: Callable[[str], bool]) -> list[float]:
        """Press keys as long as something holds of what is shown."""
        found = []
        while holds(self.terminal.text()):
            found.append(self.press())
        return found

    def edit(self, key: str) -> tuple[list[float], float]:
        """Press a key of an edit by which entities come or go: how long other keys wait until the list shows that and
        a little longer, and after how many milliseconds the list shows it."""
        before, begun, times = self.entities, time.perf_counter(), list[float]()
        self.terminal.send(key)
        while self.entities in ("", before):  # for a moment it may say that they are being counted
            times.append(self.press())
        shown = (time.perf_counter() - begun) * 1000
        return times + [self.press() for _ in range(_BEHIND)], shown


def main() -> None:
    """Print the figures."""
    wanted = [name for name in ("export", "merge") if f"what={name}" in sys.argv] or ["export", "merge"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        named = os.environ.get("KHABAR_CORPUS")
        if named:
            backup(named, path)
        else:
            base = Path(folder) / "base.db"
            corpus._make_base(base, Path(folder))
            corpus.make(base, path, 20_000)
        if "export" in wanted:
            _export(path, Path(folder))
        if "merge" in wanted:
            _merge(path)


@contextmanager
def _explorer(path: Path) -> Iterator[Keys]:
    env = {"KHABAR_CORPUS": str(path), "LANG": "C.UTF-8", "KHABAR_TOUR": "0"}
    with tempfile.TemporaryDirectory() as state, Terminal(KHABAR, 120, 40, env | {"XDG_STATE_HOME": state}) as terminal:
        keys = Keys(terminal)
        _told("at rest", [keys.press() for _ in range(_AT_REST)])
        yield keys
        terminal.send("q")
        terminal.ended()


def _export(path: Path, folder: Path) -> None:
    for what, form, suffix in _EXPORTS:
        with _explorer(path) as keys:
            target = folder / f"out.{suffix}"
            keys.choose(what, form)
            for typed in ("\x15", str(target)):
                keys.terminal.send(typed)
                keys.terminal.quiet(0.5)
            used, begun = Process(keys.terminal.pid).cpu(), time.monotonic()
            keys.terminal.send("\r")
            keys.terminal.wait(lambda text: "x stops it" in text)
            times = keys.while_(lambda text: 0 <= _written(text) < ROWS)
            seconds, used = time.monotonic() - begun, Process(keys.terminal.pid).cpu() - used
            written = _written(keys.terminal.text())
            if written >= 0:
                keys.terminal.send("x")
            rows = f"the first {written:,} pieces" if written >= 0 else f"{target.stat().st_size / 1e6:.0f} MB"
            _told(f"during an export of {what} as {suffix}, {rows}, {seconds:.0f} s, {used:.0f} of CPU", times)


def _written(text: str) -> int:
    """How many pieces the status line says are written; -1 when it says nothing of them."""
    found = re.search(r"exporting: ([\d,]+), x stops it", text)
    return int(found[1].replace(",", "")) if found else -1


def _merge(path: Path) -> None:
    names = _two(path)
    with _explorer(path) as keys:
        print(f"merged are {names}")
        times, shown = list[float](), list[float]()
        for _ in range(_MERGES):
            for key in "g*":  # the cursor is on the second then
                keys.terminal.send(key)
                keys.rest(0.4)
            keys.down()
            for key in "mu":
                waited, after = keys.edit(key)
                times += waited
                shown.append(after)
        _told(f"during {_MERGES} merges and their undoing", times)
        print(f"the list shows them after {statistics.median(shown):.0f} ms (most {max(shown):.0f})")


def _two(path: Path) -> str:
    """Makes two people of so many mentions each, so that they head the list; says how many they have."""
    with open_writer(path) as writer, open_reader(path) as reader:
        groups = dict(reader.entity_groups(most=400))
        into = [int(id_) for id_ in groups["PER"][:2]]
        ids = [int(id_) for of_kind in groups.values() for id_ in of_kind if id_ not in into]
        rows = sorted(reader.entities(ids), key=lambda row: -row.mentions)
        for one in into:
            mentions, others = reader.entity(one).mentions, list[int]()
            while mentions < MENTIONS * 1.05 and rows:
                others.append(rows[0].id)
                mentions += rows.pop(0).mentions
            writer.merge_entities(others, one)
        both = [reader.entity(one) for one in into]
        return " and ".join(f"{row.mentions:,} mentions in {row.articles:,} articles" for row in both)


def _told(what: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    print(
        f"{what}: a key waits {statistics.median(ordered):.0f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.0f},"
        f" most {ordered[-1]:.0f} ({len(ordered)} keys, {sum(one > 100 for one in ordered)} of them over 100 ms)",
        flush=True,
    )


if __name__ == "__main__":
    main()
