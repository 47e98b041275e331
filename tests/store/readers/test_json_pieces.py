"""JSON that is too large to be read as a whole: the same records as in a small document, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.models import Document
from store.readers import json_pieces, json_records, read
from tests.store.readers.making import TEXT, documents, errors, found

_DUMPS = Path(__file__).parents[2] / "cases" / "dumps"
_RECORD = {"text": TEXT, "title": "عنوان"}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is too large, lists are long from the third record on, and bytes come seven at a time."""
    monkeypatch.setattr(json_records, "LIMIT", 1)
    monkeypatch.setattr(json_pieces, "LONG", 2)
    monkeypatch.setattr(json_pieces, "PIECE", 7)


def _documents(items: Sequence[object]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


@pytest.mark.parametrize("path", sorted(_DUMPS.glob("*.json")), ids=lambda path: path.name)
def test_dumps_give_the_same_documents(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _documents(list(read(path)))
    monkeypatch.setattr(json_records, "LIMIT", 1)
    for piece in (7, 1 << 18):
        monkeypatch.setattr(json_pieces, "PIECE", piece)
        again = _documents(list(read(path)))
        # one article by itself is known by the bytes of its file where these are few
        known = [again[0].digest] if len(whole) == 1 else [item.digest for item in whole]
        assert again == [
            replace(item, source=other.source, digest=digest)
            for item, other, digest in zip(whole, again, known, strict=True)
        ]


def _channel(number: int) -> dict[str, object]:
    messages = [{"id": 0, "type": "service", "text": ""}]
    messages += [
        {"id": at, "type": "message", "date": "2021-07-26T12:00:00", "text": f"{TEXT} {at}"} for at in range(number)
    ]
    return {"name": "قناة النور", "type": "public_channel", "id": 1, "messages": messages}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("whole", "outlets"),
    [
        ([{**_RECORD, "id": str(at)} for at in range(5)], [None] * 5),
        ({"took": 3, "hits": {"total": {"value": 5}, "hits": [{"_source": _RECORD}] * 5}}, [None] * 5),
        ([["title", "text"], *[["عنوان", TEXT]] * 5], [None] * 5),
        (_channel(4), ["قناة النور"] * 4),
        ({"about": "x", "chats": {"about": "y", "list": [_channel(at) for at in (3, 2, 1)]}}, ["قناة النور"] * 6),
        ({**_RECORD, "comments": [{"text": "لا", "author": "x"}] * 9}, [None]),
        ({"pictures": [{"src": "x"}] * 9, **_RECORD}, [None]),
        ({"status": "ok", "articles": [_RECORD] * 2, "authors": [{"name": "x"}] * 9}, [None] * 2),
    ],
    ids=["list", "hits", "rows", "channel", "chats", "comments", "pictures", "articles"],
)  # fmt: skip
def test_long_lists_are_found_where_they_are(whole: object, outlets: list[str | None]) -> None:
    for written in (json.dumps(whole, ensure_ascii=False), json.dumps(whole, indent=2)):
        items = _documents(found(written.encode(), "a.json"))
        assert [item.outlet for item in items] == outlets
        assert all(item.text.startswith(TEXT) for item in items)


@pytest.mark.usefixtures("small")
def test_values_one_after_another(tmp_path: Path) -> None:
    written = "\n".join(json.dumps({**_RECORD, "id": str(at)}, indent=1) for at in range(4))
    assert [item.id for item in documents(found(written.encode(), "a.json"))] == ["0", "1", "2", "3"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("end", "read", "says"),
    [
        ('{"text": "' + TEXT, 3, "is cut short; fetch it again; the items that are whole were read"),
        ("tru", 3, "is cut short"),
        ("", 3, "is cut short"),
        ("{]" + " " * 40, 3, "goes on as no JSON does"),
        ('{"text": "x"} {"text": "y"}' + " " * 40, 4, "goes on as no JSON does"),
        ("[" * 100_000, 3, "is not JSON that can be read (too deep or too long)"),
        ("9" * 5000 + ", 1", 3, "is not JSON that can be read (too deep or too long)"),
    ],
    ids=["string", "word", "nothing", "sign", "comma", "deep", "number"],
)
def test_what_is_whole_before_a_fault_is_kept(end: str, read: int, says: str) -> None:
    begin = ", ".join(json.dumps({**_RECORD, "id": str(at)}) for at in range(3))
    items = found(f"[{begin}, {end}".encode(), "a.json")
    assert len(_documents(items)) == read
    assert says in errors(items)[-1]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("whole", "says"),
    [
        (b'{"a": [{"b": 1}, {"b": 2}, {"b": 3}]}', "holds no list of articles"),
        (b'[{"b": 1}, {"b": 2}, {"b": 3}]', "holds no list of articles"),
        (b"[1, 2, 3, 4]", "holds no list of articles"),
        (b'[["a", "b"], ["c", "d"], ["e", "f"]]', "is a list of rows without the names of their columns"),
        (b'{"a" 1}' + b" " * 40, "goes on as no JSON does"),
        (b'[{"text": "\xc7\xe1"}]', "is not UTF-8, as large JSON must be; save it as UTF-8"),
    ],
)
def test_what_is_none_says_so(whole: bytes, says: str) -> None:
    assert says in errors(found(whole, "a.json"))[0]


def test_memory_does_not_grow_with_the_number_of_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pieces, "LIMIT", 1 << 20)

    def pieces() -> Iterator[bytes]:
        yield b'{"name": "x", "rows": ['
        for at in range(20_000):
            yield json.dumps({**_RECORD, "id": at}).encode() + b","
        yield json.dumps(_RECORD).encode() + b"]}"

    number = sum(1 for container in json_pieces.find(pieces(), "a.json") for _ in container.records)
    assert number == 20_001


def test_one_value_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "LIMIT", 1 << 10)
    monkeypatch.setattr(json_pieces, "LIMIT", 1 << 12)
    monkeypatch.setattr(json_pieces, "PIECE", 1 << 8)
    many = [{str(at): at for at in range(1000)}, {str(at): [[]] * 3 for at in range(500)}]
    for whole in ({**_RECORD, "more": TEXT * 2000}, {str(at): TEXT for at in range(2000)}, *many):
        (error,) = errors(found(json.dumps(whole).encode(), "a.json"))
        assert "in one value" in error


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["text", "title", "a", "list"]), inner),
    max_leaves=12,
)


@given(_VALUE, st.sampled_from([None, 1]), st.binary(max_size=6), st.booleans())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small")
def test_nothing_is_raised(value: object, indent: int | None, noise: bytes, inside: bool) -> None:
    written = json.dumps(value, indent=indent).encode()
    half = len(written) // 2 if inside else len(written)
    items = found(b" {" + written[:half] + noise + written[half:] if inside else written + noise, "a.json")
    errors(items)
