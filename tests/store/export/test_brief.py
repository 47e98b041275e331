"""A brief quotes and invents nothing: each footnote is a sentence of an article, whatever the texts try."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from store.answers import Filter
from store.database import open_reader
from store.database.queries import Reader
from store.export import export
from store.export.gathering import quoted
from store.export.options import Options
from store.ingest import add
from store.text.when import Language
from tests.store.export import dated, hostile

LANGUAGES: tuple[Language, ...] = ("ar", "en")
NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
ISOLATES = re.compile("[\u2066\u2068\u2069]")
PLACE = {
    "ar": re.compile(r"المقال (\d+)، من الحرف (\d+) إلى (\d+)"),
    "en": re.compile(r"article (\d+), characters (\d+) to (\d+)"),
}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory, seeds_corpus_once: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("briefs")
    return {
        "seeds": seeds_corpus_once,
        "kinds": dated.build(folder / "kinds.db"),
        "hostile": hostile.build(folder / "hostile.db"),
    }


@pytest.fixture(params=["seeds", "kinds", "hostile"])
def reader(request: pytest.FixtureRequest, corpora: dict[str, Path]) -> Iterator[Reader]:
    with open_reader(corpora[request.param]) as opened:
        yield opened


def written(reader: Reader, language: Language = "ar", f: Filter = Filter(), limit: int | None = None) -> str:
    return "".join(export(reader, "brief", "md", f, options=Options(language=language, limit=limit)))


def bare(text: str) -> str:
    """Markdown as its text, without escapes and isolates."""
    return ISOLATES.sub("", re.sub(r"\\([^\w\s])", r"\1", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_footnote_is_a_sentence_of_an_article_in_its_words(reader: Reader, language: Language) -> None:
    text = written(reader, language)
    notes = {number: bare(note) for number, note in NOTE.findall(text)}
    assert set(re.findall(r"(?<!^)\[\^(\d+)\](?!:)", text, re.MULTILINE)) == set(notes)
    assert [int(number) for number in notes] == list(range(1, len(notes) + 1))
    assert len(notes) >= 3
    for note in notes.values():
        place = PLACE[language].search(note)
        assert place, note
        article, start, end = map(int, place.groups())
        stored = reader.article(article)
        sentence = quoted(stored.document.text[start:end])
        assert bare(f"«{sentence}»" if language == "ar" else f"“{sentence}”") in note
        assert " ".join(stored.row.title.split())[:10].strip("\u202a\u202b\u202c\u202d\u202e") in note
    for quote in re.findall(r"^  > (.*)$", text, re.MULTILINE):
        said = re.sub(r"( \[\^\d+\])+$", "", quote)
        (first, *_others) = re.findall(r"\[\^(\d+)\]", quote)
        inside = re.search("[«“](.*?)[»”] ·", notes[first])
        assert inside
        assert inside[1] in bare(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_is_markup_of_a_text(reader: Reader, language: Language) -> None:
    text = written(reader, language)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co") and char != "\n" for char in text)
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)
    blocks = [token.content.strip() for token in tokens if token.type == "html_block"]
    direction = "rtl" if language == "ar" else "ltr"
    assert blocks == [f'<div dir="{direction}" lang="{language}">', "</div>"]
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {
        "text", "text_special", "strong_open", "strong_close", "footnote_ref", "footnote_anchor", "softbreak",
    }  # fmt: skip


def test_isolates_are_closed_where_they_are_opened(reader: Reader) -> None:
    for line in written(reader).splitlines():
        depth = 0
        for mark in ISOLATES.findall(line):
            depth += -1 if mark == "\u2069" else 1
            assert depth in (0, 1)
        assert depth == 0


def test_a_footnote_begins_with_its_direction(reader: Reader) -> None:
    assert all(note[0] == "\u200f" for _, note in NOTE.findall(written(reader)))
    assert all(note[0] == "\u200e" for _, note in NOTE.findall(written(reader, "en")))


def test_it_is_the_same_every_time(reader: Reader) -> None:
    with open_reader(reader.path) as again:
        assert written(reader) == written(again)


def test_it_says_what_was_asked_for(corpora: dict[str, Path]) -> None:
    with open_reader(corpora["seeds"]) as reader:
        (entity, *_) = reader.find_entities("بغداد")
        f = Filter(entities=(entity.id,), since="2021-12", until="2021-12")
        text = written(reader, "en", f)
        count = reader.count(f)
        assert "\u2068names: بغداد\u2069" in text.splitlines()[2]
        assert f"- {count} article" in text
        assert "from 1 December 2021" in text or "from December 2021" in text
        # the one that was asked for is no news
        assert "**\u2068بغداد\u2069**" not in text.split("## The most told events")[0]


def test_doubts_are_said_as_such(corpora: dict[str, Path]) -> None:
    with open_reader(corpora["kinds"]) as reader:
        doubts = written(reader, "en").split("## What to check")[1]
        for said in ("2 events (planned)", "1 event (predicted)", "2 events (denied)", "the day is not known: "):
            assert said in doubts
        events = written(reader, "en", limit=3).split("## The most told events")[1].split("##")[0]
        assert events.count("\n- **") == 3
        assert "5 March 2020, 14:30" in events


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_no_articles_it_says_so(corpora: dict[str, Path], language: Language) -> None:
    with open_reader(corpora["seeds"]) as reader:
        text = written(reader, language, Filter(query="كلمةليستهناك"))
        assert ("لا مقالات تطابق" if language == "ar" else "no articles answer") in text
        assert "[^" not in text


@pytest.mark.parametrize(("what", "form"), [("brief", "md"), ("report", "html")])
def test_articles_without_an_outlet_are_no_outlet(tmp_path: Path, what: str, form: str) -> None:
    corpus, texts = tmp_path / "corpus.db", tmp_path / "news.jsonl"
    outlets = [f"صحيفة {number}" for number in range(30)] + [None]
    texts.write_text(
        "".join(json.dumps({"text": f"وصل القطار رقم {at}.", "outlet": one}) + "\n" for at, one in enumerate(outlets))
    )
    list(add(corpus, [texts]))
    with open_reader(corpus) as reader:
        text = bare("".join(export(reader, what, form, options=Options(language="en"))))
    assert "31 articles" in text
    assert "30 outlets" in text
    assert "unknown outlet" in text
