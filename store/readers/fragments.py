"""Fragments of HTML as text, for readers that come upon them: the items of feeds."""

from __future__ import annotations

import html
import re
from typing import Any

_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9:]*[\s/>]|!--|!\[CDATA\[)")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset((
    "audio", "button", "canvas", "embed", "form", "head", "iframe", "input", "math", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n\s*")


def text_of(fragment: str) -> str:
    """A fragment of HTML as text: a paragraph a line, entities decoded, no scripts; plain text keeps its lines."""
    if not _TAG.search(fragment):
        return _joined(html.unescape(fragment))
    from lxml import etree
    from lxml import html as parser

    try:
        # Without `huge_tree` it goes no deeper than 256 elements.
        root = parser.fragment_fromstring(fragment, create_parent="div", parser=parser.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError):
        return _stripped(fragment)
    pieces: list[str] = []
    _gather(root, pieces)
    # What is nested deeper than libxml2 goes is lost.
    return _joined("".join(pieces)) or _stripped(fragment)


def _stripped(fragment: str) -> str:
    """The text of what no parser takes, without what looks like a tag."""
    return _joined(html.unescape(re.sub(r"<[^<>]*>", "\n", fragment)))


def _gather(root: Any, pieces: list[str]) -> None:  # noqa: ANN401  lxml has no types
    """The text below an element, blocks on lines of their own. Without recursion: elements may be nested deeply."""
    # Each step is an element to enter, or text that follows one.
    steps: list[Any] = [root]
    while steps:
        step = steps.pop()
        if isinstance(step, str):
            pieces.append(step)
            continue
        name = step.tag if isinstance(step.tag, str) else ""
        block = "\n" if name in _BLOCKS else ""
        steps.append(block)
        if name and name not in _SILENT:
            for child in reversed(step):
                steps.append(_SPACES.sub(" ", (child.tail or "").replace("\n", " ")))
                steps.append(child)
            steps.append(_SPACES.sub(" ", (step.text or "").replace("\n", " ")))
        steps.append(block)


def _joined(text: str) -> str:
    """Lines without blanks around them, and none that are empty."""
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
