"""A corpus of an older khabar says after it was brought up to date what it said before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import bring_up_to_date, open_reader, open_writer, verify
from store.database.log import PART
from store.database.naming import shape
from store.database.packing import teach
from store.database.queries import Reader
from store.ingest import add, redate, undo
from store.samples import seeds
from tests.store.database.making import analysis
from tests.store.database.older import version_7

MADE = (
    analysis(
        "الكاظمي يزور واشنطن\nالتقى مصطفى الكاظمي في 26 يوليو 2021 الرئيس جو بايدن. ثم عاد الكاظمي إلى بغداد.",
        [("مصطفى الكاظمي", "PER"), ("جو بايدن", "PER"), ("بغداد", "LOC", "بغداد", "Q1530")],
        [("26 يوليو 2021", "2021-07-26")],
        "2021-07-27T08:30",
        outlet="الشرق",
        kinds=("title", "body"),
    ),
    analysis(
        "بلا تاريخ\nزار سامي حداد تونس في مارس 2021 وقال حداد إنه باق.",
        [("سامي حداد", "PER"), ("حداد", "PER", "سامي حداد"), ("تونس", "LOC")],
        [("مارس 2021", "2021-03")],
        title="عنوان من خارج النص",
    ),
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The samples and what is made by hand, with people's decisions, names that nobody has any more, and one article
    whose stored names of events are not those of its sentences."""
    path = tmp_path / "c.db"
    list(add(path, seeds(), refine=True))
    with open_writer(path) as writer:
        writer.who = ""  # an older log does not say who
        ids = [writer.add(one)[0] for one in MADE]
        gone, _ = writer.add(analysis("جاء فلان الفلاني.", [("فلان الفلاني", "PER")]))
        writer.remove(gone)
        odd = analysis("وصل رامي سعد في 3 مايو 2020 إلى صور.", [("رامي سعد", "PER")], [("3 مايو 2020", "2020-05-03")])
        document = replace(odd.document, outlet="ألف")
        cleaned = replace(odd.cleaned, keywords=("سياسة", "صور"), outlet="باء")
        events = tuple(replace(event, names=("غيره",)) for event in odd.events)
        writer.add(replace(odd, document=document, cleaned=cleaned, events=events))
        writer.bookmark(ids[0])
        writer.rename_entity(1, "اسم من إنسان")
        with open_reader(path) as reader:
            first, second = list(reader.event_ids())[:2]
        writer.merge_events([first, second])
    redate(path, ids[1], "2021-04-01", who="")
    return path


def said(reader: Reader) -> list[object]:
    """All that a corpus says."""
    articles, events = reader.article_ids(), reader.event_ids()
    groups = reader.entity_groups()
    entities = [id_ for _, ids in groups for id_ in ids]
    return [
        reader.overview(),
        list(articles),
        [reader.article(id_) for id_ in articles],
        reader.articles(articles, "الكاظمي OR بغداد"),
        [(kind, list(ids)) for kind, ids in groups],
        reader.entities(entities),
        [reader.why_entity(id_) for id_ in entities],
        [list(reader.article_ids(Filter(entities=(id_,)))) for id_ in entities],
        [list(reader.event_ids(Filter(entities=(id_,)))) for id_ in entities],
        list(reader.event_ids(Filter(type="PER"))),
        reader.events(events),
        [(reader.why_event(id_), reader.dates_of_event(id_)) for id_ in events],
        reader.buckets(Filter(), "month"),
        list(reader.bookmarks()),
        [(edit.id, edit.made, edit.action, edit.about, edit.value, edit.undone) for edit in reader.edits()],
    ]


def test_nothing_is_lost(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        before = said(reader)
    version_7(corpus)
    assert bring_up_to_date(corpus)
    assert list(verify(corpus)) == []
    with open_reader(corpus) as reader:
        for now, then in zip(said(reader), before, strict=True):
            assert now == then
    assert undo(corpus) == "redate: 2021-04-01 for article 7 «بلا تاريخ»"
    with open_writer(corpus) as writer:
        writer.replace(MADE[0])
        writer.remove(2)
        writer.add(analysis("عاد جو بايدن.", [("جو بايدن", "PER")]))
    assert list(verify(corpus)) == []


def test_an_older_corpus_keeps_every_row(corpus: Path) -> None:
    tables = ("mentions", "dates", "blocks", "event_mentions", "event_names", "documents", "texts")

    def counts() -> list[int]:
        with closing(sqlite3.connect(corpus)) as raw:
            teach(raw)
            return [raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    version_7(corpus)
    before = counts()
    bring_up_to_date(corpus)
    assert counts() == before


def test_the_shapes_of_names_are_those_of_new_ones(corpus: Path) -> None:
    """Versions before 19 looked for longer names by a sound that far more names share."""
    version_7(corpus)
    with closing(sqlite3.connect(corpus)) as raw:
        raw.execute("UPDATE names SET seeks = 'x', offers = 'x', first = 'x', parts = 9 WHERE type = 'PER'")
        raw.commit()
    bring_up_to_date(corpus)
    with closing(sqlite3.connect(corpus)) as raw:
        rows = raw.execute("SELECT plain, type, parts, first, seeks, offers FROM names").fetchall()
    assert sum(type_ == "PER" for _, type_, *_ in rows) > 5
    for plain, type_, *shaped in rows:
        assert tuple(shaped) == astuple(shape(plain, type_)), plain


def test_who_was_told_from_others_by_hand_is_short_for_nobody_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(analysis("جاء سامي حداد.", [("سامي حداد", "PER")]))
        article_id, _ = writer.add(analysis("وصل حداد إلى صور.", [("حداد", "PER")]))
        with open_reader(path) as reader:
            (entity,) = reader.find_entities("حداد")
        writer.split_articles(entity.id, [article_id])
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE names SET seeks = 'x', offers = 'y' WHERE type = 'PER' AND seeks IS NOT NULL")
        raw.execute("ALTER TABLE event_mentions DROP COLUMN sketch")
        raw.execute("PRAGMA user_version = 18")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'version_19'")
        raw.commit()
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as raw:
        found = dict(raw.execute("SELECT plain, seeks FROM names"))
    assert {plain: seeks for plain, seeks in found.items() if PART not in plain} == {
        "سامي حداد": "حداد", "حداد": "حداد",
    }  # fmt: skip
    assert [seeks for plain, seeks in found.items() if PART in plain] == [None]
