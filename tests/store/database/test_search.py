"""What a search finds: Arabic as it is written, nothing but words, and exactly what is then marked."""

from __future__ import annotations

import contextlib
import itertools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import Filter
from store.database import Reader, open_reader, open_writer, verify
from store.database.indexing import indexed
from store.errors import QueryError
from store.models import Analysis
from store.text.marks import highlight, matches
from store.text.nodes import Node, facts
from store.text.query import parse
from tests.store.database.making import add_all, analysis, found

TEXTS = [
    "وصل الوفد إلى بَغْدَادَ أمس.",
    "قال لبغداد إن القوّات الأمريكية غادرت.",
    "واشنطن وبغداد تتفقان على بقاء قوات قتالية.",
    "وجّه الشكر للقوات العراقية في مطار بغداد الدولي.",
    "حضر البغدادي، وقوي موقفه.",
    "نشر فيروس COVID-19 في ١٢ مدينة، وإف-16 كذلك.",
    "سيعلن القرار غدا؛ إنهاء المهمة قريب.",
    "العنوان\nقيل في اللغة وللغة العربية كلام.",
]


def document(number: int, text: str) -> Analysis:
    return analysis(text, published=f"2021-01-{number + 1:02}", kinds=("title",) if "\n" in text else ())


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("search") / "c.db"
    add_all(path, (document(number, text) for number, text in enumerate(TEXTS)))
    with open_reader(path) as reader:
        yield reader


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("بغداد", [0, 1, 2, 3]),
        ("بَغداد", [0, 1, 2, 3]),
        ("القوات", [1, 2, 3]),
        ("قوات", [1, 2, 3]),
        ("للقوات", [1, 2, 3]),
        ('="قوات"', [2]),
        ("=بغداد", [0, 3]),
        ("القوات بغداد", [1, 2, 3]),
        ("القوات -مطار", [1, 2]),
        ("القوات NOT مطار", [1, 2]),
        ("القوات NOT (مطار OR قتالية)", [1]),
        ("البغدادي OR فيروس", [4, 5]),
        ("البغدادي | فيروس", [4, 5]),
        ("بغداد (مطار | واشنطن)", [2, 3]),
        ('"مطار بغداد"', [3]),
        ("«مطار بغداد»", [3]),
        ("“بغداد الدولي”", [3]),
        ('"بغداد مطار"', []),
        ('="مطار بغداد"', [3]),
        ("قتال*", [2]),
        ("بغدا*", [0, 1, 2, 3, 4]),
        ("covid-19", [5]),
        ("covid", [5]),
        ("12", [5]),
        ("١٢", [5]),
        ("إف-16", [5]),
        ("يعلن", [6]),
        ("انهاء", [6]),
        ("اللغة", [7]),
        ("العنوان", [7]),
        ("الأميركية", [1]),
        ('"القوات الأميركية"', [1]),
        ('="القوات الأميركية"', []),
        ("القوات AND بغداد", [1, 2, 3]),
        ("القوات AND -مطار", [1, 2]),
        ("بغداد ، ؟", [0, 1, 2, 3]),
        ("غيرموجود", []),
        ("   ", list(range(len(TEXTS)))),
    ],
)
def test_queries(reader: Reader, query: str, expected: list[int]) -> None:
    assert found(reader, query) == expected


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ('بغداد "مطار', 6),
        ("(بغداد", 0),
        ("بغداد)", 5),
        ("-بغداد", 0),
        ("بغداد OR", 6),
        ("OR بغداد", 0),
        ("بغداد AND", 6),
        ("AND بغداد", 0),
        ("بغداد AND AND مطار", 10),
        ("بغداد AND OR مطار", 6),
        ("بغداد OR AND مطار", 9),
        ("(بغداد AND) مطار", 7),
        ("بغداد AND ؟!", 6),
        ("بغداد AND ()", 6),
        ("بغداد OR -مطار", 9),
        ("NOT", 0),
        ("بغداد NOT", 6),
        ("بغداد NOT NOT مطار", 10),
        ("؟!", 0),
        ("()", 0),
        ("(" * 50 + "بغداد" + ")" * 50, 21),
        ("ب" * 1001, 1000),
        ("TAG:»", 4),
        ("كاتب:؟!", 5),
        ('بغداد language:"."', 16),
    ],
)
def test_what_cannot_be_understood_says_where(reader: Reader, query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        reader.article_ids(Filter(query=query))
    assert caught.value.position == position
    assert caught.value.what
    with pytest.raises(QueryError):
        reader.highlight("بغداد", query)


INJECTIONS = [
    "title:بغداد", "{title body}: x", "NEAR(a b, 5)", "^بغداد", "a'b", 'a"b"', "بغداد; DROP TABLE articles", "+x",
    "body : *", "* *", "\x00", "a\x00b", "col\\umn", "-- x", "/* */", "' OR '1'='1", "%", "_", "a AND", "a NEAR b",
]  # fmt: skip


@pytest.mark.parametrize("query", INJECTIONS)
def test_nothing_in_a_query_is_syntax_of_the_index(reader: Reader, query: str) -> None:
    with contextlib.suppress(QueryError):
        reader.article_ids(Filter(query=query))


_PIECES = ['"', "“", "»", "(", ")", "|", "-", "*", "=", " ", "OR", "AND", "NOT", ":", "^", "'", "\\", "\x00", "{", "}"]
_FIELDS = [
    "title:",
    "outlet:",
    "entity:",
    "author:",
    "TAG:",
    "قسم:",
    "language:",
    "type:",
    "type:PER",
    "date:",
    "2021..",
    "2021-12",
]
_WORDS = [
    "الأميركية",
    "بغداد",
    "القوات",
    "قوات",
    "مطار",
    "covid-19",
    "لل",
    "ال",
    "و",
    "ـ",
    "ً",
    "١٢",
    "½",
    "⑴",
    "ﷺ",
    "_a_",
    "ß",
]
_QUERIES = st.lists(st.sampled_from(_PIECES + _WORDS) | st.text(max_size=3), max_size=12).map("".join)
_WITH_FIELDS = st.lists(st.sampled_from(_PIECES + _WORDS + _FIELDS) | st.text(max_size=3), max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(_QUERIES | _WITH_FIELDS)
def test_any_query_is_answered_or_refused_in_a_sentence(reader: Reader, query: str) -> None:
    try:
        query.encode()
    except UnicodeEncodeError:
        return
    refused: QueryError | None = None
    node: Node | None = None
    try:
        node = parse(query) if query.strip() else None
    except QueryError as error:
        refused = error
    if node is not None and any(facts(node)):
        # The definition below is about words; of facts only the corpus knows whether it has such a thing.
        try:
            reader.article_ids(Filter(query=query))
            return
        except QueryError as error:
            refused = error
    if refused is not None:
        assert 0 <= (refused.position or 0) <= len(query)
        assert str(refused).isprintable()
        return
    for number, text in enumerate(TEXTS):
        made = document(number, text)
        fields = indexed(text, made.cleaned.title.text if made.cleaned.title else "", made.cleaned.blocks)
        expected = node is None or matches(node, [field.split() for field in fields], reader.forms)
        assert (number in found(reader, query)) == expected, text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="بغداد القوات\n ،.ـًا٢2_½ﷺ⑴aA'\"", min_size=1, max_size=40), min_size=1, max_size=4))
