"""What of storing an article follows from it alone, worked out where it is extracted, so that the one process that
writes has the less to do. An article that comes without it is stored all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from store.database.indexing import indexed
from store.database.naming import key_of
from store.database.packing import pack
from store.database.spans import by_span
from store.models import Analysis
from store.resolve.alike import Told, tell
from store.resolve.sketches import sketch
from store.text.stems import stem

_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class Prepared:
    """It is good for the analysis that it came with, and no other of the same document."""

    words: tuple[str, str]
    """Of title and body, as the index holds them."""
    forms: str
    stems: str
    """The different words, and the stem of each, on lines of their own."""
    packed: bytes | None
    """The text; None where it cannot be packed."""
    told: tuple[Told, ...]
    """What is compared of each event, of article 0."""
    sketches: tuple[bytes, ...]
    """Of each event, by which most are told apart unread."""

    def of_words(self) -> tuple[list[str], list[str]]:
        """Different words, and the stem of each."""
        return (self.forms.split(_BETWEEN), self.stems.split(_BETWEEN)) if self.forms else ([], [])


def prepared(analysis: Analysis) -> Analysis:
    """The analysis with what is worked out beforehand."""
    document, cleaned = analysis.document, analysis.cleaned
    title = title_of(analysis)
    words = indexed(document.text, title, cleaned.blocks)
    forms = distinct(words)
    try:
        packed = pack(document.text)
    except UnicodeEncodeError:  # which is told of when it is stored
        packed = None
    stems = _BETWEEN.join(map(stem, forms))
    told = tuple(_told(analysis))
    made = Prepared(words, _BETWEEN.join(forms), stems, packed, told, tuple(map(sketch, told)))
    return replace(analysis, prepared=made)


def title_of(analysis: Analysis) -> str:
    """The title that an article is stored with."""
    cleaned = analysis.cleaned
    return cleaned.title.text if cleaned.title else analysis.document.title or ""


def distinct(words: Sequence[str]) -> list[str]:
    """The different words of fields of the index."""
    found = dict.fromkeys(chain.from_iterable(field.split(" ") for field in words))
    found.pop("", None)
    return list(found)


def _told(analysis: Analysis) -> list[Told]:
    """As `store.database.tellings.told` gives them of what is stored."""
    if not analysis.events:
        return []
    text, beside = analysis.document.text, defaultdict(list)
    for at, event in enumerate(analysis.events):
        beside[event.start].append((at, (event.earliest, event.latest)))
    names = sorted((one.start, one.end, one.type, key_of(one)) for one in by_span(analysis.mentions))
    found = []
    for at, event in enumerate(analysis.events):
        start = event.start
        named = [one for one in names if start <= one[0] < event.end and one[1] <= event.end]
        others = [key for _, _, kind, key in named if kind != "LOC"]
        places = [key for _, _, kind, key in named if kind == "LOC"]
        found.append(
            tell(
                0, event.value, (event.earliest, event.latest), event.modality, text[start : event.end],
                (event.date_start - start, event.date_end - start), [(s - start, e - start) for s, e, _, _ in named],
                others, places, [days for other, days in beside[start] if other != at],
            )
        )  # fmt: skip
    return found
