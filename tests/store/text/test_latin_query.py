"""Latin words of a search, read as Arabic names: which of them, and what the search asks for then."""

from __future__ import annotations

import pytest

from store.text.latin_query import LatinReading, Meaning, understand
from store.text.marks import matches
from store.text.query import fts, parse

NAMES: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {
    ("baghdad",): [(("بغداد",), "بغداد")],
    ("kadhimi",): [(("الكاظمي",), "الكاظمي"), (("القديمي",), "القديمي")],
    ("al", "kadhimi"): [(("الكاظمي",), "الكاظمي")],
    ("bin", "salman"): [(("بن", "سلمان"), "بن سلمان")],
    ("united", "nations"): [(("الامم", "المتحده"), "الأمم المتحدة")],
    ("mustafa", "kadhimi"): [(("مصطفي", "الكاظمي"), "مصطفى الكاظمي")],
}


def look(words: tuple[str, ...]) -> list[Meaning]:
    return [Meaning(shown, (folded,)) for folded, shown in NAMES.get(words, [])]


@pytest.mark.parametrize(
    ("query", "finds", "misses"),
    [
        ("baghdad", ["baghdad city", "في بغداد", "لبغداد"], ["البغدادي", "بغدادية", "دمشق"]),
        ("=baghdad", ["baghdad"], ["بغداد"]),
        ('="baghdad"', ["baghdad"], ["بغداد"]),
        ("baghdad*", ["baghdadi"], ["بغداد"]),
        ("baghdad kadhimi", ["بغداد الكاظمي", "baghdad الكاظمي"], ["بغداد", "الكاظمي"]),
        ("baghdad OR kadhimi", ["بغداد", "وللكاظمي"], ["دمشق"]),
        ("kadhimi -baghdad", ["الكاظمي"], ["الكاظمي بغداد", "الكاظمي baghdad"]),
        ("al kadhimi", ["الكاظمي", "al kadhimi"], ["kadhimi"]),
        ("al-kadhimi", ["الكاظمي", "al kadhimi"], ["القديمي", "kadhimi"]),
        ("bin salman", ["محمد بن سلمان"], ["سلمان بن عبد العزيز"]),
        ("united nations kadhimi", ["الكاظمي للامم المتحده"], ["الامم المتحده"]),
        ('"mustafa kadhimi"', ["مصطفي الكاظمي", "mustafa kadhimi"], ["الكاظمي مصطفي"]),
        ("بغداد kadhimi", ["بغداد الكاظمي"], ["baghdad الكاظمي"]),
        ("(title:kadhimi)", ["الكاظمي", "kadhimi"], ["دمشق"]),
        ("baghdad NEAR kadhimi", ["baghdad kadhimi"], ["بغداد الكاظمي"]),
        ("damascus", ["damascus"], ["دمشق"]),
        ("covid-19", ["covid 19"], ["19"]),
    ],
)
def test_a_search_finds_what_names_are_read_as(query: str, finds: list[str], misses: list[str]) -> None:
    node, _ = understand(parse(query), look)
    for text in finds:
        assert matches(node, [text.split()]), text
    for text in misses:
        assert not matches(node, [text.split()]), text
    assert fts(node)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("baghdad", [("baghdad", ("بغداد",))]),
        ("kadhimi baghdad kadhimi", [("kadhimi", ("الكاظمي", "القديمي")), ("baghdad", ("بغداد",))]),
        ("(baghdad | دمشق) -(al kadhimi)", [("baghdad", ("بغداد",)), ("al kadhimi", ("الكاظمي",))]),
        ("united nations", [("united nations", ("الأمم المتحدة",))]),
        ("=baghdad بغداد nowhere", []),
    ],
)
def test_what_was_read_as_what(query: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    _, readings = understand(parse(query), look)
    assert readings == tuple(LatinReading(*reading) for reading in expected)


def test_a_search_without_latin_names_stays_as_it_is() -> None:
    for query in ("بغداد -داعش", '"مطار بغداد" OR =بغدا*', "nowhere", "COVID-19", "12", "type:PER date:2021"):
        assert understand(parse(query), look) == (parse(query), ())
