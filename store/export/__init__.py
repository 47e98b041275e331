"""What leaves a corpus: the objects of `--json`, and exports in forms that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from store.answers import Filter

if TYPE_CHECKING:
    from store.database.queries import Reader
    from store.export.options import Options

__all__ = ["export"]


def export(
    reader: Reader,
    what: str,
    form: str,
    f: Filter = Filter(),
    *,
    limit: int | None = None,
    options: Options | None = None,
) -> Iterator[str]:
    """`what` (of `subjects.SUBJECTS`) in the form `form` (of `subjects.FORMATS`), piece by piece; of a table, each
    piece is a row, the names of the columns first in CSV.

    `limit` is that of `options`, for who wants nothing else of them. Raises QueryError when there is no such form of
    it, or when the edits are to be filtered.
    """
    from store.export import subjects
    from store.export.options import Options

    chosen = options or Options()
    return subjects.pieces(reader, what, form, f, replace(chosen, limit=limit) if limit is not None else chosen)
