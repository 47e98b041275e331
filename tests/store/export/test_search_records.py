"""Saved searches go into JSON Lines and come back as they were; what is none is refused line by line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import Filter, KeptSearch
from store.database import open_reader, open_writer, verify
from store.errors import InputError
from store.export import export, search_records, taken
from tests.store.database.making import add_all, analysis

DIGEST = "0" * 64
WELL: dict[str, Any] = {
    "name": "بحث", "filter": {"query": "بغداد", "entities": ["PER\t\tسامي"]}, "order": "newest",
    "made": "2026-11-26T08:00:00+03:00",
}  # fmt: skip
REFUSED: list[dict[str, Any]] = [
    {"name": ""}, {"name": "\x1b\x07"}, {"name": "س" * 101}, {"name": 5}, {"name": None}, {"order": "oldest"},
    {"order": []}, {"made": "yesterday"}, {"filter": None}, {"filter": []}, {"filter": {"added_after": 3}},
    {"filter": {"__class__": "x"}}, {"filter": {"query": 5}}, {"filter": {"query": "("}}, {"filter": {"query": "\x1b"}},
    {"filter": {"query": "س" * 1001}}, {"filter": {"entities": []}}, {"filter": {"entities": "PER\t\tس"}},
    {"filter": {"entities": ["سامي"]}}, {"filter": {"entities": [{}]}}, {"filter": {"entities": ["PER\t\tس"] * 1001}},
    {"filter": {"article": 5}}, {"filter": {"article": "0" * 63}}, {"filter": {"story": DIGEST + "@1"}},
    {"filter": {"event": DIGEST}}, {"filter": {"event": DIGEST + "@-1"}},
    {"filter": {"event": DIGEST + "@" + "9" * 10}},
    {"filter": {"event": DIGEST + "@\u0661"}}, {"filter": {"since": "yesterday"}}, {"filter": {"until": "2021-13"}},
    {"filter": {"type": "DOG"}}, {"filter": {"precision": "x"}}, {"filter": {"modality": ["asserted"]}},
    {"filter": {"bookmarked": 1}}, {"filter": {"copies": "yes"}}, {"filter": {"said": [["tag"]]}},
    {"filter": {"said": [["mood", "x"]]}}, {"filter": {"said": [[["tag"], "x"]]}},
    {"filter": {"said": [["tag", "\x00"]]}},
    {"filter": {"outlet": "\u202e"}},
]  # fmt: skip


def read(*lines: bytes) -> list[KeptSearch | InputError]:
    return list(search_records.read(taken.bounded(io.BytesIO(b"\n".join(lines))), "f"))


def line(**changes: object) -> bytes:
    return json.dumps({**WELL, **changes}).encode()


def only_well(*lines: bytes) -> list[KeptSearch]:
    return [one for one in read(*lines) if isinstance(one, KeptSearch)]


@pytest.mark.parametrize("changes", REFUSED, ids=str)
def test_what_no_corpus_could_have_saved_is_refused(changes: dict[str, Any]) -> None:
    first, wrong, last = read(line(), line(**changes), line(name="غيره"))
    assert isinstance(first, KeptSearch)
    assert isinstance(last, KeptSearch)
    assert isinstance(wrong, InputError)
    assert wrong.where == "f:2"
    assert str(wrong).isprintable()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_line_breaks_it(data: bytes) -> None:
    for one in read(data, line()):
        assert isinstance(one, KeptSearch) or str(one).isprintable()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
_FIELD = st.sampled_from(["name", "filter", "order", "made"])
_ASKED = st.sampled_from(["query", "entities", "said", "event", "since", "type", "copies", "outlet", "article"])


@settings(max_examples=60)
@given(_FIELD, _JSON, _ASKED, _JSON)
def test_no_value_breaks_it_and_what_is_taken_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object, asked: str, said: object
) -> None:
    lines = line(**{field: value}), line(filter={asked: said})
    taken_in = only_well(*lines)
    if not taken_in:
        return
    path = tmp_path_factory.mktemp("kept") / "c.db"
    add_all(path, [analysis("خبر عن سامي", [("سامي", "PER")])])
    with open_writer(path) as writer:
        writer.keep_searches(taken_in)
    assert list(verify(path)) == []
    with open_reader(path) as reader:
        for one in reader.saved_searches():
            assert one.name.isprintable()
            reader.search_counts(one)


def test_there_and_back(tmp_path: Path) -> None:
    text = "خبر: وصل سامي حداد في 26 يوليو 2021 إلى بغداد."
    one = analysis(
        text, [("سامي حداد", "PER"), ("بغداد", "LOC")], [("26 يوليو 2021", "2021-07-26")], "2021-12-09", outlet="ألف"
    )
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    add_all(here, [one])
    with open_reader(here) as reader, open_writer(here) as writer:
        sami = reader.find_entities("سامي حداد")[0].id
        (event,) = reader.event_ids(Filter())
        asked = {
            "كل": Filter(),
            "اسم": Filter(query="وصل", entities=(sami,), since="2021", type="PER", outlet="ألف", latin=False),
            "حدث": Filter(event=event, precision="day", modality="asserted", bookmarked=True),
            "قصة": Filter(story=1, copies=True, said=(("author", "أحمد"), ("has", "note"))),
            "مقال": Filter(article=1, undated=True),
        }
        for name, f in asked.items():
            writer.save_search(name, f, "relevance" if f.query else "newest")
        written = "".join(export(reader, "searches", "jsonl"))
    assert all("looked" not in json.loads(each) for each in written.splitlines())
    found = only_well(*written.encode().splitlines())
    assert len(found) == len(asked)
    with open_writer(there) as writer:  # before anything it asks for is there
        assert writer.keep_searches(found) == (5, 0, [])
        assert writer.keep_searches(found) == (0, 5, [])
        writer.add(analysis("قبله غيره", [("غيره", "PER")]))
        writer.add(one)
    assert list(verify(there)) == []
    with open_reader(there) as reader:
        assert "".join(export(reader, "searches", "jsonl")) == written
        thawed = {each.name: each for each in reader.saved_searches()}
        assert not any(each.lost for each in thawed.values())
        (event,) = reader.event_ids(Filter())
        assert thawed["اسم"].filter == replace(asked["اسم"], entities=(reader.find_entities("سامي حداد")[0].id,))
        assert thawed["حدث"].filter == replace(asked["حدث"], event=event)
        assert thawed["قصة"].filter == replace(asked["قصة"], story=2)
        assert reader.search_counts(thawed["اسم"]) == (1, 1)


def test_a_search_of_the_same_name_stays_unless_it_is_said(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.save_search("بحث", Filter(query="البصرة"))
        (one,) = only_well(line())
        assert writer.keep_searches([one]) == (0, 0, ["بحث"])
        assert writer.keep_searches([one], over=True) == (1, 0, [])
        assert writer.keep_searches([one]) == (0, 1, [])


def test_a_file_is_read_up_to_a_bound() -> None:
    found = read(*(line(name=str(number)) for number in range(search_records.MOST + 5)))
    assert len(found) == search_records.MOST + 1
    assert isinstance(found[-1], InputError)


@pytest.mark.parametrize("form", ["csv", "md", "html"])
def test_other_forms_tell_what_is_asked(tmp_path: Path, form: str) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.save_search("=بحث", Filter(query="البصرة"))
    with open_reader(tmp_path / "c.db") as reader:
        said = "".join(export(reader, "searches", form))
        assert "البصرة" in said
        assert form != "csv" or "'=بحث" in said
