"""What people say of events: they outrank the rules, survive re-extraction, and can be taken back."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import open_reader, open_writer, verify
from store.database.writing import Writer
from store.errors import CorpusError, QueryError
from store.ingest import add, redate
from store.models import Analysis
from tests.store.database.making import Named, analysis

SIGNED: list[Named] = [("سامي حداد", "PER"), ("ليلى منصور", "PER")]
DAY = ("26 يوليو 2021", "2021-07-26")
FIRST = analysis("وقع سامي حداد وليلى منصور في 26 يوليو 2021 اتفاقا ينهي مهمة القوات.", SIGNED, [DAY], outlet="ألف")
SECOND = analysis(
    "أعلن الوزير أن سامي حداد وليلى منصور وقعا في 26 يوليو 2021 اتفاقا ينهي مهمة القوات.", SIGNED, [DAY], outlet="باء"
)
THIRD = analysis(
    "قالت الوكالة إن سامي حداد وقع مع ليلى منصور في 26 يوليو 2021 اتفاقا.", SIGNED, [DAY], outlet="جيم"
)  # fmt: skip
OTHER = analysis("افتتح المتحف أبوابه في 26 يوليو 2021 أمام الزوار بحضور رسام مغمور.", [], [DAY], outlet="ألف")
LATER = analysis("عاد المتحف إلى العمل في 3 مارس 2022.", [], [("3 مارس 2022", "2022-03-03")])
DOCUMENTS = [FIRST, SECOND, THIRD, OTHER, LATER]
Told = list[frozenset[int]]


def events(path: Path) -> Told:
    """The articles of each event, in order of time."""
    assert not list(verify(path))
    with open_reader(path) as reader:
        return [frozenset(row.articles) for row in reader.events(reader.event_ids())]


def event_of(writer: Writer, article: int) -> int:
    """The event of an article's only dated sentence."""
    return writer.article(article).events[0][0]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for document in DOCUMENTS:
            writer.add(document)
    assert sorted(map(sorted, events(path))) == [[1, 2, 3], [4], [5]]
    return path


def sentence(writer: Writer, article: int) -> tuple[int, int]:
    return article, writer.article(article).events[0][1].start


def test_a_sentence_taken_out_stays_out_and_comes_back(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.split_event(event_of(writer, 1), [sentence(writer, 3)])
    assert sorted(map(sorted, events(corpus))) == [[1, 2], [3], [4], [5]]
    with open_reader(corpus) as reader:
        alone = reader.article(3).events[0][0]
        assert reader.why_event(alone)[0].startswith("taken out by a person (edit 1")
    with open_writer(corpus) as writer:
        assert writer.undo() == "split-events: 1 dated sentences"
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3], [4], [5]]


def test_events_put_together_are_one_and_say_who_said_so(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.merge_events([event_of(writer, 4), event_of(writer, 5)])
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3], [4, 5]]
    with open_reader(corpus) as reader:
        reasons = reader.why_event(reader.article(5).events[0][0])
        assert len(reasons) == 1
        assert reasons[0].startswith("put together by a person (edit 1")
        (row,) = reader.events([reader.article(5).events[0][0]])
        assert (row.value, row.outlets) == ("2021-07-26", 2)
        (edit,) = reader.edits()
        assert edit.action == "merge-events"
        assert [key.partition("@")[0] for key in edit.about] == [OTHER.document.digest, LATER.document.digest]


def test_the_last_word_counts(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.merge_events([event_of(writer, 1), event_of(writer, 4)])
        writer.split_event(event_of(writer, 1), [sentence(writer, 3), sentence(writer, 4)])
    assert sorted(map(sorted, events(corpus))) == [[1, 2], [3, 4], [5]]
    with open_writer(corpus) as writer:
        writer.merge_events([event_of(writer, 4), event_of(writer, 1)])
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3, 4], [5]]
    with open_writer(corpus) as writer:
        writer.undo()
        writer.undo()
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3, 4], [5]]
    with open_writer(corpus) as writer:
        writer.undo()
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3], [4], [5]]


