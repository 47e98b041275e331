"""Analyses made by hand, for tests of the corpus that shall not depend on what extractors find."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from store.answers import Filter
from store.database import Reader, open_writer
from store.models import (
    Analysis,
    Block,
    BlockKind,
    Cleaned,
    DateMention,
    Document,
    Mention,
    MentionType,
    Published,
    Said,
    Source,
    Title,
)
from store.resolve.events import of_document
from store.text.sentences import split

Named = tuple[str, MentionType] | tuple[str, MentionType, str] | tuple[str, MentionType, str, str | None]


def analysis(
    text: str,
    names: Sequence[Named] = (),
    dates: Sequence[tuple[str, str]] = (),
    published: str | None = None,
    *,
    outlet: str | None = None,
    kinds: Sequence[BlockKind] = (),
    title: str | None = None,
    path: str = "made.txt",
    version: str = "1",
    said: Sequence[Said] = (),
    keywords: Sequence[str] = (),
    language: str = "ar",
) -> Analysis:
    """What the pipeline would make of a text: each line a block, every occurrence of `names` a mention.

    A name is (surface, type[, display name[, Wikidata id]]), a date (surface, value); `kinds` are those of the
    lines, "body" where there are no more.
    """
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block(at, at + len(line), kinds[number] if number < len(kinds) else "body", "made"))
        at += len(line) + 1
    sentences = split(text, blocks)
    mentions = sorted((m for name in names for m in _mentions(text, name, version)), key=lambda m: m.start)
    found_dates = [_date(text, surface, value, version) for surface, value in dates]
    first = next((block for block in blocks if block.kind == "title"), None)
    shown = Title(text[first.start : first.end], first.start, first.end, "line") if first else None
    if title is not None:
        shown = Title(title, None, None, "given")
    when = Published(published, "given" if published else "unknown", "made")
    return Analysis(
        document=Document(text, Source(path, "made", "1"), hashlib.sha256(text.encode()).hexdigest(), said=tuple(said)),
        cleaned=Cleaned(tuple(blocks), shown, outlet, "made", tuple(keywords), language),
        published=when,
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        dates=tuple(found_dates),
        events=tuple(of_document(text, sentences, blocks, found_dates, mentions, when)),
    )


def _mentions(text: str, name: Named, version: str) -> list[Mention]:
    surface, kind, *more = name
    display = more[0] if more else surface
    linked = more[1] if len(more) > 1 else None
    reason = "" if display == surface else f"short for {display}"
    found, at = [], text.find(surface)
    while at >= 0:
        end = at + len(surface)
        found.append(Mention(at, end, surface, kind, str(display), linked, 1.0, "made", version, "made", reason))
        at = text.find(surface, end)
    assert found, f"{surface} is not in the text"
    return found


def _date(text: str, surface: str, value: str, version: str) -> DateMention:
    at = text.index(surface)
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    return DateMention(
        at, at + len(surface), surface, "DATE", value, None, first.isoformat(), last.isoformat(),
        "day" if day else "month" if month else "year", "asserted", None, "made", "made", version,
    )  # fmt: skip


def add_all(path: Path, documents: Iterable[Analysis]) -> None:
    """Put analyses into a corpus, in order: their ids count from 1."""
    with open_writer(path) as writer:
        for one in documents:
            writer.add(one)


def found(reader: Reader, query: str) -> list[int]:
    """Which documents of a corpus a query finds, counted from 0 in the order of adding."""
    return sorted(article_id - 1 for article_id in reader.article_ids(Filter(query=query)))
