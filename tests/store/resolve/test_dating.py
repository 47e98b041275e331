"""One day of publication, or none: what witnesses and a text's own words leave."""

from __future__ import annotations

import pytest

from store.models import DateMention
from store.resolve.dating import Witness, infer


def mention(start: int, text: str, value: str, mod: str | None = None) -> DateMention:
    return DateMention(
        start, start + len(text), text, "DATE", value, mod, None, None, "vague", "asserted", None, "x", "x", "1"
    )


LEAD = mention(0, "الأربعاء", "XXXX-WXX-3")
NEW_YEAR = mention(20, "الأيام الأولى من العام الجديد", "XXXX", "START")
APRIL = mention(60, "أبريل الماضي", "XXXX-04")
NOVEMBER = mention(90, "6 نوفمبر الماضي", "XXXX-11-06")
DECEMBER_NOW = mention(20, "ديسمبر الجاري", "XXXX-12")
SAID = Witness(APRIL, "2021-04-01", "2021-04-30", 1, "خبر آخر")


@pytest.mark.parametrize(
    ("dates", "witnesses", "expected"),
    [
        ([LEAD, NEW_YEAR, APRIL], [SAID], "2022-01-05"),
        (
            [LEAD, NEW_YEAR, APRIL, NOVEMBER],
            [SAID, Witness(NOVEMBER, "2021-11-06", "2021-11-06", 2, "ب")],
            "2022-01-05",
        ),
        ([LEAD, NEW_YEAR, APRIL, NOVEMBER], [SAID, Witness(NOVEMBER, "2015-11-06", "2015-11-06", 2, "ب")], None),
        ([LEAD, NEW_YEAR, APRIL], [SAID, Witness(APRIL, "2019-04-01", "2019-04-30", 2, "ب")], None),
        ([LEAD, NEW_YEAR, APRIL], [], None),
        ([LEAD, APRIL], [SAID], None),
        ([NEW_YEAR, APRIL], [SAID], None),
        ([LEAD, DECEMBER_NOW, APRIL], [SAID], None),
        ([LEAD, NEW_YEAR, DECEMBER_NOW, APRIL], [SAID], None),
        ([mention(500, "الأربعاء", "XXXX-WXX-3"), NEW_YEAR, APRIL], [SAID], None),
        ([LEAD, mention(20, "بداية العام", "XXXX", "START"), APRIL], [SAID], None),
    ],
)
def test_one_day_or_none(dates: list[DateMention], witnesses: list[Witness], expected: str | None) -> None:
    found = infer(dates, 100, witnesses)
    assert (found.value if found else None) == expected
    if found:
        assert found.basis == "inferred"
        assert all(part in found.reason for part in ("أبريل الماضي", "2021-04", "العام الجديد", "الأربعاء", "خبر آخر"))
