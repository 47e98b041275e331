"""What stands around an article on its page: no names are found in it, and a stored page is read again as it was."""

from __future__ import annotations

from pathlib import Path

from store.answers import Article
from store.database import open_reader
from store.ingest import redate, undo
from store.models import MARKED, Block
from store.text.around import AROUND, blanked


def _article(page_corpus: Path) -> Article:
    with open_reader(page_corpus) as reader:
        return reader.article(reader.article_ids()[0])


def test_names_and_dates_are_those_of_the_article(page_corpus: Path) -> None:
    article = _article(page_corpus)
    around = [block for block in article.cleaned.blocks if block.kind in AROUND]
    assert any("صندوق النقد" in article.document.text[block.start : block.end] for block in around)
    found = [(stored.mention.start, stored.mention.end, stored.mention.text) for stored in article.mentions]
    found += [(date.start, date.end, date.text) for date in article.dates]
    assert found
    assert not [start for start, _, _ in found for block in around if block.start <= start < block.end]
    assert all(article.document.text[start:end] == text for start, end, text in found)


def test_a_page_that_is_dated_keeps_what_its_lines_are(page_corpus: Path) -> None:
    before = _article(page_corpus)
    redate(page_corpus, before.row.id, "2024-05-14")
    assert _article(page_corpus).cleaned.blocks == before.cleaned.blocks
    undo(page_corpus)
    assert _article(page_corpus).cleaned == before.cleaned


def test_texts_are_read_as_a_whole() -> None:
    text = "عنوان\nاقرأ أيضا\nنص"
    assert blanked(text, (Block(6, 15, "related", f"{MARKED}links"),)) == "عنوان\n         \nنص"
    assert blanked(text, (Block(6, 15, "related", "related"),)) == text
