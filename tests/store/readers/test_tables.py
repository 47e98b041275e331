"""Tables and JSON documents: a row or a record an article, columns by their names."""

from __future__ import annotations

import csv
import io
import json
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import InputError
from store.models import Document
from store.readers import moments, read_bytes, records, table
from tests.store.readers.making import TEXT, documents, errors, found, record, said


def _csv(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_columns_are_known_by_arabic_names(delimiter: str, encoding: str) -> None:
    text = f'{TEXT}\nسطر ثان، فيه "اقتباس" و; فاصلة, وأخرى'
    heading = ["العنوان", "التاريخ", "المصدر", "الكاتب", "النص", "الكلمات المفتاحية", "رقم"]
    digits = "2021/12/15" if encoding == "windows-1256" else "٢٠٢١/١٢/١٥"
    rows = [heading, ["عنوان", "2021-12-14", "الشرق", "زيد", text, "بغداد، العراق", "1"], [""] * 7]
    data = _csv([*rows, ["ب", digits, "", "", TEXT, "", "2"]], delimiter=delimiter).encode(encoding)
    first, second = documents(found(data, "news.csv"))
    assert first.text == text
    assert (first.title, first.published, first.outlet) == ("عنوان", "2021-12-14", "الشرق")
    assert said(first, "author") == [("زيد", "column الكاتب")]
    assert said(first, "keyword") == [("بغداد", "column الكلمات المفتاحية"), ("العراق", "column الكلمات المفتاحية")]
    assert first.source.path == "news.csv:2"
    assert first.source.encoding == encoding
    assert (second.published, second.outlet, second.source.path) == ("2021-12-15", None, "news.csv:5")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2021-12-14", "2021-12-14"),
        ("2021/12/14", "2021-12-14"),
        ("14/12/2021", "2021-12-14"),
        ("12/14/2021", "2021-12-14"),
        ("14.12.2021 06:17", "2021-12-14T06:17"),
        ("١٤/١٢/٢٠٢١", "2021-12-14"),
        ("5/5/2021", "2021-05-05"),
        ("14-12-2021 6:17 م", "2021-12-14T18:17"),
        ("12/14/2021 12:05:09 AM", "2021-12-14T00:05"),
        ("20211214", "2021-12-14"),
        ("20211214061700", "2021-12-14T06:17"),
        ("1639462620", "2021-12-14T06:17"),
        ("1639462620000", "2021-12-14T06:17"),
        ("2021-12-14T06:17:30+03:00", "2021-12-14T06:17"),
        ("Tue, 14 Dec 2021 06:17:00 +0300", "2021-12-14T06:17"),
        ("31/02/2021", None),
        ("99/99/2021", None),
        ("44544", None),
        ("2021", None),
        ("أمس", None),
        ("14 Dec 2021", "2021-12-14"),
        ("December 14th, 2021 6:17 PM", "2021-12-14T18:17"),
        ("Tue, Dec. 14, 2021", "2021-12-14"),
        ("14-Dec-2021", "2021-12-14"),
        ("14 Foo 2021", None),
        ("14 Anf 2021", None),
        ("الثلاثاء، 14 كانون الأول/ديسمبر 2021 - 06:17", "2021-12-14T06:17"),
        ("١٤ ديسمبر ٢٠٢١", "2021-12-14"),
        ("ديسمبر 2021", None),
        ("منذ ساعتين", None),
        ("من 14 ديسمبر 2021 إلى 15 ديسمبر 2021", None),
        ("", None),
    ],
)
def test_dates_of_tables(value: str, read: str | None) -> None:
    assert moments.read(value) == read


@pytest.mark.parametrize(
    ("value", "either"),
    [
        ("03/04/2021", ("2021-04-03", "2021-03-04")),
        ("٣-٤-٢٠٢١  10:30", ("2021-04-03", "2021-03-04")),
        ("04/04/2021", None),
        ("25/04/2021", None),
        ("04/25/2021", None),
        ("03/04/1021", None),
        ("03/00/2021", None),
        ("2021-04-03", None),
        ("أمس", None),
    ],
)
def test_both_days_that_a_date_may_be(value: str, either: tuple[str, str] | None) -> None:
    assert moments.days(value) == either
    if either is not None:
        assert [(moments.read(value, order) or "")[:10] for order in ("day first", "month first")] == list(either)
        assert moments.read(value) is None


