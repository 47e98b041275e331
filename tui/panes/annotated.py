"""What people put on something, as lists and the reader show it: by signs that need no colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.annotations import Annotated, Annotation, folded

BOOKMARK, NOTE, WITHIN, NEW = "★", "✎", "§", "+"
"""A bookmark, a note, something on a sentence of the article, an article that is new to a saved search."""
_WORDS = 4
"""So many words of a sentence tell which it is."""


def signs(annotated: Annotated, *, new: bool = False) -> str:
    """The signs before a row's text, with a blank behind them; nothing where there are none."""
    told = (NEW * new, BOOKMARK * annotated.bookmarked, NOTE * bool(annotated.notes), WITHIN * bool(annotated.within))
    found = "".join(told)
    return f"{found} " if found else ""


def tag_label(tag: str) -> str:
    """A tag with its sign, in its own direction whatever stands beside it."""
    return f"\u2068#{tag}\u2069"


def tags_label(annotated: Annotated) -> str:
    """Its tags."""
    return " ".join(map(tag_label, annotated.tags))


def lines_of(several: Iterable[Annotation]) -> list[tuple[int | None, str]]:
    """What the reader tells of annotations: of the article (None), and of each sentence with the offset where it ends,
    a line for what is on it and one for each line of its notes."""
    by_place: dict[tuple[int, int] | None, list[Annotation]] = {}
    for one in several:
        if one.target is not None and one.target.on == "article":
            by_place.setdefault(None, []).append(one)
        elif one.target is not None and one.target.start is not None and one.target.end is not None:
            by_place.setdefault((one.target.start, one.target.end), []).append(one)
    found: list[tuple[int | None, str]] = []
    for place, told in by_place.items():
        words = told[0].quote.split() if place is not None else []
        name = f"«{' '.join(words[:_WORDS])}{'…' if len(words) > _WORDS else ''}»" if words else ""
        found += [(None if place is None else place[1], line) for line in _lines(told, name)]
    return found


def _lines(told: Sequence[Annotation], name: str) -> list[str]:
    tags = {folded(one.text): tag_label(one.text) for one in told if one.kind == "tag"}
    notes = [one.text.split("\n") for one in told if one.kind == "note"]
    head = " ".join([BOOKMARK] * any(one.kind == "bookmark" for one in told) + list(tags.values()))
    lines = [head] if head else []
    for first, *others in notes:
        lines += [f"{NOTE} {first}", *others]
    if name:
        lines[0] = f"{lines[0]} {name}" if head else f"{NOTE} {name} {lines[0][2:]}"
    return lines
