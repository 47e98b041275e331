"""A corpus of events of every kind, each told by articles of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from store.database import open_writer
from store.models import (
    Analysis,
    Block,
    Bound,
    Cleaned,
    DateMention,
    Document,
    Event,
    Mention,
    Modality,
    Precision,
    Published,
    Sentence,
    Source,
    Title,
)


class Dated(NamedTuple):
    """An event, and how many articles tell it in the same words."""

    earliest: str
    latest: str
    precision: Precision
    modality: Modality = "asserted"
    bound: Bound | None = None
    name: str = "بغداد"
    said: str = "وصل الوفد إلى {name} في موعد رقمه {number} كما أعلن."
    copies: int = 1
    value: str = ""


KINDS = (
    Dated("0622-07-16", "0622-07-16", "day"),
    Dated("1990-01-01", "1999-12-31", "decade"),
    Dated("2014-01-01", "2014-12-31", "year", bound="since"),
    Dated("2019-05-06", "2019-06-03", "month"),
    Dated("2020-01-01", "2020-12-31", "year", modality="predicted"),
    Dated("2020-02-03", "2020-02-09", "week", modality="planned", name="القاهرة"),
    Dated("2020-03-05", "2020-03-05", "time", value="2020-03-05T14:30", copies=3),
    Dated("2020-04-01", "2020-06-30", "quarter", modality="denied"),
    Dated("2020-05-01", "2020-05-01", "day", bound="until", modality="denied"),
    Dated("2020-06-01", "2020-08-31", "season", bound="since"),
    Dated("2020-11-01", "2020-11-30", "month", bound="until"),
    Dated("2020-11-28", "2021-02-03", "range"),
    Dated("2020-12-09", "2020-12-09", "day", said="The delegation reached {name} (number {number}) on time."),
    Dated("2021-01-01", "2021-04-30", "vague", modality="planned"),
    Dated("2021-01-01", "2021-01-10", "month"),
)
"""Each precision, modality and bound at least once, as the corpus orders them."""


def build(path: Path, events: Iterable[Dated] = KINDS) -> Path:
    """The corpus at `path`: of each event so many articles, each from an outlet of its own."""
    with open_writer(path) as writer:
        for number, dated in enumerate(events):
            for copy in range(dated.copies):
                writer.add(_analysis(number, copy, dated))
    return path


def _analysis(number: int, copy: int, dated: Dated) -> Analysis:
    title = f"الخبر {number} من المصدر {copy}"
    said = dated.said.format(name=dated.name, number=number)
    text = f"{title}\n\n{said}\n"
    start, end = len(title) + 2, len(text) - 1
    value = dated.value or (dated.earliest if dated.earliest == dated.latest else f"{dated.earliest}/{dated.latest}")
    found = text.index(str(number), start)
    date = (found, found + len(str(number)))
    name = text.index(dated.name, start)
    return Analysis(
        Document(text, Source(f"{number}-{copy}.txt", "text", "1"), hashlib.sha256(text.encode()).hexdigest()),
        Cleaned(
            (Block(0, len(title), "title", "test"), Block(start, end, "body", "test")),
            Title(title, 0, len(title), "line"), f"منفذ {copy}", "test", (),
        ),
        Published("2021-12-14", "given", "test"),
        (Sentence(0, len(title)), Sentence(start, end)),
        (
            Mention(
                name, name + len(dated.name), dated.name, "LOC", dated.name, None, 0.9, "test", "1", "given", "",
            ),
        ),
        (
            DateMention(
                *date, text[slice(*date)], "DATE", value, None, dated.earliest, dated.latest, dated.precision,
                dated.modality, None, "given", "test", "1", dated.bound,
            ),
        ),
        (
            Event(
                start, end, value, dated.earliest, dated.latest, dated.precision, dated.modality, (dated.name,), *date,
                dated.bound,
            ),
        ),
    )  # fmt: skip
