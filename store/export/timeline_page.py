"""The timeline as one page of HTML that needs nothing but itself: no script, no network.

What is shown or hidden is decided by boxes and the style sheet alone (`data/timeline.css`); a browser that lacks what
this takes (the selector `:has`) shows everything. Everything from a corpus is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from store.answers import EventRow, Filter
from store.export.density import Picture, Unit, picture
from store.export.markup import html
from store.export.timeline import GROUPS, MODALITIES, Scope, entries, kinds, survey
from store.export.timeline_events import both, dotted, either, parts_of, sign, year_id
from store.export.timeline_svg import bar_words, density, track
from store.export.wording import SIGNS, counted, partial, word, year_words
from store.models import Bound, Modality, Precision
from store.text.when import Calendar

if TYPE_CHECKING:
    from store.database.queries import Reader

_CALENDARS: tuple[tuple[Calendar, str], ...] = (("gregorian", "g"), ("hijri", "h"))
_WRITTEN: dict[Unit, int] = {"day": 10, "month": 7, "year": 4, "decade": 4}
"""How much of an ISO date says where a picture begins or ends."""

_UNFOLDED = 40
"""So many years are listed without being asked for."""


def page(reader: Reader, f: Filter, limit: int | None, only: Sequence[int] | None = None) -> Iterator[str]:
    """The page, an event at a time."""
    held = survey(reader, f, limit, only)
    shown = picture(reader, f)
    whole = held.written == held.events
    yield _head(held)
    yield _controls(*kinds(reader, f), counts=whole)
    if shown is not None:
        yield _figure(shown, whole)
    yield _legend()
    if whole and len(held.years) > 1:
        yield _years(held)
    yield "<main>\n"
    if not held.written:
        yield f"<p>{html(word('nothing'))}</p>\n"
    yield from parts_of(entries(reader, f, limit, only))
    yield f'</main>\n<footer class="dim">{html(word("made"))}</footer>\n</body>\n</html>\n'


def _head(held: Scope) -> str:
    title = f"{word('title')}: {held.words()[0]}"
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    said = dotted(map(either, held.words(), held.words("hijri")))
    return (
        '<!doctype html>\n<html dir="rtl" lang="ar">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{html(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{html(word("title"))}</h1>\n<p class="scope">{said}</p>\n</header>\n'
    )


@lru_cache(maxsize=1)
def _style() -> str:
    """The style sheet, and the rules that hide what a box left empty stands for, with the headings over nothing."""
    sheet = files("store.export").joinpath("data/timeline.css").read_text("utf-8")
    rules, kept = [], []
    lights, groups = [f"m-{one}" for one in MODALITIES], [f"p-{one}" for one in dict.fromkeys(GROUPS.values())]
    for kind in (*lights, *groups):
        rules.append(f"body:has(#{kind}:not(:checked)) .{kind}{{display:none}}")
    for light, group in product(lights, groups):
        kept.append(f"body:not(:has(#{light}:not(:checked),#{group}:not(:checked))) .part:has(.{light}.{group})")
    rules.append(f"body:has(.kind:not(:checked)) .part{{display:none}}\n{','.join(kept)}{{display:block}}")
    return "\n" + sheet + "\n".join(rules) + "\n"


def _controls(lights: Mapping[Modality, int], groups: Mapping[str, int], *, counts: bool) -> str:
    calendars = [
        f'<label><input type="radio" name="calendar" id="c-{short}" autocomplete="off"'
        f"{' checked' if short == 'g' else ''}>{html(word(f'calendar.{name}'))}</label>"
        for name, short in _CALENDARS
    ]
    written = [_fieldset("calendar", calendars)]
    signed = {f"m-{one}": (word(f"modality.{one}"), SIGNS.get(one, ""), n) for one, n in lights.items()}
    exact = {f"p-{one}": (word(f"group.{one}"), "", n) for one, n in groups.items()}
    for name, told in (("show modality", signed), ("show precision", exact)):
        if len(told) > 1:
            boxes = [
                f'<label><input type="checkbox" class="kind" id="{kind}" autocomplete="off" checked>'
                f"{html(said)}{sign(mark)}{f' <bdi>({n})</bdi>' if counts else ''}</label>"
                for kind, (said, mark, n) in told.items()
            ]
            written.append(_fieldset(name, boxes))
    return f'<div class="controls">\n{"".join(written)}</div>\n'


def _fieldset(name: str, labels: list[str]) -> str:
    return f"<fieldset><legend>{html(word(name))}</legend>{''.join(labels)}</fieldset>\n"


def _figure(shown: Picture, whole: bool) -> str:
    told = [_caption(shown, whole, calendar) for calendar, _ in _CALENDARS]
    outside = [_outside(shown, calendar) for calendar, _ in _CALENDARS]
    more = f'<p class="outside">{either(*outside)}</p>' if outside[0] else ""
    return f"<figure>\n{density(shown, whole)}<figcaption>{either(*told)}{more}</figcaption>\n</figure>\n"


def _caption(shown: Picture, whole: bool, calendar: Calendar) -> str:
    """What the picture shows and how it is read."""
    said = [word("density"), word(f"scale.{shown.unit}")]
    solid = [bar for bar in shown.bars if not bar.light]
    if solid:
        most = max(solid, key=lambda bar: bar.events)
        said.append(word("highest", events=counted(most.events, "event"), when=bar_words(most, calendar)))
    if len(solid) < len(shown.bars):
        said += [word("light"), word("begins")]
    if not whole:
        said.append(word("all shown"))
    return f"{word('stop')} ".join([*said, ""]).strip()


def _outside(shown: Picture, calendar: Calendar) -> str:
    """How many events the picture leaves out, and where they lie; nothing when it holds them all."""
    said = []
    # The last day before the picture ends, or the first in it; the Hijri calendar has no months or years of its length.
    for key, outside, edge in (("before", shown.before, shown.first), ("after", shown.after, shown.end - 1)):
        if outside is not None:
            day = date.fromordinal(min(edge, date.max.toordinal())).isoformat()
            edge_words = partial(day if calendar == "hijri" else day[: _WRITTEN[shown.unit]], calendar)
            events, far = counted(outside.events, "event"), bar_words(outside.farthest, calendar)
            said.append(word(key, when=edge_words, events=events, farthest=far))
    if shown.unplaced:
        said.append(word("unplaced", events=counted(shown.unplaced, "event")))
    return f"{word('outside')}: {word('semicolon').join(said)}{word('stop')}" if said else ""


def _legend() -> str:
    samples = [
        (_example("day", "2021-08-20"), "day"),
        (_example("month", "2021-06-01", "2021-06-30"), "month"),
        (_example("year", "2021-01-01", "2021-12-31"), "year"),
        (_example("decade", "2020-01-01", "2029-12-31"), "decade"),
        (_example("day", "2021-04-10", bound="since"), "since"),
        (_example("day", "2021-09-10", bound="until"), "until"),
    ]
    lines = [f"<li>{html(word('legend.track'))}</li>"]
    lines += [f"<li>{track(row)}{html(word(f'legend.{name}'))}</li>" for row, name in samples]
    lines.append(f"<li>{html(word('legend.modality'))}</li>")
    lines.append(f'<li><bdi dir="ltr">×2</bdi>: {html(word("legend.outlets"))}</li>')
    return f'<details class="legend"><summary>{html(word("legend"))}</summary><ul>{"".join(lines)}</ul></details>\n'


def _example(precision: Precision, first: str, last: str | None = None, bound: Bound | None = None) -> EventRow:
    return EventRow(0, first, first, last or first, precision, "asserted", (), (), (), 1, bound)


def _years(held: Scope) -> str:
    links = []
    for value, events in held.years:
        if value.isdecimal():
            link = f'<a href="#{year_id(int(value))}">{both(year_words, int(value))}</a>'
            links.append(f"<li>{link} <bdi>({events})</bdi></li>")
    unfolded = " open" if len(links) <= _UNFOLDED else ""
    return (
        f"<nav><details{unfolded}><summary>{html(word('years'))}</summary><ul>{''.join(links)}</ul></details></nav>\n"
    )
