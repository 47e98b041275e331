"""Contrast of colours as WCAG 2.2 has it, and the colours that the explorer's style sheets name."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from textual.color import Color
from textual.dom import DOMNode

import tui

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DECLARED = re.compile(r"(?:^|;|\s)(color|background):\s*([^;]+?)\s*(?=;|$)")


def luminance(color: Color) -> float:
    """Relative luminance, 0 to 1."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The ratio of two colours' luminances, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def style_sheets() -> Iterator[tuple[str, str]]:
    """Every style sheet of the explorer, with where it stands."""
    seen: set[str] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if "__main__" in module.name:
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__.startswith("tui."):
                for name in ("DEFAULT_CSS", "CSS"):
                    text = vars(kind).get(name)
                    if isinstance(text, str) and text not in seen:
                        seen.add(text)
                        yield f"{kind.__qualname__}.{name}", text
    for path in Path(tui.__file__).parent.rglob("*.tcss"):
        yield path.name, path.read_text(encoding="utf-8")


def declared() -> Iterator[tuple[str, str | None, str | None]]:
    """Of each rule that names a colour: where it stands, and the text's colour and the paper's, as far as it says."""
    for where, text in style_sheets():
        plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        # a nested rule ends what stands before it
        for selector, body in _RULE.findall(re.sub(r"([^{};]+\{)(?=[^{}]*\{)", "", plain)):
            said = dict(_DECLARED.findall(body.strip()))
            if said:
                yield f"{where}: {selector.split(';')[-1].strip()}", said.get("color"), said.get("background")
