"""A file of settings with everything in it, each line a comment that says what holds anyway."""

from __future__ import annotations

from collections.abc import Iterator

from tui.keys import GROUPS, KEYS, shown
from tui.locale import gettext as _
from tui.settings.table import KEYS as KEYS_TABLE
from tui.settings.table import SETTINGS, Setting, Value

_WIDTH = 34
"""Where what a key does stands behind it."""


def template() -> str:
    """All settings and the id of every action, in the language spoken; as it is, it changes nothing."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# " + _("Settings of khabar. What stands here behind a # holds anyway; take it away to change what follows.")
    yield "# " + _("An option counts before a variable of the environment, and that before this file.")
    table = ""
    for setting in SETTINGS:
        before = setting.name.rpartition(".")[0]
        if before != table:
            table = before
            yield f"\n[{table}]"
        yield ""
        yield f"# {_(setting.says)}"
        yield from (f"# {line}" for line in _more(setting))
        yield f"#{setting.name.rpartition('.')[2]} = {literal(_example(setting))}"
    yield f"\n[{KEYS_TABLE}]"
    yield "# " + _(
        'Keys of actions, with commas between them, as in "a,f6"; "" for none. The keys of the Arabic layout'
    )
    yield "# " + _('come by themselves. Keys are called a, A, /, f5, ctrl+r, alt+left, pagedown, space; "," is comma.')
    for heading in dict.fromkeys(GROUPS.values()):
        yield f"\n# {_(heading)}"
        for key in KEYS:
            if GROUPS[key.group] == heading:
                yield f"#{key.id} = {literal(written(key.usual))}".ljust(_WIDTH) + f" # {_(key.label)}"


def _more(setting: Setting) -> Iterator[str]:
    takes = {
        "choice": ", ".join(setting.choices),
        "switch": "true, false",
        "number": _("from {least} to {most}").format(least=setting.least, most=setting.most),
        "path": _("a path from / or ~ on"),
    }[setting.kind]
    others = " · ".join(filter(None, (setting.option, setting.env)))
    yield f"{takes} ({others})" if others else takes
    if setting.unset:
        yield _("as it comes: {what}").format(what=_(setting.unset))


def _example(setting: Setting) -> Value:
    """The default, or a value to begin with where that is none."""
    if setting.default is not None:
        return setting.default
    begun: dict[str, Value] = {"path": "~/news/corpus.db", "switch": True, "number": 40, "choice": ""}
    return begun[setting.kind]


def literal(value: Value) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(f"\\{ch}" if ch in '"\\' else ch if ch.isprintable() else f"\\U{ord(ch):08x}" for ch in value)
        return f'"{escaped}"'
    return str(value)


def written(keys: str) -> str:
    """Keys as a person writes them into the file."""
    return ",".join(_written(key) for key in keys.split(",")) if keys else ""


def _written(key: str) -> str:
    sign = shown(key)
    return sign if len(sign) == 1 and sign.isascii() and sign not in ',"\\' else key
