"""Annotations by another guideline, brought to khabar's own.

Corpora disagree on where a name ends (قطاع غزة or غزة), on what counts (currencies, bodies named by a common noun) and
on MISC. A recogniser trained on khabar's guideline alone says where it would put the limits; of two annotations that
mean the same name its limits are taken, everything else is left to the people who annotated the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from store.models import Mention
from store.training.corpora import Annotated

_SURE = 0.9
_NO_NAMES = frozenset((
    "دولار", "الدولار", "يورو", "اليورو", "دينار", "درهم", "ريال", "جنيه", "ليرة", "الليرة", "الين", "الله",
    "الإسلام", "المسيحية", "اليهودية", "رمضان", "عربية", "العربية", "العربي", "عربي", "الإسلامية", "إسلامية",
    "الإسلامي", "إسلامي", "المسلمين", "المسلمون", "السنة", "الشيعة", "سنة", "شيعية", "السنية", "الشيعية",
    "الإنجليزية", "الفرنسية", "الإنكليزية", "الألمانية",
))  # fmt: skip
"""What ANERcorp and AQMAR count as MISC and khabar does not."""


def harmonise(texts: Iterable[Annotated], find: Callable[[str], Sequence[Mention]]) -> list[Annotated]:
    """The texts with their names by khabar's guideline, as far as `find`, trained on it, can tell."""
    return [replace(one, spans=tuple(_spans(one, find(one.text))), guideline="khabar") for one in texts]


def _spans(one: Annotated, found: Sequence[Mention]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    answered: set[int] = set()
    for mention in found:
        inside = [at for at, span in enumerate(one.spans) if span[0] < mention.end and mention.start < span[1]]
        alike = [at for at in inside if one.spans[at][2] == mention.type]
        if alike and len(inside) == len(alike) == 1:
            answered.add(alike[0])
            spans.append((mention.start, mention.end, mention.type))
        elif len(alike) > 1 and len(inside) == len(alike) and mention.type in ("ORG", "PER"):
            # One name here, several there: شركة أرامكو السعودية.
            answered.update(alike)
            spans.append((mention.start, mention.end, mention.type))
        elif not inside and mention.rule != "model" and mention.type in ("ORG", "LOC") and mention.score >= _SURE:
            spans.append((mention.start, mention.end, mention.type))
    for at, (start, end, type_) in enumerate(one.spans):
        if at in answered or (type_ == "MISC" and one.text[start:end] in _NO_NAMES):
            continue
        if not any(start < span[1] and span[0] < end for span in spans):
            spans.append((start, end, type_))
    return sorted(spans)
