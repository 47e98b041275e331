"""Files as they are left at a moment, and what looking at them brings."""

from __future__ import annotations

import json
import os
from pathlib import Path

from store.database import open_reader
from store.watching import Came, Reach, Watch

NOW = 1_700_000_000.0
OLD, FRESH = NOW - 3600, NOW - 1


def text(number: int) -> str:
    return f"الخبر رقم {number}\n\nقال المتحدث باسم الحكومة في بغداد يوم {number} ديسمبر 2021 إن الأمر انتهى.\n"


def record(number: int) -> str:
    return json.dumps({"text": text(number)}, ensure_ascii=False) + "\n"


def put(path: Path, content: str | bytes, modified: float = OLD) -> Path:
    """A file as it is left at a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (modified, modified))
    return path


def extend(path: Path, content: str, modified: float) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(content)
    os.utime(path, (modified, modified))


def came(watch: Watch, now: float = NOW) -> list[str]:
    """What a look brings: "added a.txt", each with "again" where the file was known."""
    return [said(one) for one in watch.look(now)]


def said(one: Came | Reach) -> str:
    if isinstance(one, Reach):
        return f"{'back' if one.there else 'away'} {Path(one.path).name}"
    again = " again" if one.again else ""
    return f"{type(one.item).__name__.lower()} {one.item.path.rpartition('/')[2]}{again}"


def titles(corpus: Path) -> list[str]:
    with open_reader(corpus) as reader:
        return sorted(row.title for row in reader.articles(reader.article_ids()))
