"""What sources say of documents is kept as they said it, searched for, and evidence for names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.database.queries import Reader
from store.errors import QueryError
from store.models import Block, Said
from store.resolve.editors import keyword_for
from tests.store.database.making import add_all, analysis, found

SAID = (
    Said("author", "أحمد العلي", "JSON-LD author"),
    Said("author", "Ahmad al-Ali", "meta author"),
    Said("section", "اقتصاد ومال", "meta article:section"),
    Said("keyword", "البصرة", "meta news_keywords"),
    Said("published", "2021-12-14T06:17:00+03:00", "JSON-LD datePublished"),
    Said("canonical", "https://example.org/١", "link canonical"),
)
DOCUMENTS = [
    analysis("زار سامي حداد البصرة أمس.", [("سامي حداد", "PER"), ("البصرة", "LOC")], said=SAID, keywords=["نفط"]),
    analysis("عاد سامي حداد إلى البصرة.", [("سامي حداد", "PER"), ("البصرة", "LOC")], said=SAID[2:4]),
    analysis("گفت که این خبر درست است.", language="fa", said=[Said("author", "علی رضایی", "feed author")]),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("sayings") / "c.db"
    add_all(path, DOCUMENTS)
    with open_reader(path) as reader:
        yield reader


def test_it_is_kept_in_the_order_of_the_source(reader: Reader) -> None:
    for number, stored in enumerate(DOCUMENTS, 1):
        article = reader.article(number)
        assert article.document == stored.document
        assert article.cleaned == stored.cleaned


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("author:أحمد", [0]),
        ('author:"احمد علي"', [0]),
        ("author:ahmad", [0]),
        ("كاتب:رضایی", [2]),
        ("section:اقتصاد", [0, 1]),
        ("keyword:بصرة", [0, 1]),
        ("keyword:نفط", [0]),
        ("keyword:بصرة -keyword:نفط", [1]),
        ("language:fa", [2]),
        ("لغة:فارسية", [2]),
        ("-language:fa", [0, 1]),
        ("language:ar سامي", [0, 1]),
    ],
)
def test_it_is_searched_for(reader: Reader, query: str, expected: list[int]) -> None:
    assert found(reader, query) == expected


@pytest.mark.parametrize("query", ["author:محمود", "بغداد language:xx", "keyword:اقتصاد"])
def test_what_nobody_says_is_an_error_in_a_search_and_nothing_in_a_filter(reader: Reader, query: str) -> None:
    with pytest.raises(QueryError) as raised:
        reader.article_ids(Filter(query=query))
    assert raised.value.position == query.index(":") + 1
    assert not reader.article_ids(Filter(said=(("author", "محمود"),)))


def test_keywords_of_editors_are_evidence(reader: Reader) -> None:
    (basra,) = reader.find_entities("البصرة")
    assert "editors give 2 of its articles the keyword البصرة" in reader.why_entity(basra.id)
    (sami,) = reader.find_entities("سامي حداد")
    assert not any("keyword" in reason for reason in reader.why_entity(sami.id))
    assert keyword_for(reader.article(1).document, "سامي حداد", "بصره") == SAID[3]
    assert keyword_for(reader.article(3).document, "البصرة") is None


def test_what_was_said_goes_with_its_article(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    add_all(path, DOCUMENTS)
    with open_writer(path) as writer:
        writer.remove(1)
        writer.replace(replace(DOCUMENTS[1], document=replace(DOCUMENTS[1].document, said=SAID[4:])))
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert reader.article(2).document.said == SAID[4:]
        with pytest.raises(QueryError):
            found(reader, "author:أحمد")


def test_what_a_reader_marked_is_known_again(tmp_path: Path) -> None:
    one = analysis("قائمة\nزار سامي حداد البصرة أمس.")
    menu, body = one.cleaned.blocks
    marks = (Block(menu.start, menu.end, "boilerplate", "menu"),)
    one = replace(
        one,
        document=replace(one.document, marks=marks),
        cleaned=replace(one.cleaned, blocks=(replace(marks[0], rule="page: menu"), body)),
    )
    add_all(tmp_path / "c.db", [one])
    with open_reader(tmp_path / "c.db") as reader:
        assert reader.article(1).document == one.document
