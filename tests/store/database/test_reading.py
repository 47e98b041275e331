"""Lists under filters, in their order, with counts that are those of the filter."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Iterator

import pytest

from store.answers import Filter
from store.database import Reader, open_reader, open_writer
from store.database.files import sentences
from store.errors import Cancelled, CorpusError, QueryError
from tests.store.database.making import analysis

DOCUMENTS = [
    analysis(
        "قالت ليلى إن سامر في تونس.", [("ليلى", "PER"), ("سامر", "PER"), ("تونس", "LOC")], (), "2021-03-01",
        outlet="ألف",
    ),
    analysis("ليلى عادت؛ ليلى تكتب عن تونس.", [("ليلى", "PER"), ("تونس", "LOC")], (), "2021-03-01T09:00", outlet="باء"),
    analysis("سامر يسافر من غير تاريخ.", [("سامر", "PER")], (), None, outlet="ألف"),
    analysis("شركة النخيل في تونس سنة كاملة.", [("شركة النخيل", "ORG"), ("تونس", "LOC")], (), "2020", path="a/b.txt"),
    analysis("ليلى مجددا مع سامر، ثم سامر.", [("ليلى", "PER"), ("سامر", "PER")], (), "2022-01-31", title="عنوان معطى"),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("reading") / "c.db"
    with open_writer(path) as writer:
        for document in DOCUMENTS:
            writer.add(document)
    with open_reader(path, sample=True) as reader:
        yield reader


def entity(reader: Reader, name: str) -> int:
    return reader.find_entities(name)[0].id


def test_newest_first_undated_last(reader: Reader) -> None:
    ids = reader.article_ids()
    assert isinstance(ids, array)
    assert ids.typecode == "q"
    assert list(ids) == [5, 2, 1, 4, 3]


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (Filter(since="2021"), [5, 2, 1]),
        (Filter(until="2021-03"), [2, 1, 4]),
        (Filter(since="2021-03-01", until="2021-03-01"), [2, 1]),
        (Filter(since="2022-02"), []),
        (Filter(outlet="ألف"), [1, 3]),
        (Filter(outlet="لا وجود له"), []),
        (Filter(type="ORG"), [4]),
        (Filter(article=3), [3]),
        (Filter(query="تونس"), [2, 1, 4]),
        (Filter(query="تونس", since="2021"), [2, 1]),
        (Filter(query="معطى"), [5]),
        (Filter(entities=(999,)), []),
        (Filter(event=1), []),
    ],
)
def test_filters(reader: Reader, f: Filter, expected: list[int]) -> None:
    assert list(reader.article_ids(f)) == expected


def test_filters_by_entity(reader: Reader) -> None:
    layla, samer, tunis = (entity(reader, name) for name in ("ليلى", "سامر", "تونس"))
    for f, expected in [
        (Filter(entities=(layla,)), [5, 2, 1]),
        (Filter(entities=(samer,)), [5, 1, 3]),
        (Filter(entities=(layla, samer)), [5, 1]),
        (Filter(entities=(layla, samer, tunis)), [1]),
        (Filter(entities=(layla,), since="2021", until="2021"), [2, 1]),
        (Filter(entities=(layla,), outlet="باء"), [2]),
        (Filter(entities=(samer,), query="تونس"), [1]),
        (Filter(entities=(samer,), until="2030"), [5, 1]),
    ]:
        assert list(reader.article_ids(f)) == expected, f


def test_rows_come_in_the_order_asked(reader: Reader) -> None:
    rows = reader.articles([4, 99, 1, 5])
    assert [row.id for row in rows] == [4, 1, 5]
    assert rows[0].path == "a/b.txt"
    assert rows[0].published.value == "2020"
    assert [row.outlet for row in rows] == [None, "ألف", None]
    assert rows[2].title == "عنوان معطى"


def test_entities_by_kind_most_articles_first(reader: Reader) -> None:
    groups = reader.entity_groups()
    assert [kind for kind, _ in groups] == ["PER", "ORG", "LOC"]
    rows = reader.entities(groups[0][1])
    assert [(row.name, row.articles, row.mentions) for row in rows] == [("ليلى", 3, 4), ("سامر", 3, 4)]
    names = [row.name for row in reader.entities(reader.entity_groups(order="name")[0][1])]
    assert names == sorted(names)
    assert [kind for kind, _ in reader.entity_groups(Filter(type="LOC"))] == ["LOC"]


def test_entities_count_within_the_filter(reader: Reader) -> None:
    layla, samer = entity(reader, "ليلى"), entity(reader, "سامر")
    for f, expected in [
        (Filter(since="2021", until="2021"), {"ليلى": (2, 3), "سامر": (1, 1), "تونس": (2, 2)}),
        (Filter(article=5), {"ليلى": (1, 1), "سامر": (1, 2)}),
        (Filter(entities=(layla,)), {"ليلى": (3, 4), "سامر": (2, 3), "تونس": (2, 2)}),
        (Filter(query="النخيل"), {"شركة النخيل": (1, 1), "تونس": (1, 1)}),
        (Filter(query="النخيل", type="LOC"), {"تونس": (1, 1)}),
    ]:
        rows = [row for _, ids in reader.entity_groups(f) for row in reader.entities(ids, f)]
        assert {row.name: (row.articles, row.mentions) for row in rows} == expected, f
    rows = reader.entities([samer, 999, layla], Filter(article=2))
    assert [(row.name, row.articles) for row in rows] == [("سامر", 0), ("ليلى", 1)]


def test_overview(reader: Reader) -> None:
    found = reader.overview()
    assert found.sample
    assert (found.articles, found.undated, found.first, found.last) == (5, 1, "2020", "2022-01-31")
    assert found.entities == {"PER": 2, "ORG": 1, "LOC": 1, "MISC": 0}
    assert found.outlets == (("ألف", 2), ("باء", 1))
    assert reader.outlets() == list(found.outlets)


def test_what_is_not_there_is_said(reader: Reader) -> None:
    with pytest.raises(CorpusError, match="no article 99"):
        reader.article(99)
    with pytest.raises(CorpusError, match="no entity 99"):
        reader.entity(99)
    for day in ("أمس", "2021-13", "2021-02-30", "", "2021-1-1"):
        with pytest.raises(QueryError):
            reader.article_ids(Filter(since=day))
        with pytest.raises(QueryError):
            reader.event_ids(Filter(until=day))


def test_a_query_is_cancelled_from_another_thread(reader: Reader) -> None:
    # One that ends only when it is interrupted.
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    caught: list[BaseException] = []

    def work() -> None:
        try:
            with sentences(reader.path):
                reader._connection.execute(endless).fetchone()
        except Cancelled as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        reader.interrupt()
        thread.join(0.01)
    assert len(caught) == 1
    assert len(reader.article_ids()) == 5


def test_the_newest_of_all_come_from_an_index_without_sorting(reader: Reader) -> None:
    connection = sqlite3.connect(f"file:{reader.path}?mode=ro", uri=True)
    rows = connection.execute("EXPLAIN QUERY PLAN SELECT id FROM articles ORDER BY moment DESC, id DESC LIMIT 50")
    plan = " / ".join(row[3] for row in rows)
    connection.close()
    assert "articles_newest" in plan
    assert "TEMP B-TREE" not in plan
