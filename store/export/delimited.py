"""CSV that a spreadsheet shows as text and never runs, and from which every cell can be had back exactly.

A cell that a spreadsheet could take for a formula (its first visible character is `=`, `+`, `-`, `@`, or their
full-width forms; or it begins with a tab or carriage return) gets an apostrophe before it, as OWASP recommends
(https://owasp.org/www-community/attacks/CSV_Injection). So does a cell that begins with an apostrophe already;
hence the way back is the same for every cell: take away one leading apostrophe, if there is one (`restore`).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from store.export.plain import without_controls

_FORMULA = "=+-@＝＋－＠"


def neutral(cell: str) -> str:
    """`cell` with an apostrophe before it if it needs one."""
    for char in cell:
        if char in _FORMULA or char in "'\t\r":
            return "'" + cell
        if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"):
            break
    return cell


def restore(cell: str) -> str:
    """The text that `neutral` was given.

    >>> restore(neutral("=1+1")), restore(neutral("'كذا'"))
    ('=1+1', "'كذا'")
    """
    return cell.removeprefix("'")


class _Line:
    """What `csv.writer` writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The heading and each row as a line of CSV (RFC 4180, LF at the end); numbers as they are, None as nothing."""
    writer = csv.writer(_Line(), lineterminator="\n")
    yield cast("str", writer.writerow(columns))
    for row in rows:
        yield cast(
            "str", writer.writerow([neutral(without_controls(cell)) if isinstance(cell, str) else cell for cell in row])
        )
