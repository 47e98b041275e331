"""The accurate pass: newest first, its own rows only, to be stopped and gone on with, outranked by people."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.answers import Article, EntityRow, Filter
from store.database import open_reader, open_writer, verify
from store.extract.entities import find
from store.ingest import Added, add, analyse, redate, undo
from store.models import Mention
from store.refining import BusyError, refine


def waiting(path: Path, *texts: tuple[str, str]) -> Path:
    """A corpus of articles (date, text) that wait for the accurate pass."""
    corpus = path / "c.db"
    for number, (day, text) in enumerate(texts):
        (path / f"{number}.txt").write_text(text, "utf-8")
        (item,) = add(corpus, [path / f"{number}.txt"], published=day, refine=True)
        assert isinstance(item, Added)
    return corpus


def only_places(article: Article) -> list[Mention]:
    """A pass that finds other names than the fast one, so that its rows can be told from those."""
    text = article.document.text
    return [
        replace(one, extractor="accurate", version="9") for one in find(text, article.sentences) if one.type == "LOC"
    ]


OLD = ("2020-01-01", "خبر قديم\n\nقال مصطفى الكاظمي في بغداد يوم 5 يناير 2020 إن الأمر انتهى.\n")
NEW = ("2022-01-01", "خبر جديد\n\nقال مصطفى الكاظمي في البصرة يوم 7 يناير 2022 إن الأمر بدأ.\n")


def test_newest_first_and_nothing_waits_in_the_end(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD, NEW)
    with open_reader(corpus) as reader:
        assert reader.overview().waiting == 2
        newest, oldest = reader.article_ids()
        assert reader.article(newest).waiting
        assert reader.article(newest).recogniser == "fast"
    assert [(one.article, one.waiting) for one in refine(corpus, only_places)] == [(newest, 1), (oldest, 0)]
    assert list(refine(corpus, only_places)) == []
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        article = reader.article(newest)
        assert (article.recogniser, article.waiting) == ("accurate", False)
        assert {(m.mention.text, m.mention.extractor) for m in article.mentions} == {("البصرة", "accurate")}
        assert reader.overview().entities["PER"] == 0
        assert {name for event in reader.events(reader.event_ids()) for name in event.names} == {"بغداد", "البصرة"}


def test_only_names_and_what_hangs_on_them_change(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD)
    with open_reader(corpus) as reader:
        before = reader.article(1)
    list(refine(corpus, only_places))
    with open_reader(corpus) as reader:
        after = reader.article(1)
        assert len(reader.article_ids(Filter(query="الكاظمي"))) == 1
    assert (after.document, after.cleaned, after.dates, after.row) == (
        before.document,
        before.cleaned,
        before.dates,
        before.row,
    )


def test_a_stop_loses_nothing_and_the_rest_waits(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD, NEW)
    steps = refine(corpus, only_places)
    first = next(steps)
    steps.close()
    assert first.waiting == 1
    assert not list(verify(corpus))
    assert [one.waiting for one in refine(corpus, only_places)] == [0]


def test_one_article_that_fails_keeps_its_names(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD, NEW)

    def brittle(article: Article) -> list[Mention]:
        if "جديد" in article.document.text:
            raise IndexError("out of range")
        return only_places(article)

    assert [one.fault for one in refine(corpus, brittle)] == ["IndexError: out of range", None]
    with open_reader(corpus) as reader:
        assert reader.overview().waiting == 0
        assert sorted(reader.article(id_).recogniser for id_ in reader.article_ids()) == ["accurate", "fast"]
    assert not list(verify(corpus))


def test_one_article_that_cannot_be_heard_ends_no_others(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD, NEW)
    list(refine(corpus, only_places))
    with open_reader(corpus) as reader:
        newest, oldest = reader.article_ids()
        before = reader.spoken(oldest)
    with sqlite3.connect(corpus) as connection:
        connection.execute("DELETE FROM spoken")
        connection.execute("DELETE FROM speakers")
        connection.execute("DELETE FROM packed_texts WHERE article_id = ?", (newest,))
    connection.close()
    assert list(refine(corpus, only_places)) == []
    with open_reader(corpus) as reader:
        assert before is not None
        assert reader.spoken(oldest) == before
    with open_writer(corpus) as writer:
        assert writer.unheard(10) == [newest]


def test_what_people_said_outlasts_it(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD)
    with open_writer(corpus) as writer:
        (baghdad,) = [row.id for row in _entities(corpus) if row.name == "بغداد"]
        writer.rename_entity(baghdad, "مدينة السلام")
    redate(corpus, 1, "2020-02-02")
    list(refine(corpus, only_places))
    with open_reader(corpus) as reader:
        assert [row.name for row in _entities(corpus)] == ["مدينة السلام"]
        assert reader.article(1).row.published.value == "2020-02-02"
    # Dating an article anew leaves the names of the accurate pass in place.
    redate(corpus, 1, "2020-03-03")
    undo(corpus)
    with open_reader(corpus) as reader:
        article = reader.article(1)
        assert article.row.published.value == "2020-02-02"
        assert article.recogniser == "accurate"
        assert {m.mention.version for m in article.mentions} == {"9"}
    assert not list(verify(corpus))


def linked(article: Article) -> list[Mention]:
    """A pass that links Baghdad to another thing and takes al-Kadhimi for an organisation."""
    changed: dict[str, dict[str, Any]] = {"LOC": {"entity": "Q1"}, "PER": {"type": "ORG"}}
    return [replace(one, **changed.get(one.type, {})) for one in find(article.document.text, article.sentences)]


@pytest.mark.parametrize("name", ["بغداد", "مصطفى الكاظمي"])
def test_edits_outlast_another_link_or_type(tmp_path: Path, name: str) -> None:
    corpus = waiting(tmp_path, OLD, ("2020-01-02", OLD[1].replace("قديم", "آخر")))
    with open_writer(corpus) as writer:
        writer.rename_entity(_id(corpus, name), "اسم آخر")
    steps = refine(corpus, linked)
    for _ in (1, 2):  # with one article refined and with both
        next(steps)
        assert [row.articles for row in _entities(corpus) if row.name == "اسم آخر"] in ([1], [2])
    assert name not in {row.name for row in _entities(corpus)}
    assert list(steps) == []
    assert not list(verify(corpus))
    with open_writer(corpus) as writer:
        writer.hide_entity(_id(corpus, "اسم آخر"))
    assert not {name, "اسم آخر"} & {row.name for row in _entities(corpus)}
    for _ in ("hide", "rename"):
        undo(corpus)
    assert name in {row.name for row in _entities(corpus)}
    assert not list(verify(corpus))


def test_a_merge_outlasts_another_link(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD)
    with open_writer(corpus) as writer:
        writer.merge_entities([_id(corpus, "مصطفى الكاظمي")], _id(corpus, "بغداد"))
    list(refine(corpus, linked))
    assert [(row.name, row.mentions) for row in _entities(corpus)] == [("بغداد", 2)]
    undo(corpus)
    assert {row.name for row in _entities(corpus)} == {"بغداد", "مصطفى الكاظمي"}
    assert not list(verify(corpus))


def test_a_reading_from_before_does_not_undo_the_accurate_pass(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD)
    with open_writer(corpus) as writer:
        article = writer.article(1)
        list(refine(corpus, only_places))
        writer.replace(analyse(article.document))
    with open_reader(corpus) as reader:
        after = reader.article(1)
    assert after.recogniser == "accurate"
    assert {m.mention.version for m in after.mentions} == {"9"}
    assert not list(verify(corpus))


def _id(corpus: Path, name: str) -> int:
    (found,) = [row.id for row in _entities(corpus) if row.name == name]
    return found


def _entities(corpus: Path) -> list[EntityRow]:
    with open_reader(corpus) as reader:
        ids = [id_ for _, group in reader.entity_groups() for id_ in group]
        return list(reader.entities(ids))


def test_two_passes_do_not_run_at_once(tmp_path: Path) -> None:
    corpus = waiting(tmp_path, OLD, NEW)
    steps = refine(corpus, only_places)
    next(steps)
    with pytest.raises(BusyError, match=r"c\.db"):
        list(refine(corpus, only_places))
    assert [one.waiting for one in steps] == [0]
    assert list(refine(corpus, only_places)) == []


def test_articles_added_without_it_wait_when_asked_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD[1], "utf-8")
    corpus = tmp_path / "c.db"
    list(add(corpus, [tmp_path / "a.txt"]))
    assert list(refine(corpus, only_places)) == []
    with open_writer(corpus) as writer:
        assert writer.wait() == 1
    assert len(list(refine(corpus, only_places))) == 1