def test_what_was_said_survives_another_extraction(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.split_event(event_of(writer, 1), [sentence(writer, 1)])
        writer.merge_events([event_of(writer, 4), event_of(writer, 5)])
        for document in DOCUMENTS:
            # the next version of the extractor finds a longer date
            dates = [replace(date, start=date.start - 3, text="في " + date.text) for date in document.dates]
            told = [replace(event, date_start=event.date_start - 3) for event in document.events]
            writer.replace(replace(document, dates=tuple(dates), events=tuple(told)))
    assert sorted(map(sorted, events(corpus))) == [[1], [2, 3], [4, 5]]
    with open_writer(corpus) as writer:
        writer.remove(1)
        writer.remove(5)
        assert [writer.add(document)[1] for document in DOCUMENTS].count(True) == 2
    assert sorted(map(len, events(corpus))) == [1, 2, 2]


def test_what_cannot_be_done_changes_nothing(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        alone, several = event_of(writer, 4), event_of(writer, 1)
        for leaving in ([], [sentence(writer, 4)], [sentence(writer, at) for at in (1, 2, 3)]):
            with pytest.raises(QueryError, match="not all"):
                writer.split_event(several, leaving)
        with pytest.raises(QueryError):
            writer.split_event(alone, [sentence(writer, 4)])
        with pytest.raises(CorpusError, match="holds no event 999"):
            writer.merge_events([alone, 999])
        writer.merge_events([alone, alone])
        assert writer.edits() == []
    assert sorted(map(sorted, events(corpus))) == [[1, 2, 3], [4], [5]]


def test_the_same_sentence_in_two_outlets_is_one_source(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    copied = analysis("نقلا عن الوكالة.\n" + FIRST.document.text, SIGNED, [DAY], outlet="دال")
    with open_writer(path) as writer:
        for document in (FIRST, copied, SECOND):
            writer.add(document)
    with open_reader(path) as reader:
        (row,) = reader.events(reader.event_ids())
        assert (len(row.articles), row.outlets) == (3, 2)
        assert list(reader.event_ids(order="outlets")) == [row.id]


_ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("split"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
        st.tuples(st.just("again"), st.integers(0, 4), st.just(0)),
    ),
    max_size=7,
)


def _act(writer: Writer, ids: list[int], act: tuple[str, int, int]) -> None:
    kind, one, other = act
    match kind:
        case "merge":
            writer.merge_events([event_of(writer, ids[one]), event_of(writer, ids[other])])
        case "split":
            with contextlib.suppress(QueryError):  # it stands in another event, or alone
                writer.split_event(event_of(writer, ids[one]), [sentence(writer, ids[other])])
        case "undo":
            writer.undo()
        case "again":
            writer.remove(ids[one])
            ids[one] = writer.add(DOCUMENTS[one])[0]


@settings(max_examples=60, deadline=None)
@given(_ACTS)
def test_a_corpus_is_what_replaying_its_log_makes_of_it(acts: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "c.db", Path(folder) / "other.db"
        with open_writer(path) as writer:
            ids = [writer.add(document)[0] for document in DOCUMENTS]
            for act in acts:
                _act(writer, ids, act)
            log = [edit for edit in writer.edits() if edit.undone is None]
        # all documents added after the edits were made
        with open_writer(other) as writer:
            for edit in log:
                writer._log(edit.action, {"mentions": list(edit.about)})
            again = [writer.add(document)[0] for document in reversed(DOCUMENTS)][::-1]
        numbers = dict(zip(ids, range(5), strict=True)), dict(zip(again, range(5), strict=True))
        told = [
            sorted(sorted(number[article] for article in event) for event in events(one))
            for one, number in zip((path, other), numbers, strict=True)
        ]
        assert told[0] == told[1]


def test_a_large_event_is_told_anew_without_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    documents: list[Analysis] = [
        analysis(f"وقع سامي حداد وليلى منصور في 26 يوليو 2021 اتفاقا ينهي مهمة القوات رقم {at}.", SIGNED, [DAY])
        for at in range(420)
    ]
    with open_writer(path) as writer:
        ids = [writer.add(document)[0] for document in documents]
        for at in (7, 0):  # the first holds the event's id
            writer.split_event(event_of(writer, ids[9]), [sentence(writer, ids[at])])
            assert event_of(writer, ids[at]) != event_of(writer, ids[9])
        assert sorted(map(len, events(path))) == [1, 1, 418]
        writer.undo()
        assert event_of(writer, ids[0]) == event_of(writer, ids[9])
    assert sorted(map(len, events(path))) == [1, 419]


def test_a_split_outlasts_dating_the_article(tmp_path: Path) -> None:
    """Then another date of the sentence, before the one that was known, comes to mean the same day."""
    told = (
        "افتتح الوزير سامي حداد أمس المتحف الكبير بحضور ليلى منصور، وكانت الوزارة حددت يوم 13 ديسمبر 2021 موعدا لذلك.\n"
    )
    texts = [told, "افتتح الوزير سامي حداد المتحف الكبير بحضور ليلى منصور يوم 13 ديسمبر 2021.\n"]
    corpus = tmp_path / "c.db"
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
        list(add(corpus, [tmp_path / f"{number}.txt"]))
    with open_writer(corpus) as writer:
        assert event_of(writer, 1) == event_of(writer, 2)
        writer.split_event(event_of(writer, 1), [sentence(writer, 1)])
        assert event_of(writer, 1) != event_of(writer, 2)
    redate(corpus, 1, "2021-12-14")
    with open_writer(corpus) as writer:
        assert [event.value for _, event in writer.article(1).events] == ["2021-12-13"]
        assert event_of(writer, 1) != event_of(writer, 2)
    assert not list(verify(corpus))


def test_the_id_of_an_event_that_is_gone_is_never_another_event(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        first = writer.add(FIRST)[0]
        gone = event_of(writer, first)
        writer.remove(first)
        other = event_of(writer, writer.add(OTHER)[0])
        assert other != gone
        with pytest.raises(CorpusError, match=f"holds no event {gone}"):
            writer.merge_events([gone, other])


def test_what_lies_around_is_asked_again_when_a_sentence_leaves(tmp_path: Path) -> None:
    """A month that could mean two days means the one that is left, as when the other had never been there."""
    path = tmp_path / "c.db"
    month = analysis(
        "وكان سامي حداد قد وقع مع ليلى منصور في يوليو 2021 اتفاقا ينهي مهمة القوات.",
        SIGNED,
        [("يوليو 2021", "2021-07")],
    )
    twin = analysis(
        "وقع سامي حداد وليلى منصور في 27 يوليو 2021 اتفاقا ينهي مهمة القوات.", SIGNED, [("27 يوليو 2021", "2021-07-27")]
    )
    with open_writer(path) as writer:
        ids = [writer.add(document)[0] for document in (FIRST, twin, month, LATER)]
        assert len({event_of(writer, one) for one in ids}) == 4
        writer.merge_events([event_of(writer, ids[1]), event_of(writer, ids[3])])
        writer.split_event(event_of(writer, ids[1]), [sentence(writer, ids[1])])
        assert event_of(writer, ids[2]) == event_of(writer, ids[0])
    assert sorted(map(sorted, events(path))) == [[1, 3], [2], [4]]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_stretch_that_began_the_year_before_is_found_from_either_side(tmp_path: Path, order: tuple[int, int]) -> None:
    week = replace(
        analysis(
            "وقع سامي حداد وليلى منصور خلال الأسبوع الأخير اتفاقا ينهي مهمة القوات.",
            SIGNED,
            [("الأسبوع الأخير", "2021-01")],
        )
    )
    (date,), (event,) = week.dates, week.events
    value, first, last = "2020-W53", "2020-12-28", "2021-01-03"
    week = replace(
        week,
        dates=(replace(date, value=value, earliest=first, latest=last, precision="week"),),
        events=(replace(event, value=value, earliest=first, latest=last, precision="week"),),
    )
    day = analysis(
        "وقع سامي حداد وليلى منصور في 2 يناير 2021 اتفاقا ينهي مهمة القوات.", SIGNED, [("2 يناير 2021", "2021-01-02")]
    )
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for at in order:
            writer.add((week, day)[at])
    assert sorted(map(sorted, events(path))) == [[1, 2]]
