"""Every subject in every form, from a corpus of hostile texts, read back by other people's parsers."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer
from store.database.queries import Reader
from store.errors import QueryError
from store.export import export, records, rows
from store.export.delimited import restore
from store.export.options import Options
from store.export.plain import one_line
from store.export.subjects import FORMATS, SUBJECTS
from tests.store.export.hostile import TITLES, build
from tests.store.export.test_markup import Reading

EVERYTHING = Filter()
GEXF = {"g": "http://gexf.net/1.3"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hostile") / "corpus.db")


@pytest.fixture
def reader(corpus: Path) -> Iterator[Reader]:
    with open_reader(corpus) as opened:
        yield opened


def written(reader: Reader, what: str, form: str, f: Filter = EVERYTHING, limit: int | None = None) -> str:
    return "".join(export(reader, what, form, f, limit=limit))


def table(text: str) -> list[dict[str, str]]:
    read = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: restore(cell) for name, cell in row.items()} for row in read]


@pytest.mark.parametrize("what", SUBJECTS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_written_or_refused_in_words(reader: Reader, what: str, form: str) -> None:
    if form in SUBJECTS[what].formats:
        text = written(reader, what, form)
        assert not any(unicodedata.category(char) in ("Cc", "Cs") and char != "\n" for char in text)
        assert text.endswith("\n") or not text
    else:
        with pytest.raises(QueryError, match="choose one of"):
            export(reader, what, form, EVERYTHING)


def test_articles_as_csv_come_back_exactly(reader: Reader) -> None:
    text = written(reader, "articles", "csv")
    found = table(text)
    assert {row["title"] for row in found} == set(TITLES)
    assert all(row["published"] == "2021-12-14" and row["outlet"] == "@منفذ" for row in found)
    for line in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_articles_as_jsonl_hold_their_whole_text(reader: Reader) -> None:
    found = [json.loads(line) for line in written(reader, "articles", "jsonl").splitlines()]
    assert [row["title"] for row in found] == [row.title for row in rows.articles(reader, EVERYTHING)]
    assert all(row["text"].startswith(row["title"]) for row in found)


def test_articles_to_read_show_their_text_and_no_markup_of_it(reader: Reader) -> None:
    read = Reading(written(reader, "articles", "html"))
    assert "script" not in read.tags
    assert read.tags.count("article") == len(TITLES)
    assert "- قال زيد بن علي في بغداد يوم 9 ديسمبر 2021 إن <الأمر> | انتهى." in [cell.strip() for cell in read.cells]


def test_mentions_point_at_their_text(reader: Reader) -> None:
    texts = {row["id"]: row["text"] for row in map(json.loads, written(reader, "articles", "jsonl").splitlines())}
    found = table(written(reader, "mentions", "csv"))
    assert len(found) == 2 * len(TITLES)
    for row in found:
        assert texts[int(row["article"])][int(row["start"]) : int(row["end"])] == row["text"]


def test_mentions_are_narrowed_to_what_was_asked(reader: Reader) -> None:
    found = table(written(reader, "mentions", "csv", Filter(type="LOC")))
    assert {row["name"] for row in found} == {"بغداد"}


def test_the_timeline_has_a_row_for_each_sentence(reader: Reader) -> None:
    found = table(written(reader, "timeline", "csv"))
    assert len(found) == len(TITLES)
    assert {row["value"] for row in found} == {"2021-12-09"}
    assert {row["names"] for row in found} >= {"زيد بن علي | بغداد"} or {row["names"] for row in found} >= {
        "بغداد | زيد بن علي"
    }


def test_the_table_of_the_timeline_says_how_many_tell_it_and_which_end_it_is(reader: Reader) -> None:
    text = written(reader, "timeline", "csv")
    assert text.startswith(
        "id,value,earliest,latest,precision,modality,outlets,bound,names,article,start,end,sentence\n"
    )
    assert {(row["outlets"], row["bound"]) for row in table(text)} == {("1", "")}


def test_the_graph_ties_those_that_share_a_sentence(reader: Reader) -> None:
    root = ET.fromstring(written(reader, "graph", "gexf"))
    labels = {node.get("id"): node.get("label") for node in root.iterfind(".//g:node", GEXF)}
    assert set(labels.values()) == {"زيد بن علي", "بغداد"}
    (edge,) = root.iterfind(".//g:edge", GEXF)
    assert {labels[edge.get("source")], labels[edge.get("target")]} == set(labels.values())
    assert edge.get("weight") == str(len(TITLES))
    (row,) = table(written(reader, "graph", "csv"))
    assert (row["sentences"], row["articles"]) == (str(len(TITLES)), str(len(TITLES)))


def read_graphml(text: str) -> tuple[dict[str, dict[str, object]], list[tuple[str, str, dict[str, object]]]]:
    """Nodes and edges with their data, as networkx reads them: by the types that the keys declare."""
    tag = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.fromstring(text)
    assert root.tag == f"{tag}graphml"
    types = {"int": int, "string": str}
    keys = {key.attrib["id"]: key.attrib for key in root.iterfind(f"{tag}key")}
    (graph,) = root.iterfind(f"{tag}graph")
    assert graph.get("edgedefault") == "undirected"

    def data(element: ET.Element, of: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for each in element.iterfind(f"{tag}data"):
            key = keys[each.attrib["key"]]
            assert key["for"] == of
            found[key["attr.name"]] = types[key["attr.type"]](each.text or "")
        return found

    nodes = {node.attrib["id"]: data(node, "node") for node in graph.iterfind(f"{tag}node")}
    ties = [(e.attrib["source"], e.attrib["target"], data(e, "edge")) for e in graph.iterfind(f"{tag}edge")]
    assert len(nodes) == len(list(graph.iterfind(f"{tag}node")))
    assert all(source in nodes and target in nodes for source, target, _ in ties)
    return nodes, ties


def test_graphml_says_what_gexf_says(reader: Reader) -> None:
    nodes, ties = read_graphml(written(reader, "graph", "graphml"))
    assert {node["label"] for node in nodes.values()} == {"زيد بن علي", "بغداد"}
    assert {node["type"] for node in nodes.values()} == {"PER", "LOC"}
    assert {node.get("entity") for node in nodes.values()} == {None, "Q1530"}
    assert all(node["articles"] == node["mentions"] == len(TITLES) for node in nodes.values())
    ((source, target, data),) = ties
    assert {source, target} == set(nodes)
    assert data == {"weight": len(TITLES), "together": len(TITLES)}


def test_names_in_a_graph_are_what_they_are(tmp_path: Path) -> None:
    name = "<name a='1'>&amp;\u202e ]]>\u0000\ufffe"
    path = build(tmp_path / "named.db")
    with open_writer(path) as writer:
        writer.rename_entity(1, name)
    with open_reader(path) as reader:
        shown = one_line(next(row.name for row in rows.entities(reader, EVERYTHING) if row.id == 1))
        nodes, _ = read_graphml(written(reader, "graph", "graphml"))
        assert nodes["n1"]["label"] == shown
        root = ET.fromstring(written(reader, "graph", "gexf"))
        assert shown in {node.get("label") for node in root.iterfind(".//g:node", GEXF)}


def test_a_graph_can_be_made_smaller(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:

        def drawn(options: Options) -> tuple[int, list[object]]:
            nodes, ties = read_graphml("".join(export(reader, "graph", "graphml", options=options)))
            return len(nodes), [data["weight"] for _, _, data in ties]

        nodes, weights = drawn(Options())
        assert min(int(str(weight)) for weight in weights) == 1
        assert drawn(Options(limit=20))[0] == 20 < nodes
        assert drawn(Options(least=2))[1] == [weight for weight in weights if int(str(weight)) >= 2]
        assert drawn(Options(ties=5)) == (nodes, weights[:5])


def test_only_what_is_named_is_written_in_the_order_given(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:

        def ids(what: str, only: tuple[int, ...], key: str = "id") -> list[int]:
            pieces = export(reader, what, "jsonl", options=Options(only=only))
            return list(dict.fromkeys(json.loads(piece)[key] for piece in pieces))

        assert ids("articles", (3, 1)) == [3, 1]
        assert ids("entities", (9, 4, 7)) == [9, 4, 7]
        assert ids("timeline", (5, 2)) == [5, 2]
        assert ids("mentions", (2, 5), "article") == [2, 5]
        assert "".join(export(reader, "timeline", "md", options=Options(only=(5, 2)))).count("\n- **") == 2
        nodes, _ = read_graphml("".join(export(reader, "graph", "graphml", options=Options(only=(9, 4)))))
        assert list(nodes) == ["n9", "n4"]


def test_mentions_say_in_which_sentence_they_stand(reader: Reader) -> None:
    texts = {row["id"]: row for row in map(json.loads, written(reader, "articles", "jsonl").splitlines())}
    for row in map(json.loads, written(reader, "mentions", "jsonl").splitlines()):
        article = texts[row["article"]]
        assert row["sentence"] == article["text"][row["sentence_start"] : row["sentence_end"]]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]
        assert row["title"] == article["title"]


def test_an_export_is_written_as_it_is_read(reader: Reader) -> None:
    pieces = export(reader, "articles", "csv", EVERYTHING)
    assert next(pieces).startswith("id,title")
    assert next(pieces)


@pytest.mark.parametrize("what", ["articles", "entities", "timeline"])
def test_a_limit_is_kept(reader: Reader, what: str) -> None:
    assert len(written(reader, what, "jsonl", limit=1).splitlines()) == 1
    assert written(reader, what, "jsonl", limit=0) == ""


def test_entities_of_all_types_come_by_falling_count(reader: Reader) -> None:
    counts = [(row.articles, row.mentions) for row in rows.entities(reader, EVERYTHING)]
    assert counts == sorted(counts, reverse=True)


def test_an_article_record_holds_every_span(reader: Reader) -> None:
    article = reader.article(reader.article_ids(EVERYTHING)[0])
    record = json.loads(json.dumps(records.article(article)))
    text = record["text"]
    assert [text[m["start"] : m["end"]] for m in record["mentions"]] == [m["text"] for m in record["mentions"]]
    assert [text[d["start"] : d["end"]] for d in record["dates"]] == ["9 ديسمبر 2021"]
    assert {"blocks", "sentences", "events", "title", "published", "outlet"} <= set(record)


def test_edits_are_written_as_they_were_made(tmp_path: Path) -> None:
    path = build(tmp_path / "edited.db")
    with open_reader(path) as before, open_writer(path) as writer:
        ids = {row.name: row.id for row in rows.entities(before, EVERYTHING)}
        writer.rename_entity(ids["بغداد"], "=مدينة السلام")
        writer.hide_entity(ids["زيد بن علي"])
        writer.undo()
    with open_reader(path) as reader:
        renamed, hidden = table(written(reader, "edits", "csv"))
        assert (renamed["action"], renamed["value"], renamed["undone"]) == ("rename", "=مدينة السلام", "")
        assert "بغداد" in renamed["about"]
        assert (hidden["action"], bool(hidden["undone"])) == ("hide", True)
        assert len(written(reader, "edits", "jsonl", limit=1).splitlines()) == 1
        with pytest.raises(QueryError, match="as a whole"):
            written(reader, "edits", "jsonl", Filter(type="PER"))
