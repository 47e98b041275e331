"""Queries and proclitics without a corpus: what a word may look like, and what an expression says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store.errors import QueryError
from store.text.marks import Marker, matches
from store.text.nodes import MAX_NEAR, Dated, Named, Near, Node, Saying, Titled, Typed, wanted_words
from store.text.proclitics import bare, definite_forms, forms
from store.text.query import All, Any, Term, fts, index_words, parse


def plain(word: str) -> Term:
    return Term((word,), "plain", False)


@pytest.mark.parametrize(
    ("word", "among", "not_among"),
    [
        ("بغداد", ["بغداد", "لبغداد", "وبغداد", "وببغداد", "فلبغداد"], ["بغدادي", "سبغداد"]),
        ("القوات", ["قوات", "للقوات", "وللقوات", "بالقوات", "وقوات", "القوات"], ["سالقوات"]),
        ("للقوات", ["القوات", "قوات"], []),
        ("لغه", ["للغه", "اللغه"], ["لللغه"]),
        ("الان", ["والان", "للان"], ["ان", "وان", "بان"]),
        ("الدم", ["للدم", "بالدم"], ["دم", "بدم"]),
        ("يعلن", ["سيعلن", "وسيعلن", "فيعلن"], []),
        ("12", ["12"], ["و12"]),
        ("covid", ["covid"], ["وcovid"]),
        ("و", ["و"], ["وو"]),
    ],
)
def test_forms(word: str, among: list[str], not_among: list[str]) -> None:
    found = forms(word)
    assert set(among) <= set(found)
    assert not set(not_among) & set(found)
    assert list(found) == sorted(set(found))


def test_a_phrase_keeps_its_article() -> None:
    assert "للتحالف" in definite_forms("التحالف")
    assert "تحالف" not in definite_forms("التحالف")
    assert "المطار" not in definite_forms("مطار")
    assert bare("الى") == "الى"


def test_what_an_expression_says() -> None:
    plain = Term(("بغداد",), "plain", False)
    assert parse("بغداد") == plain
    assert parse("بغداد -داعش") == All((plain,), (Term(("داعش",), "plain", False),))
    assert parse('"مطار بغداد" OR =بغدا*') == Any(
        (Term(("مطار", "بغداد"), "phrase", False), Term(("بغدا",), "exact", True))
    )
    assert fts(parse('="a b" x*')) == '("a b" AND "x" *)'


def test_index_words_are_folded_and_apart() -> None:
    assert index_words("قَالَ: «أحمد»، COVID-19؛ a_b ½") == "قال احمد covid 19 a_b 1 2"
    assert index_words(" ،؛ ") == ""


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("a NEAR b", Near((plain("a"), plain("b")), 10)),
        ("a NEAR/5 b", Near((plain("a"), plain("b")), 5)),
        ('=a NEAR/0 "b c"', Near((Term(("a",), "exact", False), Term(("b", "c"), "phrase", False)), 0)),
        ("x -a NEAR b", All((plain("x"),), (Near((plain("a"), plain("b")), 10),))),
        ("title:a b", All((Titled(plain("a")), plain("b")))),
        ('title:"a b"', Titled(Term(("a", "b"), "phrase", False))),
        ("title:(a OR b*)", Titled(Any((plain("a"), Term(("b",), "plain", True))))),
        ("عنوان:a", Titled(plain("a"))),
        ("outlet:رويترز", Named("outlet", "رويترز")),
        ('outlet:"وكالة الأنباء" a', All((Named("outlet", "وكالة الأنباء"), plain("a")))),
        ("مصدر:رويترز OR كيان:«جو بايدن»", Any((Named("outlet", "رويترز"), Named("entity", "جو بايدن")))),
        ("type:per", Typed("PER")),
        ("نوع:أماكن", Typed("LOC")),
        ("date:2021", Dated("2021-01-01", "2021-12-31")),
        ("date:2020-02", Dated("2020-02-01", "2020-02-29")),
        ("date:2021-07..2021-12", Dated("2021-07-01", "2021-12-31")),
        ("date:..2020", Dated(None, "2020-12-31")),
        ("date:2021-07-01..", Dated("2021-07-01", None)),
        ("تاريخ:٢٠٢١-٠٧", Dated("2021-07-01", "2021-07-31")),
        ("author:x", Saying("author", "x")),
        ('كاتب:"أحمد علي" -keyword:x', All((Saying("author", "أحمد علي"),), (Saying("keyword", "x"),))),
        ("section:رياضة", Saying("section", "رياضة")),
        ("language:FA", Saying("language", "fa")),
        ("لغة:الفارسية OR lang:Persian", Any((Saying("language", "fa"), Saying("language", "fa")))),
        ("outlet: رويترز", Named("outlet", "رويترز")),
        ("-outlet:x", All((), (Named("outlet", "x"),))),
        ("(-type:PER) OR a", Any((All((), (Typed("PER"),)), plain("a")))),
        # A colon inside other text is no field.
        ("مصدر: بغداد", All((plain("مصدر"), plain("بغداد")))),
        ("14:30", Term(("14", "30"), "plain", False)),
        ("http://x", Term(("http", "x"), "plain", False)),
        ("colour:x", Term(("colour", "x"), "plain", False)),
        ("=title:x", Term(("title", "x"), "exact", False)),
        ('"date:2021"', Term(("date", "2021"), "phrase", False)),
    ],
)  # fmt: skip
def test_what_a_query_means(query: str, node: Node) -> None:
    assert parse(query) == node


@pytest.mark.parametrize(
    ("query", "what", "position"),
    [
        ("a NEAR", "NEAR needs", 2),
        ("NEAR a", "NEAR needs", 0),
        ("(a OR b) NEAR c", "NEAR needs", 0),
        ("a NEAR (b OR c)", "NEAR needs", 7),
        ("a NEAR outlet:x", "NEAR needs", 7),
        ("a NEAR/x b", "a number of words", 7),
        ("a NEAR/99999 b", "a number of words", 7),
        ("a NEAR/3 b NEAR/4 c", "one distance", 11),
        ("outlet:", "outlet: needs something", 7),
        ("a مصدر:", "مصدر: needs something", 7),
        ('entity:""', "needs something", 8),
        ("entity:(a b)", "takes one value", 7),
        ("title:", "needs something", 6),
        ("(title:)", "needs a word", 1),
        ("title:(outlet:x)", "only words", 7),
        ("title:(title:x)", "stands within", 7),
        ("a type:foo", "'foo' is no type", 7),
        ("a date:2021-13", "'2021-13' is no date", 7),
        ("date:2021..2021-02-30", "'2021-02-30' is no date", 11),
        ("date:2022..2021", "later than", 5),
        ("date:..", "on one side", 5),
        ("date:0000", "is no date", 5),
        ("a OR", "OR needs a word on each side", 2),
        ("a AND", "AND needs a word on each side", 2),
        ("title:(AND a)", "AND needs a word on each side", 7),
        ("a -outlet:x OR -b", "only what must not be there", 15),
        ('outlet:"x', "not closed", 7),
    ],
)
def test_a_wrong_query_says_what_is_wrong_where(query: str, what: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert what in caught.value.what
    assert caught.value.position == position
    assert caught.value.remedy
    assert f" at character {position + 1}; " in str(caught.value)


def test_near_and_titles_as_expressions() -> None:
    assert fts(parse('=a NEAR/3 ="b c" NEAR/3 d*')) == 'NEAR("a" "b c" "d" *, 3)'
    assert fts(parse("title:(=a -=b) x")) == '({title} : ((("a") NOT "b")) AND "x")'
    with pytest.raises(ValueError, match="words alone"):
        fts(parse("a type:PER"))


def test_near_asks_for_no_more_pairs_than_it_may() -> None:
    def many(word: str, most: int) -> Sequence[str]:
        return [f"{word}{number}" for number in range(60)][:most]

    for query, ways in (("a NEAR b", [12, 12]), ("a NEAR =b", [60, 1]), ("a NEAR b NEAR c", [5, 5, 5])):
        node = parse(query)
        assert isinstance(node, Near)
        found = node.ways(many)
        assert list(map(len, found)) == ways
        assert len(fts(node, many).split(" OR ")) <= MAX_NEAR
        assert all(
            (f"{term.words[0]}0",) in several or several == [term.words]
            for term, several in zip(node.terms, found, strict=True)
        )


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("=a NEAR/1 =b", "a x b y a z z b", [(0, 1), (4, 5), (8, 9)]),
        ("=a NEAR/0 =b", "b a", [(0, 1), (2, 3)]),
        ("=a NEAR/1 =b", "a x x b", []),
        ('="a b" NEAR/1 =c', "a b x c a", [(0, 3), (6, 7)]),
        ("=a NEAR/1 =b NEAR/1 =c", "a b x c", []),
        ("=a NEAR/2 =b NEAR/2 =c", "a b x c", [(0, 1), (2, 3), (6, 7)]),
        ("=a NEAR =a", "x a", [(2, 3)]),
    ],
)
def test_what_stands_near_is_marked(query: str, text: str, marked: list[tuple[int, int]]) -> None:
    assert Marker(query).spans(text) == marked
    assert matches(parse(query), [[], text.split()]) == bool(marked)


def test_words_of_the_title_are_marked_in_it_alone() -> None:
    marker = Marker("title:بغداد الوفد")
    assert marker.spans("بغداد والوفد في بغداد", (0, 5)) == [(0, 5), (6, 12)]
    assert marker.spans("بغداد والوفد في بغداد") == [(6, 12)]
    assert not marker.answers("في بغداد")


def test_ranking_goes_by_the_words_that_are_to_be_there() -> None:
    assert wanted_words(parse("a -b type:PER (c OR outlet:x)")) == Any((plain("a"), plain("c")))
    assert wanted_words(parse("type:PER")) is None