def test_a_date_that_may_be_two_is_decided_by_its_column_or_told() -> None:
    rows = [["date", "text"], ["03/04/2021", TEXT], ["2021-01-01", TEXT]]
    items = documents(found(_csv(rows).encode(), "a.csv"))
    assert [item.published for item in items] == [None, "2021-01-01"]
    assert [records.unread_date(item) for item in items] == ["03/04/2021", None]
    dated = documents(found(_csv([*rows, ["25/04/2021", TEXT]]).encode(), "a.csv"))
    assert [item.published for item in dated] == ["2021-04-03", "2021-01-01", "2021-04-25"]
    dated = documents(found(_csv([*rows, ["04/25/2021", TEXT]]).encode(), "a.csv"))
    assert [item.published for item in dated] == ["2021-03-04", "2021-01-01", "2021-04-25"]


def test_a_person_says_what_columns_hold() -> None:
    rows = [["body", "published", "day", "lead"], [TEXT, "soon", "14/12/2021", "مقدمة"]]
    (item,) = documents(found(_csv(rows).encode(), "a.csv"))
    assert (item.published, said(item, "published")) == (None, [("soon", "column published")])
    assert records.unread_date(item) == "soon"
    columns = {"text": "body", "published": "day", "title": "lead"}
    (item,) = documents(found(_csv(rows).encode(), "a.csv", columns))
    assert (item.text, item.published, item.title) == (TEXT, "2021-12-14", "مقدمة")
    (item,) = documents(found(_csv(rows).encode(), "a.csv", {"published": ""}))
    assert (item.published, said(item, "description")) == (None, [("مقدمة", "column lead")])
    (error,) = errors(found(_csv(rows).encode(), "a.csv", {"text": "article"}))
    assert error == 'a.csv: has no column "article"; its columns are: body, published, day, lead'
    # The same of records.
    line = record(body=TEXT, day="14/12/2021", stamp=1639462620)
    (item,) = documents(found(line, "a.jsonl", {"text": "body", "published": "day"}))
    assert (item.text, item.published) == (TEXT, "2021-12-14")
    (item,) = documents(found(line, "a.jsonl", {"published": "stamp"}))
    assert item.published == "2021-12-14T06:17"
    (error,) = errors(found(line, "a.jsonl", {"published": "when"}))
    assert error == 'a.jsonl:1: has no field "when"; it has text, body, day, stamp'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("a,b\n1,2\n", "has no column that is known to hold the text; name it with --map text=COLUMN; it has a, b"),
        ("text,text\nx,y\n", 'has several columns "text"'),
        ("text\n", "has a heading and no rows"),
        ("\n \n", "is empty"),
        ("title,text\nع," + TEXT + ",extra\n", "has 3 fields where the heading has 2"),
        ("title,text\nع,\n", 'has no "text" column'),
        ("title,text\nع,123\n", '"text" has no words'),
        ("title,text\nع,\0\0\0\0\n", "is binary data, not text"),
        (",".join(f"c{n}" for n in range(2000)) + "\n", "has more than 1,000 columns"),
    ],
)
def test_what_is_wrong_with_tables(data: str, says: str) -> None:
    (error,) = errors(found(data.encode(), "a.csv"))
    assert says in error


@pytest.mark.parametrize("first", [f"مؤتمر,{TEXT},x", "مؤتمر,2021-12-14,x", "مؤتمر,26/07/2021,x", "a,https://a.b/c,x"])
def test_a_table_without_a_heading_says_so(first: str) -> None:
    (error,) = errors(found(f"{first}\nب,{TEXT},y\n".encode(), "a.csv"))
    assert "has no heading: its first line is an article" in error
    # What a person maps is there or not; what has a name that is known has a heading.
    for line, columns in ((first, {"text": "body"}), (f"title,{first}", {})):
        (error,) = errors(found(f"{line}\nب,{TEXT},y\n".encode(), "a.csv", columns))
        assert "has no column " in error


def test_rows_that_are_short_or_long_or_odd() -> None:
    data = f'sep=;\r\nid;text;title\r\n1;{TEXT};عنوان;\r\n2;{TEXT}\r\n"3";"{TEXT}\r\nثان";"a""b"\r\n'
    items = documents(found(data.encode(), "a.csv"))
    assert [(item.id, item.title) for item in items] == [("1", "عنوان"), ("2", None), ("3", 'a"b')]
    assert items[2].text == f"{TEXT}\nثان"
    assert [item.source.path for item in items] == ["a.csv:3", "a.csv:4", "a.csv:5"]
    (item,) = documents(found('id,text\n1,"قال \\"نعم\\", ثم مضى"\n'.encode(), "mysql.csv"))
    assert item.text == 'قال "نعم", ثم مضى'
    (item,) = documents(found(f"id,text\r1,{TEXT}\r".encode(), "mac.csv"))
    assert item.text == TEXT


