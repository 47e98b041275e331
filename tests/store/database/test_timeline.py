"""Events of the corpus: what is one, in which order, how many when; whatever the order of adding."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import Bucket, Filter, Unit
from store.database import open_reader, open_writer, verify
from store.database.preparing import prepared
from store.models import Analysis
from tests.store.database.making import Named, analysis

SIGNED: list[Named] = [("سامي حداد", "PER"), ("ليلى منصور", "PER")]
DAY = analysis(
    "وقع سامي حداد وليلى منصور في 26 يوليو 2021 اتفاقا ينهي مهمة القوات.", SIGNED, [("26 يوليو 2021", "2021-07-26")],
    "2021-07-27", outlet="ألف",
)  # fmt: skip
MONTH = analysis(
    "وكان سامي حداد قد وقع مع ليلى منصور في يوليو 2021 اتفاقا.", SIGNED, [("يوليو 2021", "2021-07")], "2021-12-14",
    outlet="باء",
)  # fmt: skip
OTHER_DAY = analysis(
    "اجتمع سامي حداد مع ليلى منصور يوم 2 يوليو 2021 في مقر الشركة.", SIGNED, [("2 يوليو 2021", "2021-07-02")],
    "2021-07-03",
)  # fmt: skip
COPY = analysis(
    "خبر منقول: وقع سامي حداد وليلى منصور في 26 يوليو 2021 اتفاقا ينهي مهمة القوات، بحسب الوكالة.", SIGNED,
    [("26 يوليو 2021", "2021-07-26")], "2021-07-28", outlet="باء",
)  # fmt: skip
UNRELATED = analysis(
    "افتتح المتحف أبوابه في 26 يوليو 2021 أمام الزوار بحضور رسام مغمور.", [],
    [("26 يوليو 2021", "2021-07-26")], "2021-07-27",
)  # fmt: skip
YEAR = analysis("تأسست شركة النخيل عام 1999.", [("شركة النخيل", "ORG")], [("عام 1999", "1999")], "2020-02-02")
DECADES = analysis("جرى ذلك كله في 3 مارس 2003 بلا أسماء.", [], [("3 مارس 2003", "2003-03-03")], None)

Told = list[tuple[str, tuple[str, ...], tuple[str, ...], int]]


def timeline(path: Path, documents: list[Analysis], remove: tuple[int, ...] = ()) -> Told:
    """Value, names, sentences and outlets of the events, in order of time."""
    path.unlink(missing_ok=True)
    with open_writer(path) as writer:
        ids = [writer.add(document)[0] for document in documents]
        for at in remove:
            writer.remove(ids[at])
    assert not list(verify(path))
    with open_reader(path) as reader:
        rows = reader.events(reader.event_ids())
        assert all(len(reader.why_event(row.id)) == len(row.sentences) - 1 for row in rows)
        return sorted(
            (row.value, row.names, tuple(sorted(ref.text for ref in row.sentences)), row.outlets) for row in rows
        )


def test_sentences_of_one_event_are_one_row_and_say_why(tmp_path: Path) -> None:
    for order in itertools.permutations([DAY, MONTH, COPY, UNRELATED]):
        told = timeline(tmp_path / "c.db", list(order))
        assert [(value, len(sentences), outlets) for value, _, sentences, outlets in told] == [
            ("2021-07-26", 1, 1),
            ("2021-07-26", 3, 2),
        ]
        assert told[1][1] == ("سامي حداد", "ليلى منصور") or set(told[1][1]) == {"سامي حداد", "ليلى منصور"}
    with open_reader(tmp_path / "c.db") as reader:
        row = max(reader.events(reader.event_ids()), key=lambda row: len(row.sentences))
        assert len(row.articles) == 3
        assert any("2021-07-26 lies in 2021-07" in reason for reason in reader.why_event(row.id))
        assert all(reader.article(ref.article).document.text[ref.start : ref.end] == ref.text for ref in row.sentences)


def test_a_month_that_may_mean_two_days_means_neither(tmp_path: Path) -> None:
    for order in itertools.permutations([DAY, MONTH, OTHER_DAY]):
        told = timeline(tmp_path / "c.db", list(order))
        assert [value for value, *_ in told] == ["2021-07", "2021-07-02", "2021-07-26"]
        again = timeline(tmp_path / "c.db", list(order), remove=(order.index(OTHER_DAY),))
        assert [(value, len(sentences)) for value, _, sentences, _ in again] == [("2021-07-26", 2)]


@settings(max_examples=40, deadline=None)
@given(st.permutations([DAY, MONTH, OTHER_DAY, COPY, UNRELATED, YEAR]), st.integers(0, 6), st.randoms())
def test_the_order_of_adding_does_not_matter(documents: list[Analysis], removed: int, chance: Random) -> None:
    kept = documents[removed:]
    other = kept.copy()
    chance.shuffle(other)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        assert timeline(path, documents, tuple(range(removed))) == timeline(path, other)


def test_order_filters_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for document in (DAY, MONTH, OTHER_DAY, UNRELATED, YEAR, DECADES):
            writer.add(document)
    with open_reader(path) as reader:
        values = [row.value for row in reader.events(reader.event_ids())]
        assert values == ["1999", "2003-03-03", "2021-07", "2021-07-02", "2021-07-26", "2021-07-26"]
        haddad = reader.find_entities("حداد")[0].id
        palm = reader.find_entities("النخيل")[0].id
        for f, expected in [
            (Filter(entities=(haddad,)), ["2021-07", "2021-07-02", "2021-07-26"]),
            (Filter(entities=(haddad, palm)), []),
            (Filter(since="2021-07-03"), ["2021-07", "2021-07-26", "2021-07-26"]),
            (Filter(until="1999-06"), ["1999"]),
            (Filter(outlet="باء"), ["2021-07"]),
            (Filter(type="ORG"), ["1999"]),
            (Filter(query="المتحف"), ["2021-07-26"]),
            (Filter(article=5), ["1999"]),
        ]:
            assert [row.value for row in reader.events(reader.event_ids(f))] == expected, f
        for event_id in reader.event_ids():
            (row,) = reader.events([event_id])
            assert set(reader.article_ids(Filter(event=event_id))) == set(row.articles)
        assert reader.buckets(Filter(), "year") == [Bucket("1999", 1), Bucket("2003", 1), Bucket("2021", 4)]
        assert reader.buckets(Filter(), "month") == [Bucket("1999", 1), Bucket("2003-03", 1), Bucket("2021-07", 4)]
        assert reader.buckets(Filter(entities=(haddad,)), "day") == [
            Bucket("2021-07", 1),
            Bucket("2021-07-02", 1),
            Bucket("2021-07-26", 1),
        ]
        assert reader.events([999]) == []


@pytest.mark.parametrize("by", ["day", "month", "year"])
def test_every_event_is_counted_once(tmp_path: Path, by: Unit) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for document in (DAY, MONTH, OTHER_DAY, UNRELATED, YEAR, DECADES):
            writer.add(document)
    with open_reader(path) as reader:
        assert sum(bucket.events for bucket in reader.buckets(Filter(), by)) == 6


OF_THAT_DAY = [
    analysis(
        f"{text} في 26 يوليو 2021.", [(name, "PER")] if name else [], [("26 يوليو 2021", "2021-07-26")], "2021-07-27"
    )
    for text, name in (
        ("غادرت القوات القاعدة ووقع القادة اتفاقا", ""),
        ("قال رسام مغمور إن المتحف افتتح أبوابه أمام الزوار", ""),
        ("وقع سامي حداد اتفاقا مع الزوار", "سامي حداد"),
        ("هطلت أمطار غزيرة على السواحل وأغلقت المدارس أبوابها", ""),
        ("أغلقت المدارس أبوابها بعد أمطار غزيرة على السواحل", ""),
        ("ابتسمت ليلى منصور طويلا", "ليلى منصور"),
    )
]


@pytest.mark.parametrize("sketches", ["made beforehand", "made when they are read", "of an older khabar"])
def test_what_is_one_event_does_not_hang_on_what_a_writer_remembers(tmp_path: Path, sketches: str) -> None:
    documents = [DAY, MONTH, OTHER_DAY, COPY, UNRELATED, YEAR, *OF_THAT_DAY]
    expected = timeline(tmp_path / "remembered.db", documents)
    assert len(expected) < len(documents) - 2  # several are one
    path = tmp_path / "c.db"
    for document in documents:
        with open_writer(path) as writer:
            writer.add(prepared(document) if sketches == "made beforehand" else document)
        if sketches == "of an older khabar":
            with closing(sqlite3.connect(path)) as raw:
                raw.execute("UPDATE event_mentions SET sketch = NULL")
                raw.commit()
    assert not list(verify(path))
    with open_reader(path) as reader:
        rows = reader.events(reader.event_ids())
    found = [(row.value, row.names, tuple(sorted(ref.text for ref in row.sentences)), row.outlets) for row in rows]
    assert sorted(found) == expected
    if sketches != "of an older khabar":
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("SELECT count(*) FROM event_mentions WHERE sketch IS NULL").fetchone() == (0,)
