"""Which lines of a page the paragraphs come from that an extractor kept of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from store.readers.html.titles import squashed

_SHARE = 0.6
"""Share of a line's words that a paragraph has to have for the line to be one of its own."""
_CANDIDATES = 40
_SHORT = 12


def kept_lines(lines: Sequence[str], paragraphs: Sequence[str]) -> set[int]:
    """Indices of the lines that `paragraphs` hold, wholly or in part, both in reading order.

    Compared are letters and digits. A line that stands on the page more than once is taken where it keeps the order of
    the paragraphs and stands nearest to the others; a paragraph that holds several lines, or a part of one, counts
    between its neighbours only.
    """
    forms = [squashed(line) for line in lines]
    wanted = [form for form in map(squashed, paragraphs) if form]
    chain = _chain(forms, wanted)
    kept = {line for line, _ in chain}
    anchors = [(-1, -1), *chain, (len(lines), len(wanted))]
    for (line, paragraph), (next_line, next_paragraph) in pairwise(anchors):
        gap = range(line + 1, next_line)
        for between in wanted[paragraph + 1 : next_paragraph]:
            kept.update(at for at in gap if at not in kept and _holds(between, forms[at], lines[at]))
    return kept


def _chain(forms: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (line, paragraph) that are the same, in the order of both, of the most code points."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        if form and len(places[form]) < _CANDIDATES:
            places[form].append(at)
    pairs = [(line, paragraph) for paragraph, form in enumerate(wanted) for line in reversed(places.get(form, ()))]
    # Weighted longest increasing run of lines: `ends` are lines, `tops` the best weight and pair that ends there.
    previous: list[int] = []
    ends: list[int] = []
    tops: list[tuple[int, int]] = []
    for number, (line, paragraph) in enumerate(pairs):
        at = bisect_left(ends, line)
        before, last = tops[at - 1] if at else (0, -1)
        previous.append(last)
        weight = before + len(wanted[paragraph])
        stop = at
        while stop < len(ends) and tops[stop][0] <= weight:
            stop += 1
        if stop > at or at == len(ends) or ends[at] != line:
            ends[at:stop], tops[at:stop] = [line], [(weight, number)]
    chain: list[tuple[int, int]] = []
    number = tops[-1][1] if tops else -1
    while number >= 0:
        chain.append(pairs[number])
        number = previous[number]
    return _drawn_together(chain[::-1], places, wanted)


def _drawn_together(
    chain: list[tuple[int, int]], places: dict[str, list[int]], wanted: Sequence[str]
) -> list[tuple[int, int]]:
    """The chain with lines that stand on the page more than once where they are nearest to those that do not."""
    sure = sorted((line, len(wanted[paragraph])) for line, paragraph in chain if len(places[wanted[paragraph]]) == 1)
    half, middle = sum(size for _, size in sure) / 2, 0
    for line, size in sure:
        half -= size
        if half <= 0:
            middle = line
            break
    else:
        return chain
    for at, (line, paragraph) in enumerate(chain):
        low = chain[at - 1][0] if at else -1
        high = chain[at + 1][0] if at + 1 < len(chain) else 1 << 30
        free = [place for place in places[wanted[paragraph]] if low < place < high]
        chain[at] = (min(free, key=lambda place: abs(place - middle), default=line), paragraph)
    return chain


def _holds(paragraph: str, form: str, line: str) -> bool:
    """Whether a paragraph and a line have so much in common that the one comes from the other."""
    if not form:
        return False
    if len(form) >= _SHORT and (form in paragraph or (len(paragraph) >= _SHORT and paragraph in form)):
        return True
    if form in paragraph:
        return paragraph.startswith(form) or paragraph.endswith(form)
    words = [squashed(word) for word in line.split()]
    words = [word for word in words if len(word) > 2]
    return len(words) >= 5 and sum(len(word) for word in words if word in paragraph) >= _SHARE * sum(map(len, words))
