"""Searches for what is not one word: other forms of a word, words near each other, fields, an order by relevance."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import RANKED, Filter
from store.database import Reader, open_reader, open_writer, verify
from store.database.indexing import indexed
from store.errors import QueryError
from store.models import Analysis
from store.text.marks import matches
from store.text.nodes import Dated, Fact, Named, Typed, about_words, facts, wanted_words
from store.text.query import parse
from tests.store.database.making import Named as Name
from tests.store.database.making import add_all, analysis, found

KADHIMI = "مصطفى الكاظمي"
DOCUMENTS = [
    analysis(
        f"الكاظمي في بغداد\nوصل {KADHIMI} إلى بغداد، وأعلن أن حكومته مستعدة.",
        [(KADHIMI, "PER"), ("بغداد", "LOC")], (), "2021-07-26", outlet="وكالة رويترز", kinds=("title",),
    ),
    analysis(
        f"قوات التحالف\nقالت الحكومات إن القوات بقيت. قال {KADHIMI} إن واشنطن تعلن الانسحاب من مطار بغداد.",
        [(KADHIMI, "PER"), ("واشنطن", "LOC")], (), "2021-12-09T10:00", outlet="الشرق الأوسط", kinds=("title",),
    ),
    analysis(
        "حكومة بغدادي\nالبغدادي رجل قوي. سيعلن مستشار المستشارين أن واشنطن بعيدة، وبين ذلك كلام طويل عن بغداد.",
        [("البغدادي", "PER")], (), "2020-01-05", outlet="الشرق", kinds=("title",),
    ),
    analysis("خبر من غير تاريخ ولا مصدر عن جامعة بغداد وقوة القانون والجامع.", [("بغداد", "ORG")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("language") / "c.db"
    add_all(path, DOCUMENTS)
    with open_reader(path) as reader:
        yield reader


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Other forms of a word, unless it is quoted.
        ("حكومة", [0, 1, 2]),
        ("الحكومة", [0, 1, 2]),
        ("حكوماتها", [0, 1, 2]),
        ('"حكومة"', [2]),
        ("=حكومة", [2]),
        ("=\"القوات\"", [1]),
        ("القوات", [1]),
        ("قوة", [3]),
        ("قوي", [2]),
        ("البغدادي", [2]),
        ("بغداد", [0, 1, 2, 3]),
        ("مستشارون", [2]),
        ("يعلن", [1, 2]),
        ("أعلنت", [0]),
        ("جامعة", [3]),
        ("جامعات -جامعة", []),
        # Near.
        ("واشنطن NEAR/5 بغداد", [1]),
        ("بغداد NEAR واشنطن", [1, 2]),
        ("بغداد NEAR/6 واشنطن", [1, 2]),
        ('واشنطن NEAR/3 "مطار بغداد"', [1]),
        ("واشنطن NEAR/2 انسحاب NEAR/2 مطار", []),
        ("واشنطن NEAR/3 انسحاب NEAR/3 مطار", [1]),
        ("قوات NEAR/0 بقيت", [1]),
        ("الكاظمي NEAR/0 وصل", []),  # one in the title, one in the text
        # In the title.
        ("title:بغداد", [0]),
        ("title:حكومات", [2]),
        ('عنوان:"قوات التحالف"', [1]),
        ("title:(الكاظمي OR التحالف) NOT title:قوات", [0]),
        ("title:(بغداد -الكاظمي)", []),
        ("title:بغداد* رجل", [2]),
        # What is said of an article.
        ("outlet:رويترز", [0]),
        ("outlet:الشرق", [2]),
        ('مصدر:"شرق الاوسط"', [1]),
        ("-outlet:رويترز", [1, 2, 3]),
        ("بغداد -outlet:رويترز -outlet:الشرق", [1, 3]),
        ('entity:"مصطفى الكاظمي"', [0, 1]),
        ("entity:الكاظمي", [0, 1]),
        ("entity:الكاظمي entity:واشنطن", [1]),
        ("entity:الكاظمي -entity:واشنطن", [0]),
        ("entity:الكاظمي -واشنطن", [0]),
        ("date:2021 -title:القوات", [0]),
        ("entity:واشنطن OR outlet:الشرق", [1, 2]),
        ("-entity:الكاظمي", [2, 3]),
        ("type:LOC", [0, 1]),
        ("type:org", [3]),
        ("نوع:شخص -type:LOC", [2]),
        ("date:2021", [0, 1]),
        ("date:2021-07..2021-12", [0, 1]),
        ("date:2021-12-09", [1]),
        ("date:..2021-07", [0, 2]),
        ("date:2021-07-27..", [1]),
        ("-date:2021", [2, 3]),
        ("date:..", None),
        # Together.
        ("(entity:الكاظمي OR حكومة) date:2020..2021-08", [0, 2]),
        ("حكومة type:PER -title:حكومة", [0, 1]),
        ("(واشنطن OR date:2021-07) -outlet:الشرق", [0, 1]),
        ("واشنطن NEAR/5 بغداد OR (outlet:رويترز -date:2020)", [0, 1]),
        ("NOT (واشنطن OR outlet:رويترز) type:ORG", [3]),
        ("مصدر: تاريخ", [3]),
    ],
)  # fmt: skip
def test_queries(reader: Reader, query: str, expected: list[int] | None) -> None:
    if expected is None:
        with pytest.raises(QueryError):
            found(reader, query)
    else:
        reader.check(query)
        assert found(reader, query) == expected


def test_a_field_narrows_what_the_filter_lets_through(reader: Reader) -> None:
    (kadhimi,) = (row.id for row in reader.find_entities(KADHIMI))
    chosen = Filter(query="outlet:رويترز OR date:2020", entities=(kadhimi,))
    assert list(reader.article_ids(chosen)) == [1]
    assert [row.name for kind, ids in reader.entity_groups(chosen) for row in reader.entities(ids, chosen)]
    assert list(reader.event_ids(Filter(query="entity:الكاظمي"))) == list(reader.event_ids(Filter(entities=(kadhimi,))))
    assert list(reader.article_ids(Filter(query=f"entity:#{kadhimi}"))) == [2, 1]


@pytest.mark.parametrize(
    ("query", "what", "position"),
    [
        ("بغداد outlet:رويتر", "no outlet is called 'رويتر' here", 13),
        ('entity:"زيد بن علي"', "no entity is called 'زيد بن علي' here", 8),
        ("entity:#99999", "no entity is called '#99999' here", 7),
        ("entity:بغداد", "'بغداد' may be #", 7),
        ("-outlet:وكالة_", "no outlet", 8),
        ('outlet:"؟"', "no outlet", 8),
        ("a OR (b entity:x)", "no entity", 15),
    ],
)
def test_a_name_that_says_nothing_here_is_refused(reader: Reader, query: str, what: str, position: int) -> None:
    for ask in (lambda: reader.check(query), lambda: reader.article_ids(Filter(query=query))):
        with pytest.raises(QueryError) as caught:
            ask()
        assert what in caught.value.what
        assert caught.value.position == position
        assert caught.value.remedy


def test_several_outlets_are_told_apart(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        for number, outlet in enumerate(("الشرق الأوسط", "صحيفة الشرق", "الشرق اليوم", "أ ب", "اب")):
            writer.add(analysis(f"خبر {number}", outlet=outlet))
    with open_reader(tmp_path / "c.db") as reader:
        with pytest.raises(QueryError, match="may be الشرق الأوسط, الشرق اليوم, صحيفة الشرق at"):
            reader.check("outlet:الشرق")
        assert found(reader, "outlet:صحيفة") == [1]
        assert found(reader, 'outlet:"ا ب"') == [3]
        assert found(reader, "outlet:أب") == [4]


def test_what_is_marked_is_what_was_found(reader: Reader) -> None:
    for query, number, marked in [
        ("حكومة", 0, ["حكومته"]),
        ('"حكومة"', 0, []),
        ("القوات", 1, ["قوات", "القوات"]),
        ("يعلن", 1, ["تعلن"]),
        ("واشنطن NEAR/5 بغداد", 1, ["واشنطن", "بغداد"]),
        ("بغداد NEAR/1 واشنطن", 2, []),
        ("title:الكاظمي وصل", 0, ["الكاظمي", "وصل"]),
        ("واشنطن entity:الكاظمي -type:ORG", 1, ["واشنطن"]),
        ("date:2021", 0, []),
    ]:
        document = DOCUMENTS[number]
        title = document.cleaned.title
        assert title is not None
        assert title.start is not None
        assert title.end is not None
        text = document.document.text
        spans = reader.highlight(text, query, (title.start, title.end))
        assert [text[start:end] for start, end in spans] == marked, query
    page = reader.articles(reader.article_ids(Filter(query="حكومة")), "حكومة")
    assert [row.snippet for row in page if "حكومته" in (row.snippet or "")]


def test_by_relevance_the_title_counts_more(reader: Reader) -> None:
    def order(query: str, f: Filter = Filter()) -> list[int]:
        return list(reader.article_ids(Filter(query=query, outlet=f.outlet), order="relevance"))

    assert list(reader.article_ids(Filter(query="حكومة"))) == [2, 1, 3]
    assert order("حكومة")[0] == 3
    assert sorted(order("حكومة")) == [1, 2, 3]
    assert order("حكومة OR outlet:رويترز")[0] == 3
    assert order("date:2021") == [2, 1]
    assert order("") == list(reader.article_ids())
    assert order("واشنطن NEAR/20 بغداد -outlet:رويترز")[0] == 2


def test_only_the_newest_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.ranking.RANKED", 3)
    assert RANKED == 2000
    with open_writer(tmp_path / "c.db") as writer:
        for number in range(6):
            text = "بغداد " * (3 if number in (0, 3) else 1) + f"كلام آخر {number}"
            writer.add(analysis(text, published=f"2021-01-0{number + 1}"))
    with open_reader(tmp_path / "c.db") as reader:
        assert list(reader.article_ids(Filter(query="بغداد"), order="relevance")) == [4, 6, 5, 3, 2, 1]


def test_an_older_corpus_gets_the_forms_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for document in DOCUMENTS:
            writer.add(document)
    with sqlite3.connect(path) as raw:
        known = sorted(raw.execute("SELECT * FROM word_forms"))
        raw.execute("DROP TABLE word_forms")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'version_5'")
        raw.execute("PRAGMA user_version = 3")
    raw.close()
    open_writer(path).close()
    assert not list(verify(path))
    with sqlite3.connect(path) as raw:
        assert sorted(raw.execute("SELECT * FROM word_forms")) == known
    raw.close()


def test_a_word_of_many_forms_is_looked_for_by_the_commonest(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        for number in range(4):
            writer.add(analysis(f"خبر {number}: حكومته" + " حكومتنا" * (number % 2) + " والحكومات" * (number == 3)))
        gone, _ = writer.add(analysis("حكوماتهم وحدها"))
        assert writer.remove(gone)
    assert not list(verify(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as reader:
        assert reader.forms("حكومه", 3) == ("حكومه", "حكومته", "حكومتنا")
        assert reader.forms("حكومه") == ("حكومه", "حكوماتهم", "حكومتنا", "حكومته", "والحكومات")
        assert reader.forms("covid") == ("covid",)


# -- what the index answers is what the definition says ----------------------------------------------------

_WORDS = (
    "بغداد", "لبغداد", "البغدادي", "القوات", "للقوات", "قوات", "وقواته", "قوية", "حكومة", "الحكومات", "وحكومتها",
    "لحكومته", "يعلن", "تعلن", "أعلنت", "سيعلن", "التعاون", "تعاون", "يعاون", "جامعة", "الجامع", "وجامعاتهم", "أمريكا",
    "الأميركية", "covid", "12", "قالت", "قال", "وقالوا",
)  # fmt: skip
_OUTLETS = (None, "رويترز", "وكالة الأنباء")
_DATES = (None, "2020-05-01", "2021-07-26", "2021-12-31T23:50")
_NAMES: tuple[Name | None, ...] = (None, ("ليلى", "PER"), ("تونس", "LOC"))


@dataclass(frozen=True)
class Made:
    """An article as it is drawn."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    outlet: str | None
    published: str | None
    name: Name | None

    def analysis(self, number: int) -> Analysis:
        body = " ".join((*self.body, f"رقم{number}", *([self.name[0]] if self.name else [])))
        text = f"{' '.join(self.title)}\n{body}" if self.title else body
        names = [self.name] if self.name else []
        return analysis(text, names, (), self.published, outlet=self.outlet, kinds=("title",) if self.title else ())

    def holds(self, fact: Fact) -> bool:
        if isinstance(fact, Dated):
            day = (self.published or "")[:10]
            return bool(day) and (fact.since or "") <= day <= (fact.until or "9")
        if isinstance(fact, Typed):
            return self.name is not None and self.name[1] == fact.type
        assert isinstance(fact, Named)
        return fact.name == (self.outlet if fact.what == "outlet" else self.name and self.name[0])


