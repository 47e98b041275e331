"""How a large corpus answers: `make bench-scale CORPUS=file.db` (made by `make corpus`). Prints p50, p95 and the most
of each, in milliseconds: questions to the store, and keys in the explorer to the frame that shows what they ask for
(Textual's pilot included, which waits some 80 ms for each key)."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from store.database import open_reader
from store.database.queries import Reader
from store.models import ArticleRow, Filter
from tests.tui.screens.driving import Driver, explorer

_TIMES = 25
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
        for name, question in _questions(reader):
            _report(name, [_timed(path, question, number) for number in range(_TIMES)])
    asyncio.run(_keys(path))
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _questions(reader: Reader) -> list[tuple[str, Callable[[Reader, int], object]]]:
    chance = random.Random(3)
    groups = dict(reader.entity_groups())
    ranked = groups["LOC"][:20].tolist() + groups["PER"][:200].tolist()
    chance.shuffle(ranked)

    def word(number: int) -> Filter:
        return Filter(query=_WORDS[number % len(_WORDS)])

    def entity(number: int) -> Filter:
        return Filter(entities=(ranked[number % len(ranked)],))

    def two(number: int) -> Filter:
        return Filter(entities=(ranked[number % len(ranked)], ranked[(number + 7) % len(ranked)]))

    def page(reader: Reader, f: Filter) -> object:
        return reader.articles(reader.article_ids(f, most=50), f.query)

    return [
        ("all articles, first page", lambda r, n: page(r, Filter())),
        ("all articles, every id", lambda r, n: r.article_ids()),
        ("search to its first page", lambda r, n: page(r, word(n))),
        ("search, every id (its count)", lambda r, n: r.article_ids(word(n))),
        ("entity to its articles", lambda r, n: page(r, entity(n))),
        ("two entities to their articles", lambda r, n: page(r, two(n))),
        ("entities named along with one", lambda r, n: r.entity_groups(entity(n))),
        ("entities of a search", lambda r, n: r.entity_groups(word(n))),
        ("entities of all", lambda r, n: r.entity_groups()),
        ("timeline of all, first page", lambda r, n: r.events(r.event_ids(most=50))),
        ("timeline of an entity, first page", lambda r, n: r.events(r.event_ids(entity(n), most=50))),
        ("timeline of a search, first page", lambda r, n: r.events(r.event_ids(word(n), most=50))),
        ("months of all", lambda r, n: r.buckets(Filter(), "month")),
        ("months of a search", lambda r, n: r.buckets(word(n), "month")),
        ("one article", lambda r, n: r.article(1 + n * 997 % 1000)),
    ]


def _timed(path: Path, question: Callable[[Reader, int], object], number: int) -> float:
    begun = time.perf_counter()
    with open_reader(path) as reader:
        question(reader, number)
    return 1000 * (time.perf_counter() - begun)


async def _keys(path: Path) -> None:
    async with explorer(path, (120, 40)) as khabar:
        rows = khabar.explorer.rows

        def shows_articles() -> bool:
            pane = rows("articles")
            return bool(pane.ids) and isinstance(pane.row(pane.ids[0]), ArticleRow)

        await khabar.press("1")
        _report("key ↓ in the list", [await _press(khabar, "down", lambda: True) for _ in range(_TIMES)])
        _report("key PgDn", [await _press(khabar, "pagedown", lambda: True) for _ in range(_TIMES)])
        _report("key G, then g", [await _press(khabar, key, lambda: True) for key in ("G", "g") * 10])
        jumps, backs = [], []
        for number in range(_TIMES):
            await khabar.press("2", *["down"] * (number % 3))
            jumps.append(await _press(khabar, "a", lambda: bool(khabar.explorer.filter.entities) and shows_articles()))
            await khabar.settle()
            backs.append(
                await _press(khabar, "backspace", lambda: khabar.explorer.filter == Filter() and shows_articles())
            )
            await khabar.settle()
        _report("jump entity → articles", jumps)
        _report("back", backs)
        opened = []
        for _ in range(_TIMES):
            await khabar.press("1", "down")
            wanted = rows("articles").current_id
            opened.append(await _press(khabar, "enter", partial(_is_open, khabar, wanted)))
        _report("open an article", opened)


def _is_open(khabar: Driver, article: int | None) -> bool:
    shown = khabar.explorer.reader.article
    return khabar.explorer.pane == "reader" and shown is not None and shown.row.id == article


async def _press(khabar: Driver, key: str, done: Callable[[], bool]) -> float:
    begun = time.perf_counter()
    await khabar.pilot.press(key)
    while not done():
        await khabar.pilot.pause()
    await khabar.pilot.pause()
    return 1000 * (time.perf_counter() - begun)


def _report(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:36} p50 {p50:8.1f}   p95 {p95:8.1f}   most {ordered[-1]:8.1f} ms", flush=True)


if __name__ == "__main__":
    main()
