"""Articles, entities and events as sets: they say what the articles say, whatever was done to the corpus, and what a
process remembers of an earlier state becomes what reading it anew would give."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import companions, entity_sets, kept, open_reader, open_writer, verify, word_sets
from store.database.files import connect_to_read, snapshot
from store.database.queries import Reader
from store.database.writing import Writer
from store.errors import Cancelled, CorpusError
from store.models import Analysis, Article, EntityRow, Filter, MentionType
from tests.store.database.making import analysis

NAMES: list[tuple[str, MentionType]] = [
    ("سامي حداد", "PER"), ("بغداد", "LOC"), ("الناتو", "ORG"), ("البصرة", "LOC"), ("حداد", "PER"), ("رامي حداد", "PER"),
]  # fmt: skip
DAYS = [None, "2020-05-01", "2021-12-09", "2021-12", "2022"]
TOLD = ["2019-03-02", "2021-12-08", "2021-12", "2021"]
WORDS = ["قال", "زار", "انسحب", "للقوات"]


def _document(number: int, names: list[int], day: int, told: list[int], words: list[int]) -> Analysis:
    lines = [f"خبر رقم {number}"]
    for at, which in enumerate(names):
        said = f"{WORDS[words[at % len(words)]]} " if words else ""
        date = f" يوم {TOLD[told[at % len(told)]]}" if told else ""
        lines.append(f"{said}{NAMES[which][0]} هنا{date}.")
    text = "\n".join(lines)
    there = [NAMES[which] for which in dict.fromkeys(names)]
    dates = [(TOLD[which], TOLD[which]) for which in dict.fromkeys(told) if TOLD[which] in text]
    # a short name within a long one is no mention of its own
    kept = [name for name in there if not (name[0] == "حداد" and any(n[0].endswith(" حداد") for n in there))]
    return analysis(text, kept, dates, DAYS[day], outlet=["ألف", "باء"][number % 2], kinds=["title"])


some = st.lists(st.integers(0, 3), max_size=3)
documents = st.builds(
    _document, st.integers(0, 50), st.lists(st.integers(0, 5), max_size=4), st.integers(0, 4), some, some
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("add"), documents),
        st.tuples(st.sampled_from(["remove", "again", "redate", "hide", "bookmark", "undo"]), st.integers(1, 12)),
        st.tuples(st.just("merge"), st.integers(0, 40)),
    ),
    min_size=1,
    max_size=14,
)


def _act(writer: Writer, what: str, which: object, stored: list[Analysis]) -> None:
    if isinstance(which, Analysis):
        writer.add(which)
        stored.append(which)
        return
    assert isinstance(which, int)
    with open_reader(writer.path) as reader:
        articles = reader.article_ids()
        entities = [id_ for _, ids in reader.entity_groups() for id_ in ids]
    if what == "undo":
        writer.undo()
    elif what == "again" and stored:
        writer.add(stored[which % len(stored)])
        writer.replace(stored[which % len(stored)])
    elif what in ("hide", "merge") and entities:
        one, other = entities[which % len(entities)], entities[which // 5 % len(entities)]
        if what == "hide":
            writer.hide_entity(one)
        elif one != other:
            writer.merge_entities([one], other)
    elif articles:
        article = articles[which % len(articles)]
        if what == "remove":
            writer.remove(article)
        elif what == "redate":
            writer.redate_article(article, DAYS[which % 5])
        elif what == "bookmark":
            writer.bookmark(article)


def _act_all(path: Path, done: list[tuple[str, object]], between: Callable[[], None]) -> None:
    with open_writer(path) as writer:
        stored: list[Analysis] = []
        for what, which in done:
            _act(writer, what, which, stored)
            between()
            writer.settle()
            between()


def _state(path: Path, *, anew: bool) -> tuple[object, ...]:
    """All that is remembered of a corpus, as plain values."""
    connection = connect_to_read(path)
    with snapshot(connection):
        now = kept.State() if anew else kept.state(connection)
        order, columns = now.order(connection), now.columns(connection)
        entities = [row[0] for row in connection.execute("SELECT id FROM entities ORDER BY id")]
        sets = {
            entity: {plane: list(articles) for plane, articles in now.sets.planes(connection, entity).items()}
            for entity in entities
        }
    connection.close()
    events = [each.tolist() for each in (columns.events, columns.earliest, columns.latest, columns.buckets)]
    there = np.flatnonzero(columns.articles)
    told = list(zip(there.tolist(), columns.articles[there].tolist(), columns.told[there].tolist(), strict=True))
    return order.ids.tolist(), order.moments.tolist(), sets, events, told


@settings(max_examples=40, deadline=None)
@given(acts)
def test_what_is_remembered_becomes_what_reading_anew_gives(done: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        open_writer(path).close()
        patch = pytest.MonkeyPatch()
        patch.setattr(companions, "LARGE", 1)

        def compare() -> None:
            assert not list(verify(path))
            assert _state(path, anew=False) == _state(path, anew=True)

        compare()
        _act_all(path, done, compare)
        patch.undo()


def test_notes_that_reach_not_far_enough_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.notes.NOTES", 16)
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(_document(0, [0, 1], 1, [0], [0]))
        first = _state(path, anew=False)
        for number in range(1, 60):
            writer.add(_document(number, [number % 5], number % 5, [number % 4], [number % 4]))
        (notes,) = writer._connection.execute("SELECT count(DISTINCT revision) FROM changes").fetchone()
    assert notes <= 17
    assert _state(path, anew=False) == _state(path, anew=True) != first
    assert not list(verify(path))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Some two hundred articles, in no order of time, of which one entity has more than fit one row."""
    path = tmp_path_factory.mktemp("sets") / "c.db"
    patch = pytest.MonkeyPatch()
    patch.setattr(entity_sets, "WHOLE", 40)
    for module in (entity_sets, word_sets, "store.database.verify"):
        patch.setattr(f"{module}.BLOCK" if isinstance(module, str) else f"{module.__name__}.BLOCK", 64)
    patch.setattr(word_sets, "FREQUENT", 8)
    patch.setattr(companions, "LARGE", 20)
    with open_writer(path) as writer:
        for number in range(200):
            names = [one for one in range(6) if number % (2 + 3 * one) == 0] * (1 + number % 3)
            day, told = number * 7 % 5, [number % 4][: number % 3]
            writer.add(_document(number, names, day, told, [number % 4, number // 3 % 4]))
        hidden = next(row.id for row in _rows(path, "البصرة"))
        writer.hide_entity(hidden)
        writer.remove(17)
        writer.settle()
    assert not list(verify(path))
    with open_reader(path) as reader:
        yield reader
    patch.undo()


def _rows(path: Path, name: str) -> list[EntityRow]:
    with open_reader(path) as reader:
        return list(reader.find_entities(name))


def test_a_large_set_stands_in_several_rows(corpus: Reader) -> None:
    blocks = corpus._connection.execute(
        "SELECT entity_id, count(DISTINCT block) FROM entity_sets GROUP BY 1"
    ).fetchall()
    assert max(count for _, count in blocks) > 1
    assert min(count for _, count in blocks) == 1


def test_large_entities_have_lists(corpus: Reader) -> None:
    (lists,) = corpus._connection.execute("SELECT count(*) FROM companions").fetchone()
    assert lists >= 3


def test_frequent_words_of_full_blocks_are_kept(corpus: Reader) -> None:
    execute = corpus._connection.execute
    assert execute("SELECT block FROM closed_blocks ORDER BY block").fetchall() == [(0,), (1,), (2,)]
    forms = {row[0] for row in execute("SELECT form FROM word_sets")}
    assert {"خبر", "زار", "بغداد"} <= forms


def test_a_block_that_has_changed_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("entity_sets", "word_sets", "verify"):
        monkeypatch.setattr(f"store.database.{module}.BLOCK", 8)
    monkeypatch.setattr(word_sets, "FREQUENT", 2)
    stored = [_document(number, [number % 5], 1, [0], [number % 4]) for number in range(20)]
    with open_writer(tmp_path / "c.db") as writer:
        for document in stored:
            writer.add(document)
        blocks = "SELECT block FROM closed_blocks ORDER BY block"
        assert writer.settle() == 2
        assert writer._connection.execute(blocks).fetchall() == [(0,), (1,)]
        writer.replace(stored[2])
        writer.remove(12)
        assert writer._connection.execute(blocks).fetchall() == []
        assert not list(verify(writer.path))
        writer.settle()
        assert writer._connection.execute(blocks).fetchall() == [(0,), (1,)]
        assert not list(verify(writer.path))
        writer._connection.execute("DELETE FROM word_sets WHERE form = 'خبر' AND block = 0")
        assert not list(verify(writer.path))  # asked of the index
        with open_reader(writer.path) as reader:
            assert len(reader.article_ids(Filter(query="خبر"))) == 19
        writer._connection.execute("UPDATE word_sets SET form = 'كلام' WHERE form = 'خبر'")
        assert any("the word كلام does not hold" in fault for fault in verify(writer.path))


FILTERS = [
    Filter(query="زار"), Filter(query="زار -انسحب"), Filter(query="زار OR date:2022"),
    Filter(query="القوات type:PER"), Filter(query="type:ORG -outlet:ألف"),
    Filter(query="(زار OR outlet:ألف) date:2021.."),
    Filter(since="2021"), Filter(until="2021-06"), Filter(since="2021-12", until="2021-12-31"), Filter(undated=True),
    Filter(outlet="ألف"), Filter(outlet="لا"), Filter(type="ORG"), Filter(type="LOC"), Filter(precision="month"),
    Filter(modality="asserted"), Filter(query="زار", outlet="باء", since="2020"), Filter(article=5), Filter(event=3),
    Filter(latin=False), Filter(query="خبر"),
]  # fmt: skip


def _lets_through(f: Filter, article: Article, types: dict[int, MentionType], told: Counter[tuple[str, str]]) -> bool:
    """Written from the words of `Filter`, article by article; what a query asks was worked out by hand."""
    text, at, outlet = article.document.text, article.row.published.value, article.row.outlet
    kinds = {types[one.entity_id] for one in article.mentions if one.entity_id in types}
    when = at or ""
    queries: dict[str, bool] = {
        "": True,
        "زار": "زار" in text,
        "زار -انسحب": "زار" in text and "انسحب" not in text,
        "زار OR date:2022": "زار" in text or when.startswith("2022"),
        "القوات type:PER": "للقوات" in text and "PER" in kinds,
        "type:ORG -outlet:ألف": "ORG" in kinds and outlet != "ألف",
        "(زار OR outlet:ألف) date:2021..": ("زار" in text or outlet == "ألف") and when >= "2021",
        "خبر": True,
    }
    since = {"2021": "2021", "2020": "2020", "2021-12": "2021-12", None: ""}[f.since]
    until = {"2021-06": "2021-06-30", "2021-12-31": "2021-12-31", None: "9999"}[f.until]
    return (
        queries[f.query]
        and (not (f.since or f.until) or (bool(at) and since <= when and when + "-01-01"[len(when) - 4 :] <= until))
        and (not f.undated or at is None)
        and f.outlet in (None, outlet)
        and (f.type is None or f.type in kinds)
        and f.article in (None, article.row.id)
        and (f.event is None or f.event in {event for event, _ in article.events})
        and (not f.precision or any(told[f"{event}", f.precision] for event, _ in article.events))
        and (not f.modality or any(told[f"{event}", f.modality] for event, _ in article.events))
    )


def test_a_filter_lets_through_what_its_words_say(corpus: Reader) -> None:
    _compare(corpus, FILTERS)


def test_several_entities_are_those_of_all(corpus: Reader) -> None:
    ids = {name: corpus.find_entities(name)[0].id for name in ("سامي حداد", "بغداد", "الناتو")}
    _compare(
        corpus,
        [
            *(Filter(entities=(id_,)) for id_ in ids.values()),
            Filter(entities=tuple(ids.values())),
            Filter(entities=(ids["بغداد"],), query="زار", outlet="ألف"),
        ],
    )


def _compare(corpus: Reader, filters: list[Filter]) -> None:
    everything = [corpus.article(id_) for id_ in corpus.article_ids()]
    visible = {id_: kind for kind, ids in corpus.entity_groups() for id_ in ids}
    events = corpus.events(corpus.event_ids())
    known: Counter[tuple[str, str]] = Counter()
    for event in events:
        known[f"{event.id}", event.precision] = known[f"{event.id}", event.modality] = 1
    assert [article.row.id for article in everything] == [
        article.row.id for article in sorted(everything, key=lambda a: (_moment(a), a.row.id), reverse=True)
    ]
    for f in filters:
        for fresh in (True, False):  # found for the first time, and from memory
            if fresh:
                kept._states.clear()
            expected = [
                article
                for article in everything
                if _lets_through(f, article, visible, known)
                and set(f.entities) <= {mention.entity_id for mention in article.mentions}
            ]
            ids = [article.row.id for article in expected]
            assert list(corpus.article_ids(f, most=7)) == ids[:7], f
            assert corpus.count(f) == len(ids), f
            assert list(corpus.article_ids(f)) == ids, f
            mentions = Counter(m.entity_id for article in expected for m in article.mentions)
            within = Counter(e for article in expected for e in {m.entity_id for m in article.mentions})
            if f.type:
                within = Counter({e: n for e, n in within.items() if visible.get(e) == f.type})
            ranked = sorted((e for e in within if e in visible), key=lambda e: (-within[e], -mentions[e], e))
            for most in (2, None):
                groups = dict(corpus.entity_groups(f, most=most))
                for kind in ("PER", "ORG", "LOC", "MISC"):
                    of_kind = [e for e in ranked if visible[e] == kind]
                    assert list(groups.get(kind, [])) == of_kind[:most], (f, kind, most)
            rows = corpus.entities(ranked, f)
            assert [(row.id, row.articles, row.mentions) for row in rows] == [
                (e, within[e], mentions[e]) for e in ranked
            ], f


def _moment(article: Article) -> str:
    return article.row.published.value or ""


@pytest.mark.parametrize("few", [0, 10_000], ids=["columns", "one by one"])
def test_a_filter_lets_through_the_events_its_words_say(
    corpus: Reader, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("store.database.choosing_events._FEW", few)
    monkeypatch.setattr("store.database.facets.FEW", few)
    baghdad = corpus.find_entities("بغداد")[0]
    every = corpus.events(corpus.event_ids())
    assert [e.id for e in every] == [
        e.id for e in sorted(every, key=lambda e: (e.earliest, tuple(-ord(c) for c in e.latest), e.id))
    ]
    for f, wanted in (
        (Filter(since="2021-12-08"), lambda e: e.latest >= "2021-12-08"),
        (Filter(until="2020", since="2019-01"), lambda e: e.earliest <= "2020-12-31" and e.latest >= "2019-01-01"),
        (Filter(precision="month"), lambda e: e.precision == "month"),
        (Filter(entities=(baghdad.id,)), lambda e: "بغداد" in e.names),
        (Filter(type="ORG"), lambda e: "الناتو" in e.names),
        (Filter(query="زار"), lambda e: set(e.articles) & set(corpus.article_ids(Filter(query="زار")))),
        (Filter(outlet="ألف", since="2021"), lambda e: e.latest >= "2021" and _told_by(corpus, e.articles, "ألف")),
        (Filter(event=every[3].id), lambda e: e.id == every[3].id),
        (Filter(), lambda e: True),
    ):
        kept._states.clear()
        expected = [event for event in every if wanted(event)]
        for most in (1, 3, 20):
            kept._states.clear()
            assert list(corpus.event_ids(f, most=most)) == [e.id for e in expected[:most]], (f, most)
        assert list(corpus.event_ids(f)) == [e.id for e in expected], f
        assert corpus.event_count(f) == len(expected)
        assert sum(bucket.events for bucket in corpus.buckets(f, "month")) == len(expected)
        days = Counter(
            e.earliest if e.earliest == e.latest else e.earliest[: _shared(e.earliest, e.latest)] for e in expected
        )
        assert {b.value: b.events for b in corpus.buckets(f, "day")} == dict(days), f
        by_outlets = sorted(expected, key=lambda e: (-e.outlets, -len(e.sentences), e.earliest, e.id))
        assert list(corpus.event_ids(f, "outlets")) == [e.id for e in by_outlets], f


def _shared(first: str, last: str) -> int:
    return 7 if first[:7] == last[:7] else 4


def _told_by(corpus: Reader, articles: tuple[int, ...], outlet: str) -> bool:
    return any(corpus.article(id_).row.outlet == outlet for id_ in articles)


def test_a_copy_that_went_another_way_is_another_corpus(tmp_path: Path) -> None:
    path, copy = tmp_path / "c.db", tmp_path / "copy.db"
    with open_writer(path) as writer:
        for number in range(5):
            writer.add(_document(number, [number], 1, [0], [number % 4]))
    shutil.copy(path, copy)
    with open_writer(path) as writer:
        for number in (6, 7):
            writer.add(_document(number, [0], 1, [1], [0]))
    assert _state(path, anew=False) == _state(path, anew=True)
    # restored from the copy, and changed as often
    copy.replace(path)
    with open_writer(path) as writer:
        writer.remove(1)
        writer.remove(2)
    assert _state(path, anew=False) == _state(path, anew=True)


def test_an_entity_named_alone_in_a_sentence_that_joined_what_people_put_together(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis("التقى سامي حداد يوم 2020-01-01.", [("سامي حداد", "PER")], [("2020-01-01", "2020-01-01")]))
        told = "وقع الاتفاق الكبير بين الشركتين في المدينة القديمة خلال 2021-01 كما أعلن رامي حداد."
        writer.add(analysis(told, [("رامي حداد", "PER")], [("2021-01", "2021-01")]))
        with open_reader(writer.path) as reader:
            writer.merge_events(list(reader.event_ids()))
        again = told.replace("كما أعلن رامي حداد", "كما أعلن رامي حداد والناتو")
        writer.add(analysis(again, [("رامي حداد", "PER"), ("الناتو", "ORG")], [("2021-01", "2021-01")]))
        for number in range(12):
            day = f"2020-06-{number + 1:02}"
            writer.add(analysis(f"زار الناتو المدينة رقم {number} يوم {day}.", [("الناتو", "ORG")], [(day, day)]))
    with open_reader(tmp_path / "c.db") as reader:
        nato = Filter(entities=(reader.find_entities("الناتو")[0].id,))
        first = list(reader.event_ids(nato, most=2))
        assert first == list(reader.event_ids(nato))[:2]
        assert reader.events(first)[0].earliest < "2020-06"


def test_what_is_shown_again_is_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companions, "LARGE", 1)
    place = [
        analysis(f"وصل سامي حداد إلى المرجان مرة {n}.", [("سامي حداد", "PER"), ("المرجان", "LOC")]) for n in range(3)
    ]
    firm = analysis("قالت شركة المرجان إن سامي حداد وصل.", [("المرجان", "ORG"), ("سامي حداد", "PER")])
    with open_writer(tmp_path / "c.db") as writer:
        firm_article, _ = writer.add(firm)
        with open_reader(writer.path) as reader:
            firm_id = reader.find_entities("المرجان")[0].id
        writer.hide_entity(firm_id)
        writer.remove(firm_article)
        for one in place:
            writer.add(one)
        writer.settle()
        assert not list(verify(writer.path))
        writer.add(firm)
        assert not list(verify(writer.path))
        writer.settle()
        assert not list(verify(writer.path))


def test_none_are_asked_for(corpus: Reader) -> None:
    for f in (Filter(), Filter(since="2020"), Filter(query="زار"), Filter(query="زار", outlet="ألف")):
        assert list(corpus.article_ids(f, most=0)) == list(corpus.event_ids(f, most=0)) == []
        assert corpus.entity_groups(f, most=0) == []


def test_a_question_that_was_stopped_asks_no_more(corpus: Reader) -> None:
    with open_reader(corpus.path) as reader:
        assert reader.count()
        reader.interrupt()
        assert reader.count()  # nothing was running
        reader.stop()
        for ask in (reader.count, reader.entity_groups, reader.overview):
            with pytest.raises(Cancelled):
                ask()


@pytest.mark.parametrize("blob", [b"", b"\x00", b"hello, this is no bitmap at all"])
def test_a_damaged_set_is_a_fault_of_the_corpus(tmp_path: Path, blob: bytes) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(_document(1, [0, 1], 1, [0], [0]))
        writer._connection.execute("UPDATE entity_sets SET articles = ?", (blob,))
    assert any("cannot be read" in fault for fault in verify(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as reader, pytest.raises(CorpusError, match="damaged"):
        reader.article_ids(Filter(entities=(1,)))


def test_an_id_is_never_given_twice(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        first, _ = writer.add(_document(1, [0], 1, [0], [0]))
        assert writer.remove(first)
        second, _ = writer.add(_document(2, [0], 1, [0], [0]))
    assert second > first
