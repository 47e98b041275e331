"""What governs a place in a sentence: the state that the verbs and cues before it leave.

Cues (data/cues.tsv, and verbs by their shape) are read in order; each leaves a state that holds until the next. A
verb is read with the word just before it: after أن a purpose or a forecast, after قد a possibility, after لم what did
not happen. A new clause after أن forgets the verb that reports it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

Cue = tuple[int, int, str]
"""A cue as it stands in a folded sentence: where it starts and ends, and its kind."""


class State(NamedTuple):
    """What holds from `start` on: a kind of cue, or "" for nothing.

    `under` is what held before a noun ("بعد", "خطة"); `origin` is where it began to hold, earlier where a cue left it.
    """

    start: int
    kind: str
    under: str = ""
    origin: int = 0


NOTHING = State(0, "")
NOUN_AFTER = frozenset(
    {"planned", "present", "sched", "ongoing", "past", "said", "resolved", "predicted", "plan", "ready", "event"}
)
"""Cues right after which a word that is a perfect or a noun is the noun."""
NOUNS = frozenset({"cause", "since", "before", "plan", "ready", "forecast", "event"})
"""Kinds of nouns and prepositions: the verb before them still holds for the present day."""
_IMPERFECT = frozenset({"present", "sched", "ongoing", "perhaps", "figure"})
_FORGOTTEN = frozenset(
    {"past", "said", "told", "present", "sched", "ongoing", "was", "resolved", "never", "denied"}
) | (NOUNS - {"forecast"})
"""What a clause after أن is free of."""
_INHERITED = {
    "predicted": "predicted", "foresaw": "predicted", "forecast": "predicted", "denied": "denied", "refused": "denied",
    "await": "await", "due": "due",
}  # fmt: skip
"""What a verb after أن takes over."""
_OPENERS = {
    "either": "past",
    "turn": "",
    "rel": "told",
    "when": "told",
    "may": "past",
    "had": "past",
    "if": "predicted",
}
"""What the openers of clauses tell of, unless the verb after them says otherwise."""
_MILD = frozenset({"plan", "ready", "forecast", "event"})
_DOUBTFUL = frozenset({"predicted", "foresaw", "forecast", "never", "denied", "refused"})
_STRONG = frozenset(
    {"planned", "predicted", "foresaw", "never", "denied", "refused", "aim", "await", "due", "resolved"}
)
"""A verb that looks ahead outlasts the nouns that follow it."""
_GOING_ON = frozenset({"sched", "ongoing"})
_BEFORE_PERFECT = frozenset({"", "past", "told", "was", "cause", "since", "before", "event"})
_TRANSPARENT = frozenset({"not", "skip"})
_BEFORE_IT = frozenset({"that", "clause", "turn", "rel", "when", "may", "had", "if", "skip", "not", "but"}) | NOUNS
"""Kinds that never govern what stands before them."""
_FRONT = 3
"""A verb begins within so many characters of the date that it governs from behind."""
_PERFECT = frozenset({"foresaw", "refused", "resolved"})
"""What was foreseen or refused on a day that stands beside the verb or between commas was so on that day."""
_BESIDE = 12
_DENIALS = ("denied", "refused")
_EXCEPTED = {"denied": "told", "never": "planned"}
"""What an exception makes of a denial ("لم تحصل إلا على"): it did happen, or will."""
_DENIAL = 40
"""A denial beyond so many characters is of something else."""
_OPENING, _NEAR = 15, 25
"""A date that begins within so many characters opens its sentence; a cue so near after it may govern it."""


def states(cues: Sequence[Cue]) -> list[State]:
    """The states that the cues of a sentence leave, one for each, in order."""
    found: list[State] = []
    kind, under, origin = "", "", 0
    near, near_end = "", -9
    for start, end, cue in cues:
        after = _after(cue, kind, near if start - near_end <= 1 else "")
        under = "" if after not in NOUNS else under if kind in NOUNS else kind
        origin = origin if after == kind and cue != kind else end
        found.append(State(end, after, under, origin))
        kind, near, near_end = after, cue, end
    return found


def _after(cue: str, state: str, near: str) -> str:
    """The state after a cue, with the state before it and the cue just before it, if it stands there."""
    if cue in _TRANSPARENT or (cue in _MILD and state in _STRONG) or (cue == "event" and state in _GOING_ON):
        return state
    if cue == "but":
        return _EXCEPTED.get(state, state)
    if cue == "either":  # a noun after a verb, unless that is past as well
        return "past" if state in _BEFORE_PERFECT else state
    if cue in ("that", "clause"):
        return "" if state in _FORGOTTEN and state != near else state
    if cue in _IMPERFECT:
        return _after_imperfect(cue, state, near)
    if near == "that" and cue in ("past", "said", "resolved"):  # of a verb in ت, the imperfect
        return _INHERITED.get(state, "aim")
    if near == "if" and cue == "past":
        return "predicted"
    if cue == "planned" and state == "was":
        return "due"
    if state in _DENIALS and (cue == "may" or near == "may"):
        return state
    if near == "may" and cue in ("past", "said"):  # or, of a verb in ت, the imperfect
        return "maybe"
    if cue == "by":
        return state if state in _DOUBTFUL else "planned"
    if cue == "happened":
        return state if state in _DOUBTFUL or state in _STRONG else "cause"
    if cue in NOUNS and state == "forecast":
        return state
    return _OPENERS.get(cue, cue)


def _after_imperfect(cue: str, state: str, near: str) -> str:
    """The state after an imperfect."""
    if cue == "figure":
        if state == "await":
            return "predicted"
        cue = "present"
    match near:
        case "that":
            return _INHERITED.get(state, "aim")
        case "had" if cue == "perhaps":
            return "past"
        case "may" | "had" | "if":
            return "predicted"
        case "never" | "denied" | "planned" | "predicted":
            return near
        case "was":
            return "past"
        case "skip":
            return state
        case "not" | "rel" | "when" | "clause":
            return cue if cue in _GOING_ON else "present"
    return state if cue == "perhaps" or state in ("await", "planned") else cue


def governor(start: int, end: int, cues: Sequence[Cue], held: Sequence[State], gap: str) -> State:
    """The state that governs the mention `[start, end)`.

    `gap` tells what stands around it: "new" where a clause begins just before it, "between" where it stands between
    commas, else "".
    """
    at = bisect_right(held, start, key=lambda state: state.start)
    before = held[at - 1] if at else NOTHING
    opening = start <= _OPENING
    after = at
    while after < len(held) and cues[after][0] < end:  # of the mention's own words
        after += 1
    follows = cues[after][2] if after < len(held) else ""
    distance = cues[after][0] - end if follows else 0
    if follows and follows not in _BEFORE_IT:
        is_free = not before.kind or (opening and distance <= 1)
        fronted = distance <= _FRONT and (gap == "new" or ((opening or gap == "between") and is_free))
        if fronted or (opening and not at and distance <= _NEAR):
            return held[after]
    if follows == "but" and before.kind in _EXCEPTED and distance <= _NEAR:
        return State(before.start, _EXCEPTED[before.kind], "", before.origin)
    if follows == "that" and before.kind in _PERFECT and distance <= _FRONT:
        return State(before.start, "said", "", before.origin)
    if before.kind in ("cause", "before") and start - before.start <= _FRONT:
        return NOTHING if before.under in _DENIALS else State(before.start, before.under)
    if before.kind in _DENIALS and start - before.origin > _DENIAL:
        return NOTHING
    if before.kind in _PERFECT and (
        gap == "between" or (start - before.origin <= _BESIDE and before.kind != "resolved")
    ):
        return State(before.start, "said", "", before.origin)
    return before
