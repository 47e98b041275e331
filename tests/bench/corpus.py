"""`make corpus N=1000000`: a corpus of any size, made of the sentences of real articles, the same every time.

The articles of KHABAR_DATA (else the samples) are added to a corpus in the usual way; its sentences, with the names and
dates found in them, are then put together anew, ten or so to an article, and written with all that hangs on them. Names
keep the skew they have in the news; some articles are another outlet's copy of one of those days, whole or cut. What
extraction and joining would cost is left out, what writing costs is not:
the rate is printed. `python -m tests.bench.corpus N FILE`.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import itertools
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
import numpy as np

from store.database import entity_sets, open_writer, word_sets
from store.database.documents import SHARED
from store.database.events import bucket
from store.database.moments import day_number, moment
from store.database.packing import pack, teach
from store.database.sources import sentence_code
from store.database.word_forms import fill
from store.ingest import add
from store.resolve.copies import body_words, packed, sketch
from store.samples import seeds
from store.text.query import index_words

BASE = 4_000
"""So many real articles the sentences are taken from."""
_BATCH = 5_000
_TITLE = 110
"""So many code points a sentence has at most that becomes a title; real ones have 40 to 90."""
_SEED = 20
_TITLE_RULE, _BODY_RULE, _ORIGIN = 1001, 1002, 1
_ADDED = 1_767_225_600
_SAME = sum(1 << at for at, (column, _) in enumerate(SHARED) if column not in ("title", "outlet", "clean_outlet"))
_COPIED_OF_100 = 8
"""So many of a hundred articles are copies of one before them."""
_FIRST, _DAYS = date(2012, 1, 1), 5_000
_COPIED = (
    "outlets", "extractors", "grounds", "block_rules", "expressions", "meanings", "stretches", "names", "forms",
    "name_words", "sounds", "entities",
)  # fmt: skip


@dataclass(slots=True)
class Piece:
    """A sentence with what was found in it, offsets from its start."""

    text: str
    words: str
    code: int
    used: int = 0
    names: list[int] = field(default_factory=list)
    """Ids of its names, one for each mention."""
    mentions: list[tuple[Any, ...]] = field(default_factory=list)
    dates: list[tuple[Any, ...]] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    sketch: Any = None
    """MinHash of its runs of words: those of an article are its sentences' least, but for runs across sentences."""


def main() -> None:
    """Make the corpus and print how fast."""
    if len(sys.argv) < 3:
        print("corpus: say how large and where: make corpus N=100000 OUT=file.db")
        return
    number, target = int(sys.argv[1]), Path(sys.argv[2])
    if target.exists():
        raise SystemExit(f"{target} is there already: name another file")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.db"
        _make_base(base, Path(folder))
        seconds = make(base, target, number)
    begun = time.process_time()
    with open_writer(target) as writer, click.progressbar(length=number, label="finding copies") as steps:
        for left in writer.place_copies():
            steps.update(number - left - steps.pos)
        writer.settle()
    placing = time.process_time() - begun
    size = target.stat().st_size
    with sqlite3.connect(target) as made:
        teach(made)
        text = made.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts").fetchone()[0]
        copies, stories = (made.execute(f"SELECT count(*) FROM {of}").fetchone()[0] for of in ("copies", "stories"))
    print(
        f"{number} articles, {number / seconds:.0f} a CPU second; {size / 2**20:.0f} MiB, {size / text:.2f} of the text"
    )
    print(f"{copies} of them tell {stories} stories, found, with all that is kept beforehand, in {placing:.0f} CPU s")


