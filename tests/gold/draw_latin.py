"""Draws `latin_names.tsv`, once: `python -m tests.gold.draw_latin DATA` with the folder of the gazetteers.

Real pairs by a fixed seed; "held out" is the half whose errors nobody looks at. A person's pair is taken when the
Latin spelling is that of an English or French label and has as many parts as the Arabic name, articles and words
that join (Abd, Abu, Ibn) apart.
"""

from __future__ import annotations

import gzip
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from store.resolve.places import NEAR

HERE = Path(__file__).parent
SEED = 20240611
PERSONS = {"near": 320, "far": 80}
PLACES = {"near": 60, "far": 40}
_HEAD = """# Arabic names and how they are written in Latin letters; drawn by draw_latin.py, licences in README.md.
# Columns: half; kind; country (ISO 3166); Arabic; Latin.
"""
_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|ar|ad|at|an|az|es|ech|er|ed|et|en|ez)", re.IGNORECASE)
_JOINS = re.compile(r"(?:abd(?:[eou]?[lrnsz]|ol|oul|al)?|ab[ou]+|bin|ben|ibn|bou|umm?|oum)", re.IGNORECASE)
_JOINED = frozenset({"عبد", "ابو", "بن", "ابن", "بو", "ام", "ال"})
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ' ’‘-]+")


def main() -> None:
    """Draw and write."""
    lists = Path(sys.argv[1])
    drawn = [*_draw("person", list(_persons(lists)), PERSONS), *_draw("place", list(_places(lists)), PLACES)]
    (HERE / "latin_names.tsv").write_text(_HEAD + "".join("\t".join(row) + "\n" for row in drawn), "utf-8")


def _draw(kind: str, pairs: list[tuple[str, str, str]], wanted: dict[str, int]) -> Iterator[tuple[str, ...]]:
    chance = random.Random(f"{SEED} {kind}")
    rows: list[tuple[str, ...]] = []
    for side, number in wanted.items():
        found = sorted(pair for pair in pairs if (pair[0] in NEAR) == (side == "near"))
        seen: set[str] = set()
        for country, arabic, latin in chance.sample(found, len(found)):
            if arabic not in seen and len(seen) < number:
                seen.add(arabic)
                rows.append((kind, country, arabic, latin))
    chance.shuffle(rows)
    half = len(rows) // 2
    yield from (("developed on", *row) for row in rows[:half])
    yield from (("held out", *row) for row in rows[half:])


def _persons(lists: Path) -> Iterator[tuple[str, str, str]]:
    with gzip.open(lists / "persons_arabic_name_romanizer.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            arabic, latin, language, country, _number, source = row.rstrip("\n").split("\t")
            if language == "alias" or source != "wikidata" or not _LETTERS.fullmatch(latin):
                continue
            parts = [word for word in re.split(r"[ -]+", latin) if word and not _ARTICLE.fullmatch(word)]
            latin_parts = sum(not _JOINS.fullmatch(word) for word in parts)
            if latin_parts == sum(word not in _JOINED for word in arabic.split()) and latin_parts > 1:
                yield country, arabic, latin


def _places(lists: Path) -> Iterator[tuple[str, str, str]]:
    """Places that the gazetteer has, by the English name of its source."""
    known = {
        line.split("\t")[1]
        for line in (HERE.parents[1] / "store/resolve/data/gazetteer.tsv").read_text("utf-8").splitlines()
        if line[0] != "#"
    }
    with gzip.open(lists / "places_dr5hn_qid.tsv.gz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            arabic, entity, _kind, country, _latitude, _longitude, latin = row.rstrip("\n").split("\t")[:7]
            if entity in known:
                yield country, arabic.strip(), latin.strip()


if __name__ == "__main__":
    main()
