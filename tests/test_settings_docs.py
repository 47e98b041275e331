"""docs/settings.md tells of every setting, as it is, and its examples are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.keys import BY_ID
from tui.overlay_keys import FIXED
from tui.settings.reading import read
from tui.settings.table import SETTINGS, THEMES, Setting

DOCUMENT = (Path(__file__).parents[1] / "docs" / "settings.md").read_text("utf-8")
_ROW = re.compile(r"\| `([\w.]+)` \| (.+?) \| (.+?) \| (.+?) \| ?(.*?) ?\|")
ROWS = {found[1]: found for found in map(_ROW.fullmatch, DOCUMENT.splitlines()) if found}


def _code(cell: str) -> list[str]:
    return re.findall("`(.+?)`", cell)


def test_no_setting_is_missing_and_none_is_made_up() -> None:
    settings = DOCUMENT[: DOCUMENT.index("## Keys")]
    assert [name for name in ROWS if f"| `{name}` |" in settings] == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_told_of_as_it_is(setting: Setting) -> None:
    _name, values, default, _says, others = ROWS[setting.name].groups()
    if setting.kind == "choice":
        assert _code(values) == list(setting.choices)
    elif setting.kind == "number":
        assert values == f"{setting.least} to {setting.most}"
    elif setting.kind == "switch":
        assert _code(values) == ["true", "false"]
    if setting.default is not None:
        assert _code(default) == [str(setting.default).lower()]
    assert _code(others) == [one for one in (setting.option, setting.env) if one]


def test_every_theme_is_told_of() -> None:
    told = DOCUMENT[DOCUMENT.index("## Themes") : DOCUMENT.index("`auto` is `khabar`")]
    assert [name for line in told.splitlines() if line.startswith("| `") for name in _code(line.split("|")[1])] == [
        *THEMES
    ]


def test_the_example_is_right(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.+?)```", DOCUMENT, re.DOTALL)
    assert len(examples) == 1
    path = tmp_path / "config.toml"
    path.write_text(examples[0], encoding="utf-8")
    found = read(path)
    assert found.problems == []
    assert found.keys == {"explore.search": "slash,ctrl+f", "correct.hide": ""}


def test_what_keeps_its_keys_is_told_of() -> None:
    keys = DOCUMENT[DOCUMENT.index("## Keys") : DOCUMENT.index("## Themes")]
    told = {one.removesuffix(".…") for one in _code(keys) if one.endswith(".…") or one in FIXED}
    assert told == {one if one == "annotating.other" else one.partition(".")[0] for one in FIXED}
    assert set(re.findall(r"`([a-z]+\.[a-z_]+)[` ]", keys)) <= {*BY_ID, *FIXED}
