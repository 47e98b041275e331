"""Imported first by the server that workers come from: it ends without a word where it cannot start another.

Whoever asked for one notices and goes on without; a traceback between the lines of a list would help nobody.
"""

from __future__ import annotations

import sys


def _end(*_error: object) -> None:
    pass


sys.excepthook = _end
