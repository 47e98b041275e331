"""Trends as tables, text and a drawing of its own."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Filter, Series
from store.database import open_reader, open_writer
from store.database.queries import Reader
from store.export import export, trends
from store.export.options import Options
from store.text.when import Language
from tests.store.export import hostile
from tests.store.export.test_export import table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def reader(seeds_corpus_once: Path) -> Iterator[Reader]:
    with open_reader(seeds_corpus_once) as opened:
        yield opened


def written(reader: Reader, form: str, f: Filter = Filter(), options: Options | None = None) -> str:
    return "".join(export(reader, "trends", form, f, options=options))


def test_of_none_that_are_named_it_is_those_of_most_articles(reader: Reader) -> None:
    found = trends.asked(reader, Filter(), Options())
    counts = [series.entity.articles for series in found.series]
    best = sorted((row.articles for _, ids in reader.entity_groups() for row in reader.entities(ids)), reverse=True)
    assert counts == best[:5]
    (entity, *_) = reader.find_entities("بغداد")
    assert [one.entity.name for one in trends.asked(reader, Filter(entities=(entity.id,)), Options()).series] == [
        "بغداد"
    ]


def test_the_table_holds_every_cell(reader: Reader) -> None:
    found = trends.asked(reader, Filter(), Options(by="month"))
    rows = table(written(reader, "csv", options=Options(by="month")))
    assert len(rows) == len(found.articles) * 5
    by_name = {
        name: [int(row["articles"]) for row in rows if row["name"] == name] for name in (r["name"] for r in rows)
    }
    assert by_name == {series.entity.name: list(series.articles) for series in found.series}
    objects = [json.loads(line) for line in written(reader, "jsonl", options=Options(by="month")).splitlines()]
    assert [str(each["value"]) for each in objects] == [row["value"] for row in rows]
    assert sum(each["of"] for each in objects) == 5 * sum(found.articles)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_drawing_says_its_numbers_and_runs_as_the_language_reads(reader: Reader, language: Language) -> None:
    root = ET.fromstring(written(reader, "svg", options=Options(language=language, by="year")))
    found = trends.asked(reader, Filter(), Options(by="year"))
    assert root.find(f"{SVG}title") is not None
    described = root.find(f"{SVG}desc")
    assert described is not None
    assert described.text is not None
    assert all(series.entity.name in described.text for series in found.series)
    paths = [path.attrib["d"] for path in root.iter(f"{SVG}path")]
    assert len(paths) == len(found.series) == 5
    for path, series in zip(paths, found.series, strict=True):
        assert heights(path, len(series.articles)) == expected(series, reverse=language == "ar")
    labels = [
        (int(text[1:-1]), float(element.attrib["x"].rstrip("%")))
        for element in root.iter(f"{SVG}text")
        if (text := element.text) and re.fullmatch(r"\W\d{4}\W", text)
    ]
    assert labels
    places = [place for _, place in sorted(set(labels))]
    assert places == sorted(places, reverse=language == "ar")


def heights(path: str, cells: int) -> list[float]:
    """The height of each cell, as a share of the highest."""
    steps = [(kind, float(value)) for kind, value in re.findall(r"([HV])([\d.]+)", path)]
    level, at, found = 56.0, 0, []
    for kind, value in steps:
        if kind == "H":
            found += [level] * (int(value) - at)
            at = int(value)
        else:
            level = value
    assert at == cells
    return [round(1 - one / 56, 2) for one in found]


def expected(series: Series, *, reverse: bool) -> list[float]:
    most = max(series.articles)
    shares = [round(max(1.5 / 56, count / most) if count else 0, 2) for count in series.articles]
    return shares[::-1] if reverse else shares


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    path = hostile.build(tmp_path / "c.db")
    with open_writer(path) as writer:
        writer.rename_entity(1, "</text><script>x</script>\u202e &amp; ]]>")
    with open_reader(path) as reader:
        for form in ("svg", "txt"):
            text = written(reader, form)
            assert "\u202e" not in text
        root = ET.fromstring(written(reader, "svg"))
        assert not list(root.iter(f"{SVG}script"))
        assert any("</text><script>x</script>" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_of_nothing_it_is_said_that_there_is_nothing(reader: Reader) -> None:
    none = Filter(query="كلمةليستهناك")
    assert "لا مقالات تطابق" in written(reader, "svg", none)
    assert written(reader, "jsonl", none) == ""
