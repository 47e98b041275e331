"""What a page says of its article in JSON-LD, as far as it can be read."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SCRIPTS, _SIZE, _NODES, _DEPTH = 40, 1 << 20, 5000, 40
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*)?\]\]>\s*$|-->\s*$")
_TRAILING = re.compile(r",(?=\s*[}\]])")
_FIELD = re.compile(
    r'"(headline|name|datePublished|dateModified|articleSection|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"',
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"article|blogposting|report$|newsitem|liveblog|opinion|review$|socialmediaposting", re.IGNORECASE
)
_PAGE = re.compile(r"webpage$|itempage$|videoobject$", re.IGNORECASE)


def articles(tree: HtmlElement) -> list[dict[str, object]]:
    """The objects that describe the page's article, names of fields in lower case: articles first, then pages.

    Graphs, lists and nesting are looked into; what is no JSON is mended where that is easy, else read field by field.
    """
    found: list[dict[str, object]] = []
    for script in list(tree.iter("script"))[:_SCRIPTS]:
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _SIZE:
            found += _objects(script.text)
    named = [(_types(node), node) for node in found]
    first = [node for types, node in named if _ARTICLE.search(types)]
    return first + [node for types, node in named if node not in first and _PAGE.search(types)]


def _objects(source: str) -> list[dict[str, object]]:
    source = _WRAPPING.sub("", source.strip()).strip().rstrip(";")
    for text in (source, _TRAILING.sub("", source), html.unescape(source)):
        try:
            return list(_nodes(json.loads(text, strict=False)))
        except (ValueError, RecursionError):
            continue
    fields: dict[str, object] = {}
    for match in _FIELD.finditer(source):
        try:
            fields.setdefault(match[1].lower(), json.loads(f'"{match[2]}"', strict=False))
        except ValueError:
            continue
    return [{"@type": "article", **fields}] if _ARTICLE.search(source) and fields else []


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """All objects of a JSON value, outermost first, within the limits."""
    waiting, seen = [(value, 0)], 0
    while waiting and seen < _NODES:
        value, depth = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield {str(key).lower(): child for key, child in value.items()}
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if depth < _DEPTH:
            waiting += [(child, depth + 1) for child in children if isinstance(child, dict | list)]


def _types(node: dict[str, object]) -> str:
    kind = node.get("@type") or node.get("type")
    return " ".join(str(one) for one in kind[:10]) if isinstance(kind, list) else str(kind or "")


def strings(value: object, limit: int = 60) -> list[str]:
    """The names a field holds: a string, an object with a name, or a list of these."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            lower = {str(key).lower(): child for key, child in one.items()}
            one = lower.get("name") or lower.get("@value")
            one = one[0] if isinstance(one, list) and one else one
        if isinstance(one, str | int) and not isinstance(one, bool) and len(found) < limit:
            found.append(html.unescape(html.unescape(str(one)[: 1 << 18])))
    return found
