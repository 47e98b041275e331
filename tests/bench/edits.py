"""How soon an edit of much shows: two entities of 100,000 mentions each are merged, that is undone and redone.

`python -m tests.bench edits` makes a corpus of 20,000 articles, `python -m tests.bench.edits FILE` takes a copy of one.
Entities are first merged into two until each has so many mentions, or a third of all; what is then measured is the edit
itself, and the first page that shows its effect.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from store.answers import Filter
from store.database import backup, open_reader, open_writer
from store.database.queries import Reader
from store.database.writing import Writer
from tests.bench import corpus

MENTIONS = 100_000


def main() -> None:
    """Prints the figures."""
    given = next((argument for argument in sys.argv[1:] if argument.isdigit() or Path(argument).is_file()), "20000")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        if given.isdigit():
            base = Path(folder) / "base.db"
            corpus._make_base(base, Path(folder))
            corpus.make(base, path, int(given))
        else:
            backup(given, path)
        measure(path)


def measure(path: Path) -> None:
    """Merges the two entities that are named most, undoes and redoes it."""
    with open_writer(path) as writer, open_reader(path) as reader:
        reader.prepare()
        one, other = _two(writer, reader)
        for id_ in (one, other):
            row = reader.entity(id_)
            print(f"{row.name}: {row.mentions} mentions in {row.articles} articles")
        both = reader.count(Filter(entities=(one,), copies=True)), reader.count(Filter(entities=(other,), copies=True))
        _timed("merge", lambda: writer.merge_entities([other], one), reader, one)
        merged = reader.entity(one)
        print(f"{merged.name}: {merged.mentions} mentions in {merged.articles} articles")
        _timed("undo", writer.undo, reader, one)
        _timed("redo", writer.redo, reader, one)
        _timed("rename", lambda: writer.rename_entity(one, "اسم آخر"), reader, one)
        _timed("hide", lambda: writer.hide_entity(one), reader, other)
        writer.undo()
        writer.undo()
        writer.undo()
        assert both == tuple(reader.count(Filter(entities=(id_,), copies=True)) for id_ in (one, other))


def _two(writer: Writer, reader: Reader) -> tuple[int, int]:
    """The two entities named most, each with as many others as it takes to have so many mentions."""
    ids = [id_ for _, of_kind in reader.entity_groups(most=200) for id_ in of_kind]
    rows = sorted(reader.entities(ids), key=lambda row: -row.mentions)
    share = min(MENTIONS, sum(row.mentions for row in rows) // 3)
    found: list[int] = []
    for _ in range(2):
        into, mentions = rows.pop(0), 0
        mentions = into.mentions
        others: list[int] = []
        while mentions < share and rows:
            others.append(rows[0].id)
            mentions += rows.pop(0).mentions
        writer.merge_entities(others, into.id)
        found.append(into.id)
    return found[0], found[1]


def _timed(what: str, edit: Callable[[], object], reader: Reader, entity: int) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    edit()
    stored = time.perf_counter() - wall, time.process_time() - cpu
    reader.entities([entity])
    reader.articles(reader.article_ids(Filter(entities=(entity,)), most=50))
    shown = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"{what}: stored after {stored[0] * 1000:.0f} ms ({stored[1] * 1000:.0f} of CPU),"
        f" the first page shows it after {shown[0] * 1000:.0f} ms ({shown[1] * 1000:.0f} of CPU)"
    )


if __name__ == "__main__":
    main()
