"""A file of settings read and checked: what it says that can be used, and one sentence for each thing that cannot."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.errors import StoreError
from tui.locale import gettext as _
from tui.settings.table import BY_NAME, KEYS, Setting, Value

LARGEST = 1 << 16
"""Bytes of the largest file that is read."""
_SHOWN = 40
"""Characters of a value that are quoted."""
_QUOTED = 200
"""Characters of what the reader of TOML says, which may repeat a name of any length."""
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HEADER = re.compile(r"\[([^\[\]]+)\]\s*(?:#.*)?$")
_ASSIGNED = re.compile(r"""\s*((?:[\w-]+|"[^"\\]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"\\]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"\\]*"|'[^']*'""")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file: `name` is the setting that it concerns, None where it concerns them all, and a name of
    no setting where it is a stranger."""

    name: str | None
    error: StoreError
    line: int = 0

    def __str__(self) -> str:
        return str(self.error)


@dataclass(slots=True)
class SettingsFile:
    """What a file says."""

    path: Path
    there: bool = False
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of bindings by their ids, as Textual names them, separated by commas; empty for none."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line, from 1, that sets each value or key."""
    problems: list[Problem] = field(default_factory=list)

    def problem_with(self, name: str) -> StoreError | None:
        """Why what the file says of a setting cannot be known, None where it can or says nothing."""
        return next((one.error for one in self.problems if one.name in (name, None)), None)


def default_path() -> Path:
    """The file in the user's folder of settings (`$XDG_CONFIG_HOME/khabar/config.toml`, or where the system has it)."""
    if sys.platform == "linux":  # the same without platformdirs, whose import takes its time
        base = os.environ.get("XDG_CONFIG_HOME", "")
        # as platformdirs: Path raises where no home is known
        home = os.path.expanduser("~/.config")  # noqa: PTH111  does not raise
        return Path(base if base.strip() else home) / "khabar" / "config.toml"
    from platformdirs import user_config_dir

    return Path(user_config_dir("khabar")) / "config.toml"


def chosen_path(environment: Mapping[str, str] = os.environ) -> tuple[Path, bool]:
    """The file that counts, and whether `KHABAR_CONFIG` named it."""
    named = environment.get("KHABAR_CONFIG")
    return (Path(named), True) if named else (default_path(), False)


def read(path: Path, *, named: bool = False) -> SettingsFile:
    """Read and check a file; one that is not there says nothing, unless somebody `named` it. Never raises."""
    found = SettingsFile(path)
    try:
        text = _text(path)
    except FileNotFoundError:
        if named:
            found.problems.append(_whole(path, _("there is no such file"), _("KHABAR_CONFIG names it")))
        return found
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        found.there = True
        found.problems.append(_whole(path, _("cannot be read: {why}").format(why=said)))
        return found
    found.there = True
    if text is None:
        return found
    if len(text) > LARGEST:
        remedy = _("settings take a few lines")
        found.problems.append(_whole(path, _("is larger than {n} KB").format(n=LARGEST >> 10), remedy))
        return found
    _parse(found, text)
    return found


def _text(path: Path) -> bytes | None:
    """The bytes of a file, at most one more than are read; None of what holds nothing, as /dev/null.

    Raises OSError, and ValueError for what is no file: a pipe would be waited for.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            if os.path.realpath(path) == os.devnull:
                return None
            raise ValueError(_("it is no file"))
        parts, left = [], LARGEST + 1
        while left and (part := os.read(handle, left)):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)
    finally:
        os.close(handle)


def _whole(path: Path, what: str, remedy: str = "", line: int | None = None) -> Problem:
    return Problem(None, StoreError(what, place(path, line), remedy))


def place(path: Path, line: int | None) -> str:
    """A file, or a line of it, in words."""
    return str(path) if line is None else _("{file}, line {line}").format(file=path, line=line)


def _parse(found: SettingsFile, data: bytes) -> None:
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found.problems.append(_whole(found.path, _("is not written in UTF-8"), line=line))
        return
    try:
        said = tomllib.loads(text)
    except RecursionError:
        found.problems.append(_whole(found.path, _("is nested too deeply")))
    except ValueError as error:
        found.problems.append(_broken(found.path, text, str(error)))
    else:
        found.lines = lines_of(text)
        _check(found, said)
        found.problems.sort(key=lambda problem: problem.line)


def _broken(path: Path, text: str, said: str) -> Problem:
    """What is no TOML, and where."""
    at = _PLACE.search(said)
    what = said[: at.start()] if at else said
    line, column = (at[1], at[2]) if at else (None, None)
    what = _("no TOML: {what}").format(what=f"{what[:1].lower()}{what[1:_QUOTED]}")
    if line is not None:
        where = _("{file}, line {line}, column {column}").format(file=path, line=line, column=column)
    else:
        where = place(path, text.count("\n", 0, max(0, len(text) - 1)) + 1 if at else None)
    remedy = _("`khabar config --template` shows how it is written")
    return Problem(None, StoreError(what, where, remedy))


def lines_of(text: str) -> dict[str, int]:
    """The line, from 1, on which each name of a text in TOML is given its value; what is in arrays of tables is left
    out, and lines within a long string may be taken for more."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):  # what else ends a line elsewhere is text in TOML
        if (header := _HEADER.match(line.strip())) is not None:
            table = ".".join(_parts(header[1]))
            found.setdefault(table, number)
        elif (assigned := _ASSIGNED.match(line)) is not None:
            found.setdefault(".".join((*([table] if table else []), *_parts(assigned[1]))), number)
    return found


