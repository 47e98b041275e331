"""What became of many inputs, in a few numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.errors import InputError
from store.ingest import Added, Known, Left, Rejected, analyse
from store.models import Document, Published, Source
from store.summary import Summary

_FOUND = analyse(Document("زار الوزير بغداد.", Source("a.txt", "text", "1"), "0" * 64))


def _added(published: str | None, outlet: str | None = None) -> Added:
    cleaned = replace(_FOUND.cleaned, outlet=outlet)
    return Added("a.txt", None, replace(_FOUND, cleaned=cleaned, published=Published(published, "given", "")))


def _of(*published: str | None) -> Summary:
    summary = Summary()
    for value in published:
        summary.take(_added(value))
    return summary


def test_everything_is_counted_once() -> None:
    summary = Summary()
    for item in (
        _added("2021-12-14", "الخليج"),
        _added("2021-12-15T06:17", "الخليج"),
        _added(None, "الشرق"),
        _added(None),
        Known("b.txt", 1),
        Left("c.png", "pictures"),
        Rejected("d.txt", InputError("is empty", "d.txt")),
    ):
        summary.take(item)
    assert (summary.added, summary.known, summary.left.total(), summary.rejected.total()) == (4, 1, 1, 1)
    assert summary.formats == {"text": 4}
    assert summary.top_outlets(1) == (("الخليج", 2),)
    assert summary.outlets[None] == 1
    assert summary.periods() == (("2021-12", 2),)
    assert summary.months[None] == 2


def test_reasons_are_grouped_without_what_is_one_inputs_own() -> None:
    summary = Summary()
    for what in (
        "is not valid JSON (Expecting value at column 10)",
        "is not valid JSON (Extra data at column 3)",
        '"published" is no date: "أمس"',
        '"published" is no date: "غداً"',
        "cannot be read: permission denied",
        "has more than 4 MB on one line",
    ):
        summary.take(Rejected("a:1", InputError(what, "a:1")))
    assert summary.rejected == {
        "is not valid JSON": 2,
        '"published" is no date': 2,
        "cannot be read: permission denied": 1,
        "has more than N MB on one line": 1,
    }


@pytest.mark.parametrize(
    ("published", "periods"),
    [
        ((), ()),
        ((None,), ()),
        (("2021-12-14", "2021-01-02", None), (("2021-01", 1), ("2021-12", 1))),
        (
            tuple(f"{year}-{month:02}-01" for year in (2020, 2021) for month in range(1, 13)),
            (("2020", 12), ("2021", 12)),
        ),
        (tuple(f"{year}-01-01" for year in range(1995, 2015)), (("1990s", 5), ("2000s", 10), ("2010s", 5))),
    ],
)
def test_stretches_of_time_are_few(published: tuple[str | None, ...], periods: tuple[tuple[str, int], ...]) -> None:
    assert _of(*published).periods() == periods


def test_the_first_date_that_could_not_be_read_is_kept() -> None:
    summary = Summary()
    summary.take_unread("a.jsonl:1", None)
    assert (summary.unread, summary.first_unread) == (0, None)
    summary.take_unread("a.jsonl:2", "أمس")
    summary.take_unread("a.jsonl:3", "soon")
    assert (summary.unread, summary.first_unread) == (2, ("a.jsonl:2", "أمس"))
