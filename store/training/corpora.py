"""Annotated texts in one form, whatever file they come from."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from store.errors import InputError

_TYPES = {"PERS": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC", "PER": "PER", "GPE": "LOC", "FAC": "LOC"}
_MARK = re.compile(r"\[([^\]|]*)\|(\w+)\]")
_ARTICLES = ("almayadeen.jsonl.gz", "saudinewsnet.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its names: `spans` are (start, end, type) in code points, in order, without overlaps.

    `guideline` says whose rules they follow: "khabar" (docs/entities.md) or the name of the corpus.
    """

    key: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    guideline: str


@dataclass(frozen=True, slots=True)
class Place:
    """One article of the article files by file and line."""

    file: str
    line: int


@cache
def _articles(folder: Path) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for name in _ARTICLES:
        path = folder / "articles" / name
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    record = json.loads(line)
                    title = html.unescape(record.get("title") or "").strip()
                    body = html.unescape(record.get("text") or "").replace("\r", "").strip()
                    found[Place(name, number)] = f"{title}\n{body}"
        except FileNotFoundError as error:
            raise InputError("is not there", str(path), "name the folder with the data: make models DATA=…") from error
    return found


def articles(folder: Path) -> dict[Place, str]:
    """All articles of `folder` as texts: the title, a line end, the body. Raises InputError when they are missing."""
    return _articles(folder)


def annotated(folder: Path, lines: str, guideline: str = "khabar") -> list[Annotated]:
    """The articles that a file of spans and hashes (JSON lines, no texts) annotates.

    Raises InputError when an article is not the one that was annotated.
    """
    texts = articles(folder)
    found = []
    for line in lines.splitlines():
        record = json.loads(line)
        place = Place(record["file"], record["line"])
        text = texts.get(place, "")
        if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
            raise InputError("is not the article that was annotated", f"{place.file}:{place.line + 1}", "get the data")
        spans = tuple((one[0], one[1], one[2]) for one in record["mentions"])
        found.append(Annotated(f"{place.file}:{place.line}", text, spans, guideline))
    return found


def names(folder: Path, lines: str) -> list[list[tuple[int, int, str, str]]]:
    """The names of the same articles, each with the usual name of the thing: (start, end, type, thing)."""
    annotated(folder, lines)
    return [[(one[0], one[1], one[2], one[3]) for one in json.loads(line)["mentions"]] for line in lines.splitlines()]


def own(folder: Path) -> list[Annotated]:
    """The articles annotated for training, by khabar's own guideline."""
    lines = resources.files(__package__).joinpath("annotated.jsonl").read_text("utf-8")
    return annotated(folder, lines)


def conll(path: Path, guideline: str) -> list[Annotated]:
    """The sentences of a file in CoNLL's form (word, tab, label), as texts with a space between the words."""
    found = []
    for number, rows in enumerate(_sentences(path)):
        text, spans = "", []
        begun: tuple[int, str] | None = None
        for word, label in [*rows, ("", "O")]:
            type_ = _TYPES.get(label[2:])
            if begun is not None and (label[0] != "I" or type_ != begun[1]):
                spans.append((begun[0], len(text) - 1, begun[1]))
                begun = None
            if begun is None and type_ is not None:
                begun = (len(text), type_)
            text += word + " "
        found.append(Annotated(f"{path.stem}:{number}", text, tuple(spans), guideline))
    return found


def _sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").split("\n"):
        parts = line.split("\t")
        if len(parts) >= 2:
            rows.append((parts[0], parts[1]))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def samples(gold: Path, seeds: Path) -> list[Annotated]:
    """The sample articles with their gold: (file, start, end, type) by line of a JSON lines file."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for line in gold.read_text("utf-8").splitlines():
        one = json.loads(line)
        spans.setdefault(one["file"], []).append((one["start"], one["end"], one["type"]))
    return [
        Annotated(name, (seeds / name).read_text("utf-8"), tuple(sorted(found)), "khabar")
        for name, found in sorted(spans.items())
    ]


def cases(path: Path) -> list[Annotated]:
    """Sentences that show the guideline, one a line, names marked as [name|TYPE]; what follows a tab is left out."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        if not line or line.startswith("#") or "\t" in line:
            continue
        text, spans, last = "", [], 0
        for mark in _MARK.finditer(line):
            text += line[last : mark.start()]
            spans.append((len(text), len(text) + len(mark[1]), mark[2]))
            text += mark[1]
            last = mark.end()
        found.append(Annotated(f"{path.stem}:{number}", text + line[last:], tuple(spans), "khabar"))
    return found