_ARTICLES = st.builds(
    Made,
    st.lists(st.sampled_from(_WORDS), max_size=3).map(tuple),
    st.lists(st.sampled_from(_WORDS), max_size=10).map(tuple),
    st.sampled_from(_OUTLETS),
    st.sampled_from(_DATES),
    st.sampled_from(_NAMES),
)
_WORD = st.sampled_from(_WORDS)
_TERM = st.one_of(
    _WORD,
    _WORD.map("={}".format),
    _WORD.map("{}*".format),
    st.tuples(_WORD, _WORD).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
)
_ABOUT_WORDS = st.recursive(
    st.one_of(
        _TERM,
        st.tuples(_TERM, st.integers(0, 6), _TERM).map(lambda near: f"{near[0]} NEAR/{near[1]} {near[2]}"),
        st.tuples(_TERM, _TERM, _TERM).map(lambda near: " NEAR/4 ".join(near)),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]} OR {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} -({0[1]}))".format),
    ),
    max_leaves=4,
)
_FACTS = st.sampled_from(
    ["outlet:رويترز", 'مصدر:"وكالة الأنباء"', "entity:ليلى", "كيان:تونس", "type:PER", "نوع:مكان", "date:2021",
     "date:..2020", "date:2021-07-27..", "date:2020-05..2021-07"]
)  # fmt: skip
_QUERIES = st.recursive(
    st.one_of(_ABOUT_WORDS, _ABOUT_WORDS.map("title:({})".format), _FACTS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]} OR {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} -({0[1]}))".format),
        st.tuples(inner, _FACTS).map("({0[0]} OR -{0[1]})".format),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_ARTICLES, min_size=1, max_size=4), st.lists(_QUERIES, min_size=1, max_size=8))
