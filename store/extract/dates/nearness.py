"""How far ahead a date without a year may lie.

News means the last such day or month, unless something looks ahead; and the nearer a date is ahead, the less it takes.
A day eleven months back and one month ahead is nearly always to come, even without a word that says so; after a verb
of the past it never is. The limits are days, read off thousands of articles (dates whose year or direction was said,
with those words taken away).
"""

from __future__ import annotations

from collections.abc import Mapping

from store.extract.dates.clauses import State
from store.extract.dates.modality import BEHIND

_REACH = {
    "planned": 270, "never": 270, "due": 150, "aim": 240, "await": 240, "predicted": 240, "sched": 150,
    "plan": 200, "forecast": 200, "present": 75, "": 60, "denied": 30, "cause": 30, "said": 30, "was": 0, "told": 0, "past": 0,
}  # fmt: skip
_UNTIL, _DUE, _DUE_AFTER_PAST = 150, 330, 200


def reach(state: State, left: Mapping[str, object]) -> int:
    """The most days ahead for a date governed so, with the word `left` of it."""
    governor = state.kind
    if "SINCE" in left:
        return 0
    limit = _REACH.get(governor, 0)
    if left.get("CUE") == "planned":
        return _DUE_AFTER_PAST if governor in BEHIND else _DUE
    if left.get("BOUND") == "until" and governor not in ("past", "told", "was", "denied"):
        return max(limit, _UNTIL)
    return limit
