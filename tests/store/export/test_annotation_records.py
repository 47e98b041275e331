"""Annotations go into JSON Lines and come back as they were; what is none is refused line by line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotations import Annotation, Target
from store.database import open_reader, open_writer, verify
from store.errors import InputError
from store.export import annotation_records, export, taken
from store.export.delimited import restore
from tests.store.database.making import analysis

DIGEST = "0" * 64
WELL: dict[str, Any] = {
    "uid": "0123456789abcdef", "kind": "note", "on": "sentence", "digest": DIGEST, "start": 1, "end": 9,
    "text": "ملاحظة", "quote": "نص", "who": "سعاد", "made": "2026-11-26T08:00:00+03:00",
}  # fmt: skip
REFUSED: list[dict[str, Any]] = [
    {"uid": ""}, {"uid": "a/../../b"}, {"uid": 5}, {"kind": "comment"}, {"kind": []}, {"on": "corpus"},
    {"digest": "0" * 63}, {"digest": None}, {"digest": "G" * 64}, {"start": -1}, {"start": True}, {"start": 1.5},
    {"start": 10**30}, {"start": 9}, {"end": None}, {"text": ""}, {"text": "\x1b"}, {"text": "س" * 10_001},
    {"text": {"a": 1}}, {"kind": "tag", "text": "!"}, {"made": "yesterday"}, {"made": "2026-13-41T08:00:00+03:00"},
    {"made": "0001-01-01T00:00:00+14:00"}, {"changed": 5}, {"who": "س" * 300},
    {"on": "entity", "name": "PER"}, {"on": "entity", "name": "DOG\t\tفلان"}, {"on": "entity", "name": "PER\t\t"},
    {"on": "entity", "name": "PER\t\t\x1bفلان"}, {"on": "entity", "name": "PER\t\t\ud800"}, {"on": "event"},
]  # fmt: skip


def read(*lines: bytes) -> list[Annotation | InputError]:
    return list(annotation_records.read(taken.bounded(io.BytesIO(b"\n".join(lines))), "f"))


def line(**changes: object) -> bytes:
    return json.dumps({**WELL, **changes}).encode()


def test_what_is_well_is_taken_in() -> None:
    (one,) = read(line())
    assert isinstance(one, Annotation)
    assert (one.text, one.key.start, one.made) == ("ملاحظة", 1, "2026-11-26T05:00:00+00:00")


@pytest.mark.parametrize("changes", REFUSED, ids=str)
def test_what_no_corpus_could_have_made_is_refused(changes: dict[str, Any]) -> None:
    first, wrong, last = read(
        line(uid="first123"), line(**({"start": None} if changes == {"on": "event"} else {}) | changes), line()
    )
    assert isinstance(first, Annotation)
    assert isinstance(last, Annotation)
    assert isinstance(wrong, InputError)
    assert wrong.where == "f:2"
    assert str(wrong).isprintable()


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 90_000, b"{" * 5000, b'{"uid": ' + b"9" * 5000 + b"}", b"x" * 200_000],
    ids=range(8),
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    wrong, last = read(raw, line())
    assert isinstance(wrong, InputError)
    assert isinstance(last, Annotation)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(sorted(WELL)) | st.sampled_from(["name", "changed"]), json_values))
def test_nothing_is_raised(changes: dict[str, Any]) -> None:
    assert len(read(json.dumps({**WELL, **changes}).encode())) == 1


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(
            analysis(
                "زار سامي حداد بغداد يوم 9 ديسمبر 2021.", [("سامي حداد", "PER")], [("9 ديسمبر 2021", "2021-12-09")],
                title="=زيارة",
            )
        )  # fmt: skip
        with open_reader(path) as reader:
            sentence = reader.article(1).sentences[0]
            entity, event = reader.find_entities("سامي حداد")[0].id, reader.event_ids()[0]
        writer.annotate(Target("article", 1), "bookmark", who="سعاد")
        writer.annotate(Target("sentence", 1, sentence.start, sentence.end), "note", "أ\nب", who="سعاد")
        writer.annotate(Target("entity", entity), "tag", "=وسم", who="سعاد")
        writer.annotate(Target("event", event), "tag", "مهم", who="سعاد")
    return path


def exported(path: Path, form: str) -> str:
    with open_reader(path) as reader:
        return "".join(export(reader, "annotations", form))


def test_they_come_back_once(corpus: Path, tmp_path: Path) -> None:
    written = exported(corpus, "jsonl")
    taken = read(*written.encode().splitlines())
    assert len(taken) == 4
    other = tmp_path / "other.db"
    with open_writer(other) as writer:
        for expected in ((4, 0), (0, 0)):
            assert writer.keep_annotations(one for one in taken if isinstance(one, Annotation)) == expected
    assert not list(verify(other))
    with open_reader(other) as reader:
        assert [one.target for one in reader.annotations(reader.annotation_ids())] == [None] * 4
    with open_writer(other) as writer, open_reader(corpus) as reader:
        writer.add(analysis(reader.article(1).document.text, [("سامي حداد", "PER")], [("9 ديسمبر 2021", "2021-12-09")]))
    with open_reader(other) as reader:
        assert None not in [one.target for one in reader.annotations(reader.annotation_ids())]


def test_a_newer_text_stands(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        (note,) = reader.annotations(reader.annotation_ids("note"))
    ours = {"uid": note.uid, "kind": "note", "text": "غيرها"}
    for made, expected in (("1999-01-01T00:00:00Z", (0, 0)), ("2999-01-01T00:00:00Z", (0, 1))):
        (one,) = read(line(**ours, made=made, changed=made))
        assert isinstance(one, Annotation)
        with open_writer(corpus) as writer:
            assert writer.keep_annotations([one]) == expected


def test_to_read(corpus: Path) -> None:
    told = exported(corpus, "md")
    assert told.startswith("## \\=زيارة\n\n- ★ (سعاد · ")
    assert "- ✎ «زار سامي حداد بغداد يوم 9 ديسمبر 2021.» أ / ب (سعاد" in told
    assert "## سامي حداد\n\n- \\#=وسم (سعاد" in told
    cells = exported(corpus, "csv").splitlines()[0].split(",")
    assert cells == list(annotation_records.COLUMNS)
    assert "'=وسم" in exported(corpus, "csv")
    assert restore("'=وسم") == "=وسم"
