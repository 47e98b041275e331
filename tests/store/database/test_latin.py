"""Latin letters find Arabic names: among the entities, in a search, and how often they do on real pairs."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import EntityRow, Filter
from store.database import Reader, open_reader, open_writer, verify
from store.errors import QueryError
from tests.bench.latin import pairs, rank
from tests.store.database.making import Named as Made
from tests.store.database.making import analysis
from tests.store.database.named import Named, names_alone

CASES = Path(__file__).parents[2] / "cases" / "latin_spellings.tsv"
WORDS = Path(__file__).parents[3] / "store" / "extract" / "entities" / "data"

TEXTS: list[tuple[str, list[Made]]] = [
    ("وصل مصطفى الكاظمي إلى بغداد أمس.", [("مصطفى الكاظمي", "PER"), ("بغداد", "LOC")]),
    ("قال لبغداد إن أحمد الكاظمي غادر.", [("بغداد", "LOC"), ("أحمد الكاظمي", "PER")]),
    ("عبد الرحمن القديمي في القاهرة مع حسن نصر الله.", [
        ("عبد الرحمن القديمي", "PER"), ("القاهرة", "LOC"), ("حسن نصر الله", "PER"),
    ]),
    ("Baghdad is the capital, says BBC, قال ذلك محمد بن سلمان.", [("BBC", "ORG"), ("محمد بن سلمان", "PER")]),
    ("أعلنت الأمم المتحدة أن أبو بكر من ألمانيا.", [("الأمم المتحدة", "ORG"), ("أبو بكر", "PER"), ("ألمانيا", "LOC")]),
    ("عاد مصطفى الكاظمي.", [("مصطفى الكاظمي", "PER")]),
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number, (text, names) in enumerate(TEXTS):
            title = "عودة الكاظمي" if number == 5 else None
            writer.add(analysis(text, names, published=f"2021-01-{number + 1:02}", title=title))
    return path


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    with open_reader(path) as reader:
        yield reader


def found(reader: Reader, query: str, latin: bool = True) -> list[int]:
    """Numbers of the texts that a query finds."""
    return sorted(number - 1 for number in reader.article_ids(Filter(query=query, latin=latin)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kadhimi", [("مصطفى الكاظمي", "الكاظمي"), ("أحمد الكاظمي", "الكاظمي")]),
        ("Kazimi", [("مصطفى الكاظمي", "الكاظمي"), ("أحمد الكاظمي", "الكاظمي")]),
        ("al-kadhimy", [("مصطفى الكاظمي", "الكاظمي"), ("أحمد الكاظمي", "الكاظمي")]),
        ("mustafa al kadhimi", [("مصطفى الكاظمي", "مصطفى الكاظمي")]),
        ("kadhimi mustafa", [("مصطفى الكاظمي", "مصطفى الكاظمي")]),
        ("baghdad", [("بغداد", "بغداد")]),
        ("abdelrahman", [("عبد الرحمن القديمي", "عبد الرحمن")]),
        ("Abd al-Rahman", [("عبد الرحمن القديمي", "عبد الرحمن")]),
        ("nasrallah", [("حسن نصر الله", "نصر الله")]),
        ("abu bakr", [("أبو بكر", "أبو بكر")]),
        ("cairo", [("القاهرة", "القاهرة")]),
        ("germany", [("ألمانيا", "ألمانيا")]),
        ("UN", [("الأمم المتحدة", "الأمم المتحدة")]),
        ("the united nations", [("الأمم المتحدة", "الأمم المتحدة")]),
        ("bbc", [("BBC", None)]),
        ("nowhere", []),
        ("mustafa nowhere", []),
    ],
)
def test_entities_by_a_latin_name(reader: Reader, name: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(row.name, row.read_as) for row in reader.find_entities(name)][: len(expected) or None] == expected


def test_a_name_that_is_borne_comes_before_one_that_is_read_so(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(analysis("سلمى قالت Salma.", [("سلمى", "PER"), ("Salma", "PER")]))
        writer.add(analysis("سلمى عادت.", [("سلمى", "PER")]))
    with open_reader(path) as reader:
        assert [(row.name, row.read_as) for row in reader.find_entities("salma")] == [("Salma", None), ("سلمى", "سلمى")]
        assert [row.name for row in reader.find_entities("salma", "LOC")] == []
        assert reader.find_entities("سلمى")[0].read_as is None


def test_an_arabic_name_finds_what_it_did(reader: Reader) -> None:
    assert [row.name for row in reader.find_entities("الكاظمي")] == ["مصطفى الكاظمي", "أحمد الكاظمي"]
    assert EntityRow(1, "x", "PER", 2, 1, None).read_as is None


@pytest.mark.parametrize(
    ("query", "expected", "as_written"),
    [
        ("baghdad", [0, 1, 3], [3]),
        ("=baghdad", [3], [3]),
        ("kadhimi", [0, 1, 5], []),
        ("kadhimi -baghdad", [5], []),
        ("al-kadhimy", [0, 1, 5], []),
        ('"mustafa kadhimi"', [0, 5], []),
        ("kadhimi baghdad", [0, 1], []),
        ("nasrallah OR germany", [2, 4], []),
        ("bin salman", [3], []),
        ("united nations", [4], []),
        ("الكاظمي baghdad", [0, 1], []),
        ("title:kadhimi", [5], []),
        ("entity:baghdad", [0, 1], [0, 1]),
        ('entity:"mustafa kadhimi" -baghdad', [5], [0, 5]),
        ("nowhere", [], []),
    ],
)
def test_a_search(reader: Reader, query: str, expected: list[int], as_written: list[int]) -> None:
    assert found(reader, query) == expected
    assert found(reader, query, latin=False) == as_written


def test_a_latin_name_in_a_field_may_be_several(reader: Reader) -> None:
    with pytest.raises(QueryError, match=r"may be #\d+ مصطفى الكاظمي \(PER\), #\d+ أحمد الكاظمي"):
        found(reader, "entity:kadhimi")


def test_what_answers_best_is_known_by_what_was_read(reader: Reader) -> None:
    ranked = reader.article_ids(Filter(query="kadhimi"), "relevance")
    assert sorted(ranked) == sorted(reader.article_ids(Filter(query="kadhimi")))
    assert ranked[0] == 6  # the shortest


def test_what_a_search_found_is_marked_and_said(reader: Reader) -> None:
    text = TEXTS[1][0]
    assert [text[start:end] for start, end in reader.highlight(text, "baghdad kadhimi")] == ["لبغداد", "الكاظمي"]
    assert reader.highlight(text, "baghdad", latin=False) == []
    assert reader.highlight(text, "") == []
    rows = reader.articles(reader.article_ids(Filter(query="kadhimi")), "kadhimi")
    assert all("الكاظمي" in (row.snippet or "") for row in rows)
    assert [(one.latin, one.arabic) for one in reader.readings("baghdad UN")] == [
        ("baghdad", ("بغداد",)), ("un", ("الأمم المتحدة",)),
    ]  # fmt: skip
    assert reader.readings("بغداد") == reader.readings("") == reader.readings("=baghdad") == ()


def test_an_older_corpus_learns_the_sounds_of_its_names(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        before = raw.execute("SELECT * FROM sounds").fetchall()
        raw.execute("DROP TABLE sounds")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'version_6'")
        raw.execute("PRAGMA user_version = 5")
    raw.close()
    open_writer(path).close()
    assert not list(verify(path))
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT * FROM sounds").fetchall() == before
    raw.close()
    with open_reader(path) as reader:
        assert reader.find_entities("kadhimi")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM sounds WHERE unit = 'كاظمي'", "the name كاظمي is not found by its sound"),
        ("INSERT INTO sounds VALUES ('x', 'خخ')", "leads to خخ, which no name has"),
        ("UPDATE sounds SET sound = 'x' WHERE unit = 'كاظمي'", "the name كاظمي is not found"),
    ],
)
def test_faults_of_the_sounds_are_found(path: Path, damage: str, said: str) -> None:
    assert not list(verify(path))
    with sqlite3.connect(path) as raw:
        raw.execute(damage)
    raw.close()
    assert any(said in fault for fault in verify(path))


# -- how often ---------------------------------------------------------------------------------------------

FLOORS = {("developed on", "person"): 0.97, ("developed on", "place"): 0.96, ("held out", "person"): 0.96,
          ("held out", "place"): 0.88}  # fmt: skip
"""Recall at 5 by half and kind of tests/gold/latin_names.tsv, among 20,000 names."""


def _names_of_the_news() -> list[tuple[str, list[str]]]:
    rows = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(name, spelt) for name, *spelt in rows]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The names of both lists, those of the news in more articles, among 20,000 made of given and family names."""
    chance = random.Random(1)
    given, family = _words("given.txt"), _words("family.txt")
    names: dict[Named, None] = {(name, "PER", 30): None for name, _ in _names_of_the_news()}
    names.update({(pair.arabic, "PER" if pair.kind == "person" else "LOC", 1): None for pair in pairs()})
    while len(names) < 20_500:
        names[f"{chance.choice(given)} {chance.choice(family)}", "PER", 1] = None
    path = tmp_path_factory.mktemp("many") / "names.db"
    names_alone(path, chance.sample(list(names), len(names)))
    with open_reader(path) as reader:
        yield reader


def _words(name: str) -> list[str]:
    lines = (WORDS / name).read_text("utf-8").splitlines()
    return [line.lstrip("~") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("half", "kind"), FLOORS)
def test_recall_on_real_pairs(many: Reader, half: str, kind: str) -> None:
    ranks = [rank(many, pair) for pair in pairs() if (pair.half, pair.kind) == (half, kind)]
    assert sum(place < 5 for place in ranks) / len(ranks) >= FLOORS[half, kind]


def test_spellings_of_the_news(many: Reader) -> None:
    missed = [
        (name, latin)
        for name, spelt in _names_of_the_news()
        for latin in spelt
        if name not in [row.name for row in many.find_entities(latin)[:5]]
    ]
    assert missed == []
