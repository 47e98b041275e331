"""Files of settings: what is wrong is one sentence with its line; nothing that stands there makes a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_config_dir

from tui.keys import KEYS, TOGETHER, Key
from tui.settings.reading import LARGEST, chosen_path, default_path, read
from tui.settings.table import BY_NAME, SETTINGS, Value
from tui.settings.template import literal, template, written

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "settings" / "wrong.json").read_text("utf-8")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["is"].replace(" ", "-"))
def test_what_is_wrong_is_said_with_its_place(path: Path, case: dict[str, Any]) -> None:
    path.write_text(case["text"], encoding="utf-8")
    found = read(path)
    place = case.get("place", f", line {case.get('line')}")
    assert [str(problem) for problem in found.problems] == [f"{path}{place}: {case['says']}"]
    assert found.there
    assert not found.values
    assert len(found.keys) == case["text"].count("\nexplore.rank")


def test_what_is_right_holds_beside_what_is_wrong(path: Path) -> None:
    path.write_text('digits = "latn"\ncalendar = "hijri"\n[keys]\nexplore.why = "e"\nexplore.rank = "F6, alt+w"\n')
    found = read(path)
    assert found.values == {"calendar": "hijri"}
    assert found.keys == {"explore.rank": "f6,alt+w"}
    assert [problem.name for problem in found.problems] == ["digits", "keys.explore.why"]
    assert found.problem_with("digits") is not None
    assert found.problem_with("calendar") is None


def test_a_file_that_is_not_there_is_wrong_only_where_somebody_named_it(path: Path) -> None:
    assert read(path).problems == []
    named = read(path, named=True)
    assert [str(one) for one in named.problems] == [f"{path}: there is no such file; KHABAR_CONFIG names it"]
    assert named.problem_with("theme") is not None


def test_a_file_that_cannot_be_read_is_wrong_in_one_sentence(path: Path, tmp_path: Path) -> None:
    def said(path: Path) -> list[str]:
        return [str(one) for one in read(path).problems]

    path.write_bytes(b"#" * (LARGEST + 1))
    assert said(path) == [f"{path}: is larger than 64 KB; settings take a few lines"]
    path.write_bytes(b'\ndigits = "\xff"')
    assert said(path) == [f"{path}, line 2: is not written in UTF-8"]
    assert said(tmp_path) == [f"{tmp_path}: cannot be read: it is no file"]
    os.mkfifo(tmp_path / "pipe")  # nobody writes to it
    assert said(tmp_path / "pipe") == [f"{tmp_path / 'pipe'}: cannot be read: it is no file"]
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert said(loop) == [f"{loop}: cannot be read: Too many levels of symbolic links"]
    assert said(Path("/dev/zero")) == ["/dev/zero: cannot be read: it is no file"]
    assert read(Path(os.devnull), named=True).problems == []


def test_hostile_files_are_wrong_in_one_sentence(path: Path) -> None:
    for text in ("a=" + "[" * 30_000, "a=" + "{a=" * 20_000, "corpus=" + "9" * 5_000, "[" * 60_000, "a." * 30_000,
                 f"[keys]\n{'a.' * 2_000}a=1", 'corpus="~\\u0000"', f"[{'a' * 30_000}]\n" * 2):  # fmt: skip
        path.write_text(text)
        (problem,) = read(path).problems
        assert len(str(problem)) < 1000, text[:10]


def test_lines_are_counted_as_toml_has_them(path: Path) -> None:
    path.write_text("# a\u2028b\x85c\ndigits = 'x'\n", "utf-8")
    assert [str(problem).split(":")[0] for problem in read(path).problems] == [f"{path}, line 2"]


def test_a_byte_order_mark_is_no_mistake(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbftheme = "light"\r\n')
    assert read(path).values == {"theme": "light"}


def test_the_path_is_the_systems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for value in (None, "", " ", str(tmp_path)):
        if value is None:
            monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        else:
            monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert default_path() == Path(user_config_dir("khabar")) / "config.toml"
    assert chosen_path({"KHABAR_CONFIG": "/etc/k.toml"}) == (Path("/etc/k.toml"), True)
    assert chosen_path({"KHABAR_CONFIG": ""}) == (default_path(), False)


# -- the template ----------------------------------------------------------------------------------------------


def test_the_template_changes_nothing_and_has_everything(path: Path) -> None:
    path.write_text(template(), encoding="utf-8")
    found = read(path)
    assert (found.problems, found.values, found.keys) == ([], {}, {})
    whole = [line[1:] if line.startswith("#") and " = " in line and line[1:2] != " " else line
             for line in template().splitlines()]  # fmt: skip
    path.write_text("\n".join(whole), encoding="utf-8")
    found = read(path)
    assert found.problems == []
    assert set(found.values) == set(BY_NAME)
    assert all(found.values[one.name] == one.default for one in SETTINGS if one.default is not None)
    assert found.keys == {key.id: key.usual for key in KEYS}


# -- whatever stands there -------------------------------------------------------------------------------------

_SCALARS = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["light", "hijri", "~/x", "f6", "a,b"]),
)  # fmt: skip
_NAMES = st.one_of(
    st.sampled_from([*BY_NAME, "keys", "panes", "timeline", *(f"keys.{key.id}" for key in KEYS)]), st.text(max_size=12)
)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return literal("".join(ch for ch in value if not 0xD800 <= ord(ch) < 0xE000))
    if isinstance(value, float):
        return {"inf": "inf", "-inf": "-inf", "nan": "nan"}.get(str(value), repr(value))
    return str(value).lower()


@given(st.dictionaries(_NAMES, _SCALARS, max_size=8))
def test_any_settings_are_right_or_said_to_be_wrong(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, Value]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    lines = [f"{'.'.join(_toml(part) for part in name.split('.'))} = {_toml(value)}" for name, value in said.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    for problem in found.problems:
        assert str(problem).isprintable()
        assert len(str(problem)) < 1500
    wrong = {problem.name for problem in found.problems}
    if None not in wrong:
        for name in {*BY_NAME, *(f"keys.{key.id}" for key in KEYS)} & said.keys():
            assert (name in found.values or name.removeprefix("keys.") in found.keys) != (name in wrong)


RIGHT: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "settings" / "right_keys.json").read_text("utf-8")
)


@pytest.mark.parametrize("moved", RIGHT, ids=lambda moved: "+".join(moved))
def test_keys_that_mean_one_thing_in_each_place_are_taken(path: Path, moved: dict[str, str]) -> None:
    path.write_text("[keys]\n" + "\n".join(f"{name} = {literal(keys)}" for name, keys in moved.items()), "utf-8")
    found = read(path)
    assert [str(problem) for problem in found.problems] == []
    assert found.keys == moved


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_without_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    path.write_bytes(data)
    for problem in read(path).problems:
        assert str(problem).isprintable()


_PRESSED = st.sampled_from(["a", "e", "x", "f6", "f7", "ش", "V", "alt+a", "slash", "[", "", "j,f6", "left", "D"])


@given(st.dictionaries(st.sampled_from([key.id for key in KEYS]), _PRESSED, max_size=12))
def test_whatever_keys_are_given_none_means_two_things(
    tmp_path_factory: pytest.TempPathFactory, moved: dict[str, str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "keys.toml"
    path.write_text("[keys]\n" + "\n".join(f"{name} = {literal(keys)}" for name, keys in moved.items()), "utf-8")
    found = read(path)
    assert set(moved) == set(found.keys) | {str(one.name).removeprefix("keys.") for one in found.problems}
    for groups in TOGETHER:
        of: dict[str, str] = {}
        for key in KEYS:
            if key.group in groups:
                for pressed in filter(None, found.keys.get(key.id, key.usual).split(",")):
                    if pressed == "space" and key.usual == "pagedown,space" and "sentences" in groups:
                        continue  # the key that marks goes before, as it comes
                    assert of.setdefault(pressed, key.id) == key.id or not {key.id, of[pressed]} & set(found.keys)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_keys_can_be_written_as_they_are_shown(key: Key) -> None:
    from tui.keys import shown
    from tui.settings.pressed import understood

    assert ",".join(understood(one) for one in written(key.usual).split(",")) == key.usual
    assert ",".join(understood(one) for one in shown(key.usual).split(" ")) == key.usual
