"""`khabar config`, and commands that need a setting which is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.clis import Home
from tui.settings.table import SETTINGS


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def _set(home: Home, text: str) -> Path:
    path = home.folder / ".config" / "khabar" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_is_shown_with_who_says_so(home: Home) -> None:
    path = _set(home, 'digits = "latin"\ntheme = "light"\nbidi = "runs"\n[keys]\nexplore.why = "F6"\n')
    told = home.run("--theme", "ansi", "config", "--json", env={"KHABAR_BIDI": "words"})
    assert (told.code, told.err) == (0, "")
    first, *settings = told.objects
    assert first == {"file": str(path), "there": True}
    by_name = {one["setting"]: one for one in settings}
    assert list(by_name) == [*(setting.name for setting in SETTINGS), "keys.explore.why"]
    said = {name: (one["value"], one["from"], one["where"]) for name, one in by_name.items()}
    assert said["theme"] == ("ansi", "option", "--theme")
    assert said["bidi"] == ("words", "environment", "KHABAR_BIDI")
    assert said["digits"] == ("latin", "file", "1")
    assert said["calendar"] == ("gregorian", "default", None)
    assert said["keys.explore.why"] == ("f6", "file", 5)
    (path.parent / "theme.json").write_text('{"theme": "mono"}')
    _set(home, "")
    told = home.run("config")
    assert "theme" in told.out
    assert '"mono" chosen in the explorer' in " ".join(told.out.split())


def test_what_was_remembered_badly_does_not_count(home: Home) -> None:
    path = _set(home, "")
    for kept in ('{"theme": "pink"}', "[", "[" * 100_000, '{"theme": ["light"]}'):
        (path.parent / "theme.json").write_text(kept)
        told = home.run("config", "--json")
        assert told.code == 0
        assert '"setting": "theme", "value": "auto", "from": "default"' in told.out


def test_a_file_is_checked(home: Home, tmp_path: Path) -> None:
    told = home.run("config", "--check")
    assert (told.code, told.err) == (0, "")
    assert "not there: the defaults hold" in told.out
    _set(home, 'digits = "latn"\nmouse = 3\n')
    told = home.run("config", "--check")
    assert (told.code, told.out) == (2, "")
    assert [line.partition(", ")[2].split(":")[0] for line in told.err.splitlines()] == ["line 1", "line 2"]
    other = tmp_path / "other.toml"
    other.write_text('digits = "latin"\n')
    assert home.run("config", "--check", other).out == f"{other}: right, with settings: 1\n"
    assert "no such file" in home.run("config", "--check", tmp_path / "none").refused()
    assert "no such file" in home.run("config", "--check", env={"KHABAR_CONFIG": "/none"}).refused()


def test_the_template_is_a_file_that_is_right(home: Home) -> None:
    told = home.run("config", "--template")
    assert (told.code, told.err) == (0, "")
    _set(home, told.out)
    assert home.run("config", "--check").out.endswith(": right, with settings: 0\n")
    arabic = home.run("config", "--template", env={"KHABAR_LANGUAGE": "ar"})
    _set(home, arabic.out)
    assert home.run("config", "--check").code == 0


def test_only_what_needs_a_setting_minds_that_it_is_wrong(home: Home, seeds_corpus: Path) -> None:
    path = _set(home, 'theme = "pink"\ndigits = 3\n')
    assert home.run("-c", seeds_corpus, "articles").code == 0
    _set(home, "corpus = 3\n")
    assert home.run("-c", seeds_corpus, "articles").code == 0
    assert home.run("articles").refused() == f"{path}, line 1: corpus is 3; it is a path"
    assert home.run("add", seeds_corpus).refused() == f"{path}, line 1: corpus is 3; it is a path"
    assert home.run("articles", env={"KHABAR_CORPUS": str(seeds_corpus)}).code == 0
    _set(home, 'entities = "quick"\n')
    assert home.run("articles").code == 0
    text = home.folder / "text.txt"
    text.write_text("قال مصطفى الكاظمي")
    del home.env["KHABAR_ENTITIES"]
    assert 'entities is "quick"' in home.run("analyse", text).refused()
    assert home.run("analyse", "--entities", "fast", text).code == 0
    _set(home, "corpus =")
    assert "line 1: no TOML" in home.run("articles").refused()
    assert home.run("-c", seeds_corpus, "articles").code == 0
    assert home.run("--help").code == 0
    assert home.run("--theme", "pink", "articles").refused().startswith("Invalid value for '--theme'")


def test_settings_hold_for_commands(home: Home, seeds_corpus: Path) -> None:
    _set(home, f'corpus = "{seeds_corpus}"\nentities = "fast"\n')
    assert len(home.run("articles", "--json").objects) == 5
    own = home.folder / "own.db"
    _set(home, 'corpus = "~/own.db"\nentities = "fast"\n')
    assert "Sample corpus" in home.run("articles").out
    page = home.folder / "page.txt"
    page.write_text("قال مصطفى الكاظمي إن القوات العراقية ستبقى في بغداد.\n" * 5)
    assert home.run("add", page).code == 0
    assert own.exists()
    assert len(home.run("articles", "--json").objects) == 1
