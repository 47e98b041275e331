"""The keywords an article came with."""

from __future__ import annotations

import re

from store.clean.page import Page, normal
from store.clean.tails import label_end

_SEPARATORS = re.compile(r"[،,;؛|•·/\n\t]|\s[-–—]\s|\s{2,}")
_LONGEST = 5


def find(page: Page) -> tuple[str, ...]:
    """Keywords in order, without repeats.

    Separators split them where there are any; `#` begins one and `_` joins its words. A line with neither is
    split at spaces, but words that stand side by side in the article itself stay together.
    """
    rest = (
        " "
        + " ".join(
            line.normal
            for line, kind in zip(page.lines, page.kinds, strict=True)
            if kind in ("title", "body", "heading")
        )
        + " "
    )
    found: dict[str, str] = {}
    for line, kind in zip(page.lines, page.kinds, strict=True):
        if kind != "keywords":
            continue
        start = label_end(line, "keywords") or 0
        content = line.text[start:].strip()
        for keyword in _split(content, rest):
            keyword = keyword.strip(' .:#"“”«»()[]').replace("_", " ")
            if normal(keyword):
                found.setdefault(normal(keyword), keyword)
    return tuple(found.values())


def _split(content: str, rest: str) -> list[str]:
    if "#" in content:
        return [part for part in re.split(r"(?:^|[\s،,])#", content) if part]
    if _SEPARATORS.search(content):
        return _SEPARATORS.split(content)
    tokens = content.split()
    if len(tokens) <= 3:
        return [content]
    parts = []
    index = 0
    while index < len(tokens):
        size = min(_LONGEST, len(tokens) - index)
        while size > 1 and f" {normal(' '.join(tokens[index : index + size]))} " not in rest:
            size -= 1
        parts.append(" ".join(tokens[index : index + size]))
        index += size
    return parts
