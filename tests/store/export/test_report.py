"""Every line of a report leads to a sentence that says it, as it stands in an article."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from store.answers import Filter
from store.database import open_reader
from store.export import export
from store.export.gathering import quoted
from store.export.options import Options
from tests.store.export import dated, hostile

LINES = (
    "//table[@class='outlets']/tbody/tr", "//div[@class='tables']//tbody/tr", "//figure[@class='graph']//li",
    "//ul[@class='news']/li", "//article",
)  # fmt: skip


@pytest.fixture(params=["seeds", "kinds", "hostile"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path, seeds_corpus_once: Path) -> Path:
    made = {"seeds": lambda _: seeds_corpus_once, "kinds": dated.build, "hostile": hostile.build}
    path: Path = made[request.param](tmp_path / "c.db")
    return path


def test_every_line_leads_to_a_sentence(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        page = html.document_fromstring("".join(export(reader, "report", "html", options=Options(language="en"))))
        texts = {id_: reader.article(id_).document.text for id_ in reader.article_ids(Filter(copies=True))}
    lines = [line for path in LINES for line in page.xpath(path)]
    assert len(lines) > 3
    for line in lines:
        assert line.xpath(".//blockquote"), etree.tostring(line, encoding="unicode")
    sentences = page.xpath("//div[@class='said']")
    for sentence in sentences:
        where = sentence.xpath("string(p[@class='from'])")
        id_, start, end = map(int, re.findall(r"article (\d+),\D+(\d+)\D+(\d+)", where)[0])
        assert quoted(texts[id_][start:end]) == quoted(sentence.xpath("string(blockquote)"))


def test_what_is_tied_is_named_in_its_sentence(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:
        page = html.document_fromstring("".join(export(reader, "report", "html", options=Options(language="en"))))
    ties = page.xpath("//figure[@class='graph']//li")
    assert len(ties) > 10
    for tie in ties:
        names = [name.text_content() for name in tie.xpath("./bdi")]
        assert len(names) == 2
        assert len(tie.xpath(".//blockquote")) == 1
