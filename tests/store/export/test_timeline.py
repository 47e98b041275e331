"""The timeline to read: as plain text, as Markdown, as a page."""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from store.answers import EventRow, Filter
from store.database import open_reader
from store.database.queries import Reader
from store.export import export
from store.export.plain import one_line
from store.export.timeline import Entry
from store.export.timeline_events import parts_of
from store.export.timeline_text import markdown
from tests.store.export import dated, hostile
from tests.store.export.test_markup import TRICKY, Reading, squeezed

EVERYTHING = Filter()
FORMS = ("txt", "md", "html")
SAID = "وصل الوفد إلى بغداد في موعد رقمه 6 كما أعلن."
GITHUB = MarkdownIt("gfm-like").use(footnote_plugin)
"""With bare addresses as links and with footnotes."""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dated.build(tmp_path_factory.mktemp("kinds") / "corpus.db")


@pytest.fixture
def reader(kinds: Path) -> Iterator[Reader]:
    with open_reader(kinds) as opened:
        yield opened


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("hostile") / "corpus.db")


def written(corpus: Path | Reader, form: str, f: Filter = EVERYTHING, limit: int | None = None) -> str:
    if isinstance(corpus, Reader):
        return "".join(export(corpus, "timeline", form, f, limit=limit))
    with open_reader(corpus) as reader:
        return written(reader, form, f, limit)


