"""Bookmarks, tags and notes: on what they are, how they are found, and that nothing but people takes them away."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations import Annotated, Kind, Target
from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.database.queries import Reader
from store.database.writing import Writer
from store.errors import CorpusError, QueryError
from store.models import Analysis
from tests.store.database.inventing import document
from tests.store.database.making import Named, add_all, analysis

DAY = ("26 يوليو 2021", "2021-07-26")
NAMES: list[Named] = [("سامي حداد", "PER"), ("ليلى منصور", "PER"), ("بغداد", "LOC")]
TEXT = "وقع سامي حداد وليلى منصور في 26 يوليو 2021 اتفاقا. ثم عاد سامي حداد إلى بغداد."
DOCUMENTS = [
    analysis(TEXT, NAMES, [DAY], outlet="ألف", title="اتفاق"),
    analysis("قالت ليلى منصور إنها باقية.", [NAMES[1]], title="بقاء"),
    analysis("افتتح المتحف أبوابه في بغداد.", [NAMES[2]], title="متحف"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    add_all(path, DOCUMENTS)
    return path


def entity(reader: Reader, name: str) -> Target:
    return Target("entity", reader.find_entities(name)[0].id)


def targets(reader: Reader) -> list[Target]:
    """One of each kind."""
    first, _, _ = sorted(reader.article_ids())
    sentence = reader.article(first).sentences[1]
    return [
        Target("article", first),
        Target("sentence", first, sentence.start, sentence.end),
        entity(reader, "ليلى منصور"),
        Target("event", reader.event_ids()[0]),
    ]


def test_everything_can_be_annotated(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        every = targets(reader)
    kinds: list[tuple[Kind, str]] = [("bookmark", ""), ("tag", "#مهمّ  جدا\n"), ("note", "سطر أول\nسطر ثان")]
    with open_writer(corpus) as writer:
        for target in every:
            for kind, text in kinds:
                writer.annotate(target, kind, text, who="سعاد")
                if kind != "note":  # it is there already, however it is written
                    writer.annotate(target, kind, "مهم جداً" if text else "", who="غيرها")
    with open_reader(corpus) as reader:
        for target in every:
            told = reader.annotations_on(target)
            assert [(one.kind, one.text, one.who, one.target) for one in told] == [
                ("bookmark", "", "سعاد", target),
                ("tag", "مهمّ جدا", "سعاد", target),
                ("note", "سطر أول\nسطر ثان", "سعاد", target),
            ]
        assert len(reader.annotation_ids()) == 12
        assert len(reader.annotation_ids("note")) == 4
        assert len(reader.annotation_ids(tag="مهم جدا")) == 4
        assert [one.key.on for one in reader.annotations(reader.annotation_ids("note", words="متحف"))] == []
        assert {one.quote for one in reader.annotations(reader.annotation_ids(words="ثم عاد"))} == {
            "ثم عاد سامي حداد إلى بغداد."
        }
        assert reader.tags() == [("مهمّ جدا", 4)]
        own = Annotated(True, ("مهمّ جدا",), 1)
        assert reader.articles([1])[0].annotated == replace(own, within=3)
        assert reader.entities([every[2].id])[0].annotated == own
        assert reader.events([every[3].id])[0].annotated == own
        assert [one.key.on for one in reader.annotations_in(1)] == ["article"] * 3 + ["sentence"] * 3
    assert not list(verify(corpus))
    with open_writer(corpus) as writer:
        assert writer.undo() is None  # no annotation is an edit
        for target in every:
            assert writer.toggle_bookmark(target) is False
            assert writer.toggle_tag(target, "مهم جدا") is False
            (gone,) = writer.unannotate(target, "note")
            assert writer.keep_annotations([gone]) == (1, 0)
            assert writer.keep_annotations([gone]) == (0, 0)
    with open_reader(corpus) as reader:
        assert [one.kind for one in reader.annotations(reader.annotation_ids())] == ["note"] * 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:مهم", [1]),
        ("بطاقة:مهمّ", [1]),
        ("has:tag", [1, 2]),
        ("tag:بشر", [1, 2]),  # a name that both give is so tagged
        ("tag:بشر -tag:مهم", [2]),
        ("note:الوزير", [1]),
        ('ملاحظة:"راجع الوزير"', [1]),
        ('note:"الوزير راجع"', []),
        ("is:noted", [1]),
        ("has:bookmark", [3]),
        ("فيه:علامة OR tag:مهم", [1, 3]),
    ],
)
def test_they_are_searched_for(corpus: Path, query: str, expected: list[int]) -> None:
    with open_reader(corpus) as reader:
        every = targets(reader)
    with open_writer(corpus) as writer:
        writer.annotate(every[0], "tag", "مهم")
        writer.annotate(every[1], "note", "راجع الوزير")
        writer.annotate(every[2], "tag", "بشر")
        writer.annotate(Target("article", 3), "bookmark")
        writer.annotate(every[2], "bookmark")  # says nothing of the articles that name her
    with open_reader(corpus) as reader:
        assert sorted(reader.article_ids(Filter(query=query))) == expected
        assert sorted(reader.article_ids(Filter(bookmarked=True))) == [3]


@pytest.mark.parametrize("query", ["tag:غيرها", "tag:!!", "has:كذا", "is:marked", "note:?"])
def test_what_cannot_be_meant_is_refused(corpus: Path, query: str) -> None:
    with open_reader(corpus) as reader, pytest.raises(QueryError):
        reader.check(query)


def test_a_sentence_of_an_annotated_article_that_is_added_again(corpus: Path) -> None:
    """What is removed from the corpus keeps its annotations, which are there again when it is added again."""
    with open_reader(corpus) as reader:
        every = targets(reader)
    with open_writer(corpus) as writer:
        for target in every:
            writer.annotate(target, "tag", "كل")
        writer.remove(1)
        writer.remove(2)
    with open_reader(corpus) as reader:
        told = reader.annotations(reader.annotation_ids())
        assert [one.target for one in told] == [None] * 4
        assert list(reader.article_ids(Filter(query="tag:كل"))) == []
    assert not list(verify(corpus))
    with open_writer(corpus) as writer:
        again, _ = writer.add(DOCUMENTS[0])
        assert again > 3
    with open_reader(corpus) as reader:
        told = reader.annotations(reader.annotation_ids())
        assert {one.target for one in told} == {
            Target("article", again),
            replace(every[1], id=again),
            entity(reader, "ليلى منصور"),
            Target("event", reader.event_ids()[0]),
        }


def test_names_that_are_merged_and_split_take_theirs_along(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        one, other = entity(reader, "سامي حداد"), entity(reader, "ليلى منصور")
    with open_writer(corpus) as writer:
        writer.annotate(one, "bookmark")
        writer.annotate(other, "tag", "بشر")
        writer.merge_entities([one.id], other.id)
    with open_reader(corpus) as reader:
        assert [each.kind for each in reader.annotations_on(other)] == ["bookmark", "tag"]
        assert [each.kind for each in reader.annotations_on(one)] == ["bookmark", "tag"]  # as everywhere, by old ids
    with open_writer(corpus) as writer:
        assert writer.toggle_bookmark(other) is False
        assert writer.toggle_bookmark(other) is True
        writer.undo()
    with open_reader(corpus) as reader:
        assert [each.kind for each in reader.annotations_on(other)] == ["tag", "bookmark"]
        assert reader.annotations_on(one) == []


def test_a_name_that_gets_another_type_keeps_its_own(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        target = entity(reader, "بغداد")
    with open_writer(corpus) as writer:
        writer.annotate(target, "note", "مدينة")
        for one, text in ((DOCUMENTS[0], TEXT), (DOCUMENTS[2], DOCUMENTS[2].document.text)):
            renamed: list[Named] = [("بغداد", "ORG", "بغداد", "Q1530")]
            writer.replace(analysis(text, renamed, [DAY] if one is DOCUMENTS[0] else [], version="2"))
    with open_reader(corpus) as reader:
        now = entity(reader, "بغداد")
        assert now != target
        assert [each.text for each in reader.annotations_on(now)] == ["مدينة"]


def test_a_sentence_is_found_by_its_words(corpus: Path) -> None:
    """Where another reader gives a document another text, a sentence is where its words are."""
    with open_reader(corpus) as reader:
        sentence = targets(reader)[1]
    with open_writer(corpus) as writer:
        writer.annotate(sentence, "note", "هنا")
        longer = analysis(f"سطر جديد.\n{TEXT}", NAMES, [DAY])
        digest = DOCUMENTS[0].document.digest
        writer.replace(replace(longer, document=replace(longer.document, digest=digest)))
    with open_reader(corpus) as reader:
        (one,) = reader.annotations_in(1)
        assert one.target is not None
        assert (one.target.start, one.target.end) == ((sentence.start or 0) + 10, (sentence.end or 0) + 10)


@pytest.mark.parametrize(
    "target", [Target("article", 99), Target("sentence", 1, 5, 5), Target("sentence", 1, 0, 10**6), Target("event", 99)]
)
def test_what_is_not_there_cannot_be_annotated(corpus: Path, target: Target) -> None:
    with open_writer(corpus) as writer, pytest.raises(CorpusError):
        writer.annotate(target, "bookmark")


@pytest.mark.parametrize(
    ("kind", "text"), [("tag", " # "), ("tag", "و" * 101), ("note", " \n\u200f "), ("note", "س" * 10_001)]
)
def test_what_says_nothing_or_too_much_is_refused(corpus: Path, kind: Kind, text: str) -> None:
    with open_writer(corpus) as writer, pytest.raises(QueryError):
        writer.annotate(Target("article", 1), kind, text)


def test_no_control_character_is_kept(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.annotate(Target("article", 1), "note", "a\x1b[2Jب\u202eج\r\nد\ud800")
        writer.annotate(Target("article", 1), "tag", "\x07جرس\tأحمر")
    with open_reader(corpus) as reader:
        assert [one.text for one in reader.annotations_in(1)] == ["a[2Jبج\nد", "جرس أحمر"]


def test_tags_are_renamed_and_notes_changed(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        for article in (1, 2):
            writer.annotate(Target("article", article), "tag", "قديم")
        note = writer.annotate(Target("article", 1), "note", "أولى")
        assert writer.rename_tag("قديم", "جديد") == 2
        assert writer.change_annotation(note, "ثانية")
        assert not writer.change_annotation("nobody", "ثانية")
    with open_reader(corpus) as reader:
        assert reader.tags() == [("جديد", 2)]
        assert sorted(reader.article_ids(Filter(query="tag:جديد"))) == [1, 2]
        assert sorted(reader.article_ids(Filter(query="note:ثانية"))) == [1]
    with open_writer(corpus) as writer:
        assert [one.text for one in writer.remove_annotations([note, "nobody"])] == ["ثانية"]


@pytest.mark.parametrize(
    "damage",
    ["text = 'x'", "words = 'x'", "digest = x'00'", "kind = 'tag'", "target = 'sentence', start = 9, \"end\" = 3"],
)
def test_verify_tells_what_cannot_be(corpus: Path, damage: str) -> None:
    with open_writer(corpus) as writer:
        writer.annotate(Target("article", 1), "bookmark")
    with closing(sqlite3.connect(corpus)) as raw, raw:
        raw.execute(f"UPDATE annotations SET {damage}")
    assert len(list(verify(corpus))) == 1


# -- nothing but people takes them away --------------------------------------------------------------------

documents = st.builds(
    document, st.integers(0, 20), st.lists(st.integers(0, 5), max_size=4), st.integers(0, 4),
    st.lists(st.integers(0, 3), max_size=3), st.lists(st.integers(0, 3), max_size=2),
)  # fmt: skip
acts = st.lists(
    st.one_of(
        st.tuples(st.just("add"), documents),
        st.tuples(
            st.sampled_from(["annotate", "remove", "again", "redate", "merge", "merge-events", "undo", "repair"]),
            st.integers(0, 40),
        ),
    ),
    min_size=2,
    max_size=14,
)


def _act(writer: Writer, what: str, which: object, stored: list[Analysis]) -> None:
    if isinstance(which, Analysis):
        writer.add(which)
        stored.append(which)
        return
    assert isinstance(which, int)
    with open_reader(writer.path) as reader:
        articles, events = reader.article_ids(), reader.event_ids()
        entities = [id_ for _, ids in reader.entity_groups() for id_ in ids]
        every = [Target("article", id_) for id_ in articles]
        every += [
            Target("sentence", id_, one.start, one.end) for id_ in articles for one in reader.article(id_).sentences
        ]
        every += [Target("entity", id_) for id_ in entities] + [Target("event", id_) for id_ in events]
    kinds: list[tuple[Kind, str]] = [("bookmark", ""), ("tag", "مهم"), ("note", f"رقم {which}")]
    if what == "annotate" and every:
        writer.annotate(every[which % len(every)], *kinds[which % 3])
    elif what == "again" and stored:
        writer.add(stored[which % len(stored)])
        writer.replace(stored[which % len(stored)])
    elif what == "merge" and entities:
        writer.merge_entities([entities[which % len(entities)]], entities[which // 5 % len(entities)])
    elif what == "merge-events" and events:
        writer.merge_events([events[which % len(events)], events[which // 3 % len(events)]])
    elif what == "undo":
        writer.undo()
    elif what == "repair":
        writer.derive()
    elif articles and what == "remove":
        writer.remove(articles[which % len(articles)])
    elif articles and what == "redate":
        writer.redate_article(articles[which % len(articles)], "2021-12-09")


@settings(max_examples=60)
@given(acts)
def test_whatever_is_done_to_the_corpus_they_stay(done: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        with open_writer(path) as writer:
            stored: list[Analysis] = []
            kept: list[object] = []
            for what, which in done:
                _act(writer, what, which, stored)
                rows = writer._connection.execute("SELECT * FROM annotations ORDER BY id").fetchall()
                assert rows[: len(kept)] == kept
                assert len(rows) <= len(kept) + (what == "annotate")
                kept = rows
        assert not list(verify(path))
        with open_reader(path) as reader:
            digests = {reader.article(id_).document.digest: id_ for id_ in reader.article_ids(Filter(copies=True))}
            for one in reader.annotations(reader.annotation_ids()):
                if one.key.digest is not None:
                    assert one.article == digests.get(one.key.digest)
                if one.target is not None:
                    assert one.uid in [other.uid for other in reader.annotations_on(one.target)]
                if one.key.on == "sentence" and one.target is not None:
                    text = reader.article(one.target.id).document.text
                    assert text[one.target.start : one.target.end] == one.quote
