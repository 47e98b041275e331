"""What is said in articles is kept, found by who says it, and follows names, merges and texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer, statement_queries, verify
from store.database.files import connect_to_read
from store.database.queries import Reader
from store.ingest import add, analyse, repair
from store.spoken import Wanted


@pytest.fixture
def corpus(seeds: Path, tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    list(add(path, [seeds]))
    return path


@pytest.fixture
def reader(corpus: Path) -> Iterator[Reader]:
    with open_reader(corpus) as reader:
        yield reader


def of(reader: Reader, name: str) -> int:
    return reader.find_entities(name)[0].id


def said(reader: Reader, wanted: Wanted, f: Filter = Filter()) -> list[tuple[str, str]]:
    rows = reader.statement_rows(reader.statement_ids(f, wanted))
    return [(row.article.path[-24:-21], row.sentence.text[row.quote.start - row.sentence.start :][:12]) for row in rows]


def test_it_is_what_was_found(reader: Reader, seeds: Path) -> None:
    for article_id in reader.article_ids():
        stored = reader.article(article_id)
        found = analyse(stored.document)
        spoken = reader.spoken(article_id)
        assert spoken is not None
        assert [(one.start, one.end, one.direct, one.kind, one.verb, one.rule) for one in spoken.quotes] == [
            (one.start, one.end, one.direct, one.kind, one.verb, one.rule) for one in found.quotes
        ]
        assert [(one.speaker and one.speaker.start, one.via and one.via.end) for one in spoken.quotes] == [
            (one.speaker and one.speaker.start, one.via and one.via.end) for one in found.quotes
        ]
        assert [(one.text, one.rule) for one in spoken.roles] == [(one.text, one.rule) for one in found.roles]
        assert spoken.quantities == found.quantities


def test_statements_are_found_by_speaker_kind_form_and_day(reader: Reader) -> None:
    kadhimi = Wanted(of(reader, "مصطفى الكاظمي"))
    rows = reader.statement_rows(reader.statement_ids(Filter(), kadhimi))
    assert len(rows) == 12
    assert {row.speaker for row in rows} == {kadhimi.speaker}
    assert len(reader.statement_ids(Filter(), Wanted(kadhimi.speaker, direct=True))) == 7
    assert len(reader.statement_ids(Filter(since="2021"), kadhimi)) == 8
    warned = reader.statement_rows(reader.statement_ids(Filter(), Wanted(kinds=("warned",))))
    assert [row.quote.speaker and row.quote.speaker.name for row in warned] == ["كينيث ماكنزي"]
    everything = reader.statement_ids()
    assert list(reader.statement_ids(most=7)) == list(everything[:7])
    for row in reader.statement_rows(everything):
        assert row.sentence.start <= row.quote.start < row.quote.end <= row.sentence.end
        text = reader.article(row.article.id).document.text
        assert text[row.sentence.start : row.sentence.end] == row.sentence.text


def test_roles_and_quantities_have_their_sentences(reader: Reader) -> None:
    roles = reader.roles(of(reader, "مصطفى الكاظمي"))
    assert {row.role.text for row in roles} == {"رئيس وزراء العراق", "رئيس الوزراء العراقي"}
    assert {row.role.holder for row in roles} == {"العراق"}
    assert all(row.role.text in row.sentence.text for row in roles)
    soldiers = reader.quantities(unit="جنود")
    assert [(row.quantity.low, row.quantity.about) for row in soldiers] == [
        (3500, "approximate"), (2500, "exact"), (2500, "approximate"),
    ]  # fmt: skip
    assert all(row.quantity.text in row.sentence.text for row in soldiers)


def test_a_merge_takes_what_is_said_along(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        biden, kadhimi = of(reader, "جو بايدن"), of(reader, "مصطفى الكاظمي")
        before = [len(reader.statement_ids(Filter(), Wanted(one))) for one in (biden, kadhimi)]
    with open_writer(corpus) as writer:
        writer.merge_entities([kadhimi], biden)
    with open_reader(corpus) as reader:
        assert len(reader.statement_ids(Filter(), Wanted(biden))) == sum(before)
        assert len(reader.statement_ids(Filter(), Wanted(kadhimi))) == sum(before)
    with open_writer(corpus) as writer:
        writer.undo()
    with open_reader(corpus) as reader:
        assert [len(reader.statement_ids(Filter(), Wanted(one))) for one in (biden, kadhimi)] == before
    assert not list(verify(corpus))


def test_it_goes_with_the_article_and_comes_with_other_names(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        article = writer.article(1)
        writer.wait()
        assert writer.refine(1, article.document.text, [one.mention for one in article.mentions][:3])
        assert writer.remove(2)
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        spoken = reader.spoken(1)
        assert spoken is not None
        assert {one.speaker.name for one in spoken.quotes if one.speaker and one.speaker.named} <= {
            one.entity_name for one in reader.article(1).mentions
        }
        assert reader.spoken(2) is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE spoken SET said = x'00' WHERE article_id = 1",
        """UPDATE spoken SET said = '{"q":[[1,99999999,0,0,"",null,null,null,null,""]]}' WHERE article_id = 2""",
        "DELETE FROM speakers WHERE article_id = 3",
        "UPDATE speakers SET number = number + 1 WHERE article_id = 2",
        "INSERT INTO speakers SELECT id, 77, 1 FROM names LIMIT 1",
        "DELETE FROM spoken WHERE article_id = 2",
    ],
)
def test_damage_is_told_and_mended(corpus: Path, damage: str) -> None:
    with open_reader(corpus) as reader:
        before = [reader.spoken(one) for one in reader.article_ids()]
    with sqlite3.connect(corpus) as connection:
        connection.execute(damage)
    connection.close()
    assert list(verify(corpus))
    repair(corpus)
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        assert [reader.spoken(one) for one in reader.article_ids()] == before


def test_what_was_there_before_is_heard_later(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        before = [reader.spoken(one) for one in reader.article_ids()]
    with sqlite3.connect(corpus) as connection:
        connection.execute("DELETE FROM spoken")
        connection.execute("DELETE FROM speakers")
    connection.close()
    with open_writer(corpus) as writer:
        for article_id in writer.unheard(100):
            writer.hear(article_id)
        assert not writer.unheard(1)
    with open_reader(corpus) as reader:
        assert [reader.spoken(one) for one in reader.article_ids()] == before
    assert not list(verify(corpus))


def test_a_text_is_read_once_for_all_that_is_said_in_it(tmp_path: Path) -> None:
    text = "قتل 12 شخصا في بغداد.\n\nقال علي السامرائي إن 40 منزلا دمر في بغداد أمس.\n\n" * 20
    path = tmp_path / "many.db"
    (tmp_path / "many.txt").write_text(text, "utf-8")
    list(add(path, [tmp_path / "many.txt"]))
    with connect_to_read(path) as connection:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        numbers = statement_queries.quantities(connection, Filter(), None)
        said = statement_queries.rows(connection, statement_queries.ids(connection, Filter(), Wanted()))
        texts = [one for one in asked if "FROM texts" in one]
    connection.close()
    assert len(numbers) >= 40
    assert len(said) >= 20
    sentences = [*(row.sentence for row in numbers), *(row.sentence for row in said)]
    assert all(one.text == text[one.start : one.end] for one in sentences)
    assert len(texts) == 2
