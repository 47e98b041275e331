"""Inputs that would fill the memory, the day or the disk, ask the network, or read a file that is not theirs."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from store.models import Document
from store.readers import read_bytes
from tests.fuzz import laws
from tests.store.readers.making import TEXT, zipped
from tests.store.readers.test_feeds import ITEM, rss
from tests.store.readers.test_papers import word

_SECRET = "سر لا يخرج من ملفه"
_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server that must not be asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        yield server


def _types(canary: Path, port: int) -> list[str]:
    """Document types that read a file, ask the network, or grow without an end."""
    return [
        f'<!DOCTYPE rss [<!ENTITY e SYSTEM "file://{canary}">]>',
        f'<!DOCTYPE rss SYSTEM "http://127.0.0.1:{port}/a.dtd" [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/e">]>',
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p; <!ENTITY e "x">]>',
        f'<!DOCTYPE rss [<!ENTITY e0 "لول">{_BOMB}<!ENTITY e "&e11;">]>',
    ]


@pytest.mark.parametrize("before", ["", "<!-- <!DOCTYPE x> -->", f"<!--{' ' * 70_000}-->"], ids=["", "named", "far"])
@pytest.mark.parametrize("form", ["feed", "html", "docx"])
def test_entities_read_nothing_and_grow_not(form: str, before: str, tmp_path: Path, listening: socket.socket) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(_SECRET, "utf-8")
    for kind in _types(canary, listening.getsockname()[1]):
        if form == "docx":
            data = _word_with(before + kind)
        elif form == "feed":
            plain = rss(ITEM.replace(TEXT, f"{TEXT} &e;").replace("<![CDATA[", "").replace("]]>", "")).decode()
            data = plain.replace("<rss", f"{before}{kind}<rss", 1).encode()
        else:
            data = f"{before}{kind}<html><body><p>{TEXT} &e;</p></body></html>".encode()
        for item in laws.hold(read_bytes(data, f"a.{form}", form="zip" if form == "docx" else form)):
            if isinstance(item, Document):
                assert _SECRET not in item.text
                assert item.text.count("لول") < 20
    with pytest.raises(TimeoutError):
        listening.accept()


def _word_with(kind: str) -> bytes:
    """A Word document whose text begins with a document type and has the entity that it defines."""
    with zipfile.ZipFile(io.BytesIO(word(TEXT))) as made:
        members = {name: made.read(name) for name in made.namelist()}
    inner = members["word/document.xml"].decode()
    begins = inner.index("?>") + 2
    inner = inner[:begins] + kind + inner[begins:].replace(TEXT, f"{TEXT} &e;", 1)
    return zipped({**members, "word/document.xml": inner.encode()})


_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from store.readers import read
for item in read("-", form=sys.argv[1]):
    print(str(item) if isinstance(item, Exception) else f"document of {len(item.text)}")
status = open("/proc/self/status").read()
print(int(status.partition("VmHWM:")[2].split()[0]) >> 10)
"""
# Not `ru_maxrss`: Linux hands a process that of its parent, which tests have made large.
_MEGABYTES = 200


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory as Linux has them")
@pytest.mark.parametrize(
    "form", ["text", "jsonl", "json", "table", "feed", "html", "mhtml", "pdf", "docx", "warc", "tar"]
)
def test_one_line_of_200_megabytes_takes_little_memory(form: str) -> None:
    begins = {
        "jsonl": b'{"text": "',
        "json": b'[{"text": "',
        "table": b'title,text\n"',
        "feed": b"<rss><channel><title>",
    }
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, form],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert child.stdin is not None
    assert child.stdout is not None

    def write(into: IO[bytes]) -> None:
        try:
            into.write(begins.get(form, b"a"))
            for _ in range(_MEGABYTES):
                into.write(b"a" * (1 << 20))
            into.close()
        except BrokenPipeError:  # it has seen enough
            pass

    writer = threading.Thread(target=write, args=(child.stdin,))
    writer.start()
    said = child.stdout.read().decode().splitlines()
    writer.join()
    child.stdout.close()
    assert child.wait() == 0
    *lines, most = said
    assert lines
    assert all(not line.startswith("document") and len(line) < 300 for line in lines), lines
    assert int(most) < 600
