"""Files and folders as documents, and refusals in one sentence."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import InputError
from store.models import Document
from store.readers import read, read_bytes, text, walk

_REFUSED = json.loads((Path(__file__).parents[2] / "cases" / "encodings_refused.json").read_text("utf-8"))


def _only(path: Path) -> Document:
    (found,) = read(path)
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("case", _REFUSED, ids=[case["name"] for case in _REFUSED])
def test_refusals(case: dict[str, str]) -> None:
    (error,) = read_bytes(base64.b64decode(case["base64"]), case["name"])
    assert isinstance(error, InputError)
    assert str(error).startswith(case["says"])
    assert error.remedy
    assert "\n" not in str(error)


def test_the_sample_articles_are_read_byte_for_byte(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        document = _only(path)
        assert document.text == path.read_text("utf-8")
        assert document.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert document.source.path == str(path)
        assert (document.source.reader, document.source.encoding, document.replaced) == ("text", "utf-8", 0)
        assert (document.title, document.published, document.published_basis) == (None, None, "unknown")


def test_control_characters_are_replaced_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "esc.txt"
    path.write_bytes("عنوان \x1b]0;x\x07 \x1b[2J الخبر\r\n\r\nقال المتحدث \x9b31m إن الأمر انتهى.\r\n".encode())
    document = _only(path)
    assert document.text == "عنوان \ufffd]0;x\ufffd \ufffd[2J الخبر\n\nقال المتحدث \ufffd31m إن الأمر انتهى.\n"
    assert document.replaced == 4


def test_content_decides_before_the_suffix() -> None:
    (found,) = read_bytes('{"text": "خبر من بغداد"}\n'.encode(), "articles.txt")
    assert isinstance(found, Document)
    assert (found.text, found.source.reader) == ("خبر من بغداد", "jsonl")
    (found,) = read_bytes("خبر من بغداد بلا وسوم".encode(), "saved.html")
    assert isinstance(found, Document)
    assert found.source.reader == "text"


def test_a_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LIMIT", 1 << 20)
    (found,) = read_bytes("خبر ".encode() * (1 << 18), "large.txt")
    assert isinstance(found, InputError)
    assert str(found).startswith("large.txt: is larger than 1 MB")


def test_missing_and_unreadable_paths_say_so(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "no-such")
    assert str(error) == f"{tmp_path}/no-such: does not exist; check the path"
    (error,) = read(tmp_path)
    assert "is a folder without files to read" in str(error)
    (error,) = read(tmp_path / ("x" * 300))
    assert "cannot be read" in str(error)
    (error,) = read("a\0b")
    assert "cannot be read" in str(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("خبر")
    path.chmod(0)
    (error,) = read(path)
    assert "permission denied" in str(error)


def test_names_that_are_no_utf8_or_hold_controls_are_shown_without_harm(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xe3\x1b[2J.txt"
    try:
        Path(os.fsdecode(raw)).write_text("خبر من بغداد", "utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    (path,) = walk([tmp_path])
    document = _only(Path(path))
    assert document.source.path == f"{tmp_path}/\ufffd\ufffd[2J.txt"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("خبر من بغداد".encode("cp1256"))))
    (found,) = read("-")
    assert isinstance(found, Document)
    assert (found.text, found.source.path, found.source.encoding) == ("خبر من بغداد", "stdin", "windows-1256")


def test_a_pipe_is_read_as_it_is_written() -> None:
    """A record is handed out while its writer still holds the pipe open."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as writer:
        writer.write('{"text": "خبر أول"}\n'.encode())
        found = read_stream(stream)
        first = next(found)
        assert isinstance(first, Document)
        assert first.text == "خبر أول"
        writer.write('{"text": "خبر ثان"}\n'.encode())
        second = next(found)
        assert isinstance(second, Document)
        assert second.source.path == "stdin:2"


def read_stream(stream: io.BufferedReader) -> Iterator[Document | InputError]:
    from store.readers import jsonl
    from store.readers.source import open_source

    return jsonl.read(open_source("stdin", "", stream))


def test_walk_sorts_skips_hidden_and_follows_links_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "2.txt").write_text("ب")
    (tmp_path / "b" / ".hidden").write_text("ب")
    (tmp_path / "a.txt").write_text("ا")
    (tmp_path / "c.jsonl").write_text("{}")
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "z.txt").symlink_to(tmp_path / "nowhere")
    found = [str(path) for path in walk([tmp_path, "-", str(tmp_path / "no-such")])]
    inside = ["a.txt", "b/2.txt", "c.jsonl", "z.txt"]
    assert found == [*(str(tmp_path / name) for name in inside), "-", str(tmp_path / "no-such")]
    (error,) = read(tmp_path / "z.txt")
    assert "does not exist" in str(error)


def test_walk_leaves_out_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert list(walk([tmp_path])) == [tmp_path]


def test_walk_goes_deeper_than_python_calls(tmp_path: Path) -> None:
    # Each level is made from within, as the whole path would be too long for one call.
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(400):
            os.mkdir("d", dir_fd=here)
            deeper = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
        with os.fdopen(os.open("f.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:
            file.write("خبر".encode())
    finally:
        os.close(here)
    (path,) = walk([tmp_path])
    assert _only(Path(path)).text == "خبر"
