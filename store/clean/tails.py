"""What follows an article: keywords, source, links to others; and headings among its paragraphs."""

from __future__ import annotations

import functools
import re

from store.clean.chrome import label_rest
from store.clean.lexicon import Phrase, outlets, phrases, places, words
from store.clean.page import Line, Page, normal

_TAG_WORDS, _TAG_LINE = 3, 40
_LISTED = re.compile(r"[،,;؛|•·]\s*\w")
_HEADING_WORDS, _HEADING_SIZE, _JOINED_WORDS, _SUBTITLE_WORDS = 12, 90, 6, 16
_RELATED_WORDS = 30
# Boilerplate that stands in an article as well as below it.
_NO_END = ("ornament", "address", "counter", "wire mark", "advertisement")


def label_end(line: Line, kind: str) -> int | None:
    """Where in `line.text` the content behind a label of `kind` begins; None when the line has no such label."""
    for phrase in _labels(kind):
        rest = label_rest(line, phrase)
        if rest is not None:
            return rest
    return None


@functools.cache
def _labels(kind: str) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in phrases() if phrase.kind == kind and phrase.match in ("label", "start"))


def mark_tags(page: Page) -> None:
    """Mark what follows a label of keywords: the next line, or lines of up to three words, one tag each."""
    lines = page.lines
    for index, line in enumerate(lines):
        if page.rules[index] != "keywords" or (rest := label_end(line, "keywords")) is None:
            continue
        if rest < len(line.text):
            continue
        for follower in range(index + 1, len(lines)):
            candidate = lines[follower]
            if page.kinds[follower] == "boilerplate" and page.rules[follower] == "ornament":
                continue
            short = candidate.size <= _TAG_WORDS
            if page.kinds[follower] not in (None, "boilerplate") or candidate.ends_sentence:
                break
            if not short and (follower > index + 1 or candidate.size > _TAG_LINE):
                break
            page.rename(follower, "keywords", "keywords")
            if not short or _LISTED.search(candidate.text):
                break


def mark_hashtags(page: Page) -> None:
    """Mark lines of hashtags and nothing else."""
    for index, line in page.open():
        tokens = line.text.split()
        if len(tokens) <= _TAG_LINE and all(token.startswith("#") and len(token) > 1 for token in tokens):
            page.mark(index, "keywords", "hashtags")


def mark_signatures(page: Page) -> None:
    """Mark lines that are names of outlets or agencies and nothing else, outside the paragraphs."""
    first, last = page.body()
    for index, line in page.open():
        if first <= index <= last or line.size > 10:
            continue
        parts = [normal(part) for part in re.split(r"[+،,/|()\[\]\-–—*«»]|\sو(?=\S)", line.text)]
        parts = [part for part in parts if part]
        known = [part for part in parts if part in outlets()]
        if known and not line.text.endswith(":") and all(part in known or part in places() for part in parts):
            page.mark(index, "source", "agency line")


def mark_related(page: Page) -> None:
    """Mark headlines that follow a label of related articles, or, below the last paragraph, anything but prose."""
    _, last = page.body()
    following = False
    for index, line in enumerate(page.lines):
        kind = page.kinds[index]
        if index in page.given:
            continue
        elif kind == "related":
            rest = label_end(line, "related")
            following = rest is None or rest >= len(line.text)
        elif index > last >= 0 and kind in ("keywords", "source", "boilerplate"):
            following = following or page.rules[index] not in _NO_END
        elif kind is None and following and line.is_headline and line.size <= _RELATED_WORDS:
            if index < last and not (index + 1 <= last and line.size >= 4):
                following = False
                continue
            page.mark(index, "related", "headline after the article" if index > last else "read also")
            following = index > last
        elif kind in (None, "body"):
            following = False


def mark_headings(page: Page) -> None:
    """Mark short lines between paragraphs, and headlines between the title and the first one."""
    first, last = page.body()
    reporting = words("reporting")
    title = page.kinds.index("title") if "title" in page.kinds else len(page.lines)
    for index, line in page.open():
        if not line.is_headline or index > last or line.size > (_HEADING_WORDS if index > first else _SUBTITLE_WORDS):
            continue
        if index < first:
            if index > title:
                page.mark(index, "heading", "subtitle")
            continue
        word = line.words[0]
        joined = word[0] in "وف" and len(word) > 3
        goes_on = word in reporting or (joined and (word[1:] in reporting or line.size > _JOINED_WORDS))
        following = next((i for i in range(index + 1, len(page.lines)) if page.kinds[i] in (None, "body")), None)
        if len(line.text) <= _HEADING_SIZE and not goes_on and following is not None and page.lines[following].is_prose:
            page.mark(index, "heading", "short line between paragraphs")
