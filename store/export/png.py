"""A drawing as PNG, by resvg, which shapes and orders Arabic by itself. It comes with `khabar[pictures]` alone."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from store.errors import QueryError

_ZOOM = 2.0
"""Pixels for each pixel of the drawing, so that it can be printed."""


def check() -> None:
    """Raises QueryError where nothing is there that draws PNG."""
    if find_spec("resvg_py") is None:
        raise QueryError("PNG cannot be drawn here", remedy="pip install 'khabar[pictures]', or write svg instead")


def png(pieces: Iterable[str]) -> bytes:
    """The bytes of the picture that an SVG document in pieces draws. Raises QueryError where that cannot be."""
    check()
    import resvg_py

    try:
        return bytes(resvg_py.svg_to_bytes(svg_string="".join(pieces), zoom=_ZOOM))
    except ValueError as error:
        raise QueryError(f"PNG could not be drawn ({error})", remedy="write svg instead") from error
