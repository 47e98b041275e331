"""A corpus that an older khabar wrote (`old/`) is brought up to date when it is opened, and loses nothing."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import bring_up_to_date, open_reader, open_writer, verify
from store.errors import CorpusError
from store.ingest import add, repair
from store.spoken import Wanted

OLD = Path(__file__).parent / "old"
VERSIONS = (1, 6)


def corpus(version: int, folder: Path) -> Path:
    path = folder / f"c{version}.db"
    path.write_bytes(gzip.decompress((OLD / f"version_{version}.db.gz").read_bytes()))
    return path


def told(path: Path) -> tuple[object, ...]:
    """What a reader says of a corpus."""
    with open_reader(path) as reader:
        articles = [reader.article(id_) for id_ in reader.article_ids()]
        return (
            [
                (a.document.text, a.cleaned, a.mentions, a.sentences, a.row, [event for _, event in a.events])
                for a in articles
            ],
            reader.entities([id_ for _, ids in reader.entity_groups() for id_ in ids]),
            [(row.value, row.names, row.sentences) for row in reader.events(reader.event_ids())],
            list(reader.article_ids(Filter(query="baghdad"))),
            list(reader.article_ids(Filter(entities=(reader.find_entities("الكاظمي")[0].id,)))),
        )


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_brought_up_to_date(version: int, tmp_path: Path) -> None:
    path = corpus(version, tmp_path)
    with pytest.raises(CorpusError, match="made by an older khabar"):
        open_reader(path)
    assert bring_up_to_date(path)
    assert not bring_up_to_date(path)
    assert not list(verify(path))
    (tmp_path / "new.txt").write_text(
        "خبر جديد\n\nقال مصطفى الكاظمي في البصرة يوم 7 يناير 2022 إن الأمر بدأ.\n", "utf-8"
    )
    list(add(path, [tmp_path / "new.txt"], refine=True))
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert reader.overview().articles == 3
        assert reader.overview().waiting == 1
        assert {reader.article(id_).recogniser for id_ in reader.article_ids()} == {"fast"}
        assert len(reader.article_ids(Filter(query="kadhimi"))) == 3
    with open_writer(path) as writer:
        assert writer.remove(1)
    assert not list(verify(path))


def test_all_versions_say_the_same(tmp_path: Path) -> None:
    paths = [corpus(version, tmp_path) for version in VERSIONS]
    assert all(map(bring_up_to_date, paths))
    first, *others = map(told, paths)
    assert first[1]
    assert all(other == first for other in others)


def test_what_is_said_stays_as_it_was_found(tmp_path: Path) -> None:
    path = corpus(17, tmp_path)
    assert bring_up_to_date(path)
    assert not list(verify(path))
    with open_reader(path) as reader:
        found = reader.statement_rows(reader.statement_ids(Filter(), Wanted()))
        said = reader.spoken(1)
        assert not reader.differing().rows
    text = "20 جنديا غادروا العراق"
    assert [(row.quote.verb, row.sentence.text[row.quote.start - row.sentence.start :][:22]) for row in found] == [
        ("قال", text), ("بحسب", "لن نسمح بذلك\"، بحسب مص"), ("أكدت", "الانسحاب بدأ.")
    ]  # fmt: skip
    assert said is not None
    assert [(one.text, one.unit) for one in said.quantities] == [("20 جنديا", "جنديا")]
    with open_writer(path) as writer:
        assert not writer.unheard(1)


def test_what_is_damaged_of_it_is_told_and_looked_for_again(tmp_path: Path) -> None:
    path = corpus(17, tmp_path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("""UPDATE spoken SET said = '{"q":[[77,99,0,26]]}'""")
    assert bring_up_to_date(path)
    assert [fault for fault in verify(path) if "cannot be read" in fault] == [
        "article 1: what is said in it cannot be read"
    ]
    repair(path)
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.statement_ids(Filter(), Wanted())) == 3
