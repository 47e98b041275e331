"""How far ahead a date without a year may lie.

News means the last such day or month, unless something looks ahead; and the nearer a date is ahead, the less it takes.
A day eleven months back and one month ahead is nearly always to come, even without a word that says so; after a verb
of the past it never is. The limits are days, read off thousands of articles (dates whose year or direction was said,
with those words taken away).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.extract.dates.clauses import State
from store.extract.dates.modality import AHEAD, BEHIND

_REACH = {
    "planned": 240, "never": 240, "aim": 220, "await": 220, "predicted": 220, "plan": 200, "ready": 200,
    "forecast": 200, "foresaw": 220, "due": 150, "sched": 240, "ongoing": 150, "resolved": 150, "before": 110,
    "event": 110, "present": 75, "": 75, "denied": 30, "refused": 30, "said": 30,
    "cause": 15, "was": 0, "told": 0, "maybe": 0, "past": 0, "since": 0,
}  # fmt: skip
OPEN = frozenset({"", "present", "event", "told", "cause", "ongoing", "sched"})
"""What governs without saying whether it looks ahead or back."""
_UNTIL, _STARTING, _FOR = 150, 110, 100
_DUE, _DUE_AFTER_PAST, _PUT_OFF = 330, 200, 240
_CALL = re.compile(r"[^،,.(\"]*? (?:الي|ل\w{3,}) \w")
_BESIDE = 12
"""A date that begins within so many characters of the verb is the verb's own, not that of what it speaks of."""


def reach(state: State, left: Mapping[str, object], distance: int, starting: bool) -> int:
    """The most days ahead for a date governed so, `distance` characters behind its verb, with the word `left` of it."""
    governor = state.kind
    if "SINCE" in left:
        return 0
    if left.get("CUE") in ("planned", "by"):
        return _DUE_AFTER_PAST if governor in BEHIND else _DUE
    limit = _REACH.get(governor, 0)
    if governor == "resolved" and "TILL" in left:
        return _PUT_OFF
    if governor in ("said", "resolved") and distance < _BESIDE:
        limit = 0
    if governor == "event" and state.under in ("past", "told"):
        limit = _REACH[""]
    if left.get("BOUND") == "until" and governor not in ("past", "told", "was", "denied", "refused"):
        limit = max(limit, _UNTIL)
    if starting and governor != "told":
        limit = max(limit, _STARTING)
    return limit


def is_coming(state: State, left: Mapping[str, object], starting: bool, between: str = "") -> bool:
    """Whether a weekday without a direction is the next one rather than the last.

    `between` is what stands between a verb that settles what is to come and the day: "دعا إلى التظاهر الجمعة".
    """
    governor = state.kind
    if "SINCE" in left or governor in BEHIND:
        return False
    if left.get("CUE") in ("planned", "by") or starting or ("TILL" in left and governor):
        return True
    if governor == "ready":
        return True
    if governor in ("plan", "forecast"):
        return state.under not in BEHIND
    if governor == "resolved":
        return _CALL.match(between) is not None
    return (governor in AHEAD and governor != "due") or governor in ("sched", "ongoing")
