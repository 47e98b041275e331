"""What governs a place in a sentence: the state that the verbs and cues before it leave.

Cues (data/cues.tsv, and verbs by their shape) are read in order; each leaves a state that holds until the next. A
verb is read with the word just before it: after أن a purpose or a forecast, after قد a possibility, after لم what did
not happen. A new clause after أن forgets the verb that reports it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Cue(NamedTuple):
    """A cue as it stands in a folded sentence: its span and its kind."""

    start: int
    end: int
    kind: str


class State(NamedTuple):
    """What holds from `start` on: a kind of cue, or "" for nothing; `under` is what held before a noun ("بعد", "خطة")."""

    start: int
    kind: str
    under: str = ""


NOTHING = State(0, "")
_VERBS = frozenset({"present", "sched", "perhaps", "figure"})
_FORGOTTEN = frozenset({"past", "said", "told", "cause", "present", "sched", "was", "plan"})
"""What a clause after أن is free of."""
NOUNS = frozenset({"cause", "plan", "forecast"})
"""Kinds of nouns: a verb before them still holds for the present day."""
_INHERITED = frozenset({"predicted", "denied", "await", "due"})
"""What a verb after أن takes over."""
_FRONT = 3
"""A verb begins within so many characters of the date that it governs from behind."""
_OPENING, _NEAR = 15, 25
"""A date that begins within so many characters opens its sentence; a cue so near after it may govern it."""


def states(cues: Sequence[Cue]) -> list[State]:
    """The states that the cues of a sentence leave, in order."""
    found: list[State] = []
    kind, before, before_end = "", "", -9
    for cue in cues:
        near = before if cue.start - before_end <= 1 else ""
        under = ""
        if cue.kind in NOUNS:
            under = found[-1].under if kind in NOUNS else kind
        kind = _after(cue.kind, kind, near)
        found.append(State(cue.end, kind, under))
        before, before_end = cue.kind, cue.end
    return found


def _after(cue: str, state: str, near: str) -> str:
    """The state after a cue, with the state before it and the cue just before it, if it stands there."""
    if cue == "that":
        return "" if state in _FORGOTTEN else state
    if cue in _VERBS:
        return _after_verb(cue, state, near)
    if cue == "past" and near == "if":
        return "predicted"
    if cue == "planned" and state == "was":
        return "due"
    return {"rel": "told", "when": "told", "may": "past", "if": "predicted", "not": state}.get(cue, cue)


def _after_verb(cue: str, state: str, near: str) -> str:
    """The state after an imperfect."""
    if cue == "figure":
        if state == "await":
            return "predicted"
        cue = "present"
    match near:
        case "that":
            return {"forecast": "predicted"}.get(state, state if state in _INHERITED else "aim")
        case "may":
            return "predicted"
        case "never" | "denied" | "planned" | "predicted":
            return near
        case "was":
            return "past"
        case "if":
            return "predicted"
        case "not" | "rel" | "when":
            return "sched" if cue == "sched" else "present"
    if cue == "perhaps" or (cue == "present" and state == "await"):
        return state
    return cue


def governor(start: int, end: int, cues: Sequence[Cue], held: Sequence[State], breaks: bool) -> State:
    """The state that governs the mention `[start, end)`; `breaks` when a clause begins just before it."""
    at = bisect_right(held, start, key=lambda state: state.start)
    following = held[at] if at < len(held) else None
    opening = start <= _OPENING
    if following and (breaks or opening) and cues[at].kind not in ("that", "rel", "cause", "may", "if", "when"):
        gap = cues[at].start - end
        if gap <= _FRONT or (opening and not at and gap <= _NEAR):
            return following
    if not at:
        return NOTHING
    state = held[at - 1]
    if state.kind == "cause" and start - state.start <= _FRONT:
        return State(state.start, state.under)
    return state
