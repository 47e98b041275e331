"""Which place of several that share a name a text means."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.extract.entities import find
from store.resolve import places

_CASES = Path(__file__).parents[2] / "cases" / "entities_places.tsv"


def _cases() -> list[object]:
    rows = [line.split("\t") for line in _CASES.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    return [pytest.param(*row, id=f"{row[1]}: {row[0][:40]}") for row in rows]


@pytest.mark.parametrize(("text", "surface", "entity", "reason"), _cases())
def test_what_a_name_means(text: str, surface: str, entity: str, reason: str) -> None:
    mention = next(one for one in find(text, []) if one.text == surface and one.type == "LOC")
    assert (mention.entity or "-") == entity
    assert reason in mention.reason


def test_a_place_has_coordinates() -> None:
    tripoli = places.by_id("Q168954")
    assert tripoli is not None
    assert (tripoli.kind, tripoli.country) == ("city", "LB")
    assert tripoli.latitude == pytest.approx(34.43, abs=0.1)
    assert tripoli.longitude == pytest.approx(35.84, abs=0.1)
    assert places.by_id("Q1") is None


def test_every_place_lies_on_the_globe() -> None:
    for name, found in places.gazetteer().items():
        assert name
        for place in found:
            assert -90 <= place.latitude <= 90
            assert -180 <= place.longitude <= 180
            assert place.entity[0] == "Q"
            assert place.entity[1:].isdigit()
            assert len(place.country) == 2
