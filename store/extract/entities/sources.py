"""Who publishes and what carries a name in quotes: source lines, reporters of a quotation, ships and projects."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from store.extract.entities import known
from store.extract.entities.lexicon import Kind, word_set
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import BREAK, COLON, DASH, HYPHEN, PUNCT, QUOTE, SPACE, Quoted, Tokens
from store.models import Block

_SOURCE_LINE = re.compile(
    r"^[^\S\n]*(?:المصدر|المصادر|مصدر|نقلا عن|نقلاً عن)[^\S\n]*[:|：\-–][^\S\n]*(?P<names>[^\n]{2,80})$", re.M
)
_NAME = re.compile(r"[^\s+|،,/\\\-–][^+|،,/\\\n–]*")
_AGENCIES = word_set("not an outlet")
_REPORTED_TO = word_set("before an outlet")
_SAYING = 12
RULES = frozenset(("source line", "known outlet opens a line", "known outlet in brackets"))
"""What holds whatever a model thinks of it: the form of a page says it and not its sentences."""


def find(tokens: Tokens, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """Names of media in source lines and as those to whom something was said; quoted names of things."""
    yield from _source_lines(tokens, blocks)
    for first, quoted in tokens.quoted.items():
        yield from _reported_to(tokens, first, quoted)
        yield from _thing(tokens, first, quoted)
        yield from _known_in_quotes(tokens, first, quoted)
    yield from _credits(tokens)


def _source_lines(tokens: Tokens, blocks: Sequence[Block]) -> Iterator[Candidate]:
    text = tokens.text
    spans = [match.span("names") for match in _SOURCE_LINE.finditer(text)]
    if not spans:
        return
    for start, end in spans:
        for part in _NAME.finditer(text, start, end):
            inside = _tokens_in(tokens, part.start(), part.end())
            if inside is None:
                continue
            first, stop = inside
            if stop - first > 5 or tokens.words[first].form in _AGENCIES:
                continue
            yield candidate(tokens, first, stop, "ORG", "source line", 0.8)


def _tokens_in(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first = bisect_left(tokens.starts, start)
    stop = bisect_left(tokens.starts, end)
    return (first, stop) if first < stop else None


def _reported_to(tokens: Tokens, first: int, quoted: Quoted) -> Iterator[Candidate]:
    """قال مصدر لـ"الشرق": the outlet to which something was said."""
    if first == 0 or quoted.end - first > 3 or tokens.gaps[first] != QUOTE:
        return
    if tokens.words[first - 1].form not in ("ل", "ول"):
        return
    for index in range(max(0, first - _SAYING), first - 1):
        if tokens.words[index].kinds & Kind.VERB:
            break
    else:
        return
    word = tokens.words[first]
    if quoted.end - first == 1 and word.kind & Kind.PLACE:
        return
    if word.kind & (Kind.COMMON | Kind.ORG_HEAD) and not word.form.startswith("ال"):
        return
    yield candidate(tokens, first, quoted.end, "ORG", "told to it", 0.65)


def _thing(tokens: Tokens, first: int, quoted: Quoted) -> Iterator[Candidate]:
    """A quoted name after a noun of a thing: دبابات "ليوبارد", مشروع "نيوم"."""
    if first == 0 or quoted.end - first > 5 or tokens.gaps[first] != QUOTE:
        return
    words = tokens.words[first : quoted.end]
    if all(word.form.isdigit() for word in words) or words[0].kind & (Kind.ORG_HEAD | Kind.STOP):
        return
    at = first - 1
    while (
        at > 0
        and tokens.words[at].kind & (Kind.NATIONALITY | Kind.NAMING)
        and tokens.gaps[at] == SPACE
        and first - at < 3
    ):
        at -= 1
    if any(reading.kind & Kind.MISC_HEAD for reading in tokens.words[at].readings):
        yield candidate(tokens, first, quoted.end, "MISC", "noun of a thing before quotes", 0.6)


def _known_in_quotes(tokens: Tokens, first: int, quoted: Quoted) -> Iterator[Candidate]:
    """A name that is a plain word as well, alone in quotes or brackets after عن, وفق and their like."""
    if first == 0 or tokens.words[first - 1].form not in _REPORTED_TO:
        return
    found = known.longest(tokens, first, tokens.words[first].readings[0], free=False)
    if found is not None and found[1] == quoted.end and found[0].type == "ORG":
        yield candidate(tokens, first, quoted.end, "ORG", "known outlet in quotes", 0.75)


def _credits(tokens: Tokens) -> Iterator[Candidate]:
    """A known outlet alone in brackets, or before a dash at the beginning of a line: (غيتي), سبق - أبها."""
    for index, word in enumerate(tokens.words):
        reading = word.readings[0]
        if not reading.known or tokens.gaps[index] not in (PUNCT, QUOTE, BREAK):
            continue
        if tokens.gaps[index] == BREAK and tokens.gaps[index + 1 : index + 2] not in ([DASH], [HYPHEN]):
            continue
        found = known.longest(tokens, index, reading, free=False)
        if found is None or found[0].free or found[0].type != "ORG":
            continue
        end = found[1]
        after = tokens.text[tokens.ends[end - 1] : tokens.ends[end - 1] + 1]
        before = tokens.text[tokens.starts[index] - 1 : tokens.starts[index]]
        if tokens.gaps[index] == BREAK:
            yield candidate(tokens, index, end, "ORG", "known outlet opens a line", 0.6)
        if before == "(" and after == ")" and (end == len(tokens.words) or tokens.gaps[end] != COLON):
            yield candidate(tokens, index, end, "ORG", "known outlet in brackets", 0.7)
