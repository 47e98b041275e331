"""How soon the list of all that is said opens: the samples' statements as those of 100,000 articles."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from store.answers import Filter
from store.database import open_reader
from store.ingest import add
from store.spoken import Wanted
from tui.screens.history import Spot
from tui.screens.lists import Statements

ROOT = Path(__file__).parents[2]
_ARTICLES = 100_000


def many(path: Path, articles: int = _ARTICLES) -> None:
    """A corpus of the samples with so many rows of articles and of what is said: the samples again and again."""
    list(add(path, [ROOT / "seeds"]))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("CREATE TEMP TABLE n(k)")
        connection.executemany("INSERT INTO n VALUES (?)", [(k,) for k in range(1, articles // 5)])
        # older than the samples, which alone have texts to show
        (oldest,) = connection.execute("SELECT min(moment) FROM articles WHERE published IS NOT NULL").fetchone()
        connection.execute(
            "INSERT INTO articles SELECT a.id + 5 * k, ? - k, a.outlet_id, a.title, a.path, a.published, a.basis,"
            " a.reason FROM n, articles a WHERE a.id <= 5",
            (oldest,),
        )
        connection.execute(
            "INSERT INTO spoken SELECT s.article_id + 5 * k, s.said FROM n, spoken s WHERE s.article_id <= 5"
        )
    connection.close()


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        many(path)
        denied, asked = Wanted(kinds=("denied",)), Wanted(kinds=("asked",), direct=True)
        for name, wanted in (("all", Wanted()), ("denied", denied), ("asked in quotation marks", asked)):
            listed = Statements(wanted, Filter(copies=True))
            with open_reader(path) as reader:
                begun = time.process_time()
                found = listed.first(reader, Spot(), 2)
                first = time.process_time() - begun
                begun = time.process_time()
                more = listed.more(reader, found.next) if found.next is not None else found
                later = time.process_time() - begun
            print(
                f"{name}: {len(found.listing)} at once in {1000 * first:.0f} ms of CPU,"
                f" a further page of {len(more.listing)} in {1000 * later:.0f} ms"
            )
        with open_reader(path) as reader:
            begun = time.process_time()
            count = len(reader.statement_ids(Filter(copies=True)))
            print(f"all {count:,} without pages: {1000 * (time.process_time() - begun):.0f} ms")


if __name__ == "__main__":
    main()