def _make_base(path: Path, folder: Path) -> None:
    data = Path(os.environ.get("KHABAR_DATA") or Path(__file__).parents[3] / "shared" / "data") / "articles"
    paths: list[Path] = list(seeds())
    if data.is_dir():
        paths = []
        for source in sorted(data.glob("*.jsonl.gz")):
            paths.append(folder / source.name.removesuffix(".gz"))
            with gzip.open(source, "rt", encoding="utf-8") as stream:
                paths[-1].write_text("".join(itertools.islice(stream, BASE // 2)), "utf-8")
    with click.progressbar(add(path, paths), length=BASE if data.is_dir() else 5, label="reading articles") as bar:
        for _ in bar:
            pass


def pieces(base: sqlite3.Connection) -> list[Piece]:
    """The sentences of a corpus with a word in them, in order."""
    found: list[Piece] = []
    for article_id, text in base.execute("SELECT article_id, text FROM texts ORDER BY article_id").fetchall():
        mentions = base.execute(
            'SELECT m.start, m."end", m.form_id, m.ground_id, m.surface_id, f.name_id FROM mentions m'
            " JOIN forms f ON f.id = m.form_id WHERE m.article_id = ? ORDER BY m.start",
            (article_id,),
        ).fetchall()
        dates = base.execute(
            'SELECT start, "end", expression_id, meaning_id, ground_id, anchor FROM dates'
            " WHERE article_id = ? ORDER BY start",
            (article_id,),
        ).fetchall()
        told = base.execute(
            'SELECT m.start, m."end", m.date_start, m.date_end, m.stretch_id, m.meaning_id, s.value, s.earliest,'
            " s.latest, s.precision, s.modality, s.bound, m.sketch FROM event_mentions m"
            " JOIN meanings s ON s.id = m.meaning_id WHERE m.article_id = ? ORDER BY m.start",
            (article_id,),
        ).fetchall()
        for start, end in base.execute('SELECT start, "end" FROM sentences WHERE article_id = ?', (article_id,)):
            if not 40 <= end - start <= 700:
                continue
            piece = Piece(text[start:end], index_words(text[start:end]), sentence_code(text[start:end]))
            piece.sketch = sketch(body_words(piece.text, ()))
            inside = [row for row in mentions if start <= row[0] and row[1] <= end]
            piece.names = [row[-1] for row in inside]
            piece.mentions = [_moved(row[:-1], start, (0, 1)) for row in inside]
            piece.dates = [_moved(row, start, (0, 1)) for row in dates if start <= row[0] and row[1] <= end]
            piece.told = [
                (
                    *_moved(row[1:6], start, (0, 1, 2)), day_number(row[7]),
                    (*row[6:11], bucket(row[7], row[8]), 1, row[11], 1), row[12],
                )
                for row in told
                if row[0] == start
            ]  # fmt: skip
            found.append(piece)
    return found


def _moved(row: Sequence[Any], by: int, columns: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(value - by if at in columns else value for at, value in enumerate(row))


def make(base: Path, target: Path, number: int) -> float:
    """Write `number` articles into a new corpus; returns the CPU seconds it took, reading the base left out."""
    with sqlite3.connect(base) as read:
        teach(read)
        pool = pieces(read)
    with open_writer(target):
        pass
    gc.collect()
    gc.disable()  # millions of rows come and go, none in a circle
    try:
        begun = time.process_time()
        _write(base, target, number, pool)
        return time.process_time() - begun
    finally:
        gc.enable()


def _write(base: Path, target: Path, number: int, pool: Sequence[Piece]) -> None:
    out = sqlite3.connect(target, isolation_level=None)
    teach(out)
    # A corpus whose making is cut off is thrown away: nothing need be written twice.
    out.execute("PRAGMA journal_mode = OFF")
    out.execute("PRAGMA synchronous = OFF")
    out.execute("PRAGMA cache_size = -262144")
    out.execute("ATTACH ? AS base", (str(base),))
    for table in _COPIED:
        out.execute(f"INSERT INTO {table} SELECT * FROM base.{table}")
    out.executemany("INSERT INTO block_rules VALUES (?, ?, 'made')", ((_TITLE_RULE, "title"), (_BODY_RULE, "body")))
    out.execute("INSERT INTO origins VALUES (?, 'bench', '1', NULL, 'given', 'line', 'made')", (_ORIGIN,))
    outlets = [row[0] for row in out.execute("SELECT id FROM outlets ORDER BY articles DESC, id")]
    roots = dict(out.execute("SELECT id, root FROM names"))
    _index(out, hashsize=1 << 26, automerge=0, crisismerge=1000)
    indexes = out.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name NOT LIKE 'names%'"
    ).fetchall()
    for name, _ in indexes:
        out.execute(f"DROP INDEX {name}")
    with click.progressbar(length=number, label="writing articles") as bar:
        for rows in _batches(pool, outlets, number):
            out.execute("BEGIN")
            for statement, values in rows.items():
                out.executemany(statement, values)
            out.execute("COMMIT")
            bar.update(min(_BATCH, number - bar.pos))
    out.execute("BEGIN")
    for _, statement in indexes:
        out.execute(statement)
    out.execute("UPDATE forms SET displayed = 0, surfaces = 0")
    for column, counts in _uses(pool).items():
        out.executemany(f"UPDATE forms SET {column} = ? WHERE id = ?", ((n, form) for form, n in counts.items()))
    for statement in _COUNTS:
        out.execute(statement)
    fill(out)
    entity_sets.fill(out)
    sets = entity_sets.Sets()
    for entity_id in set(roots.values()):
        planes = sets.planes(out, entity_id)
        counted = (len(planes[0]), entity_sets.mentions(planes), entity_id)
        out.execute("UPDATE entities SET articles = ?, mentions = ? WHERE id = ?", counted)
    out.execute("COMMIT")
    out.execute("INSERT INTO article_words(article_words) VALUES ('optimize')")
    _index(out, hashsize=1 << 20, automerge=4, crisismerge=16)
    out.execute("BEGIN")
    word_sets.Keeper(out).close()
    out.execute("COMMIT")
    out.execute("PRAGMA analysis_limit = 10000")
    out.execute("ANALYZE")
    out.execute("PRAGMA journal_mode = WAL")
    out.close()


def _index(out: sqlite3.Connection, **settings: int) -> None:
    """Tells the index how it is written: everything is put in order once in the end, not over and over."""
    for name, value in settings.items():
        out.execute("INSERT INTO article_words(article_words, rank) VALUES (?, ?)", (name, value))


def _uses(pool: Sequence[Piece]) -> dict[str, Counter[int]]:
    """How often each form is displayed and written."""
    counts: dict[str, Counter[int]] = {"displayed": Counter(), "surfaces": Counter()}
    for piece in pool:
        for _, _, form, _, surface in piece.mentions:
            counts["displayed"][form] += piece.used
            counts["surfaces"][surface or form] += piece.used
    return counts


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


ARTICLES, DOCUMENTS, TEXTS = _insert("articles", 8), _insert("documents", 23), _insert("packed_texts", 2)
BLOCKS, SENTENCES, MENTIONS, DATES = (
    _insert(*each) for each in (("blocks", 4), ("sentences", 3), ("mentions", 6), ("dates", 7))
)
WITHIN, EVENTS, TOLD = _insert("article_names", 3), _insert("events", 10), _insert("event_mentions", 14)
NAMED = "INSERT OR IGNORE INTO event_names VALUES (?, ?, ?)"
SIGNATURES = _insert("signatures", 2)
WORDS = "INSERT INTO article_words(rowid, title, body) VALUES (?, ?, ?)"
_COUNTS = (
    "INSERT INTO unplaced SELECT id FROM articles",
    "UPDATE last_event SET id = (SELECT coalesce(max(id), 0) FROM events)",
    "UPDATE outlets SET articles = (SELECT count(*) FROM articles a WHERE a.outlet_id = outlets.id)",
    "UPDATE names SET mentions = (SELECT sum(displayed) FROM forms f WHERE f.name_id = names.id)",
    "UPDATE last_article SET id = (SELECT coalesce(max(id), 0) FROM articles)",
)


_moment = lru_cache(1)(moment)


def _batches(pool: Sequence[Piece], outlets: Sequence[int], number: int) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    chance = random.Random(_SEED)
    titles = [piece for piece in pool if len(piece.text) <= _TITLE] or pool
    event_id = 0
    lately: deque[list[Piece]] = deque(maxlen=max(1, number // _DAYS))
    for first in range(1, number + 1, _BATCH):
        rows: dict[str, list[tuple[Any, ...]]] = {
            name: [] for name in (
                ARTICLES, DOCUMENTS, TEXTS, BLOCKS, SENTENCES, MENTIONS, DATES, WITHIN, EVENTS, TOLD, NAMED, WORDS,
                SIGNATURES,
            )
        }  # fmt: skip
        for article_id in range(first, min(first + _BATCH, number + 1)):
            day = (_FIRST + timedelta(days=article_id * _DAYS // (number + 1))).isoformat()
            chosen = [chance.choice(titles), *chance.choices(pool, k=chance.randrange(6, 13))]
            if lately and chance.randrange(100) < _COPIED_OF_100:
                told = chance.choice(lately)
                chosen = [chosen[0], *told[: max(4, len(told) - chance.choice((0, 0, 1, 2)))]]
            else:
                lately.append(chosen[1:])
            # the newspaper that writes most writes a quarter, and so on down
            outlet = outlets[min(int(chance.expovariate(0.3)), len(outlets) - 1)] if outlets else None
            event_id = _article(rows, article_id, day, outlet, chosen, event_id)
        yield rows


def _article(
    rows: dict[str, list[tuple[Any, ...]]], article_id: int, day: str, outlet: int | None, chosen: Sequence[Piece],
    event_id: int,
) -> int:  # fmt: skip
    at = _moment(day)
    text = "\n".join(piece.text for piece in chosen)
    title = chosen[0].text
    digest = hashlib.sha256(str(article_id).encode()).digest()
    rows[ARTICLES].append((article_id, at, outlet, title, f"bench:{article_id}", day, "given", "made"))
    rows[DOCUMENTS].append((
        article_id, digest, _ORIGIN, _ADDED, "fast", 0, 0, _SAME, None, None, 0, len(title), *[None] * 10, "ar",
    ))  # fmt: skip
    rows[TEXTS].append((article_id, pack(text)))
    rows[BLOCKS].append((article_id, 0, len(title), _TITLE_RULE))
    rows[BLOCKS].append((article_id, len(title) + 1, len(text), _BODY_RULE))
    rows[WORDS].append((article_id, chosen[0].words, " ".join(piece.words for piece in chosen[1:])))
    rows[SIGNATURES].append((article_id, packed(np.minimum.reduce([piece.sketch for piece in chosen[1:]]))))
    start = 0
    for piece in chosen:
        piece.used += 1
        end = start + len(piece.text)
        rows[SENTENCES].append((article_id, start, end))
        rows[MENTIONS] += [
            (article_id, start + one, start + other, form, ground, surface)
            for one, other, form, ground, surface in piece.mentions
        ]
        rows[DATES] += [
            (article_id, start + one, start + other, expression, meaning, ground, anchor)
            for one, other, expression, meaning, ground, anchor in piece.dates
        ]
        for length, first, last, stretch, meaning, day_told, event, sketched in piece.told:
            event_id += 1
            rows[EVENTS].append((event_id, *event))
            rows[TOLD].append((
                event_id, article_id, event_id, start, start + length, start + first, start + last, stretch, meaning,
                piece.code, 0, None, None, sketched,
            ))  # fmt: skip
            rows[NAMED] += [(name_id, day_told, event_id) for name_id in piece.names]
        start = end + 1
    within = Counter([name_id for piece in chosen for name_id in piece.names])
    rows[WITHIN] += [(article_id, name_id, count) for name_id, count in sorted(within.items())]
    return event_id


if __name__ == "__main__":
    main()
