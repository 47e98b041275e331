"""The language of an article: cases, real articles, and what a source says of it."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clean import clean, language
from store.models import Document, Said, Source
from store.readers import read

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("KHABAR_DATA") or ROOT.parent / "shared" / "data")
_WRONG = 0.001
"""Share of Arabic articles that may be taken for another language."""


def _cases() -> list[list[str]]:
    with (ROOT / "tests" / "cases" / "languages.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader((row for row in file if not row.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(rows)


@pytest.mark.parametrize(("code", "text"), _cases())
def test_sentences(code: str, text: str) -> None:
    assert language.of(text) == code


def test_the_sample_articles_are_arabic_and_ask_no_model(seeds: Path) -> None:
    asked = "import sys; from store.clean import clean; from store.readers import read, walk;"
    asked += "print({clean(d).language for p in walk([sys.argv[1]]) for d in read(p)}, 'py3langid' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked, str(seeds)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "{'ar'} False"


def test_what_is_declared_counts_only_where_the_text_leaves_it_open() -> None:
    said = (Said("language", "en-GB", "html lang"),)
    arabic = Document("أعلنت الحكومة موعد الانتخابات المقبلة.", Source("a", "html", "1"), "0" * 64, said=said)
    assert clean(arabic).language == "ar"
    short = Document("Rain", Source("a", "html", "1"), "0" * 64, said=said)
    assert clean(short).language == language.UNKNOWN
    assert language.of("Heavy rain in Spain", "es") == "es"
    assert language.of("Heavy rain in Spain") == language.UNKNOWN
    assert language.declared(Document("", Source("a", "html", "1"), "", said=(Said("language", "ara", "x"),))) == "ar"


def test_what_stands_around_an_article_is_not_its_language() -> None:
    menu = "\n".join(
        ["Home", "Politics", "Business and economy", "Culture", "Contact us about this web site today"] * 20
    )
    text = f"{menu}\nأعلنت الحكومة العراقية يوم الأحد موعد الانتخابات المبكرة بعد اجتماع طويل في العاصمة."
    (found,) = [b for b in clean(Document(text, Source("a", "t", "1"), "")).blocks if "أعلنت" in text[b.start : b.end]]
    assert language.of(text[found.start : found.end]) == "ar"


@given(st.text(max_size=80))
def test_any_text_has_a_code(text: str) -> None:
    assert language.of(text).isalpha()


@pytest.mark.skipif(not (DATA / "articles").is_dir(), reason="the articles are not here (KHABAR_DATA)")
def test_real_articles_are_arabic() -> None:
    wrong = total = 0
    for name in ("almayadeen", "saudinewsnet"):
        with gzip.open(DATA / "articles" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in islice(file, 1500):
                text = json.loads(line).get("text") or ""
                if len(text) > 40:
                    total += 1
                    wrong += language.of(text) not in ("ar", "en")
    assert total > 2000
    assert wrong <= _WRONG * total


@pytest.mark.skipif(not (DATA / "pages").is_dir(), reason="the pages are not here (KHABAR_DATA)")
def test_real_pages() -> None:
    for entry in json.loads((DATA / "pages" / "manifest.json").read_text("utf-8")):
        if entry["file"].endswith(".html"):
            (found,) = read(DATA / "pages" / entry["file"])
            assert isinstance(found, Document)
            assert clean(found).language == entry["lang"]
