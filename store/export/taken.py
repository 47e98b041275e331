"""JSON Lines that come from elsewhere: nothing of them is believed before it is looked at.

Each function raises ValueError, with what is wrong in words, for what is not as it should be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar, cast, get_args

from store.annotations import quoted
from store.errors import InputError, StoreError
from store.models import MentionType

LONGEST_LINE = 100_000
"""Most bytes of a line that is taken in: several times what the longest note takes."""
LONGEST_NAME = 1000
FARTHEST = 1 << 32
UID = re.compile(r"[0-9A-Za-z_-]{8,64}")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
T = TypeVar("T")


def bounded(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a stream, none of them kept in memory beyond what is read of it."""
    readline = cast(Any, stream).readline
    while line := readline(LONGEST_LINE + 1):
        yield line
        while not line.endswith(b"\n") and (line := readline(LONGEST_LINE + 1)):
            pass  # the rest of a line that is too long


def objects(
    lines: Iterable[bytes], name: str, what: str, make: Callable[[dict[str, Any]], T]
) -> Iterator[T | InputError]:
    """What `make` makes of each line of a file that is called `name`; what is no `what` is told in its place."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError("the line is too long")
            found = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            if not isinstance(found, dict):
                raise ValueError("not an object")
            yield make(found)
        except StoreError as error:
            yield InputError(error.what, f"{name}:{number}", "it was left out")
        except (ValueError, RecursionError) as error:
            wrong = str(error) if type(error) is ValueError else "is no JSON"
            yield InputError(f"is no {what} ({wrong})", f"{name}:{number}", "it was left out")


def text(found: dict[str, Any], name: str, most: int) -> str:
    """A text of at most so many code points; nothing where it is not said."""
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(f"{name} is no text, or too long")
    return value


def one_of(found: dict[str, Any], name: str, choice: tuple[str, ...]) -> str:
    """One of several words."""
    value = text(found, name, 20)
    if value not in choice:
        raise ValueError(f"{name} is none of {', '.join(choice)}")
    return value


def matching(found: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """A text that a pattern describes."""
    value = text(found, name, 100)
    if not pattern.fullmatch(value):
        raise ValueError(f"{name} is none")
    return value


def offset(found: dict[str, Any], name: Literal["start", "end"]) -> int:
    """A number of code points."""
    value = found.get(name)
    if type(value) is not int or not 0 <= value < FARTHEST:
        raise ValueError(f"{name} is no offset")
    return value


def name(value: str) -> str:
    """The key of a name: type, Wikidata id or nothing, folded name, between tabs."""
    kind, *_, plain = parts = value.split("\t")
    if len(parts) != 3 or kind not in get_args(MentionType) or not plain or any(quoted(one) != one for one in parts):
        raise ValueError("name is no key of a name")
    return value


def moment(found: dict[str, Any], name: str) -> str:
    """A moment with its zone, as UTC to the second."""
    value = matching(found, name, MOMENT)
    try:
        return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError as error:
        raise ValueError(f"{name} is none") from error
