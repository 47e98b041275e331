"""Floors for the cleaning of pages and of the sample articles; they only rise (`python -m tests.bench.pages`)."""

from __future__ import annotations

import pytest

from tests.bench.made_pages import articles, measure
from tests.bench.pages import DATA, GOLD, PAGES, Kept, ours, seeds, theirs

_PAGES = pytest.mark.skipif(not PAGES.is_dir(), reason="the annotated pages are not here (KHABAR_DATA)")


@pytest.fixture(scope="module")
def kept() -> Kept:
    """What khabar keeps of the annotated pages."""
    return ours()


@_PAGES
def test_pages_keep_their_articles(kept: Kept) -> None:
    assert kept.recall >= 0.99
    assert kept.precision >= 0.975
    assert kept.right_lines >= 0.99 * kept.all_lines
    assert kept.wrong_lines <= 3


@_PAGES
def test_pages_give_title_date_and_outlet(kept: Kept) -> None:
    assert (kept.title, kept.published, kept.outlet) == (len(GOLD),) * 3


@_PAGES
def test_cleaning_earns_its_keep(kept: Kept) -> None:
    bare = theirs()
    assert kept.recall > bare.recall
    assert kept.precision > bare.precision


def test_the_sample_articles_keep_theirs() -> None:
    found = seeds()
    assert (found.precision, found.recall) == (1.0, 1.0)
    assert (found.title, found.outlet) == (5, 5)


@pytest.mark.skipif(not (DATA / "articles").is_dir(), reason="the articles are not here (KHABAR_DATA)")
def test_pages_made_of_real_articles() -> None:
    found = measure(articles(), each=1)
    assert found["khabar"][0] >= 0.985
    assert found["khabar"][1] >= 0.975
    assert found["titles"][0] >= 0.97
    assert found["khabar"][0] > found["trafilatura"][0] + 0.1
    assert found["khabar"][1] > found["trafilatura"][1] + 0.03
