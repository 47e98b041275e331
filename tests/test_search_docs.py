"""Every query in docs/search.md does what is said there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import Reader, open_reader
from store.errors import QueryError

DOCUMENT = Path(__file__).parents[1] / "docs" / "search.md"
_ROW = re.compile(r"\| `(.+?)` \| (.+) \| (\d+) \|")
ROWS = [match.groups() for line in DOCUMENT.read_text("utf-8").splitlines() if (match := _ROW.fullmatch(line))]
_WRONG = DOCUMENT.read_text("utf-8").index("## What is wrong")


@pytest.fixture(scope="module")
def reader(seeds_corpus_once: Path) -> Iterator[Reader]:
    with open_reader(seeds_corpus_once) as reader:
        yield reader


def test_all_rows_are_read() -> None:
    assert len(ROWS) == DOCUMENT.read_text("utf-8").count("\n| `")
    assert len(ROWS) > 30


@pytest.mark.parametrize(("query", "said", "number"), ROWS)
def test_a_query_of_the_document(reader: Reader, query: str, said: str, number: str) -> None:
    if f"| `{query}` | {said} |" in DOCUMENT.read_text("utf-8")[_WRONG:]:
        with pytest.raises(QueryError) as caught:
            reader.article_ids(Filter(query=query))
        assert caught.value.what == said
        assert caught.value.position == int(number) - 1
    else:
        reader.check(query)
        assert len(reader.article_ids(Filter(query=query))) == int(number)
