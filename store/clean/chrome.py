"""What stands around an article on its page: the phrases of phrases.tsv, counters, ornaments, addresses."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

from store.clean.lexicon import Phrase, phrases, words
from store.clean.page import Line, Page
from store.text.tokens import words as words_of

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)\W*(?:19|20)\d\d\b", re.IGNORECASE)
_URL = re.compile(r"https?://\S+$", re.IGNORECASE)
_ADDRESS = re.compile(r"www\.\S+$|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}$|@\w{2,40}$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[:：|/\\\-–—»«]|\.{2,})+\s*")
_NAME_WORDS = 4
_NOTICES = frozenset(("copyright", "disclaimer"))
_MENU_WORDS, _MENU_LINES, _MENU_KNOWN, _MENU_LONG = 3, 4, 4, 8


@functools.cache
def _whole() -> dict[str, Phrase]:
    return {phrase.parts[0]: phrase for phrase in reversed(phrases()) if phrase.match == "whole"}


@functools.cache
def _by_word(match: str) -> dict[str, list[Phrase]]:
    """Phrases of one way of matching ("inside" is "has" and "all") by the word they begin (for "end": end) with."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases():
        if phrase.match == match or (match == "inside" and phrase.match in ("has", "all")):
            found[phrase.parts[0].split()[-1 if match == "end" else 0]].append(phrase)
    return dict(found)


def _made_of(line: Line, edge: bool) -> Phrase | None:
    """The first of the phrases a line is made of, numbers aside, when it is made of nothing else."""
    if line.size > 24:
        return None
    known = _whole()
    first: Phrase | None = None
    index = 0
    while index < line.size:
        for size in range(min(6, line.size - index), 0, -1):
            phrase = known.get(" ".join(line.words[index : index + size]))
            if phrase and (edge or not phrase.edge):
                first = first or phrase
                index += size
                break
        else:
            if not line.words[index].isdigit():
                return None
            index += 1
    return first


@functools.cache
def _tells() -> frozenset[str]:
    """The words without one of which no line has a phrase."""
    begins = (word for match in ("start", "label", "inside", "end") for word in _by_word(match))
    return frozenset(begins) | {whole.split()[0] for whole in _whole()}


def find_phrase(line: Line, edge: bool) -> Phrase | None:
    """The phrase that says what `line` is; `edge` when it stands before or after the article's paragraphs."""
    if not line.words or line.size > 120 or _tells().isdisjoint(line.words):
        return None
    made_of = _made_of(line, edge)
    if made_of:
        return made_of
    padded = f" {line.normal} "
    for match, word in (("start", line.words[0]), ("label", line.words[0]), ("end", line.words[-1])):
        for phrase in _by_word(match).get(word, ()):
            if (edge or not phrase.edge) and _matches(phrase, line, padded):
                return phrase
    inside = _by_word("inside")
    for word in filter(inside.__contains__, line.words):
        for phrase in inside[word]:
            if (edge or not phrase.edge) and _matches(phrase, line, padded):
                return phrase
    return None


def _matches(phrase: Phrase, line: Line, padded: str) -> bool:
    part = phrase.parts[0]
    if phrase.match == "label":
        return label_rest(line, phrase) is not None
    if line.size > phrase.limit:
        return False
    if phrase.match == "start":
        return padded.startswith(f" {part} ")
    if phrase.match == "end":
        return padded.endswith(f" {part} ")
    return all(f" {part} " in padded for part in phrase.parts)


def label_rest(line: Line, phrase: Phrase) -> int | None:
    """Where in `line.text` what a label introduces begins (its length when nothing does); None when it is no label."""
    if not f"{line.normal} ".startswith(phrase.parts[0] + " "):
        return None
    label = len(phrase.parts[0].split())
    if line.size == label:
        return len(line.text)
    if phrase.match == "start":
        ends = [end for _, end in words_of(line.text)]
        return ends[label - 1] if line.size <= phrase.limit and len(ends) >= label else None
    if line.size > label + phrase.limit:
        return None
    if phrase.kind in ("source", "byline") and line.is_prose and line.size > label + _NAME_WORDS:
        return None
    # The sign that separates a label from what follows stands right behind its last word.
    for match in _SEPARATOR.finditer(line.text[:80]):
        if match.start() == 0:
            continue
        before = Line(0, match.start(), line.text[: match.start()])
        if before.size == label:
            return match.end()
        if before.size > label:
            break
    return None


def mark_phrases(page: Page, edge: bool) -> None:
    """Mark the lines phrases.tsv knows; with `edge` those, too, that are known only outside the paragraphs."""
    first, last = page.body()
    for index, line in page.open():
        outside = edge and not first <= index < last
        phrase = find_phrase(line, outside)
        # The last paragraph itself may be a notice.
        if phrase and (index != last or not phrase.edge or phrase.rule in _NOTICES):
            page.mark(index, "header" if phrase.kind == "byline" else phrase.kind, phrase.rule)


def mark_signs(page: Page) -> None:
    """Mark lines without a word (rules, stars), copyright and web addresses."""
    for index, line in page.open():
        if not line.words:
            page.mark(index, "boilerplate", "ornament")
        elif _COPYRIGHT.match(line.text) and line.size <= 30:
            page.mark(index, "boilerplate", "copyright")
        elif _URL.match(line.text):
            page.mark(index, "boilerplate", "address")


def mark_counters(page: Page) -> None:
    """Mark numbers and addresses outside the paragraphs."""
    first, last = page.body()
    for index, line in page.open():
        if first <= index <= last or line.size > 12:
            continue
        if _ADDRESS.match(line.text):
            page.mark(index, "boilerplate", "address")
        elif all(word.isdigit() for word in line.words):
            page.mark(index, "boilerplate", "counter")


def mark_follow(page: Page) -> None:
    """Mark "follow our news on …": a call to follow, a platform, few words."""
    follow, maybe, ours, platform = words("follow"), words("follow_maybe"), words("ours"), words("platform")
    for index, line in page.open():
        begin = line.words[:4] if line.size <= 20 else []
        # "He went on (تابع) on Twitter" is no call.
        called = not follow.isdisjoint(begin) or (not maybe.isdisjoint(begin) and not ours.isdisjoint(line.words))
        if called and not platform.isdisjoint(line.words):
            page.mark(index, "boilerplate", "follow")


def mark_menus(page: Page) -> None:
    """Mark runs of very short lines before or after the paragraphs: the menus of a pasted page.

    One in four has to be known already, but for a long run above the first paragraph: the lines of a poem are
    short, too.
    """
    first, last = page.body()
    run: list[int] = []
    for index, line in enumerate([*page.lines, Line(0, 0, "")]):
        inside = first <= index <= last
        short = not inside and 1 <= line.size <= _MENU_WORDS and not line.ends_sentence
        if short and index < len(page.lines) and page.kinds[index] in (None, "boilerplate"):
            run.append(index)
            continue
        known = sum(page.kinds[member] == "boilerplate" for member in run)
        sure = known >= len(run) / _MENU_KNOWN or (len(run) >= _MENU_LONG and run[-1] < first)
        if len(run) >= _MENU_LINES and last >= 0 and sure:
            for member in run:
                page.mark(member, "boilerplate", "menu")
        run = []
