"""In which light a date stands: asserted, planned, predicted or denied.

What governs the date (see `clauses`) and where it lies from the document's day decide together: what has passed is
asserted, what is to come is planned unless it is a forecast, and for the present day, week or year the verb tells.
"""

from __future__ import annotations

from store.extract.dates.clauses import NOUNS, State
from store.extract.dates.context import Context, Resolved
from store.models import Modality

PLANNED = frozenset({"planned", "plan", "due", "aim", "await"})
PREDICTED = frozenset({"predicted", "forecast"})
DENIED = frozenset({"denied", "never"})
AHEAD = PLANNED | PREDICTED | {"never"}
"""What looks to the future."""
BEHIND = frozenset({"past", "said", "told", "was", "since"})
"""What tells of the past."""


def modality(found: Resolved, state: State, ahead: bool, context: Context) -> Modality:
    """The modality of a resolved date; `ahead` when its own words point forward (المقبل, بحلول)."""
    if found.type in ("DURATION", "SET") or not found.value or found.value.endswith("_REF"):
        return "asserted"
    governor = state.kind
    if governor in DENIED:
        return "denied"
    if context.anchor and found.days:
        if found.days.first > context.anchor:
            return "predicted" if governor in PREDICTED else "planned"
        if found.days.last < context.anchor:
            return "planned" if context.due or governor == "due" else "asserted"
        is_day = found.unit == "D"
        if is_day and governor in NOUNS:
            governor = state.under
        if governor in PREDICTED:
            return "predicted"
        still_to_end = found.mod == "END" and found.days.last > context.anchor
        planned = governor in PLANNED or (governor == "sched" and not is_day)
        return "planned" if planned or ahead or context.due or context.starting or still_to_end else "asserted"
    if governor in PREDICTED:
        return "predicted"
    return "planned" if governor in PLANNED or ahead or context.due else "asserted"