def _parts(name: str) -> list[str]:
    return [part[1:-1] if part[0] in "\"'" else part for part in _PART.findall(name)]


# -- the check -----------------------------------------------------------------------------------------------------


def _check(found: SettingsFile, said: Mapping[str, Any]) -> None:
    strangers: list[str] = []
    tables = {name.rpartition(".")[0] for name in BY_NAME} - {""}
    for name, value in said.items():
        if name == KEYS:
            if isinstance(value, dict):
                from tui.settings.pressed import check_keys

                check_keys(found, dict(_flat(value)))
            else:
                complain(found, KEYS, _("{name} is a table: write [{name}] on a line of its own").format(name=KEYS))
        elif name in tables:
            if isinstance(value, dict):
                for within, inner in value.items():
                    _setting(found, f"{name}.{within}", inner, strangers)
            else:
                complain(found, name, _("{name} is a table: write [{name}] on a line of its own").format(name=name))
        else:
            _setting(found, name, value, strangers)
    for name in strangers:
        what = _("there is no setting {name}").format(name=quoted(name))
        complain(found, name, what, did_you_mean(name, (*BY_NAME, *sorted(tables), KEYS)))


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names with dots for what is nested, however deeply: `go.back = …` is a table within a table to TOML."""
    waiting = [("", table)]
    while waiting:
        before, inner = waiting.pop()
        for name, value in inner.items():
            if isinstance(value, dict):
                waiting.append((f"{before}{name}.", value))
            else:
                yield f"{before}{name}", value


def _setting(found: SettingsFile, name: str, value: Any, strangers: list[str]) -> None:  # noqa: ANN401  any TOML
    setting = BY_NAME.get(name)
    if setting is None:
        strangers.append(name)
        return
    try:
        found.values[name] = checked(setting, value)
    except StoreError as error:
        complain(found, name, error.what, error.remedy)


def complain(found: SettingsFile, name: str, what: str, remedy: str = "") -> None:
    """Add a sentence about a name to a file's problems."""
    line = found.lines.get(name)
    found.problems.append(Problem(name, StoreError(what, place(found.path, line), remedy), line or 0))


def checked(setting: Setting, value: Any) -> Value:  # noqa: ANN401  any TOML
    """A value as a setting takes it. Raises StoreError where it does not."""
    name = setting.name
    if setting.kind == "switch":
        if not isinstance(value, bool):
            raise StoreError(_("{name} is {value}; it is true or false").format(name=name, value=quoted(value)))
        return value
    if setting.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int) or not setting.least <= value <= setting.most:
            what = _("{name} is {value}; it is a whole number from {least} to {most}")
            raise StoreError(what.format(name=name, value=quoted(value), least=setting.least, most=setting.most))
        return value
    if setting.kind == "path":
        if not isinstance(value, str) or not value.strip():
            raise StoreError(_("{name} is {value}; it is a path").format(name=name, value=quoted(value)))
        path = "" if "\0" in value else os.path.expanduser(value)  # noqa: PTH111  Path raises where no such user is
        if not Path(path).is_absolute():
            what = _("{name} is {value}; it is a path from / or ~ on").format(name=name, value=quoted(value))
            raise StoreError(what)
        return path
    if not isinstance(value, str) or value not in setting.choices:
        what = _("{name} is {value}; it is one of {choices}")
        raise StoreError(
            what.format(name=name, value=quoted(value), choices=", ".join(setting.choices)),
            remedy=did_you_mean(value, setting.choices) if isinstance(value, str) else "",
        )
    return value


def quoted(value: object) -> str:
    """A value as it may be shown: short, on one line."""
    from store.export.plain import one_line

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _("a table")
    if isinstance(value, list):
        return _("a list")
    try:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    except ValueError:  # a number of more digits than Python writes
        return _("a number")
    text = one_line(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def did_you_mean(name: str, known: tuple[str, ...]) -> str:
    """A remedy that names what may have been meant, or where all names are."""
    from difflib import get_close_matches

    cut = name[:100]
    alike = get_close_matches(cut, known, n=1, cutoff=0.6)
    if not alike:  # the table was left out, or another one written
        last = [one for one in known if one.rpartition(".")[2] == cut.rpartition(".")[2]]
        alike = last[:1]
    if alike:
        return _("did you mean {name}?").format(name=alike[0])
    return _("`khabar config --template` lists all")
