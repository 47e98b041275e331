"""JSON Lines: every good record goes in, every bad one is named with its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InputError
from store.models import Document, Said
from store.readers import jsonl, read_bytes, records
from store.text.iso_dates import iso_date


def _read(lines: str | bytes, name: str = "feed.jsonl") -> list[Document | InputError]:
    return list(read_bytes(lines.encode() if isinstance(lines, str) else lines, name))


def test_all_fields() -> None:
    record = {
        "id": "a-1",
        "text": "قال الوزير\r\nإن الأمر انتهى.",
        "title": " عنوان\nالخبر \x1b",
        "published": "2021-12-14T06:17:30+03:00",
        "outlet": "الخليج الجديد",
        "url": "https://example.org/a",
        "section": ["ignored"],
    }
    (found,) = _read(json.dumps(record, ensure_ascii=False))
    assert isinstance(found, Document)
    assert found.text == "قال الوزير\nإن الأمر انتهى."
    assert found.title == "عنوان الخبر \ufffd"
    assert (found.id, found.outlet, found.url) == ("a-1", "الخليج الجديد", "https://example.org/a")
    assert (found.published, found.published_basis) == ("2021-12-14T06:17", "metadata")
    assert found.source.path == "feed.jsonl:1"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": ', "is not valid JSON"),
        ('{"text": "خبر"} x', "is not valid JSON"),
        ("[1]", "is a list, not an object"),
        ('"خبر"', "is a string, not an object"),
        ("null", "is null, not an object"),
        ('{"title": "ع"}', 'has no "text" field'),
        ('{"text": null}', 'has no "text" field'),
        ('{"text": 3}', '"text" is a number, not a string'),
        ('{"text": ["خبر"]}', '"text" is a list, not a string'),
        ('{"text": ""}', '"text" is empty'),
        ('{"text": " \\n"}', '"text" is empty'),
        ('{"text": "123 ..."}', '"text" has no words'),
        ('{"text": "خبر", "title": {"a": 1}}', '"title" is an object, not a string'),
        ('{"text": "خبر", "id": true}', '"id" is true or false, not a string'),
        ('{"text": "خبر", "id": ' + "9" * 5000 + "}", "is not JSON that can be read"),
        ("[" * 100_000, "is not JSON that can be read"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(line: str, says: str) -> None:
    first, error, last = _read(f'{{"text": "خبر أول"}}\n{line}\n{{"text": "خبر ثالث"}}\n')
    assert isinstance(error, InputError)
    assert str(error).startswith(f"feed.jsonl:2: {says}")
    assert error.remedy
    assert str(error).isprintable()
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.text, last.text) == ("خبر أول", "خبر ثالث")


@pytest.mark.parametrize("value", ["2021-13-01", "أمس", "0021-12-14", "9999-12-31", "غير معروف"])
def test_a_date_that_cannot_be_read_loses_no_article(value: str) -> None:
    (item,) = _read(json.dumps({"text": "خبر", "published": value}))
    assert isinstance(item, Document)
    assert (item.text, item.published, item.published_basis) == ("خبر", None, "unknown")
    assert item.said == (Said("published", value, "field published"),)
    assert records.unread_date(item) == value


@pytest.mark.parametrize(
    ("published", "unread"),
    [
        ('"03/04/2021"', "03/04/2021"),
        ("2021", "2021"),
        ("44544.5", "44544.5"),
        ("16394400000", "16394400000"),
        ("-1639440000", "-1639440000"),
        ("NaN", "nan"),
        ("true", "true"),
        ('["2021-12-14", "أمس"]', '["2021-12-14", "أمس"]'),
        ('{"day":14}', '{"day": 14}'),
        ("[]", "[]"),
        ("[" * 200 + '"' + "x" * 900 + '"' + "]" * 200, "[" * 200 + '"' + "x" * 799),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("name", ["published", "day"])
def test_a_date_of_another_kind_or_of_two_days_loses_no_article(published: str, unread: str, name: str) -> None:
    line = f'{{"text": "خبر", "{name}": {published}}}'
    item = jsonl.record(line.encode(), "feed.jsonl:1", {} if name == "published" else {"published": name})
    assert isinstance(item, Document)
    assert (item.text, item.published, item.published_basis) == ("خبر", None, "unknown")
    assert item.said == (Said("published", unread, f"field {name}"),)
    assert records.unread_date(item) == unread


@pytest.mark.parametrize("value", ["1639440000", "1639440000.25", "1639440000999", '"1639440000"', "20211214"])
def test_numbers_are_read_as_strings_of_them(value: str) -> None:
    (item,) = _read(f'{{"text": "خبر", "published": {value}}}')
    assert isinstance(item, Document)
    assert (item.published or "")[:10] == "2021-12-14"
    assert records.unread_date(item) is None


def test_however_deep_a_date_is_nothing_is_raised() -> None:
    for depth in range(400, 1000, 7):
        (item,) = _read(f'{{"text": "خبر", "published": {"[" * depth}{"]" * depth}}}')
        assert isinstance(item, InputError) or records.unread_date(item) in (
            ("[" * depth + "]" * depth)[:1000],
            "a list",
        )


def test_what_cannot_be_read_leaves_the_date_to_another_field() -> None:
    (item,) = _read('{"text": "خبر", "published": "03/04/2021", "pubDate": "2021-04-03"}')
    assert isinstance(item, Document)
    assert (item.published, records.unread_date(item)) == ("2021-04-03", None)


def test_dates_are_read_as_tables_write_them() -> None:
    for value in ("14/12/2021", "Tue, 14 Dec 2021", "14 ديسمبر 2021", "20211214"):
        (item,) = _read(json.dumps({"text": "خبر", "published": value}))
        assert isinstance(item, Document)
        assert (item.published, records.unread_date(item)) == ("2021-12-14", None)
    (item,) = _read('{"text": "خبر", "published": null}')
    assert isinstance(item, Document)
    assert records.unread_date(item) is None


def test_blank_lines_count_but_are_nothing() -> None:
    (found,) = _read('\n \r\n{"text": "خبر"}\r\n\n')
    assert isinstance(found, Document)
    assert found.source.path == "feed.jsonl:3"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_other_encodings(encoding: str) -> None:
    lines = '{"text": "قال رئيس الوزراء إن الحكومة"}\n{"text": "أعلنت وزارة الخارجية"}\n'
    first, second = _read(lines.encode(encoding))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, second.text) == ("قال رئيس الوزراء إن الحكومة", "أعلنت وزارة الخارجية")


def test_a_file_cut_inside_a_character_keeps_what_is_whole() -> None:
    raw = '{"text": "خبر أول"}\n{"text": "خبر'.encode()
    first, error = _read(raw[:-1])
    assert isinstance(first, Document)
    assert str(error).startswith("feed.jsonl:2: ends in the middle of a character")
    first, error = _read('{"text": "خبر أول"}\n{"te'.encode("utf-16")[:-1])
    assert isinstance(first, Document)
    assert str(error).startswith("feed.jsonl: ends in the middle of a character")


def test_a_line_that_is_too_long_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LINE_LIMIT", 1 << 20)
    error, found = _read('{"text": "' + "خبر " * (1 << 19) + '"}\n{"text": "خبر"}\n')
    assert str(error).startswith("feed.jsonl:1: has more than 1 MB on one line")
    assert isinstance(found, Document)


def test_the_same_record_has_the_same_digest_wherever_it_stands() -> None:
    first, second, other = _read('{"text": "خبر"}\n  {"text": "خبر"}  \r\n{"text": "خبر آخر"}\n')
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(other, Document)
    assert first.digest == second.digest != other.digest


def test_other_names_are_taken_where_they_fit() -> None:
    record = '{"content": "خبر", "headline": "عنوان", "date": "14 Dec 2021", "source": {"id": 1}, "link": "http://a"}'
    (found,) = _read(record)
    assert isinstance(found, Document)
    assert (found.text, found.title, found.published, found.outlet, found.url) == (
        "خبر",
        "عنوان",
        None,
        None,
        "http://a",
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2021-12-14", "2021-12-14"),
        (" 2021-12-14 ", "2021-12-14"),
        ("2021-12-14T06:17", "2021-12-14T06:17"),
        ("2021-12-14 06:17:00", "2021-12-14T06:17"),
        ("2021-12-14T23:59:59.123Z", "2021-12-14T23:59"),
        ("2021-12-14T23:30:00+0300", "2021-12-14T23:30"),
        ("2021-02-30", None),
        ("2021-12-14T25:00", None),
        ("2021-12", None),
        ("14/12/2021", None),
        ("20211214", None),
        ("٢٠٢١-١٢-١٤", None),
        ("1799-12-31", None),
        ("", None),
    ],
)
def test_iso_date(value: str, read: str | None) -> None:
    assert iso_date(value) == read


@given(st.text(max_size=40))
def test_iso_date_never_fails(value: str) -> None:
    iso_date(value)


@given(st.lists(st.one_of(st.binary(max_size=40), st.just('{"text": "خبر"}'.encode())), max_size=6))
def test_any_lines_give_one_answer_each(lines: list[bytes]) -> None:
    lines = [line.replace(b"\n", b"").replace(b"\xff\xfe", b"").replace(b"\xfe\xff", b"") for line in lines]
    data = b'{"text": "x"}\n' + b"\n".join(lines)
    found = _read(data)
    assert len(found) == 1 + sum(bool(line.strip()) for line in lines)
