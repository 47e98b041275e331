"""The text of a Word document: a paragraph a line, tables row by row. Runs in `worker`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.errors import InputError
from store.readers.worker import Read
from store.text.iso_dates import iso_date

if TYPE_CHECKING:
    from docx.document import Document

_CELLS = 200_000
"""At most so many paragraphs and cells."""


def read(data: bytes) -> Read:
    """What a document holds. Raises InputError without a place, and whatever python-docx makes of a broken one."""
    import docx

    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for line in _lines(document):
        lines.append(line)
        if len(lines) > _CELLS:
            raise InputError("has too many paragraphs", "", "split it")
    core = document.core_properties
    said = [("author", core.author or "", "Word author")]
    said += [("keyword", word, "Word keywords") for word in (core.keywords or "").replace(";", ",").split(",")]
    said += [("section", core.category or "", "Word category"), ("language", core.language or "", "Word language")]
    said += [("description", core.subject or "", "Word subject")]
    for name, moment, origin in (
        ("published", core.created, "Word created"),
        ("updated", core.modified, "Word modified"),
    ):
        # When the file was made is evidence of when the article was published, no more: templates are years old.
        if moment is not None and (value := iso_date(moment.strftime("%Y-%m-%dT%H:%M"))):
            said.append((name, value, origin))
    # Word's own template calls every document that.
    title = core.title if core.title and core.title.lower() not in ("word document", "document", "untitled") else None
    return Read("\n".join(lines), title or None, None, tuple(one for one in said if one[1].strip()))


def _lines(document: Document) -> Iterator[str]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                seen: list[object] = []
                cells = []
                for cell in row.cells:
                    # Joined cells come once for each place they take.
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        cells.append(" ".join(cell.text.split()))
                yield "\t".join(cell for cell in cells if cell)
        else:
            yield part.text