def test_the_index_holds_what_the_definition_says(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        with open_writer(path) as writer:
            for number, text in enumerate(dict.fromkeys(texts)):
                writer.add(document(number, text))
        assert not list(verify(path))


def test_what_is_marked_is_what_was_found(reader: Reader) -> None:
    for query, number, marked in [
        ("بغداد", 0, ["بَغْدَادَ"]),
        ("بغداد", 1, ["لبغداد"]),
        ("القوات", 1, ["القوّات"]),
        ("القوات مطار", 3, ["للقوات", "مطار"]),
        ('"مطار بغداد"', 3, ["مطار بغداد"]),
        ("covid-19 OR مدينة", 5, ["COVID-19", "مدينة"]),
        ("بغداد -داعش", 2, ["وبغداد"]),
        ("قتال*", 2, ["قتالية"]),
        ("=بغداد", 1, []),
    ]:
        spans = reader.highlight(TEXTS[number], query)
        assert [TEXTS[number][start:end] for start, end in spans] == marked, query


@settings(max_examples=200, deadline=None)
@given(_QUERIES, st.sampled_from(TEXTS), st.randoms())
def test_marks_are_in_order_and_without_a_query_for_what_is_excluded_never_missing(
    query: str, text: str, chance: random.Random
) -> None:
    try:
        spans = highlight(text, query)
        node = parse(query) if query.strip() else None
    except QueryError:
        return
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    if node is not None and matches(node, [indexed(text, "", ())[1].split()]):
        assert spans


def test_a_page_has_snippets_of_the_text(reader: Reader) -> None:
    ids = reader.article_ids(Filter(query="بغداد"))
    rows = reader.articles(ids, "بغداد")
    assert [row.id for row in rows] == list(ids)
    assert all(row.snippet and highlight(row.snippet, "بغداد") for row in rows)
    assert reader.articles(ids)[0].snippet is None


def test_a_long_text_gives_a_short_snippet_on_one_line(tmp_path: Path) -> None:
    text = "كلمة " * 300 + "هنا بغداد وحدها " + "كلمة " * 300 + "\nسطر آخر"
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis(text))
    with open_reader(tmp_path / "c.db") as reader:
        snippet = reader.articles(reader.article_ids(), "بغداد")[0].snippet
    assert snippet is not None
    assert "هنا بغداد وحدها" in snippet
    assert snippet.startswith("… كلمة")
    assert snippet.endswith("كلمة …")
    assert len(snippet) < 200
    assert "\n" not in snippet


def test_boilerplate_is_not_searched(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis("نص الخبر\nاشترك الآن\nخبر مشابه", kinds=("body", "boilerplate", "related")))
    with open_reader(tmp_path / "c.db") as reader:
        assert len(reader.article_ids(Filter(query="الخبر"))) == 1
        assert len(reader.article_ids(Filter(query="اشترك OR مشابه"))) == 0
