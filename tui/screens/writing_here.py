"""A list written into a file where khabar was started."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tui import permitted


def write_here(corpus: Path, what: str, form: str) -> Path:
    """Exports `what` of a corpus as a form, into a new file whose path is returned. Raises StoreError, OSError."""
    from store.database import open_reader
    from store.export import export, writing

    permitted.check_files()
    target = Path.cwd() / f"khabar-{what}-{datetime.now():%Y%m%d-%H%M%S-%f}.{form}"
    with open_reader(corpus) as reader:
        writing.write(target, export(reader, what, form), keep=corpus, over=False)
    return target
