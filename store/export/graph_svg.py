"""Who is named with whom as a picture: names in a column, an arc for each two that share a sentence.

Arcs, not a cloud: no two names can lie on each other whatever there is, and the same graph is always drawn alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from store.answers import EntityRow, Tie
from store.export.plain import one_line
from store.export.wording import Wording

_ROW, _EDGE = 26, 14
"""Pixels from name to name, and above the first."""
_THICK = 9.0
_LETTERS = 22
_FSI, _PDI = "\u2068", "\u2069"


def arcs(rows: Sequence[EntityRow], ties: Sequence[Tie], words: Wording) -> str:
    """The picture, as wide as what is around it: the names that have ties; nothing where there are none."""
    tied = {id_ for tie in ties for id_ in (tie.source, tie.target)}
    named = {row.id: row for row in rows if row.id in tied}
    strengths = {(tie.source, tie.target): tie for tie in ties if tie.source in named and tie.target in named}
    if not strengths:
        return ""
    places = {id_: at for at, id_ in enumerate(_ordered(list(named), strengths))}
    height = _ROW * len(places) + _EDGE
    most = max(tie.sentences for tie in strengths.values())
    title = words.word("graph")
    drawn = [
        f'<svg class="arcs" role="img" aria-labelledby="g-t g-d" width="100%" height="{height}">'
        f'<title id="g-t">{escape(title)}</title>'
        f'<desc id="g-d">{escape(words.listed(named[id_].name for id_ in places))}</desc>'
    ]
    # Arcs are stretched to the width there is; strokes are not.
    left = 0 if words.rtl else 50
    drawn.append(
        f'<svg x="{left}%" width="50%" height="{height}" viewBox="0 0 100 {height}" preserveAspectRatio="none">'
    )
    # weak ones first, so that the strong lie above them
    for (one, other), tie in sorted(strengths.items(), key=lambda item: (item[1].sentences, item[0])):
        upper, lower = sorted((places[one], places[other]))
        deep = 12 + 82 * (lower - upper) / max(1, len(places) - 1)
        base, far = (100, 100 - deep / 0.75) if words.rtl else (0, deep / 0.75)
        top, bottom = (_EDGE + _ROW * at for at in (upper, lower))
        thick = max(1.0, _THICK * tie.sentences / most)
        said = tie_words(tie, named, words)
        drawn.append(
            f'<path d="M{base} {top}C{far:.1f} {top} {far:.1f} {bottom} {base} {bottom}"'
            f' stroke-width="{thick:.1f}" vector-effect="non-scaling-stroke"><title>{escape(said)}</title></path>'
        )
    drawn.append("</svg>")
    x, anchor = (52, "start") if words.rtl else (48, "end")
    for id_, at in places.items():
        y = _EDGE + _ROW * at
        name = one_line(named[id_].name)
        shown = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
        kind = escape(named[id_].type)
        drawn.append(f'<circle class="{kind}" cx="50%" cy="{y}" r="4"/>')
        drawn.append(
            f'<text x="{x}%" y="{y + 5}" text-anchor="{anchor}"><title>{escape(name)}</title>'
            f"{_FSI}{escape(shown)}{_PDI}</text>"
        )
    drawn.append("</svg>")
    return "".join(drawn)


def tie_words(tie: Tie, named: dict[int, EntityRow], words: Wording) -> str:
    """A tie in words."""
    one, other = (f"{_FSI}{one_line(named[id_].name)}{_PDI}" for id_ in (tie.source, tie.target))
    return words.word("tie", one=one, other=other, sentences=words.counted(tie.sentences, "sentence"))


def _ordered(ids: list[int], strengths: dict[tuple[int, int], Tie]) -> list[int]:
    """The names so that those with strong ties stand near each other: the strongest two, then always the one that is
    tied most to those that stand there, at the end that it is tied to more."""

    def strength(one: int, other: int) -> int:
        tie = strengths.get((min(one, other), max(one, other)))
        return tie.sentences if tie else 0

    (first, second) = min(strengths, key=lambda pair: (-strengths[pair].sentences, pair))
    placed, left = [first, second], [id_ for id_ in ids if id_ not in (first, second)]
    while left:
        following = min(left, key=lambda id_: (-sum(strength(id_, other) for other in placed), id_))
        left.remove(following)
        middle = len(placed) // 2
        begin, end = (sum(strength(following, other) for other in part) for part in (placed[:middle], placed[middle:]))
        placed = [following, *placed] if begin > end else [*placed, following]
    return placed
