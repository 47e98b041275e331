"""What a list holds: ids in parts with headers behave as one sequence, and rows are found."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.listing import Listing, Part

PARTS = st.lists(
    st.tuples(st.lists(st.integers(0, 10**6), max_size=40, unique=True), st.sampled_from(("", "header"))), max_size=5
)


def made(parts: list[tuple[list[int], str]]) -> tuple[Listing, list[int]]:
    """A listing whose parts share no key, and its keys one by one."""
    listing = Listing(Part(array("q", ids), header, at << 32) for at, (ids, header) in enumerate(parts))
    keys: list[int] = []
    headers = 0
    for at, (ids, header) in enumerate(parts):
        if ids and header:
            headers += 1
            keys.append(-headers)
        keys.extend((at << 32) + each for each in ids)
    return listing, keys


@given(PARTS, st.integers(0, 250), st.integers(0, 250))
def test_parts_are_one_sequence(parts: list[tuple[list[int], str]], first: int, last: int) -> None:
    listing, keys = made(parts)
    assert len(listing) == len(keys)
    assert list(listing) == keys
    assert [listing[at] for at in range(len(keys))] == keys
    assert listing[first:last] == keys[first:last]
    assert listing.rows == sum(key >= 0 for key in keys)
    assert len(listing.headers) == sum(key < 0 for key in keys)


@given(PARTS, st.integers(0, 250), st.one_of(st.none(), st.integers(0, 250)))
def test_a_row_is_found_from_anywhere(parts: list[tuple[list[int], str]], near: int, within: int | None) -> None:
    listing, keys = made(parts)
    start = max(0, min(len(keys) - 1, near))
    for at, key in enumerate(keys):
        if key >= 0:
            expected = at if within is None or abs(at - start) <= within else None
            assert listing.find(key, near, within) == expected
    assert listing.find(9 << 32, near) is None


def test_a_row_of_a_million_is_found() -> None:
    listing = Listing((Part(array("q", range(1_000_000, 0, -1))), Part(array("q", (5, 6)), "more", 1 << 40)))
    assert listing.find(1) == 999_999
    assert listing.find(777_777, 900_000) == 222_223
    assert listing.find(6 + (1 << 40)) == 1_000_002
    assert listing.find(777_777, 900_000, within=100) is None
