"""What stands above an article: date lines, bylines, datelines, captions."""

from __future__ import annotations

import functools
import re

from store.clean.lexicon import fits, outlets, places, words
from store.clean.page import Line, Page, normal

_DAY = re.compile(r"\b\d{1,2}\b")
_SLASH = r"\s*[-/.\\]\s*"
_FULL_DATE = re.compile(
    rf"\b(?:\d{{1,2}}{_SLASH}\d{{1,2}}{_SLASH}\d{{2,4}}|\d{{4}}{_SLASH}\d{{1,2}}{_SLASH}\d{{1,2}})\b"
)
_TOKEN = re.compile(r"[^\W\d]+")
_CLOCK = re.compile(r"\b\d{1,2}\s*:\s*\d{2}\b")
# What separates the parts of a dateline: a dash with a space beside it (Arabic keyboards also give a lone tatweel),
# or a colon.
_SEPARATOR = re.compile(r"\s*(?:--+|[-–—])(?=\s|$)|\s+[-–—](?=[(\[«\"“])|\s+ـ(?=\s|$)|\s*:(?=\s|$)")
_BRACKETED = re.compile(r"[(\[«\"“]([^()\[\]«»\"“”]{1,40})[)\]»\"”]\s*$")
# Runs of blanks and of dashes are entered at their beginning only: in one that ends otherwise each place would count.
_BYLINE_PARTS = re.compile(r"(?<!\s)\s+(?:[-–—|/]+\s*|ـ\s+)|(?<![-–—|/])[-–—|/]+\s+|[:،]\s*")
_DATELINE_SIZE, _PART_WORDS = 160, 12
_SIGNED, _SIGNED_WORDS = frozenset(("كتب", "كتبت", "بقلم", "بواسطه", "حاوره", "حاورته", "by")), 5
_DATELINE_LINES, _DATELINE_PARAGRAPHS = 40, 2


@functools.cache
def _date_words() -> frozenset[str]:
    agencies = {name for name, outlet in outlets().items() if outlet.kind == "agency"}
    return words("calendar") | words("date") | words("date_label") | places() | agencies


def is_date_line(line: Line) -> bool:
    """Whether a line says when it was published and nothing else.

    It has a day or a clock time, and all its words are numbers or words of dates, of places, of publishing.
    """
    if not 1 <= line.size <= 24 or not any(map(str.isdigit, line.text)):
        return False
    if fits(line.normal, _date_words()):
        return False
    if _FULL_DATE.search(line.text) or _CLOCK.search(line.text):
        return True
    return bool(_DAY.search(line.normal)) and not words("calendar").isdisjoint(_TOKEN.findall(line.normal))


def is_relative_time(line: Line) -> bool:
    """Whether a line is "3 hours ago" and nothing else."""
    return 2 <= line.size <= 6 and line.words[0] in ("منذ", "قبل") and not fits(line.normal, words("ago"), 1)


def is_byline(line: Line) -> bool:
    """Whether a line is a name and a place or an outlet with a dash between them ("Name – City")."""
    if not 2 <= line.size <= 10 or line.ends_sentence or "©" in line.text or any(map(str.isdigit, line.text)):
        return False
    parts = [normal(part) for part in _BYLINE_PARTS.split(line.text) if normal(part)]
    if len(parts) < 2 or any(len(part.split()) > 4 for part in parts):
        return False
    first, last = (outlets().get(part) for part in (parts[0], parts[-1]))
    if parts[-1] in places():
        return parts[0] not in places() or bool(first)
    return bool(
        (first and first.kind != "photo")
        # A name before an agency is a picture's as often as a reporter's.
        or (last and (last.kind in ("outlet", "generic") or parts[0] in places()))
    )


def mark_dates(page: Page) -> None:
    """Mark date lines: the article's own above it or labelled; below it those of other articles, unless labelled."""
    first, last = page.body()
    for index, line in page.open():
        if is_date_line(line):
            labelled = any(word in words("date_label") for word in line.words)
            if first < index < last:
                if labelled:
                    page.mark(index, "header", "date line")
            elif index <= first or labelled:
                starts = " ".join(line.words[:2]) in places() or line.words[0] in places()
                page.mark(index, "dateline" if starts else "header", "date line")
            else:
                page.mark(index, "boilerplate", "date of another article")
        elif is_relative_time(line) and not first < index < last:
            page.mark(index, "header" if index <= first else "boilerplate", "relative time")


def mark_bylines(page: Page) -> None:
    """Mark "Name – City", "Outlet – City" and, above the first paragraph, "Written by Name"."""
    first, last = page.body()
    for index, line in page.open():
        signed = 2 <= line.size <= _SIGNED_WORDS and line.words[0] in _SIGNED and 0 < index < first
        if signed or ((index < first or index > last) and is_byline(line)):
            page.mark(index, "header", "byline")


@functools.cache
def _newsrooms() -> frozenset[str]:
    return frozenset(name for name, outlet in outlets().items() if outlet.kind != "photo") - places()


def _begins_with_place(part: list[str]) -> bool:
    return any(" ".join(part[:size]) in places() for size in (1, 2, 3))


def _has_newsroom(part: list[str]) -> bool:
    return any(" ".join(part[start : start + size]) in _newsrooms() for start in range(len(part)) for size in (1, 2, 3))


def dateline_end(text: str) -> int:
    """Where the dateline a paragraph begins with ends, its closing sign included; 0 when it has none.

    Its parts hold places, agencies and dates and nothing else, one a place or an agency; a town the list of places
    does not have counts before an agency in brackets. Before a colon there has to be an agency: "Egypt:" speaks.

    >>> dateline_end("دبي -")
    5
    """
    known = _date_words() | _newsrooms()
    end, start = 0, 0
    placed = sourced = unknown = False
    for separator in _SEPARATOR.finditer(text[:_DATELINE_SIZE]):
        surface = text[start : separator.start()]
        part = normal(surface).split()
        if not 1 <= len(part) <= _PART_WORDS:
            break
        if fits(" ".join(part), known):
            bracketed = _BRACKETED.search(surface)
            town = normal(surface[: bracketed.start()]).split() if bracketed else part
            agency = bool(bracketed) and _has_newsroom(normal(bracketed[1] if bracketed else "").split())
            if start or not 1 <= len(town) <= 3 or town[0] in words("reporting"):
                break
            if agency:
                placed = sourced = True
            else:
                unknown = True
        else:
            placed = placed or _begins_with_place(part)
            sourced = sourced or _has_newsroom(part)
        start = separator.end()
        colon = text[separator.end() - 1] == ":"
        if (placed and sourced) or (not unknown and not colon and (placed or (sourced and len(part) <= 4))):
            end = start
    return end


def cut_dateline(lines: list[Line]) -> tuple[list[Line], int | None]:
    """`lines` with the dateline of the first paragraph as a line of its own, and its index; None without one."""
    paragraphs = 0
    for index, line in enumerate(lines[:_DATELINE_LINES]):
        end = dateline_end(line.text)
        if end and (end == len(line.text) or line.is_prose):
            rest = line.text[end:]
            head = Line(line.start, line.start + end, line.text[:end])
            if not rest.strip():
                return lines, index
            start = line.start + end + len(rest) - len(rest.lstrip())
            tail = Line(start, line.end, rest.lstrip())
            return [*lines[:index], head, tail, *lines[index + 1 :]], index
        paragraphs += line.is_prose
        if paragraphs >= _DATELINE_PARAGRAPHS:
            break
    return lines, None