def test_a_quote_that_never_closes_ends_the_table_with_one_sentence() -> None:
    data = f'id,text\n1,{TEXT}\n2,"{TEXT}\n' + f"3,{TEXT}\n" * 100_000
    items = found(data.encode(), "a.csv")
    assert len(items) == 2
    assert errors(items)[0].startswith("a.csv:3: has a field of more than ")


def test_a_line_without_an_end_is_not_kept() -> None:
    def pieces() -> bytes:
        return b"x" * (1 << 20)

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += 1
            return f"id,text\n1,{TEXT}\n".encode() if self.given == 1 else pieces() if self.given < 3000 else b""

    from store.readers.source import ByteSource

    stream = Endless()
    items = list(table.read(ByteSource("a.csv", ".csv", b"", cast(BinaryIO, stream))))
    assert [type(item) for item in items] == [Document, InputError]
    assert errors(items)[0].startswith("a.csv:3: has more than 4 MB on one line")
    assert stream.given < 20


def test_a_table_without_a_suffix_is_known_by_its_heading() -> None:
    data = _csv([["العنوان", "النص"], ["ع", TEXT]]).encode()
    assert documents(found(data, "stdin"))[0].source.reader == "table"
    (item,) = documents(found(f"الخبر | المصدر\n{TEXT}\n".encode(), "page.txt"))
    assert item.source.reader == "text"


def test_json_documents() -> None:
    one: dict[str, object] = {
        "title": "ع",
        "text": TEXT,
        "authors": ["زيد", {"name": "عمرو"}],
        "tags": "أ، ب",
        "lang": "ar",
    }
    one["source"] = {"id": None, "name": "الشرق"}
    other = {"headline": "ب", "articleBody": TEXT + "!", "datePublished": "2021-12-14T06:17:00+03:00", "section": "x"}
    for shape in ([one, other], {"status": "ok", "articles": [one, other], "ids": [1, 2]}):
        for indent in (None, 1):
            data = json.dumps(shape, ensure_ascii=False, indent=indent).encode()
            first, second = documents(found(data, "news.json"))
            assert said(first, "author") == [("زيد", "field authors"), ("عمرو", "field authors")]
            assert said(first, "keyword") == [("أ", "field tags"), ("ب", "field tags")]
            assert said(first, "language") == [("ar", "field lang")]
            assert (first.outlet, second.published) == ("الشرق", "2021-12-14T06:17")
            assert said(second, "published") == [("2021-12-14T06:17:00+03:00", "field datePublished")]
            assert [item.source.path for item in (first, second)] == ["news.json:1", "news.json:2"]


def test_one_article_as_json_is_the_same_document_on_one_line() -> None:
    line = record(tags=["أ"], images=[{"url": "x"}])
    (one,) = documents(found(line, "a.json"))
    (other,) = documents(found(line, "a.jsonl"))
    assert (one.text, one.digest) == (other.text, other.digest)
    (pretty,) = documents(found(json.dumps(json.loads(line), indent=2).encode(), "a.json"))
    assert pretty.text == one.text


def test_json_lines_under_another_name() -> None:
    assert len(documents(found(record(1) + record(2), "a.json"))) == 2
    assert len(errors(found(record(1) + b"{\n" + record(2), "a.json"))) == 1


def test_records_keep_their_digest_wherever_they_stand() -> None:
    one, other = {"text": TEXT}, {"text": TEXT + " آخر"}
    first = documents(found(json.dumps([one, other]).encode(), "a.json"))
    second = documents(found(json.dumps({"x": [other, one]}, indent=3).encode(), "b.json"))
    assert {item.digest for item in first} == {item.digest for item in second}


def test_what_is_no_list_of_articles() -> None:
    (error,) = errors(found(b'{"name": "x", "version": 1}', "package.json"))
    assert 'has no "text" field' in error
    (error,) = errors(found(b"[" * 100_000, "deep.json"))


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl", "a"]), st.booleans())
@settings(max_examples=200)
def test_nothing_is_raised_by_any_bytes(data: bytes, name: str, headed: bool) -> None:
    items = list(read_bytes((b"text,date\n" if headed else b"[") + data, name))
    assert items
    errors(items)


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=6), st.sampled_from([",", ";", "\t", "|"]))
def test_what_csv_writes_is_read(rows: list[tuple[str, str]], delimiter: str) -> None:
    written = _csv([["title", "text"], *([title, TEXT + text] for title, text in rows)], delimiter=delimiter)
    items = found(written.encode(), "a.csv")
    assert len(items) == len(rows)
    for item, (_, text) in zip(items, rows, strict=True):
        if isinstance(item, Document) and not item.replaced:
            assert item.text.startswith(TEXT)
            assert len(item.text) == len(TEXT + text)
