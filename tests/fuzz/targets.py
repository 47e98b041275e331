"""Every reader and cleaner as a function of bytes that raises where a law does not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from store.clean import clean, language
from store.ingest import analyse
from store.models import Document, Source
from store.readers import READERS, read_bytes, worker
from store.readers.controls import tame, tame_line
from tests.fuzz import laws
from tests.fuzz.seeds import SEEDS

_NAMES = {"text": "a.txt", "table": "a.csv", "feed": "a.xml", "packed": "a.jsonl.gz", "warc": "a.warc"}
_PACKED = ("packed", "zip", "tar", "warc", "docx", "pdf")


def _reader(form: str) -> Callable[[bytes], None]:
    name = _NAMES.get(form, f"a.{form}")

    def run(data: bytes) -> None:
        with laws.nothing_written():
            size = None if form in _PACKED else len(data)
            first = laws.hold(read_bytes(data, name, form=form), size)
            again = list(read_bytes(data, name, form=form))
        # The same bytes are the same documents.
        assert [str(item) if isinstance(item, Exception) else item for item in first] == [
            str(item) if isinstance(item, Exception) else item for item in again
        ]

    return run


def _paper(form: str) -> Callable[[bytes], None]:
    """What runs in a process of its own, in this one: faults of the libraries are answers there."""

    def run(data: bytes) -> None:
        with laws.nothing_written():
            answer = worker.answer(form, data)
        if "wrong" in answer:
            assert len(answer["wrong"]) <= laws.LONGEST
        else:
            assert len(answer["text"]) <= worker.LONGEST

    return run


def _given(data: bytes) -> Document | None:
    """A text as a reader hands it on; what stands before the first two zero bytes are a title and an address."""
    fields = data.decode("utf-8", "replace").split("\0", 2)
    text = tame(fields[-1])[0]
    title, url = (*(tame_line(field) or None for field in fields[:-1]), None, None)[:2]
    digest = hashlib.sha256(data).hexdigest()
    return Document(text, Source("a.txt", "text", "1"), digest, title=title, url=url) if text.strip() else None


def _clean(data: bytes) -> None:
    if (document := _given(data)) is not None:
        laws.cleaned(document, clean(document))


def _language(data: bytes) -> None:
    if (document := _given(data)) is not None:
        code = language.find(document, clean(document).blocks)
        assert 2 <= len(code) <= 3


def _analyse(data: bytes) -> None:
    if (document := _given(data)) is not None:
        laws.analysed(analyse(document))


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{form: _paper(form) if form in ("pdf", "docx") else _reader(form) for form in READERS},
    "clean": _clean,
    "language": _language,
    "analyse": _analyse,
}
assert TARGETS.keys() == SEEDS.keys()
