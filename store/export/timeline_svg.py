"""What an exported timeline draws: the density of its events, and for each event where in its year it lies.

Right to left: the earliest is on the right. Places across are percentages, so that a drawing is as wide as its page
and its letters and lines keep their size. Whether something is drawn solid or dashed is left to the style sheet.
"""

from __future__ import annotations

import re
from html import escape

from store.answers import EventRow
from store.export.density import Bar, Picture, ticks
from store.export.timeline import group_of
from store.export.wording import counted, ordinal, partial, parts, word
from store.text.when import Calendar

_HEIGHT, _LEAST, _AXIS, _LINE = 120, 2.0, 10, 18
"""Pixels: the highest bar and the lowest, the marks under the axis, and a line of their labels."""
_LABELS: dict[Calendar, tuple[tuple[int, int], tuple[int, int]]] = {
    "gregorian": ((12, 5), (7, 3)), "hijri": ((9, 4), (5, 2)),
}  # fmt: skip
"""How many labels stand beside each other on a wide and on a narrow page: years, and what is longer."""
_MARGINS: dict[Calendar, tuple[int, int]] = {"gregorian": (0, 9), "hijri": (4, 17)}
"""Per cent: labels (years, and longer ones) nearer to the edge than that are aligned with their mark."""
_DATED = re.compile(r"(.*\D) (\d+\b.*)")
"""A day or month, and its year, which is written under it."""
_CALENDARS: tuple[tuple[Calendar, str], ...] = (("gregorian", "g"), ("hijri", "h"))
_TRACK = 16
"""Pixels: the height of an event's track."""
_LIGHT = frozenset({"year", "age", "vague"})


def density(shown: Picture, linked: bool) -> str:
    """The picture; `linked` when the part of the timeline that a bar stands for can be gone to."""
    highest = max(map(shown.height, shown.bars), default=1) or 1
    axes = [(kind, *_ticks(shown, calendar)) for calendar, kind in _CALENDARS]
    height = _HEIGHT + _AXIS + _LINE * max(lines for _, _, lines in axes)
    drawn = [f'<svg class="density" role="img" aria-label="{escape(word("density"))}" width="100%" height="{height}">']
    for bar in sorted(shown.bars, key=lambda bar: not bar.light):
        high = max(_LEAST, _HEIGHT * shown.height(bar) / highest)
        first, end = max(bar.first, shown.first), min(bar.end, shown.end)
        left, right = _across(shown, end), _across(shown, first)
        rect = (
            f'<rect class="{"light" if bar.light else "solid"}" x="{left:.3f}%" width="{right - left:.3f}%"'
            f' y="{_HEIGHT - high:.1f}" height="{high:.1f}">'
            f"<title>{escape(bar_words(bar))}: {escape(counted(bar.events, 'event'))}</title></rect>"
        )
        drawn.append(f'<a href="#{part}">{rect}</a>' if linked and (part := _part(bar)) else rect)
    drawn.append(f'<line class="axis" x1="0" x2="100%" y1="{_HEIGHT}" y2="{_HEIGHT}"/>')
    for outside, x in ((shown.before, 100), (shown.after, 0)):
        if outside:
            drawn.append(_break(x))
    drawn += [f'<g class="{kind}">{marks}</g>' for kind, marks, _ in axes]
    drawn.append("</svg>\n")
    return "".join(drawn)


def bar_words(bar: Bar, calendar: Calendar = "gregorian") -> str:
    """The stretch of a bar in words; of a decade its first year."""
    return partial(f"{bar.value}0" if len(bar.value) == 3 else bar.value, calendar)


def track(row: EventRow) -> str:
    """The year an event begins in as a strip, the event in it; nothing for days that cannot be read."""
    begin, first, last = parts(row.earliest), ordinal(row.earliest), ordinal(row.latest)
    if begin is None or first is None or last is None:
        return ""
    new_year = ordinal(f"{begin[0]:04}-01-01") or 0
    length = (ordinal(f"{begin[0] + 1:04}-01-01") or new_year + 365) - new_year
    # Negative years have a sign and three figures here, which `ordinal` reads as well.
    right = 100 - 100 * (first - new_year) / length
    left = max(0.0, 100 - 100 * (last + 1 - new_year) / length)
    middle, group = (left + right) / 2, group_of(row)
    drawn = []
    if row.bound == "since":
        drawn += [_line(0, right), _head(0)]
    elif row.bound == "until":
        drawn += [_line(right if group != "day" else middle, 100), _head(right if group != "day" else middle + 2.5)]
    if group == "day":
        drawn.append(f'<circle cx="{middle:.2f}%" cy="{_TRACK // 2}" r="4"/>')
    else:
        kind = "light" if group in _LIGHT else "solid"
        width = max(right - left, 1.5)
        drawn.append(f'<rect class="{kind}" x="{left:.2f}%" width="{width:.2f}%" y="5" height="6" rx="2"/>')
    if last - new_year >= length:
        drawn.append('<svg class="more"><path d="M-3 4L-7 8L-3 12M-8 4L-12 8L-8 12"/></svg>')
    return f'<svg class="track" aria-hidden="true" width="100%" height="{_TRACK}">{"".join(drawn)}</svg>'


def _ticks(shown: Picture, calendar: Calendar) -> tuple[str, int]:
    """The marks on the axis, and how many lines their labels have."""
    drawn, lines = [], 0
    for tick in ticks(shown, calendar, *_LABELS[calendar]):
        x = _across(shown, tick.at)
        dated = _DATED.fullmatch(tick.label)
        margin = _MARGINS[calendar][dated is not None]
        # In a page from right to left a text starts at its right end.
        anchor = "end" if x < margin else "start" if x > 100 - margin else "middle"
        fine = "" if tick.rough else ' class="fine"'
        drawn.append(f'<g{fine}><line x1="{x:.3f}%" x2="{x:.3f}%" y1="{_HEIGHT}" y2="{_HEIGHT + 6}"/>')
        label = dated.groups() if dated else (tick.label,)
        lines = max(lines, len(label))
        for number, part in enumerate(label, 1):
            y = _HEIGHT + 4 + number * _LINE
            drawn.append(f'<text x="{x:.3f}%" y="{y}" text-anchor="{anchor}">{escape(part)}</text>')
        drawn.append("</g>")
    return "".join(drawn), lines


def _break(x: int) -> str:
    """Two slanting strokes where the axis goes on out of sight."""
    at = 2 if x == 0 else -12
    strokes = "".join(f"M{at + shift} {_HEIGHT + 6}l6 -12" for shift in (0, 5))
    return f'<svg class="break" x="{x}%" overflow="visible"><path d="{strokes}"/></svg>'


def _line(left: float, right: float) -> str:
    y = _TRACK // 2
    return f'<line x1="{left:.2f}%" x2="{right:.2f}%" y1="{y}" y2="{y}"/>'


def _head(at: float) -> str:
    """An open arrowhead that points to the left, later in time, with its tip at `at` per cent."""
    return f'<svg x="{at:.2f}%" overflow="visible"><path d="M8 3L2 8L8 13"/></svg>'


def _across(shown: Picture, at: int) -> float:
    """The place of a day, in per cent from the left."""
    return 100 * (shown.end - at) / (shown.end - shown.first)


def _part(bar: Bar) -> str | None:
    """The id of the part of the timeline where the events of a bar begin; a decade has none of its own."""
    if len(bar.value) == 3:
        return None
    return f"m{bar.value[:7]}" if len(bar.value) >= 7 else f"y{bar.value}"
