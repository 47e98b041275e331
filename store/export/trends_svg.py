"""Pictures of how often names are told of over time, as SVG: for a page, and as a drawing of its own.

Time runs as the language reads: from right to left in Arabic. Letters keep their size whatever the width, as places
across are percentages; a text says its own direction by marks of Unicode, so that every program draws it alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from store.answers import Series, Trends
from store.export.density import Picture, Tick, ticks
from store.export.options import Options
from store.export.plain import one_line
from store.export.wording import Wording, wording
from store.text.cells import first_of, value_of

_YEAR = 366
_AXIS, _LINE = 6, 17
"""Pixels: the marks under the axis, and the line of their labels."""
_MOST, _SMALL = ((7, 4), (5, 2)), ((4, 4), (2, 2))
"""So many labels of years, and of months or days, stand beside each other on a wide picture and on a narrow one; and on
a small one among others."""
_MARGIN = 12
"""Per cent: labels nearer to the edge than that are aligned with their mark."""
_RLI, _LRI, _FSI, _PDI = "\u2067", "\u2066", "\u2068", "\u2069"
_WIDTH, _HEAD, _PANEL, _BARS = 760, 44, 128, 56
"""Pixels of a drawing of its own: its width, its heading, each name with its picture, and the picture."""
_STYLE = """
text { font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Segoe UI", "Geeza Pro", Tahoma, "DejaVu Sans", sans-serif;
  font-size: 13px; fill: #1f1e1b }
.paper { fill: #fdfcf8 } .bars { fill: #0b5a6b } .axis, .mark { stroke: #1f1e1b } .dim { fill: #5d5a52 }
.name { font-size: 16px; font-weight: bold } .title { font-size: 19px; font-weight: bold }
"""
_DARK = """
@media (prefers-color-scheme: dark) { text { fill: #e9e6de } .paper { fill: #14171a } .bars { fill: #76c6d6 }
  .axis, .mark { stroke: #e9e6de } .dim { fill: #aaa69a } }
"""


def chart(
    found: Trends, counts: Sequence[int], words: Wording, height: int, title: str, key: str, *, small: bool = False
) -> str:
    """A picture of `counts` as wide as what is around it, `height` pixels without its labels; `key` is unique in its
    page, `small` says that others stand beside it. Nothing for no time at all."""
    shown = _picture(found)
    if shown is None:
        return ""
    whole = height + _AXIS + _LINE
    described = f"{escape(one_line(title))}{words.word('separator')} {escape(peak(found, counts, words))}"
    return (
        f'<svg class="trend" role="img" aria-labelledby="{key}-t {key}-d" width="100%" height="{whole}">'
        f'<title id="{key}-t">{escape(one_line(title))}</title><desc id="{key}-d">{described}</desc>'
        f"{_drawn(shown, counts, words, height, _SMALL if small else _MOST)}</svg>"
    )


def peak(found: Trends, counts: Sequence[int], words: Wording) -> str:
    """The highest of the counts and when it was, in words."""
    most = max(counts, default=0)
    if not most:
        return words.counted(0, "article")
    value = value_of(found.first + list(counts).index(most), found.unit)
    return words.word("peak", count=words.counted(most, "article"), when=words.partial(stretched(value)))


def stretched(value: str) -> str:
    """A cell's value as dates are said; of a decade its first year."""
    return f"{value}0" if len(value) == 3 else value


def drawing(found: Trends, options: Options) -> Iterator[str]:
    """A drawing of its own, light or dark as the reader likes it: the names one below the other, time shared."""
    words = wording(options.language)
    dark = "" if options.plain else _DARK
    shown = _picture(found)
    height = _HEAD + _PANEL * max(1, len(found.series))
    title = words.word("names over time")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
        f' role="img" aria-labelledby="t d" xml:lang="{words.language}">\n<title id="t">{escape(title)}</title>\n'
        f'<desc id="d">{escape(_described(found, words))}</desc>\n<style>{_STYLE}{dark}</style>\n'
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>\n'
    )
    inner = _WIDTH - 40
    yield f'<svg x="20" width="{inner}" height="{height}" overflow="visible">\n'
    start, anchor = ("100%", "end") if words.rtl else ("0", "start")
    said = f"{title} {words.word('separator')} {words.word(f'bar.{found.unit}')}"
    yield f'<text class="title" x="{start}" y="28" text-anchor="{anchor}">{_told(said, words)}</text>\n'
    if shown is None or not found.series:
        yield f'<text x="{start}" y="70" text-anchor="{anchor}">{_told(words.word("nothing found"), words)}</text>\n'
    else:
        for number, series in enumerate(found.series):
            y = _HEAD + number * _PANEL
            yield f'<svg y="{y}" width="{inner}" height="{_PANEL}" overflow="visible">\n'
            name = f"{_FSI}{escape(_cut(series.entity.name, 60))}{_PDI}"
            yield f'<text class="name" x="{start}" y="16" text-anchor="{anchor}">{name}</text>\n'
            facts = _told(counts_of(series, found, words), words)
            yield f'<text class="dim" x="{start}" y="34" text-anchor="{anchor}">{facts}</text>\n'
            yield f'<svg y="42" width="{inner}" height="{_BARS + _AXIS + _LINE}" overflow="visible">'
            yield f"{_drawn(shown, series.articles, words, _BARS)}</svg>\n</svg>\n"
    yield "</svg>\n</svg>\n"


def counts_of(series: Series, found: Trends, words: Wording) -> str:
    """How often a name is told of, and when most."""
    entity = series.entity
    said = [words.counted(entity.articles, "article"), words.counted(entity.mentions, "mention")]
    if any(series.articles):
        said.append(peak(found, series.articles, words))
    return f" {words.word('separator')} ".join(said)


def _described(found: Trends, words: Wording) -> str:
    return f"{words.word('stop')} ".join(
        f"{one_line(series.entity.name)}: {counts_of(series, found, words)}" for series in found.series
    )


def _cut(text: str, most: int) -> str:
    text = one_line(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _told(text: str, words: Wording) -> str:
    """Words in the direction of their language."""
    return f"{_RLI if words.rtl else _LRI}{escape(text)}{_PDI}"


def _picture(found: Trends) -> Picture | None:
    """The stretch of the trends, for its marks."""
    if not found.articles:
        return None
    first = first_of(found.first, found.unit)
    end = first_of(found.first + len(found.articles), found.unit)
    if first is None:
        return None
    last = end.toordinal() if end else 3_652_060
    return Picture(first.toordinal(), last, found.unit, (), None, None, 0)


def _drawn(
    shown: Picture,
    counts: Sequence[int],
    words: Wording,
    height: int,
    most_labels: tuple[tuple[int, int], tuple[int, int]] = _MOST,
) -> str:
    """The counts as one shape over an axis with its marks."""
    most, cells = max(counts, default=0) or 1, len(counts)
    ordered = counts[::-1] if words.rtl else counts
    path, level = [f"M0 {height}"], 0
    for at, count in enumerate(ordered):
        if count != level:
            # what there is at all is seen
            path.append(f"H{at}V{height - max(1.5, height * count / most) if count else height:.4g}")
            level = count
    path.append(f"H{cells}V{height}Z")
    drawn = [
        f'<svg width="100%" height="{height}" viewBox="0 0 {cells} {height}" preserveAspectRatio="none">'
        f'<path class="bars" d="{"".join(path)}"/></svg>',
        f'<line class="axis" x1="0" x2="100%" y1="{height}" y2="{height}"/>',
    ]
    for number, tick in enumerate(ticks(shown, "gregorian", *most_labels, days=words.days)):
        share = 100 * (tick.at - shown.first) / (shown.end - shown.first)
        x = 100 - share if words.rtl else share
        anchor = "start" if x < _MARGIN else "end" if x > 100 - _MARGIN else "middle"
        fine = "" if tick.rough else ' class="fine"'
        drawn.append(
            f'<g{fine}><line class="mark" x1="{x:.3f}%" x2="{x:.3f}%" y1="{height}" y2="{height + _AXIS}"/>'
            f'<text class="dim" x="{x:.3f}%" y="{height + _AXIS + 13}" text-anchor="{anchor}">'
            f"{_told(_label(shown, tick, words, whole=not number), words)}</text></g>"
        )
    return "".join(drawn)


def _label(shown: Picture, tick: Tick, words: Wording, *, whole: bool) -> str:
    """The words of a mark: of more than a year, January says the year and other months only their name."""
    day = date.fromordinal(tick.at)
    if shown.unit == "day" or shown.end - shown.first <= _YEAR:
        return tick.label
    if day.month == 1:
        return words.partial(f"{day.year:04}")
    return tick.label if whole else tick.label.removesuffix(f" {day.year}")
