"""What stands around an article on its page: no names are found in it, and a stored page is read again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import Article
from store.database import open_reader
from store.ingest import Added, add, redate, undo
from store.models import MARKED, Block
from store.text.around import AROUND, blanked

_PAGE = Path(__file__).parents[2] / "cases" / "pages" / "wordpress.html"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one page."""
    path = tmp_path / "page.db"
    assert [type(outcome) for outcome in add(path, [str(_PAGE)])] == [Added]
    return path


def _article(corpus: Path) -> Article:
    with open_reader(corpus) as reader:
        return reader.article(reader.article_ids()[0])


def test_names_and_dates_are_those_of_the_article(corpus: Path) -> None:
    article = _article(corpus)
    around = [block for block in article.cleaned.blocks if block.kind in AROUND]
    assert any("صندوق النقد" in article.document.text[block.start : block.end] for block in around)
    found = [(stored.mention.start, stored.mention.end, stored.mention.text) for stored in article.mentions]
    found += [(date.start, date.end, date.text) for date in article.dates]
    assert found
    assert not [start for start, _, _ in found for block in around if block.start <= start < block.end]
    assert all(article.document.text[start:end] == text for start, end, text in found)


def test_a_page_that_is_dated_keeps_what_its_lines_are(corpus: Path) -> None:
    before = _article(corpus)
    redate(corpus, before.row.id, "2024-05-14")
    assert _article(corpus).cleaned.blocks == before.cleaned.blocks
    undo(corpus)
    assert _article(corpus).cleaned == before.cleaned


def test_texts_are_read_as_a_whole() -> None:
    text = "عنوان\nاقرأ أيضا\nنص"
    assert blanked(text, (Block(6, 15, "related", f"{MARKED}links"),)) == "عنوان\n         \nنص"
    assert blanked(text, (Block(6, 15, "related", "related"),)) == text
