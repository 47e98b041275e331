"""Explicit formatting and isolates: rules X1 to X10 of UAX #9, for the few paragraphs that have any."""

from __future__ import annotations

from typing import Final

from tui.arabic.classes import REMOVED, first_strong_between, matching_isolates
from tui.arabic.sequence import resolve_sequence

_MAX_DEPTH: Final = 125


def resolve_explicit(text: str, base: int, kinds: str) -> bytes:
    """The whole algorithm for a paragraph with embeddings, overrides or isolates."""
    matching = matching_isolates(kinds)
    levels, work = _explicit_levels(kinds, base, matching)
    kept = [at for at, kind in enumerate(kinds) if kind not in REMOVED]
    if not kept:
        return bytes([base]) * len(kinds)
    position = {at: index for index, at in enumerate(kept)}
    result = bytearray(len(kept))
    runs: list[list[int]] = []  # as indexes into `kept`
    for index, at in enumerate(kept):
        if runs and levels[kept[index - 1]] == levels[at]:
            runs[-1].append(index)
        else:
            runs.append([index])
    starting = {run[0]: run for run in runs}
    closings = set(matching.values())
    for run in runs:  # X10
        if kept[run[0]] in closings:
            continue
        sequence = run
        while (closing := matching.get(kept[sequence[-1]])) is not None and position[closing] in starting:
            if sequence is run:
                sequence = list(run)
            sequence += starting[position[closing]]
        first, last = sequence[0], sequence[-1]
        level = levels[kept[first]]
        previous = levels[kept[first - 1]] if first else base
        unmatched = kinds[kept[last]] in "678" and kept[last] not in matching
        following = base if unmatched or last + 1 == len(kept) else levels[kept[last + 1]]
        offsets = [kept[index] for index in sequence]
        resolved = resolve_sequence(
            "".join([text[at] for at in offsets]),
            "".join([work[at] for at in offsets]),
            level,
            "LR"[max(previous, level) & 1],
            "LR"[max(following, level) & 1],
        )
        for index, value in zip(sequence, resolved, strict=True):
            result[index] = value
    return spread(bytes(result), kept, len(kinds), base)


def _explicit_levels(kinds: str, base: int, matching: dict[int, int]) -> tuple[bytearray, list[str]]:
    """Rules X1 to X8: the explicit level of every character, and its class after overrides."""
    levels = bytearray(len(kinds))
    work = list(kinds)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for at, kind in enumerate(kinds):
        level, override, _ = stack[-1]
        if kind in "1234":
            levels[at] = level
            new = (level + 1) | 1 if kind in "24" else (level + 2) & ~1
            if new <= _MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append((new, {"3": "L", "4": "R"}.get(kind, ""), False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in "678":
            levels[at] = level
            if override:
                work[at] = override
            rtl = kind == "7"
            if kind == "8":
                rtl = first_strong_between(kinds, at + 1, matching.get(at, len(kinds)), matching, 0) == 1
            new = (level + 1) | 1 if rtl else (level + 2) & ~1
            if new <= _MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((new, "", True))
            else:
                overflow_isolates += 1
        elif kind == "9":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            levels[at] = level
            if override:
                work[at] = override
        elif kind == "5":
            levels[at] = level
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            levels[at] = base
        else:
            levels[at] = level
            if override and kind != "b":
                work[at] = override
    return levels, work


def spread(levels: bytes, kept: list[int], length: int, base: int) -> bytes:
    """`levels` of the offsets `kept`, stretched to `length`: a removed character takes the level before it."""
    result = bytearray()
    last = bytes([base])
    for index, at in enumerate(kept):
        if at > len(result):
            result += last * (at - len(result))
        last = levels[index : index + 1]
        result += last
    result += last * (length - len(result))
    return bytes(result)
