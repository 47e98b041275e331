"""Scores of the dates found against gold: spans and values as a person counts them."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import InputError
from store.extract.dates import find
from store.models import DateMention
from store.text.sentences import split

CASES = Path(__file__).parents[3] / "cases"
GOLD = Path(__file__).parents[3] / "gold"
SEEDS = Path(__file__).parents[4] / "seeds"


def found(text: str, anchor: str | None) -> list[DateMention]:
    """The dates of a text without blocks."""
    return find(text, anchor, split(text))


@dataclass(frozen=True)
class Score:
    """What is right of what was asked, and each thing that is not."""

    span: float
    value: float
    modality: float
    wrong: tuple[str, ...]


def _f1(right: int, said: int, gold: int) -> float:
    return 2 * right / (said + gold) if said + gold else 1.0


def _overlaps(mention: DateMention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def seeds() -> Score:
    """Strict span F1, value F1 and the share of right modalities over the seeds; vague expressions are optional."""
    gold: list[dict[str, Any]] = [
        json.loads(line) for line in (CASES / "dates_seeds.jsonl").read_text("utf-8").splitlines()
    ]
    dates: dict[str, str] = json.loads((CASES / "dates_seeds_dct.json").read_text("utf-8"))
    core = [each for each in gold if not each["vague"]]
    said, strict, value, modal, modal_gold = 0, 0, 0, 0, 0
    wrong: list[str] = []
    for file, date in dates.items():
        mentions = found((SEEDS / file).read_text("utf-8"), date)
        wanted = [each for each in core if each["file"] == file]
        optional = [each for each in gold if each["file"] == file and each["vague"]]
        for mention in mentions:
            in_core = any(_overlaps(mention, each["start"], each["end"]) for each in wanted)
            said += in_core or not any(_overlaps(mention, each["start"], each["end"]) for each in optional)
        for each in wanted:
            here = [mention for mention in mentions if _overlaps(mention, each["start"], each["end"])]
            spans = [[each["start"], each["end"]], *each["alt_spans"]]
            strict += any([mention.start, mention.end] in spans for mention in here)
            right = any(mention.value in [each["value"], *each["alt_values"]] for mention in here)
            value += right
            if not right:
                wrong.append(f"{each['surface']} is {each['value']}, not {[m.value for m in here]}")
            if each["modality"]:
                modal_gold += 1
                modal += any(mention.modality == each["modality"] for mention in here)
    return Score(_f1(strict, said, len(core)), _f1(value, said, len(core)), modal / modal_gold, tuple(wrong))


def news(data: Path, part: str) -> Score:
    """As `seeds`, over annotated articles of `tests/gold/news_dates.jsonl`: "developed on" or "unseen".

    Raises InputError when an article is not the one that was annotated.
    """
    from store.training import corpora

    texts = corpora.articles(data)
    said, core, strict, value, modal, modal_gold = 0, 0, 0, 0, 0, 0
    wrong: list[str] = []
    for line in (GOLD / "news_dates.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["part"] != part:
            continue
        place = corpora.Place(record["file"], record["line"])
        text = texts.get(place, "")
        if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
            raise InputError("is not the article that was annotated", f"{place.file}:{place.line + 1}", "get the data")
        mentions = found(text, record["published"])
        vague = [one for one in record["dates"] if _is_vague(one[2], one[3])]
        wanted = [one for one in record["dates"] if one not in vague]
        core += len(wanted)
        for mention in mentions:
            inside = any(_overlaps(mention, one[0], one[1]) for one in wanted)
            said += inside or not any(_overlaps(mention, one[0], one[1]) for one in vague)
        for start, end, _kind, expected, _mod, modality, alt_values, alt_spans in wanted:
            here = [mention for mention in mentions if _overlaps(mention, start, end)]
            strict += any([mention.start, mention.end] in [[start, end], *alt_spans] for mention in here)
            right = any(mention.value in [expected, *alt_values] for mention in here)
            value += right
            if not right:
                wrong.append(f"{place.file}:{place.line} {text[start:end]}: {expected}, not {[m.value for m in here]}")
            if modality and here:
                modal_gold += 1
                modal += any(mention.modality == modality for mention in here)
    return Score(_f1(strict, said, core), _f1(value, said, core), modal / modal_gold, tuple(wrong))


def _is_vague(kind: str, value: str) -> bool:
    return value.endswith("_REF") or (kind == "DURATION" and "X" in value)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of hard phrases."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def phrases(name: str = "dates_phenomena.tsv") -> Score:
    """The shares of hard phrases whose value and whose span are right."""
    rows = rows_of(name)
    values, spans = 0, 0
    wrong: list[str] = []
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        over = [m for m in found(row["sentence"], row["document_date"]) if _overlaps(m, start, end)]
        right = span = not over
        if row["type"] != "NONE":
            accepted = [row["expected_value"], *filter(None, row["alt_values"].split("|"))]
            said = [mention.value for mention in over]
            right = any(value in accepted for value in said)
            halves = row["expected_value"].split("/")
            right = right or (len(halves) == 2 and all(half in said for half in halves))
            span = any((mention.start, mention.end) == (start, end) for mention in over)
        values += right
        spans += span
        if not right:
            wrong.append(f"{row['id']} {row['phrase']}: {row['expected_value']}, not {[m.value for m in over]}")
    return Score(spans / len(rows), values / len(rows), 1.0, tuple(wrong))