class Page(HTMLParser):
    """A page as a browser would take it: each element with its attributes, all of them closed in order."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.style = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), attrs
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_invisible_of_a_text_leaves(attacked: Path, form: str) -> None:
    text = written(attacked, form)
    assert hostile.BODY.splitlines()[0].split("<")[0].strip("- ")[:20] in text
    for char in text:
        assert char == "\n" or char.isprintable() or char in "\u200c\u200d", unicodedata.name(char, repr(char))


def test_plain_text_is_readable_from_top_to_bottom(reader: Reader) -> None:
    text = written(reader, "txt")
    assert text.startswith(
        "الخط الزمني\nكل الأحداث · 15 حدثاً · من 622 إلى 2021 · من مجموعة فيها 17 مقالاً\n\nسنة 622\n═══════\n"
        "\nيوليو 622\n─────────\n\n● 16 يوليو 622 · بغداد · مصدر واحد · مقال واحد\n"
    )
    assert (
        "\n● 5 مارس 2020، الساعة 14:30 · بغداد · مصدر واحد · 3 مقالات\n"
        f"\n    {SAID}\n"
        "      — الخبر 6 من المصدر 0 · منفذ 0 · 14 ديسمبر 2021\n"
        "      — الخبر 6 من المصدر 1 · منفذ 1 · 14 ديسمبر 2021\n"
        "      — الخبر 6 من المصدر 2 · منفذ 2 · 14 ديسمبر 2021\n"
    ) in text
    for said in (
        "╌╌╌ 2020 · متوقع ?",
        "━ 3–9 فبراير 2020 · مقرر →",
        "━━ أبريل – يونيو 2020 · منفي ✗",
        "● حتى 1 مايو 2020",
    ):
        assert f"\n{said}" in text


@pytest.mark.parametrize(
    ("form", "mark"), [("txt", r"^سنة (\d+)$"), ("md", r"^## سنة (\d+)$"), ("html", r"<h2>.*?>(\d+)<")]
)
def test_years_are_headings_in_order_of_time(reader: Reader, form: str, mark: str) -> None:
    years = [int(year) for year in re.findall(mark, written(reader, form), re.MULTILINE)]
    assert years == [622, 1990, 2014, 2019, 2020, 2021]


def test_markdown_is_a_list_under_headings_with_footnotes(reader: Reader) -> None:
    text = written(reader, "md")
    assert (
        "\n- **● 5 مارس 2020، الساعة 14:30** · بغداد · مصدر واحد · 3 مقالات\n"
        f"\n  > {SAID} [^7] [^8] [^9]\n"
        "\n[^7]: الخبر 6 من المصدر 0 · منفذ 0 · 14 ديسمبر 2021 · المقال 7 · من الحرف 21 إلى 65 · 6-0.txt\n"
    ) in text
    read = Reading(GITHUB.render(text))
    assert [read.tags.count(tag) for tag in ("h1", "h2", "blockquote", "strong")] == [1, 6, 15, 15]
    assert read.tags.count("sup") == 17
    assert "[^" not in "".join(read.cells)


def test_markdown_of_hostile_texts_is_no_markup(attacked: Path) -> None:
    read = Reading(GITHUB.render(written(attacked, "md")))
    shown = squeezed(" ".join(read.cells))
    for title in hostile.TITLES:
        assert squeezed(one_line(title)) in shown
    assert set(read.tags) <= {
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "strong",
        "blockquote",
        "sup",
        "a",
        "hr",
        "section",
        "ol",
    }
    assert "http" not in re.sub(r">[^<]*<", "><", GITHUB.render(written(attacked, "md")))


@given(TRICKY | st.sampled_from(["http://a.example", "www.a.example", "a@b.example", "نص https://x.example/ نص"]))
def test_a_line_of_markdown_shows_the_text_and_links_nothing(text: str) -> None:
    rendered = Reading(GITHUB.render(markdown(text)))
    assert squeezed("".join(rendered.cells)) == squeezed(one_line(text))
    assert set(rendered.tags) <= {"p"}


def test_a_page_asks_for_nothing_and_runs_nothing(attacked: Path, kinds: Path) -> None:
    for corpus in (attacked, kinds):
        page = Page(written(corpus, "html"))
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
        for tag, attributes in page.elements:
            assert not any(name.startswith("on") or name in ("src", "style", "action") for name in attributes), tag
            assert (attributes.get("href") or "#").startswith("#")
        assert not re.search(r"url\(|@import|expression", page.style)
        (policy,) = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_a_page_is_arabic_from_right_to_left_and_its_parts_are_found(reader: Reader) -> None:
    page = Page(written(reader, "html"))
    assert page.all("html") == [{"dir": "rtl", "lang": "ar"}]
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    links = [(link["href"] or "").removeprefix("#") for link in page.all("a")]
    assert links
    assert set(links) <= set(names)
    assert all(quote == {"dir": "auto"} for quote in page.all("blockquote"))
    assert len(page.all("article")) == 15


def test_texts_are_shown_as_they_are(attacked: Path) -> None:
    page = Page(written(attacked, "html"))
    for title in hostile.TITLES:
        assert one_line(title) in page.text
    assert "- قال زيد بن علي في بغداد يوم 9 ديسمبر 2021 إن <الأمر> | انتهى." in page.text


def test_a_sentence_stands_once_with_all_its_articles(reader: Reader) -> None:
    page = written(reader, "html")
    (event,) = (part for part in page.split("<article ") if "الساعة 14:30" in part)
    assert event.count("<blockquote") == 1
    assert re.findall(r"<bdi>منفذ (\d)</bdi>", event) == ["0", "1", "2"]
    assert "المقال 7، من الحرف 21 إلى 65" in event


def test_how_many_outlets_tell_it_is_marked_where_there_are_several() -> None:
    row = EventRow(1, "2021", "2021-01-01", "2021-12-31", "year", "asserted", ("بغداد",), (1, 2, 3, 4), (), 3)
    told = "".join(parts_of(iter([Entry(row, 2021, 0, ())])))
    assert '<bdi dir="ltr" class="outlets">×3</bdi>&nbsp;· 3 مصادر، 4 مقالات' in told
    assert "×" not in "".join(parts_of(iter([Entry(replace(row, outlets=1), 2021, 0, ())])))


def test_precision_modality_and_bound_are_drawn_and_said(reader: Reader) -> None:
    events = {
        said[1]: part
        for part in written(reader, "html").split("<article ")[1:]
        if (said := re.search(r'<time[^>]*><bdi dir="rtl" class="g">([^<]+)', part))
    }
    day, week, year, decade = (events[said] for said in ("9 ديسمبر 2020", "3–9 فبراير 2020", "2020", "1990 – 1999"))
    assert "<circle" in day
    assert '<rect class="solid"' in week
    assert '<rect class="light"' in year
    assert 'class="more"' in decade
    assert re.search(r'm-planned p-week".*مقرر <span class="sign turned" aria-hidden="true">→<', week, re.DOTALL)
    assert "متوقع" in year
    assert "منفي" in events["أبريل – يونيو 2020"]
    since, until = events["منذ يونيو – أغسطس 2020"], events["حتى نوفمبر 2020"]
    assert '<line x1="0.00%"' in since
    assert 'x2="100.00%"' in until


@pytest.mark.parametrize(
    ("f", "count", "said"),
    [
        (Filter(modality="denied"), 2, "الصيغة: منفي · حدثان"),
        (Filter(precision="month"), 3, "الدقة: شهر · 3 أحداث"),
        (Filter(since="2020-11", until="2020-12-05"), 3, "من نوفمبر 2020 · إلى 5 ديسمبر 2020"),
        (Filter(outlet="منفذ 2"), 1, "المصدر: منفذ 2 · حدث واحد"),
        (Filter(query="القاهرة"), 1, "البحث: القاهرة"),
        (Filter(article=1), 1, "المقال: الخبر 0 من المصدر 0"),
        (Filter(type="PER"), 0, "فيها أسماء أشخاص · لا أحداث"),
        (Filter(bookmarked=True, undated=True), 0, "المقالات المعلَّمة · المقالات التي بلا تاريخ"),
        (Filter(entities=(999,)), 0, "الأسماء: #999"),
    ],
)
def test_the_filter_is_kept_and_said(reader: Reader, f: Filter, count: int, said: str) -> None:
    assert said in written(reader, "txt", f)
    assert markdown(said) in written(reader, "md", f)
    page = Page(written(reader, "html", f))
    assert all(part in page.text for part in said.split(" · "))
    assert len(page.all("article")) == count


def test_an_entity_is_named(reader: Reader) -> None:
    (cairo,) = reader.find_entities("القاهرة")
    assert "الأسماء: القاهرة · حدث واحد" in written(reader, "txt", Filter(entities=(cairo.id,)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("limit", [0, 1, 4])
def test_a_limit_counts_events_and_is_said(reader: Reader, form: str, limit: int) -> None:
    text = written(reader, form, limit=limit)
    assert f"أول {limit} منها" in text
    assert len(re.findall(r"^[●━╌┄~]|^- \*\*|<article ", text, re.MULTILINE)) == limit
    assert text.endswith("\n")


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_timeline_is_a_whole_document(tmp_path: Path, form: str) -> None:
    text = written(dated.build(tmp_path / "corpus.db", ()), form)
    assert "لا أحداث" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("form", FORMS)
def test_days_that_no_calendar_has_are_no_end(tmp_path: Path, form: str) -> None:
    """Such days cannot come from a text today; a corpus of tomorrow may have them."""
    path = dated.build(tmp_path / "corpus.db")
    odd = [("-500-01-01", "-401-12-31", "-500"), ("9998-01-01", "9998-12-31", "9998"), ("أمس", "\u202eغد\x07", "أمس")]
    with sqlite3.connect(path) as connection:
        for number, days in enumerate(odd, 1):
            connection.execute("UPDATE events SET earliest = ?, latest = ?, bucket = ? WHERE id = ?", (*days, number))
    text = written(path, form)
    for said in ("500 – 401 ق.م", "9998", "أمس…غد\N{REPLACEMENT CHARACTER}", "سنة غير معروفة"):
        assert said in text
    if form == "html":
        page = Page(text)
        assert len(page.all("article")) == 15
        assert "لا موضع له في الصورة: حدثان" in page.text


def test_a_timeline_is_written_as_it_is_read(reader: Reader) -> None:
    for form in FORMS:
        assert len(list(export(reader, "timeline", form, EVERYTHING))) >= 15
