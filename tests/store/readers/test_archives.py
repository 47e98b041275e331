"""What is packed: read without being unpacked to the disk, however it was made."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import InputError
from store.ingest import Added, Left, Rejected, add
from store.models import Document
from store.readers import limits, read, read_bytes, zipped
from store.readers.leaving import LeftOut
from tests.store.readers.making import TEXT, documents, errors, found, record, tarred
from tests.store.readers.making import zipped as zip_of

ARTICLE = TEXT.encode()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file_is_what_it_holds(pack: Callable[[bytes], bytes]) -> None:
    first, second = documents(found(pack(record(1) + record(2)), "a.jsonl.gz"))
    assert [item.source.path for item in (first, second)] == ["a.jsonl.gz:1", "a.jsonl.gz:2"]
    (item,) = documents(found(pack(ARTICLE), "whatever"))
    assert (item.text, item.source.reader) == (TEXT, "text")
    (item,) = documents(found(pack(f"العنوان,النص\nع,{TEXT}\n".encode()), "a.csv.xz"))
    assert item.source.reader == "table"
    assert len(documents(found(pack(tarred({"a.txt": ARTICLE, "b.txt": ARTICLE})), "a.tgz"))) == 2
    # Packed twice, and in several members after each other.
    assert documents(found(pack(pack(ARTICLE)), "a.txt.gz.gz"))[0].text == TEXT
    assert len(documents(found(pack(record(1)) + pack(record(2)), "a.jsonl.gz"))) == 2


def test_members_are_sources_of_their_own() -> None:
    inner = zip_of({"deep.txt": ARTICLE})
    members = {
        "a.txt": ARTICLE,
        "folder/b.jsonl": record(1) + record(2),
        "folder/c.tar.gz": gzip.compress(tarred({"x/d.txt": ARTICLE})),
        "inner.zip": inner,
        ".hidden": ARTICLE,
        "__MACOSX/._a.txt": ARTICLE,
    }
    for data, name in ((zip_of(members), "all.zip"), (tarred(members), "all.tar")):
        items = found(data, name)
        assert [item.source.path.removeprefix(name) for item in documents(items)] == [
            "/a.txt",
            "/folder/b.jsonl:1",
            "/folder/b.jsonl:2",
            "/folder/c.tar.gz/x/d.txt",
            "/inner.zip/deep.txt",
        ]


def test_what_can_be_no_article_is_left_out_of_archives() -> None:
    members = {
        "page.txt": ARTICLE,
        "خبر.html": ARTICLE,
        "خبر_files/frame.txt": ARTICLE,
        "own_files/b.txt": ARTICLE,
        "style.css": b"a{}",
        "photo": b"\x89PNG\r\n\x1a\n",
    }
    for data, name in ((zip_of(members), "all.zip"), (tarred(members), "all.tar")):
        items = found(data, name)
        left = [(item.where, item.kind) for item in items if isinstance(item, LeftOut)]
        assert left == [
            (f"{name}/خبر_files/frame.txt", "files of saved pages"),
            (f"{name}/style.css", "styles and scripts"),
            (f"{name}/photo", "pictures"),
        ]
        assert len(items) == 6


def test_the_whole_way_into_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.zip").write_bytes(zip_of({"a.txt": ARTICLE, "b.png": b"", "c.txt": b""}))
    done = list(add(tmp_path / "c.db", [tmp_path / "in"]))
    assert [type(item) for item in done] == [Added, Left, Rejected]
    assert done[0].path == str(tmp_path / "in" / "all.zip" / "a.txt")


def test_archives_come_through_pipes() -> None:
    for data in (zip_of({"a.txt": ARTICLE}), tarred({"a.txt": ARTICLE}), gzip.compress(ARTICLE)):
        reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as out:
            out.write(data)
        with os.fdopen(reading, "rb") as stream:
            from store.readers import documents as read_source
            from store.readers.source import open_source

            (item,) = read_source(partial(open_source, "stdin", "", stream), "stdin")
        assert isinstance(item, Document)
        assert item.text == TEXT


@pytest.mark.parametrize("wrap", [zip_of, tarred])
def test_archives_in_archives_have_an_end(wrap: Callable[[dict[str, bytes]], bytes]) -> None:
    data = ARTICLE
    for depth in range(1, 51):
        data = wrap({"n.txt" if depth == 1 else "n.zip": data})
        if depth == 3:
            assert documents(found(data, "a.zip"))[0].text == TEXT
        elif depth in (4, 50):
            (error,) = errors(found(data, "a.zip"))
            assert error.startswith("a.zip/n.zip/n.zip/n.zip: lies in too many archives")
    data = ARTICLE
    for _ in range(50):
        data = gzip.compress(data)
    assert "too many archives" in errors(found(data, "a.gz"))[0]


def test_bombs_are_defused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.readers.unpacked.RATIO_FROM", 1 << 20)
    monkeypatch.setattr("store.readers.zipped.RATIO_FROM", 1 << 20)
    # One long line of JSON Lines is passed over without being kept, so that all of it would be unpacked.
    zeros = b"x" * (1 << 26)
    for data, name in (
        (gzip.compress(zeros), "b.jsonl.gz"),
        (bz2.compress(zeros), "b.jsonl.bz2"),
        (lzma.compress(zeros), "b.jsonl.xz"),
        (zip_of({"b.jsonl": zeros}), "b.zip"),
    ):
        assert any("unpacks to more than 200 times its size" in error for error in errors(found(data, name))), name
    # The bomb is refused, and what lies beside it is read.
    items = found(zip_of({"bomb.jsonl": zeros, "a.txt": ARTICLE}), "a.zip")
    assert [type(item) for item in items] == [InputError, Document]
    assert errors(items)[0].startswith("a.zip/bomb.jsonl: unpacks to more than")


def test_members_that_lie_over_one_another_are_not_read() -> None:
    """A kilobyte that many members share would unpack to gigabytes without an archive in an archive."""
    made = zip_of({"a.txt": TEXT.encode() * 1000})
    begins = made.index(b"PK\x01\x02")
    ends = made.index(b"PK\x05\x06")
    entry, local = made[begins:ends], made[:begins]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 500, 500, 500 * len(entry), len(local), 0)
    (item,) = read_bytes(local + entry * 500 + end, "a.zip")
    assert str(item).startswith("a.zip: is an archive whose members lie over one another")


def test_there_is_a_most_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOTAL", 1 << 20)
    members = {f"{number}.jsonl": record() + os.urandom(300_000).replace(b"\n", b"") for number in range(8)}
    for data, name in ((zip_of(members), "a.zip"), (tarred(members), "a.tar")):
        items = found(data, name)
        assert 2 <= len([item for item in items if isinstance(item, Document)]) < 6
        assert any("unpacks to more than 0 GB" in error for error in errors(items))
    monkeypatch.setattr(limits, "MEMBERS", 3)
    monkeypatch.setattr(limits, "TOTAL", 1 << 40)
    members = {f"{number}.txt": ARTICLE for number in range(8)}
    for data, name in ((zip_of(members), "a.zip"), (tarred(members), "a.tar")):
        items = found(data, name)
        assert len(items) == 4
        assert errors(items) == [f"{name}: has more than 3 members; unpack it and add what is inside"]


def test_a_list_of_members_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "DIRECTORY", 1000)
    (error,) = errors(found(zip_of({f"{n}.txt": ARTICLE for n in range(100)}), "a.zip"))
    assert error.startswith("a.zip: has too many members")


def test_no_header_is_read_without_an_end() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    data = info.tobuf(tarfile.GNU_FORMAT) + b"n" * (4 << 20)
    (error,) = errors(found(data, "a.tar"))
    assert error.startswith("a.tar: has a header of more than 1 MB")


@pytest.mark.parametrize("end", [20, 60, 200, -30, -9, -1])
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_cut_gives_what_came_before(pack: Callable[[bytes], bytes], end: int) -> None:
    data = pack(b"".join(record(number, noise=os.urandom(500).hex()) for number in range(300)))
    items = found(data[:end], "a.jsonl.gz")
    assert "a.jsonl.gz: is cut short; fetch it again" in errors(items)
    if end < 0 and pack is gzip.compress:
        assert len([item for item in items if isinstance(item, Document)]) > 250


def test_archives_that_are_cut_or_damaged() -> None:
    data = tarred({f"{number}.txt": ARTICLE + os.urandom(2).hex().encode() for number in range(5)})
    items = found(data[: 1024 * 3 + 512 + 20], "a.tar")
    assert len([item for item in items if isinstance(item, Document)]) == 3
    assert errors(items) == [
        "a.tar/3.txt: is cut short in its archive; fetch the archive again",
        "a.tar: is a damaged tar archive (unexpected end of data); fetch it again",
    ]
    whole = zip_of({"a.txt": ARTICLE, "b.txt": ARTICLE[::-1] * 3, "c.txt": ARTICLE}, zipfile.ZIP_STORED)
    at = whole.index(ARTICLE)
    items = found(whole[:at] + b"X" + whole[at + 1 :], "a.zip")
    assert errors(items)[0].startswith("a.zip/a.txt: is damaged in its archive")
    assert len(items) == 3
    (error,) = errors(found(whole[:-10], "a.zip"))
    assert error.startswith("a.zip: is a damaged ZIP archive")


def _encrypted() -> bytes:
    data = bytearray(zip_of({"secret.txt": ARTICLE, "open.txt": ARTICLE}, zipfile.ZIP_STORED))
    struct.pack_into("<H", data, 6, 1)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, 1)
    return bytes(data)


def test_encrypted_members_are_named() -> None:
    items = found(_encrypted(), "a.zip")
    assert errors(items)[0].startswith("a.zip/secret.txt: is encrypted; unpack it with its password")
    assert [type(item) for item in items] == [InputError, Document]


def test_names_of_members_are_names_and_nothing_else(tmp_path: Path) -> None:
    names = ["../../etc/passwd.txt", "/abs.txt", "a\x1b[2J.txt", "c:\\d\\e.txt", "x" * 5000 + ".txt", "./.././f.txt"]
    for data, name in (
        (zip_of([(n, ARTICLE) for n in names]), "a.zip"),
        (tarred(dict.fromkeys(names, ARTICLE)), "a.tar"),
    ):
        paths = [item.source.path for item in documents(found(data, name))]
        assert paths[:4] == [
            f"{name}/etc/passwd.txt",
            f"{name}/abs.txt",
            f"{name}/a\ufffd[2J.txt",
            f"{name}/c:/d/e.txt",
        ]
        assert paths[5] == f"{name}/f.txt"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_names_that_do_not_say_their_encoding(encoding: str) -> None:
    name = "الحكومة العراقية.txt"
    placeholder = "n" * len(name.encode(encoding))
    data = zip_of({placeholder: ARTICLE}).replace(placeholder.encode(), name.encode(encoding))
    (item,) = documents(found(data, "a.zip"))
    assert item.source.path == f"a.zip/{name}"
    raw = tarred({placeholder: ARTICLE}, tarfile.USTAR_FORMAT)
    header = raw[:512].replace(placeholder.encode(), b"\xe3\xcf" + b"n" * (len(placeholder) - 2))
    checksum = 256 + sum(header[:148]) + sum(header[156:])
    header = header[:148] + b"%06o\0 " % checksum + header[156:]
    (item,) = documents(found(header + raw[512:], "a.tar"))
    assert "\ufffd" in item.source.path


def test_links_and_devices_are_passed_over() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "a.txt"), (tarfile.CHRTYPE, "")):
            info = tarfile.TarInfo(f"link{kind!r}.txt")
            info.type, info.linkname = kind, target
            archive.addfile(info)
    (error,) = errors(found(out.getvalue(), "a.tar"))
    assert error.startswith("a.tar: is an archive without files to read")


def test_office_files_of_other_kinds_are_named() -> None:
    for members, says in (
        ({"xl/workbook.xml": b"x"}, "is a spreadsheet"),
        ({"ppt/presentation.xml": b"x"}, "is a presentation"),
        ({"mimetype": b"application/epub+zip"}, "is an e-book"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "is an OpenDocument file"),
    ):
        (error,) = errors(found(zip_of(members), "a.zip"))
        assert says in error


def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"a.txt": ARTICLE, "b.zip": zip_of({"c.txt": ARTICLE})}))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert len(documents(list(read(path)))) == 2
    assert list(tmp_path.iterdir()) == [path]


_PACKED = [
    gzip.compress(record(1) * 20),
    bz2.compress(record(1) * 20),
    lzma.compress(record(1) * 20),
    zip_of({"a.txt": ARTICLE, "b.jsonl": record(1), "c.zip": zip_of({"d.txt": ARTICLE})}),
    tarred({"a.txt": ARTICLE, "b.jsonl": record(1)}),
    gzip.compress(tarred({"a.txt": ARTICLE})),
]


@given(st.sampled_from(_PACKED), st.integers(0, 1 << 16), st.binary(max_size=6), st.booleans())
@settings(max_examples=300)
def test_whatever_happens_to_an_archive_nothing_is_raised(data: bytes, at: int, instead: bytes, cut: bool) -> None:
    at %= len(data)
    items = found(data[:at] + instead + (b"" if cut else data[at + len(instead) :]), "a")
    errors(items)
