"""What databases, programs and sites dump, as files and as values: `tests/cases/dumps`, `dumps_dates.tsv`."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import Document
from store.readers import LeftOut, jsonl, read, records
from tests.store.readers.making import TEXT, documents, errors, found, said

CASES = Path(__file__).parents[2] / "cases"
DUMPS = CASES / "dumps"
_EXPECTED = json.loads((DUMPS / "expected.json").read_text("utf-8"))
_DATES = [
    tuple(line.split("\t"))
    for line in (CASES / "dumps_dates.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("name", sorted(_EXPECTED["files"]))
def test_what_programs_dump(name: str) -> None:
    items = list(read(DUMPS / name))
    for item, expected in zip(items, _EXPECTED["files"][name], strict=True):
        if isinstance(item, Document):
            text = _EXPECTED["texts"].get(expected["text"], expected["text"])
            fields = {key: getattr(item, key) for key in ("title", "published", "outlet", "url", "id")}
            assert {**fields, "text": item.text} == {**dict.fromkeys(fields), **expected, "text": text}
            assert records.unread_date(item) is None
        elif isinstance(item, LeftOut):
            assert {"left": item.kind} == expected
        else:
            assert str(item).endswith(expected["error"])


def test_each_dump_has_its_expectation() -> None:
    assert {path.name for path in DUMPS.iterdir()} == {*_EXPECTED["files"], "expected.json"}


@pytest.mark.parametrize(("name", "value", "published", "unread"), _DATES, ids=str)
def test_dates_as_they_are_dumped(name: str, value: str, published: str, unread: str) -> None:
    item = jsonl.record(f'{{"text": "خبر", "{name}": {value}}}'.encode(), "a.jsonl:1")
    assert isinstance(item, Document)
    assert (item.published, records.unread_date(item)) == (published or None, unread or None)


def test_a_site_that_is_no_outlet_by_name_is_told_as_a_site() -> None:
    (item,) = documents(list(read(DUMPS / "news-please.json")))
    assert said(item, "site") == [("nour.example", "field source_domain")]


def test_fields_within_a_hit_are_mapped() -> None:
    hit = {"_index": "a", "_id": 7, "_source": {"id": "own", "body2": TEXT, "day": "2021-07-26"}}
    (item,) = documents(found(json.dumps(hit).encode(), "a.jsonl", {"text": "body2", "published": "day"}))
    assert (item.id, item.text, item.published) == ("own", TEXT, "2021-07-26")


@pytest.mark.parametrize(
    "value",
    [
        {"hits": {"hits": [{"_index": "a", "_source": {"body2": TEXT}}]}},
        {"facets": [{"count": 3}], "response": {"docs": [{"body2": TEXT, "x": 1}]}},
        {"facets": [{"count": 3}], "posts": [{"body2": TEXT}]},
        {"columns": ["body2", "x"], "data": [[TEXT, 1]]},
        {"body2": {"0": TEXT}, "x": {"0": 1}},
        {"posts": [{"body2": TEXT}], "meta": {"a": [{"text": "x", "title": "y"}]}},
        {"-Mx": {"body2": TEXT}},
        {"body2": TEXT, "authors": [{"text": "x", "title": "y"}]},
    ],
    ids=str,
)
def test_records_are_found_by_what_is_mapped(value: object) -> None:
    (item,) = documents(found(json.dumps(value).encode(), "a.json", {"text": "body2"}))
    assert item.text == TEXT


def test_the_same_hit_of_two_searches_is_one_document() -> None:
    hits = [{"_index": "a", "_id": "1", "_score": score, "_source": {"text": TEXT, "date": 1}} for score in (1, 2)]
    first, second = (documents(found(json.dumps({"hits": {"hits": [hit]}}).encode(), "a.json")) for hit in hits)
    assert first[0].digest == second[0].digest


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"text": ["خبر", {"type": "image", "text": "x"}]}, '"text" is a list, not a string'),
        ({"text": {"rendered": 5}}, '"text" is a number, not a string'),
        ({"text": {"$oid": {"$oid": {"$oid": {"$oid": "x"}}}}}, '"text" is an object, not a string'),
        ({"_source": ["خبر"]}, 'has no "text" field'),
        ({"_source": {"_source": {"text": "خبر"}}}, 'has no "text" field'),
        ({"title": {"0": "a"}, "text": {"0": "خبر", "1": "ب"}}, '"text" is an object, not a string'),
        ({"columns": ["title", "text"], "data": [["a", "خبر"], 5]}, 'has no "text" field'),
        ({"a": [{"text": "خبر", "date": 1}], "b": [{"text": "خبر", "date": 1}]}, "has 2 lists of objects"),
        ({"x": {"a": [{"text": "خبر", "date": 1}], "b": [{"text": "خبر", "date": 1}]}}, "has 2 lists of objects"),
        ({"title": "مقال", "body": {"blocks": [{"text": "خبر", "url": "x"}]}}, 'has no "text" field'),
        ([["a", "b"], ["c", "d"]], "is a list of rows without the names of their columns"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrapped_otherwise_says_so(value: object, says: str) -> None:
    (error,) = errors(found(json.dumps(value, ensure_ascii=False).encode(), "a.json"))
    assert says in error


@pytest.mark.parametrize(
    "made",
    [
        lambda: {"text": {str(n): "خبر" for n in range(50_000)}, "title": {str(n): "ع" for n in range(50_000)}},
        lambda: {f"te_{'.' * n}xt": {"0": "خبر"} for n in range(50)} | {f"c{n}": {"0": 1} for n in range(100_000)},
        lambda: {"columns": ["text", "url", *map(str, range(20_000))], "data": [["خبر"]] * 5_000},
        lambda: {"x": {str(n): {str(m): {"y": []} for m in range(100)} for n in range(1_000)}},
        lambda: {"chats": {"list": [{"type": "private_group", "messages": [{"text": ""}] * 10}] * 5_000}},
        lambda: [{"text": [{"type": "bold", "text": "خبر"}] * 20_000}] * 5,
        lambda: {"hits": {"hits": [{"_source": {"text": {"rendered": "<p>" * 100_000}}}] * 3}},
    ],
    ids=["long", "wide", "rows", "nested", "chats", "runs", "html"],
)
def test_hostile_dumps_take_time_in_proportion(made: object) -> None:
    assert callable(made)
    data = json.dumps(made()).encode()
    begun = time.process_time()
    assert found(data, "a.json")
    assert time.process_time() - begun < 10


_KEYS = st.sampled_from([
    "text", "title", "date", "published", "id", "_id", "_source", "rendered", "$date", "$oid", "$numberLong", "columns",
    "data", "index", "messages", "type", "version", "items", "hits", "name", "0", "source", "url", "content_html", "x",
])  # fmt: skip
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["خبر", "", "public_channel", "2021-07-26"])
)
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=25
)


@given(_VALUES)
@settings(max_examples=300)
def test_whatever_is_wrapped_nothing_is_raised(value: object) -> None:
    for name in ("a.json", "a.jsonl"):
        for item in found(json.dumps(value).encode(), name):
            assert isinstance(item, Document) or (str(item).isprintable() and "could not be read" not in str(item))


def test_tags_are_taken_from_all_but_the_text_that_is_called_so() -> None:
    tagged = json.dumps({"text": "<p>خبر أول</p>"}).encode()
    (item,) = documents(found(tagged, "a.jsonl"))
    assert item.text == "<p>خبر أول</p>"
    (item,) = documents(found(json.dumps({"fulltext": "<p>خبر أول</p><p>ثان</p>"}).encode(), "a.jsonl"))
    assert item.text == "خبر أول\nثان"
