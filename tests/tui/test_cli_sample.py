"""While there is no corpus, the sample stands in: made once, whole, by any number of processes, wherever it can be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from store import samples
from store.database import open_reader, verify
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_without_a_corpus_the_sample_is_read_and_said_to_be_one(home: Home) -> None:
    assert len(home.run("articles", "--json").objects) == 5
    for command in (["articles"], ["entities"], ["timeline"], ["search", "بغداد"], ["show", "1"], ["verify"], []):
        done = home.run(*command)
        assert done.code == 0
        assert done.out.startswith("Sample corpus: five articles"), command
    assert "Sample corpus" in home.run("export", "articles").err
    (made,) = (home.folder / "cache/khabar").glob("*.db")
    assert made.name == f"sample-{samples.version()}.db"
    assert not (home.folder / "data").exists()


def test_a_sample_that_contradicts_itself_is_shown_with_what_it_says(home: Home) -> None:
    shown = {row["id"]: home.run("show", str(row["id"])).out for row in home.run("articles", "--json").objects}
    contradicting = [number for number, out in shown.items() if "\nContradictions\n" in out]
    assert len(contradicting) == 1
    (record,) = home.run("show", str(contradicting[0]), "--json").objects
    (slip,) = record["contradictions"]
    assert slip["text"] == record["text"][slip["start"] : slip["end"]] == "03 يناير 2021"
    assert slip["reason"] in shown[contradicting[0]]


def test_a_corpus_of_ones_own_comes_first_unless_the_sample_is_asked_for(home: Home) -> None:
    text = "عنوان الخبر\n\nقال المتحدث في بغداد إن الأمر انتهى.\n"
    assert home.run("add", "-", stdin=text).code == 0
    assert len(home.run("articles", "--json").objects) == 1
    assert len(home.run("--sample", "articles", "--json").objects) == 5
    assert len(home.run("articles", "--json", env={"KHABAR_CORPUS": ""}).objects) == 1


def test_processes_that_make_it_at_once_do_not_meet(home: Home) -> None:
    started = [
        subprocess.Popen([*KHABAR, "articles", "--json"], env=home.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, len(out.splitlines()), err) == (0, 5, b"")
    (made,) = (home.folder / "cache/khabar").glob("*.db")
    assert list(verify(made)) == []


def test_without_a_cache_it_is_made_for_the_moment(home: Home, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = home.run("articles", "--json", env={"TMPDIR": str(temporary)})
    assert (done.code, len(done.objects), done.err) == (0, 5, "")
    assert list(temporary.iterdir()) == []


def test_a_sample_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    first = samples.in_folder(tmp_path)
    stamp = first.stat().st_mtime_ns
    assert samples.in_folder(tmp_path) == first
    assert first.stat().st_mtime_ns == stamp
    with open_reader(first, sample=True) as reader:
        assert reader.overview().articles == 5


def test_samples_of_other_versions_are_cleared_away_in_the_end(tmp_path: Path) -> None:
    old, recent, other = (tmp_path / name for name in ("sample-0-old.db", "sample-0-recent.db", "notes.db"))
    for path in (old, recent, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (0, 0))
    made = samples.in_folder(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([made, recent, other])


def test_the_sample_articles_are_the_seeds(seeds: Path) -> None:
    assert [path.name for path in samples.seeds()] == sorted(path.name for path in seeds.glob("*.txt"))


def test_on_a_terminal_the_explorer_opens_on_it(home: Home) -> None:
    with Terminal(KHABAR, 100, 30, home.env) as terminal:
        terminal.wait(lambda shown: any("\ufe70" <= char <= "\ufefc" for char in shown))
        terminal.quiet(0.5)
        terminal.send("q")
        assert terminal.ended() == 0