def test_the_corpus_answers_what_the_definition_says(articles: list[Made], queries: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        documents = [article.analysis(number) for number, article in enumerate(articles)]
        with open_writer(path) as writer:
            for document in documents:
                writer.add(document)
        assert not list(verify(path))
        known = {article.outlet for article in articles} | {article.name[0] for article in articles if article.name}
        with open_reader(path) as reader:
            for query in queries:
                node = parse(query)
                if not all(fact.name in known for fact in facts(node) if isinstance(fact, Named)):
                    with pytest.raises(QueryError, match="is called"):
                        found(reader, query)
                    continue
                answered = found(reader, query)
                for number, (article, document) in enumerate(zip(articles, documents, strict=True)):
                    title = document.cleaned.title
                    fields = indexed(document.document.text, title.text if title else "", document.cleaned.blocks)
                    words = [field.split() for field in fields]
                    expected = matches(node, words, reader.forms, article.holds)
                    assert (number in answered) == expected, (query, document.document.text)
                    if expected and about_words(node) and wanted_words(node) == node:
                        span = (title.start or 0, title.end or 0) if title else None
                        assert reader.highlight(document.document.text, query, span)
                ranked = reader.article_ids(Filter(query=query), order="relevance")
                assert sorted(ranked) == [number + 1 for number in answered]
