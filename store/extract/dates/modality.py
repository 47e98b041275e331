"""In which light a date stands: asserted, planned, predicted or denied, and whether the sentence looks ahead.

A cue (data/cues.tsv, and verbs with the future's سـ) reaches the dates after it in its sentence, up to the next cue; a
past or reporting verb ends its reach. A date that opens the sentence takes the first cue after it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from store.extract.dates.context import Context, Resolved
from store.models import Modality

_AHEAD = frozenset({"planned", "predicted"})
_OPENING = 3
_NEAR = 25
_DENIAL = 40
"""A denial beyond so many characters is of something else."""


def cue_for(start: int, end: int, cues: Sequence[tuple[int, str]], opening: bool) -> str | None:
    """The kind of the cue that reaches the mention `[start, end)` of a folded sentence; cues are (end, kind)."""
    at = bisect_right(cues, start, key=lambda cue: cue[0])
    if at:
        place, kind = cues[at - 1]
        return None if kind == "denied" and start - place > _DENIAL else kind
    if opening and cues and end < cues[0][0] <= end + _NEAR:
        return cues[0][1]
    return None


def modality(found: Resolved, cue: str | None, ahead: bool, context: Context) -> Modality:
    """The modality of a resolved date; `ahead` when its own words point forward (المقبل, بحلول)."""
    if found.type in ("DURATION", "SET") or not found.value or found.value.endswith("_REF"):
        return "asserted"
    if cue == "denied":
        return "denied"
    if context.anchor and found.days:
        if found.days.first > context.anchor:
            return "predicted" if cue == "predicted" else "planned"
        if found.days.last < context.anchor:
            return "planned" if context.due else "asserted"
        if cue in _AHEAD:
            return "predicted" if cue == "predicted" else "planned"
        still_to_end = found.mod == "END" and found.days.last > context.anchor
        return "planned" if ahead or context.due or still_to_end else "asserted"
    if cue in _AHEAD:
        return "predicted" if cue == "predicted" else "planned"
    return "planned" if ahead or context.due else "asserted"
