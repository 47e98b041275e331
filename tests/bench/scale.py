"""How a large corpus answers: `make bench-scale CORPUS=file.db` (made by `make corpus`). Prints p50, p95 and the most
of each, in milliseconds, and seconds of CPU and memory from the start to the first frame.

First questions to the store, each over a connection of its own and without the answers that are remembered; what the
explorer reads at leisure before (`Reader.prepare`) has been read. Then keys: the explorer paints at 120x40 into a
terminal in memory (`tests.tui.painting`); a key comes as the bytes that a terminal sends, from a thread, and its time
ends when the frame is written from which on the pane shows what it shows at last. So a page counts when its rows are
there, a jump when the first page of its list is, an article when its text is. What a terminal needs to draw a frame is
not in it. Where a key changes nothing (a letter that finds the same page) there is no time.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from store.answers import Filter
from store.database import open_reader
from store.database.kept import forget
from store.database.queries import Reader
from tests.bench.start import Process
from tests.tui.painting import Painted, painted
from tests.tui.ptys import KHABAR, Terminal
from tui.screens.mentions import MentionRows
from tui.widgets.rows import Rows

_TIMES = 25
_TYPED = (
    "بغداد", "القوات", "الرئيس", "الحكومة", "أمريكا", "القوات الأمريكية", "وزير الخارجية", "مجلس الأمن",
    "قوات التحالف", "رئيس الوزراء العراقي", "مجلس الأمن الدولي", "وزير الدفاع الأمريكي",
)  # fmt: skip
_WORDS = (
    "بغداد",
    "القوات",
    "الرئيس",
    "إنهاء",
    "الحكومة",
    "غزة",
    "أمريكا",
    "السعودية",
    "القوات الأمريكية",
    "وزير الخارجية",
)


def main() -> None:
    """Print the figures for the corpus named, or by KHABAR_CORPUS."""
    named = [argument for argument in sys.argv[1:] if argument.endswith(".db")] or [os.environ.get("KHABAR_CORPUS", "")]
    if not named[0]:
        print("scale: name a corpus made by `make corpus`: make bench-scale CORPUS=file.db")
        return
    path = Path(named[0])
    with open_reader(path) as reader:
        print(f"scale: {reader.overview().articles} articles, {path.stat().st_size / 2**20:.0f} MiB")
        begun = time.process_time()
        reader.prepare()
        print(f"prepared in {time.process_time() - begun:.1f} s of CPU")
        for name, question in _questions(reader):
            _report(name, [_timed(path, question, number) for number in range(_TIMES)])
    _start(path)
    asyncio.run(_keys(path))
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _start(path: Path) -> None:
    """Print what a start costs to the first frame that shows articles, and until all of it is known."""
    env = {"KHABAR_CORPUS": str(path), "LANG": "C.UTF-8"}
    cpu, memory, later = [], [], []
    for _ in range(5):
        with Terminal(KHABAR, 120, 40, env) as terminal:
            terminal.wait(lambda text: sum("\ufe70" <= ch <= "\ufeff" for ch in text) > 200)
            used = Process(terminal.pid)
            cpu.append(used.cpu())
            memory.append(used.memory())
            terminal.quiet(3)
            later.append(used.memory())
    print(f"start to the first frame: CPU {statistics.median(cpu):.2f} s (max {max(cpu):.2f}), ", end="")
    print(f"{statistics.median(memory):.0f} MB; {statistics.median(later):.0f} MB when all is known", flush=True)


def _questions(reader: Reader) -> list[tuple[str, Callable[[Reader, int], object]]]:
    chance = random.Random(3)
    groups = dict(reader.entity_groups())
    ranked = groups["LOC"][:20].tolist() + groups["PER"][:200].tolist()
    largest = ranked[:2]
    chance.shuffle(ranked)

    def word(number: int) -> Filter:
        return Filter(query=_WORDS[number % len(_WORDS)])

    def entity(number: int) -> Filter:
        return Filter(entities=(ranked[number % len(ranked)],))

    def two(number: int) -> Filter:
        return Filter(entities=(ranked[number % len(ranked)], ranked[(number + 7) % len(ranked)]))

    def five(number: int) -> list[int]:
        return [*largest, *(ranked[(number + more) % len(ranked)] for more in range(3))]

    def page(reader: Reader, f: Filter) -> object:
        return reader.articles(reader.article_ids(f, most=50), f.query)

    def first(reader: Reader, f: Filter) -> list[int]:
        return [id_ for _, ids in reader.entity_groups(f, most=15) for id_ in ids]

    def sentences(reader: Reader, number: int, most: int) -> object:
        named = ranked[number % len(ranked)]
        return reader.mention_rows(named, reader.mention_ids(named, most=most)[:20])

    return [
        ("all articles, first page", lambda r, n: page(r, Filter())),
        ("all articles, every id", lambda r, n: r.article_ids()),
        ("search to its first page", lambda r, n: page(r, word(n))),
        ("search, every id", lambda r, n: r.article_ids(word(n))),
        ("entity to its articles", lambda r, n: page(r, entity(n))),
        ("two entities to their articles", lambda r, n: page(r, two(n))),
        ("search, its count", lambda r, n: r.count(word(n))),
        ("search, first page by relevance", lambda r, n: r.article_ids(word(n), "relevance", 50)),
        ("named along with one, first page", lambda r, n: r.entities(first(r, entity(n)), entity(n))),
        ("named along with one, all", lambda r, n: r.entity_groups(entity(n))),
        ("entities of a search, first page", lambda r, n: r.entities(first(r, word(n)), word(n))),
        ("entities of a search, all", lambda r, n: r.entity_groups(word(n))),
        ("sentences that name one, first page", lambda r, n: sentences(r, n, 200)),
        ("sentences that name one, every one", lambda r, n: r.mention_ids(ranked[n % len(ranked)])),
        ("entities of all", lambda r, n: r.entity_groups()),
        ("timeline of all, first page", lambda r, n: r.events(r.event_ids(most=50))),
        ("months of an entity", lambda r, n: r.buckets(entity(n), "month")),
        ("timeline of an entity, first page", lambda r, n: r.events(r.event_ids(entity(n), most=50))),
        ("timeline of a search, first page", lambda r, n: r.events(r.event_ids(word(n), most=50))),
        ("months of all", lambda r, n: r.buckets(Filter(), "month")),
        ("months of a search", lambda r, n: r.buckets(word(n), "month")),
        ("trend of five names by month", lambda r, n: r.trends(five(n))),
        ("trend of five names of a search by day", lambda r, n: r.trends(five(n), word(n), "day")),
        ("one article", lambda r, n: r.article(1 + n * 997 % 1000)),
    ]


def _timed(path: Path, question: Callable[[Reader, int], object], number: int) -> float:
    forget()
    begun = time.perf_counter()
    with open_reader(path) as reader:
        question(reader, number)
    return 1000 * (time.perf_counter() - begun)


_DOWN, _PAGE_DOWN, _BACK, _ENTER, _ESCAPE = "\x1b[B", "\x1b[6~", "\x7f", "\r", "\x1b"
_FOLLOWED = 0.25
"""Seconds after which the reader has followed the cursor of a list."""
_BETWEEN_LETTERS = 0.08
"""Seconds between two letters of somebody who types fast."""


async def _keys(path: Path) -> None:
    async with painted(path) as khabar:
        rows = khabar.explorer.rows

        def articles() -> Rows[Any]:
            return rows("articles")

        await khabar.press("1")
        for name, keys in (("↓ in the list", _DOWN * 100), ("PgDn", _PAGE_DOWN * _TIMES), ("G, then g", "Gg" * 10)):
            each = re.findall("\x1b\\[[0-9A-Z]~?|.", keys)
            _report(f"key {name}", [await khabar.time(key, articles, _FOLLOWED) for key in each])
        jumps, backs = [], []
        for number in range(_TIMES):
            await khabar.press("2")
            await khabar.press(_DOWN * (1 + number % 3))
            jumps.append(await khabar.time("a", articles))
            backs.append(await khabar.time(_BACK, lambda: rows(khabar.explorer.list)))
        _report("jump entity → articles", jumps)
        _report("back", backs)
        lists, ends = [], []
        for number in range(_TIMES):
            await khabar.press("2")
            await khabar.press(_DOWN * (1 + number % 3))
            lists.append(await khabar.time("s", lambda: khabar.app.screen.query_one(MentionRows)))
            ends.append(await khabar.time("G", lambda: khabar.app.screen.query_one(MentionRows)))
            await khabar.press(_BACK)
        _report("entity → its sentences", lists)
        _report("G among these", ends)
        opened = []
        for _ in range(_TIMES):
            await khabar.press("1", _FOLLOWED)
            await khabar.press(_PAGE_DOWN, _FOLLOWED)
            await khabar.send(_DOWN)  # and at once Enter: the reader has not followed yet
            opened.append(await khabar.time(_ENTER, lambda: khabar.explorer.reader))
        _report("open an article", opened)
        await khabar.press("1", _FOLLOWED)
        for count in (1, 2, 3):
            typed = [await _type(khabar, query) for query in _TYPED if len(query.split()) == count for _ in range(2)]
            _report(f"last letter of a search, {count} words", typed)


async def _type(khabar: Painted, query: str) -> float | None:
    """From the last letter of a query to the first page of what it finds; then all is as before."""
    await khabar.press("/")
    for letter in query[:-1]:
        await khabar.send(letter)
        await asyncio.sleep(_BETWEEN_LETTERS)
    took = await khabar.time(query[-1], lambda: khabar.explorer.rows("articles"))
    await khabar.press(_ESCAPE)
    return took


def _report(name: str, times: Sequence[float | None]) -> None:
    """Print what was measured; None where a key changed nothing."""
    ordered = sorted(time for time in times if time is not None)
    if not ordered:
        return
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    line = f"{name:36} p50 {p50:8.1f}   p95 {p95:8.1f}   most {ordered[-1]:8.1f} ms ({len(ordered)})"
    # what is printed while Textual runs goes to Textual
    print(line, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
