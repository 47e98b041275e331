"""In which light a date stands: asserted, planned, predicted or denied.

What governs the date (see `clauses`) and where it lies from the document's day decide together: what has passed is
asserted, what is to come is planned unless it is a forecast, and for the present day, week or year the verb tells.
"""

from __future__ import annotations

from store.extract.dates.clauses import NOUNS, State
from store.extract.dates.context import Context, Resolved
from store.models import Modality

PLANNED = frozenset({"planned", "plan", "ready", "due", "aim", "await"})
PREDICTED = frozenset({"predicted", "foresaw", "forecast"})
DENIED = frozenset({"denied", "refused", "never"})
AHEAD = PLANNED | PREDICTED | {"never"}
"""What looks to the future."""
BEHIND = frozenset({"past", "said", "told", "was", "since", "maybe"})
"""What tells of the past."""
_EVENING = ("TEV", "TNI")


def modality(found: Resolved, state: State, ahead: bool, context: Context) -> Modality:
    """The modality of a resolved date; `ahead` when its own words point forward (المقبل, بحلول)."""
    if found.type in ("DURATION", "SET") or not found.value or found.value.endswith("_REF"):
        return "asserted"
    governor = state.kind
    anchor, days = context.anchor, found.days
    if governor in DENIED:
        over = governor == "never" and anchor and days and days.last < anchor
        on_the_day = governor == "refused" and days and days.first == days.last == anchor
        return "asserted" if over or on_the_day else "denied"
    due = context.due and governor not in BEHIND
    if not anchor or not days:
        planned = governor in PLANNED or ahead or due
    elif days.first > anchor:
        if governor == "maybe":
            return "predicted"
        planned = True
    elif days.last < anchor:
        return "planned" if due or governor == "due" else "asserted"
    else:
        is_day = found.unit == "D"
        if is_day and governor in NOUNS:
            governor = "since" if governor == "since" else state.under
        behind = governor in BEHIND or governor == "cause"
        still = (found.mod == "END" and days.last > anchor) or found.value.endswith(_EVENING)
        planned = governor in PLANNED or governor == "sched" or (governor == "ongoing" and not is_day)
        planned = planned or ahead or due or context.starting or (still and not behind)
    if governor in PREDICTED:
        return "predicted"
    return "planned" if planned else "asserted"
