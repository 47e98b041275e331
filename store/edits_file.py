"""Logs of edits as JSON Lines: read from elsewhere, so nothing of them is believed before it is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, get_args

from store.errors import InputError
from store.models import BlockKind, MentionType
from store.people import plain
from store.resolve.alike import SEPARATOR

LONGEST = 16 << 20
"""Bytes of a line; a merge of two entities with ten thousand names each has a tenth of that."""
_NAME, _KEY, _MOST = 500, 2000, 200_000
_UID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SENTENCE = re.compile(r"[0-9a-f]{64}@\d{1,9}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?")
_AHEAD = timedelta(days=366)
"""So far ahead of this clock that of another may be."""
_JOINERS = "\u200c\u200d"
_FIELDS = ("uid", "made", "who", "group", "action", "what", "undone", "undone_by", "redone", "redone_by")

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a log, as its columns have it."""

    uid: str
    made: str
    who: str | None
    group: str
    action: str
    what: dict[str, Any]
    undone: str | None
    undone_by: str | None
    redone: str | None = None
    redone_by: str | None = None

    @property
    def last_word(self) -> tuple[str, bool, str]:
        """What outranks what was said of whether it stands: the later, at one moment that it does not."""
        return last_word(self.undone, self.undone_by, self.redone, self.redone_by)


def last_word(
    undone: str | None, undone_by: str | None, redone: str | None, redone_by: str | None
) -> tuple[str, bool, str]:
    """As `Entry.last_word`; nothing said of it comes before all."""
    return undone or redone or "", undone is not None, (undone_by if undone else redone_by) or ""


def read(stream: BinaryIO, name: str) -> Iterator[Entry | InputError]:
    """The entries of a file, in order; for a line that is none what is wrong with it, under its number."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
            yield InputError(f"is longer than {LONGEST >> 20} MiB", where, "khabar export edits writes what is read")
        elif line.strip():
            try:
                yield _entry(line)
            except _WrongError as error:
                yield InputError(str(error), where, "khabar export edits writes what is read")


class _WrongError(Exception):
    pass


def _entry(line: bytes) -> Entry:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _WrongError("is no JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise _WrongError("is no object")
    uid, made, who, group, action, what, undone, undone_by, redone, redone_by = map(value.get, _FIELDS)
    group = uid if group is None else group
    for field, wrong in (
        ("uid", not _is(uid, _UID)),
        ("group", not _is(group, _UID)),
        ("made", not _is_moment(made)),
        ("undone", not (undone is None or _is_moment(undone))),
        ("who", not (who is None or isinstance(who, str))),
        ("undone_by", not (undone_by is None or isinstance(undone_by, str))),
        ("redone", not (redone is None or _is_moment(redone))),
        ("redone_by", not (redone_by is None or isinstance(redone_by, str))),
    ):
        if wrong:
            raise _WrongError(f"{field} is not what it should be")
    checks = ACTIONS.get(action) if isinstance(action, str) else None
    if checks is None:
        raise _WrongError("is no action that this khabar knows")
    if not isinstance(what, dict):
        raise _WrongError("what is no object")
    said = {field: what.get(field) for field in checks if field in what or field not in _OPTIONAL}
    for field, found in said.items():
        if not checks[field](found):
            raise _WrongError(f"{field} is not what it should be for {action}")
    if ("rest" in said) != ("under" in said):
        raise _WrongError("rest and under go together")
    by = [plain(name) if isinstance(name, str) else None for name in (who, undone_by, redone_by)]
    taken = (undone, by[1], None, None) if undone else (None, None, redone, by[2] if redone else None)
    return Entry(str(uid), str(made), by[0], str(group), str(action), said, *taken)


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    """A moment, UTC, not far in the future: what is said here must come after all that is known of."""
    if not (_is(value, _MOMENT) and _parses(str(value))):
        return False
    return datetime.fromisoformat(str(value)) - datetime.now(UTC) < _AHEAD


def _is_day(value: object) -> bool:
    """A date as `khabar edit redate` takes it, or none."""
    if value is None:
        return True
    if not _is(value, _DAY):
        return False
    head, _, tail = str(value).partition("T")
    return _parses(head + "-01-01"[len(head) - 4 :] + (f"T{tail}" if tail else ""))


def _parses(moment: str) -> bool:
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _is_line(value: object, most: int = _NAME) -> bool:
    """One line without control characters, with something on it."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= most
        and value == value.strip()
        and all(char.isprintable() or char in _JOINERS for char in value)
    )


def _is_key(value: object) -> bool:
    parts = value.split(SEPARATOR) if isinstance(value, str) else []
    return (
        len(parts) == 3
        and parts[0] in get_args(MentionType)
        and (not parts[1] or _is_line(parts[1], 100))
        and _is_line(parts[2], _KEY)
    )


def _several(check: Check) -> Check:
    return lambda value: isinstance(value, list) and 0 < len(value) <= _MOST and all(map(check, value))


def _is_digest(value: object) -> bool:
    return _is(value, _DIGEST)


def _is_start(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 31


def _one_of(known: tuple[str, ...]) -> Check:
    return lambda value: isinstance(value, str) and value in known


_OPTIONAL = ("rest", "under")
_TOLD: dict[str, Check] = {"mentions": _several(lambda value: _is(value, _SENTENCE))}
ACTIONS: dict[str, dict[str, Check]] = {
    "rename": {"name": _is_key, "to": _is_line},
    "retype": {"name": _is_key, "to": _one_of(get_args(MentionType))},
    "hide": {"name": _is_key},
    "unhide": {"name": _is_key},
    "merge": {"names": _several(_is_key), "into": _is_key},
    "split": {"names": _several(_is_key), "into": _is_key, "rest": _several(_is_key), "under": _is_key},
    "split-articles": {
        "plain": _several(lambda value: _is_line(value, _KEY)), "digests": _several(_is_digest), "into": _is_key,
    },
    "redate": {"digest": _is_digest, "to": _is_day},
    "outlet": {"digest": _is_digest, "to": lambda value: value is None or _is_line(value)},
    "relabel": {"digest": _is_digest, "start": _is_start, "to": _one_of(get_args(BlockKind))},
    "merge-events": _TOLD,
    "split-events": _TOLD,
    "keep-apart": {"apart": lambda value: isinstance(value, list) and len(value) == 2 and all(map(_is_key, value))},
    "split-copy": {"copy": _is_digest, "of": _several(_is_digest)},
}  # fmt: skip
"""What each action says, and what that must be."""
