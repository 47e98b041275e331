"""Files of many formats, made where a test needs them."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from store.errors import InputError
from store.models import Document
from store.readers import read_bytes

TEXT = "قال المتحدث باسم الحكومة في بغداد يوم 9 ديسمبر 2021 إن الأمر انتهى."
PAGES = Path(__file__).parents[5] / "shared" / "data" / "pages"


def record(number: int = 1, **fields: object) -> bytes:
    """A line of JSON Lines."""
    return json.dumps({"text": f"{TEXT} {number}", **fields}, ensure_ascii=False).encode() + b"\n"


def zipped(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def found(data: bytes, name: str, columns: Mapping[str, str] = {}) -> list[Document | InputError]:
    """What is in a file of that name."""
    return list(read_bytes(data, name, columns=columns))


def documents(items: Sequence[Document | InputError]) -> list[Document]:
    """All of them, which must be documents."""
    for item in items:
        assert isinstance(item, Document), str(item)
    return [item for item in items if isinstance(item, Document)]


def errors(items: Sequence[Document | InputError]) -> list[str]:
    """What is wrong with those that are none, in words fit for a terminal."""
    wrong = [str(item) for item in items if isinstance(item, InputError)]
    assert all(line.isprintable() for line in wrong)
    return wrong


def said(document: Document, name: str) -> list[tuple[str, str]]:
    """The values of that name that a source says, with their origins."""
    return [(one.value, one.origin) for one in document.said if one.name == name]
