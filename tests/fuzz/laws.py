"""What holds for whatever comes out of a reader or a cleaner, however hostile the input was."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from store.errors import InputError
from store.models import SAID, Analysis, Block, Cleaned, Document
from store.readers.controls import tame, tame_path

LONGEST = 4000
"""Most characters of what is said of an input that is refused: it goes to a terminal."""
GROWTH, FREE = 64, 1 << 20
"""However small the input: at most so many times its size comes out of it, beside so many characters."""

_DIGEST = re.compile("[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")


def hold(found: Iterable[Document | InputError], size: int | None = None) -> list[Document | InputError]:
    """All of it, each checked; `size` is that of the input, where nothing was packed."""
    kept = []
    total = 0
    for item in found:
        kept.append(item)
        if isinstance(item, InputError):
            line = str(item)
            assert line.isprintable(), repr(line[:300])
            assert len(line) <= LONGEST, (len(line), line[:300])
            total += len(line)
        else:
            total += document(item)
        assert size is None or total <= FREE + GROWTH * size, (total, size)
    return kept


def document(item: Document) -> int:
    """Checks a document and says how many characters it has in all."""
    assert item.text
    assert tame(item.text) == (item.text, 0), "a control character or lone surrogate in a text"
    assert _DIGEST.fullmatch(item.digest)
    assert tame_path(item.source.path) == item.source.path
    assert item.published is None or _DAY.fullmatch(item.published), item.published
    fields = [item.title, item.outlet, item.url, item.id, *(one.value for one in item.said)]
    fields += [one.origin for one in item.said]
    for field in fields:
        assert field is None or field, "an empty field instead of none"
        if field:
            assert tame(field) == (field, 0), field[:300]
            assert "\n" not in field, field[:300]
            assert "\t" not in field, field[:300]
    assert all(one.name in SAID for one in item.said)
    blocks(item.text, item.marks)
    return len(item.text) + sum(len(field or "") for field in fields)


def blocks(text: str, found: Iterable[Block]) -> None:
    """Blocks, or marks, lie in the text, in order, each on one line."""
    found = list(found)
    for block in found:
        assert 0 <= block.start < block.end <= len(text), (block, len(text))
        surface = text[block.start : block.end]
        assert "\n" not in surface
        assert surface.strip() == surface
        assert block.rule
    assert all(one.end <= other.start for one, other in pairwise(found))


def cleaned(item: Document, found: Cleaned) -> None:
    """Every line that is not blank is in a block; nothing that cleaning says has a line end in it."""
    blocks(item.text, found.blocks)
    kept = "".join(item.text[block.start : block.end] for block in found.blocks)
    assert "".join(kept.split()) == "".join(item.text.split())
    lines = [found.outlet, found.outlet_reason, *found.keywords, found.language]
    if found.title is not None:
        lines.append(found.title.text)
        assert found.title.text
        # one that was given may stand in the text with other marks around it
        if found.title.start is not None and found.title.basis != "metadata":
            assert item.text[found.title.start : found.title.end] == found.title.text
    assert all(line is None or (tame(line)[0] == line and "\n" not in line) for line in lines)


def analysed(found: Analysis) -> None:
    """Each span is in the text and says what stands there."""
    text = found.document.text
    cleaned(found.document, found.cleaned)
    for sentence in found.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
    spans = [(name.start, name.end, name.text) for name in found.mentions]
    spans += [(date.start, date.end, date.text) for date in found.dates]
    for start, end, surface in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == surface
    for event in found.events:
        assert 0 <= event.start <= event.date_start < event.date_end <= event.end <= len(text)


_watched: list[str] | None = None
_WRITES = 0o3 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT and O_TRUNC, where Linux and the BSDs agree well enough."""


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _watched is None:
        return
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
        # A file without a name (O_TMPFILE) is gone with the process.
        if args[2] & 0o20000000 != 0o20000000:
            _watched.append(f"opened for writing: {args[0]!r}")
    elif event.startswith(("socket.connect", "socket.getaddrinfo", "os.system", "os.mkdir", "os.rename", "os.remove")):
        _watched.append(f"{event}: {args!r}"[:200])


sys.addaudithook(_hook)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Raises AssertionError where a file was written or the network asked meanwhile, by anything in Python."""
    global _watched
    _watched = []
    try:
        yield
        seen = _watched
    finally:
        _watched = None
    assert not seen, seen
