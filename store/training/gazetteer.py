"""The gazetteer of `store/resolve/data`: every place that shares a name with one the recogniser knows.

Made from the Countries States Cities Database as `data/README.md` describes it; the result is a derivative database
under the Open Database License 1.0.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from store.resolve import names
from store.resolve.places import NEAR
from store.text.fold import fold

_HEAD = """# Places that may be meant by a name the recogniser knows.
# Columns: name; Wikidata id; kind; country (ISO 3166); latitude; longitude (degrees).
# Contains information from the Countries States Cities Database, \
https://github.com/dr5hn/countries-states-cities-database, made available under the Open Database License (ODbL) 1.0.
"""
_KINDS = {"country": "country", "state": "region", "city": "city"}


def write(source: Path, target: Path) -> int:
    """Write the gazetteer from the list of places at `source`; returns how many lines it has."""
    wanted = set(_known())
    rows_of: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            name, entity, kind, country, latitude, longitude = row.rstrip("\n").split("\t")[:6]
            if entity.startswith("Q") and fold(name).strip() in wanted:
                where = f"{float(latitude):.3f}\t{float(longitude):.3f}"
                line = f"{name.strip()}\t{entity}\t{_KINDS[kind]}\t{country}\t{where}"
                rows_of[entity].append((_rank(country), country, line))
    # The source has some places under two countries (Aleppo in Iran too): an id lies in one.
    lines = [line for rows in rows_of.values() for line in {row[2] for row in rows if row[1] == min(rows)[1]}]
    target.write_text(_HEAD + "\n".join(sorted(lines)) + "\n", "utf-8")
    return len(lines)


def _known() -> Iterator[str]:
    for alias in names.aliases():
        if alias.type == "LOC":
            yield from (fold(spelling.lstrip("~")) for spelling in (alias.name, *alias.spellings))
    lines = resources.files("store.extract.entities").joinpath("data", "places.tsv").read_text("utf-8").split("\n")
    yield from (fold(line.split("\t")[0].lstrip("~")) for line in lines if line and line[0] != "#")


def _rank(country: str) -> int:
    """Which of two countries to believe: those Arabic news is about, any other, China last, which has Taiwan's too."""
    return 0 if country in NEAR else 2 if country == "CN" else 1
