"""Formats that are read by large libraries in a process of its own, which may take only so much time and memory.

A PDF can make its reader work for hours or fill the memory; there it ends with the process. What is asked of it: one
document on stdin, its format as the argument; what it answers: one JSON object on stdout (`Read`, or what is wrong).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from store.errors import InputError

SECONDS = 120
"""Most time for one document, on the clock and of the processor."""
MEMORY = 1536 << 20
"""Most memory, as addresses."""
LONGEST = 4 << 20
"""Most characters of one document."""
_CHILD = "import sys; from store.readers.worker import main; main(sys.argv[1])"
_SMALLER = "save its text as plain text (UTF-8) and add that"


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in a document and what it says of itself."""

    text: str
    title: str | None = None
    published: str | None = None
    """ISO 8601."""
    said: tuple[tuple[str, str, str], ...] = ()
    """Name, value and origin, as of `store.models.Said`."""
    encoding: str | None = None
    """How its Arabic was written, where that was not as it is read."""


def read(form: str, data: bytes, where: str) -> Read:
    """What a document ("pdf" or "docx") holds, read in a process of its own. Raises InputError."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, form],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"takes more than {SECONDS} seconds to read", where, _SMALLER) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise InputError(
            "cannot be read: its reader needs too much time or memory, or fails", where, _SMALLER
        ) from None
    if "wrong" in answer:
        raise InputError(answer["wrong"], where, answer["remedy"])
    return Read(**{**answer, "said": tuple(tuple(one) for one in answer["said"])})


def main(form: str) -> None:
    """The other side: reads stdin, answers on stdout."""
    _limit()
    found = answer(form, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


def answer(form: str, data: bytes) -> dict[str, Any]:
    """What is said of a document: the fields of `Read`, or what is `wrong` with it and the `remedy`. Nothing is raised,
    whatever a library makes of it."""
    from store.readers import docx_text, pdf_text

    try:
        found = (pdf_text if form == "pdf" else docx_text).read(data)
        if len(found.text) > LONGEST:
            raise InputError(f"has more than {LONGEST >> 20} million characters", "", "split it")
        return asdict(found)
    except InputError as error:
        return {"wrong": error.what, "remedy": error.remedy}
    except MemoryError:
        return {"wrong": "needs too much memory to read", "remedy": _SMALLER}
    except RecursionError:
        return {"wrong": "is nested too deeply", "remedy": _SMALLER}
    except Exception as error:  # whatever the library makes of it
        fault = f"{type(error).__name__}: {error}"[:200]
        return {"wrong": f"is damaged ({fault})", "remedy": "open it, save it again, or save its text"}


def _limit() -> None:
    """No more time, memory or files than may be, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):  # macOS refuses some
            continue
