"""Which of many signatures may be those of copies (locality-sensitive hashing): pairs that have a band in common, and
enough of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from store.resolve.copies import LEAST, ROWS, VALUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

CROWD = 64
"""Where more bodies have a band in common, each is compared with so many of those before it that come closest in order:
what a thousand articles begin with says nothing of any two."""
_AT_ONCE = 1 << 17
"""So many pairs are compared at a time."""


def near(signatures: NDArray[np.uint16], new: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of rows of `signatures` (VALUES values each) that may be copies, of which one at least is `new` (rows,
    ascending)."""
    number = len(signatures)
    if number < 2 or not len(new):
        return np.empty((0, 2), np.int64)
    fresh = np.zeros(number, bool)
    fresh[new] = True
    found = np.empty(0, np.int64)
    for first in range(0, VALUES, ROWS):
        keys = np.zeros(number, np.int64)
        for column in range(first, first + ROWS):
            keys = keys << 16 | signatures[:, column]
        found = np.union1d(found, _alike(keys, fresh) if len(new) == number else _joining(keys, fresh, new))
    pairs = np.stack(np.divmod(found, number), axis=1)
    enough = [
        (signatures[some[:, 0]] == signatures[some[:, 1]]).mean(axis=1) >= LEAST
        for some in np.array_split(pairs, len(pairs) // _AT_ONCE + 1)
    ]
    kept: NDArray[np.int64] = pairs[np.concatenate(enough)]
    return kept


def _joining(keys: NDArray[np.int64], fresh: NDArray[np.bool_], new: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of rows with the same key, as one number each, where few are new: of the others only those with the key of
    a new one are looked at."""
    rows = np.flatnonzero(np.isin(keys, keys[new]))
    return _alike(keys[rows], fresh[rows], rows, len(keys))


def _alike(
    keys: NDArray[np.int64], fresh: NDArray[np.bool_], rows: NDArray[np.int64] | None = None, number: int | None = None
) -> NDArray[np.int64]:
    order = np.argsort(keys, kind="stable")
    keys, fresh = keys[order], fresh[order]
    rows = order if rows is None else rows[order]
    number = number or len(keys)
    found = []
    # each with the one that stands so many places further on, as long as any has the same key
    for step in range(1, CROWD + 1):
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        at = np.flatnonzero(same & (fresh[step:] | fresh[:-step]))
        found.append(rows[at] * number + rows[at + step])
    return np.concatenate(found) if found else np.empty(0, np.int64)
