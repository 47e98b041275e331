"""`khabar outlets`, and what the overview says of more outlets than it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.ingest import add
from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

_OUTLETS: dict[str, list[str | None]] = {
    "وكالة النهر": ["2021-03-02", "2020-11-30", None, "2021-01-09"],
    "إذاعة": [None],
    **{f"صحيفة {number}": ["2022-01-05"] for number in range(10, 21)},
}
"""When the articles of each were published."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    news = home.folder / "news.jsonl"
    with news.open("w", encoding="utf-8") as lines:
        for outlet, days in _OUTLETS.items():
            for number, day in enumerate(days):
                record = {"text": f"قال الناطق {number} إن الجسر بُني من جديد.", "outlet": outlet, "published": day}
                lines.write(json.dumps(record) + "\n")
    home.env["KHABAR_CORPUS"] = str(home.folder / "c.db")
    assert all(add(Path(home.env["KHABAR_CORPUS"]), [str(news)]))
    return home


def test_the_outlets_with_their_articles_and_dates(home: Home) -> None:
    found = home.run("outlets", "--json").objects
    assert found[0] == {"name": "وكالة النهر", "articles": 4, "first": "2020-11-30", "last": "2021-03-02"}
    assert found[1] == {"name": "إذاعة", "articles": 1, "first": None, "last": None}
    assert len(found) == len(_OUTLETS)
    assert home.run("outlets", "--json", "--limit", "2").objects == found[:2]


def test_the_table(home: Home) -> None:
    done = home.run("outlets", "--limit", "2")
    assert (done.code, done.err) == (0, "")
    heading, first, second = done.out.splitlines()
    assert heading.split() == ["articles", "first", "date", "last", "date", "outlet"]
    assert first.split() == ["4", "2020-11-30", "2021-03-02", "وكالة", "النهر"]
    assert second.split() == ["1", "–", "–", "إذاعة"]


def test_a_terminal_is_kept_to_its_width(home: Home) -> None:
    with Terminal([*KHABAR, "outlets"], 40, 30, {**home.env, "LANG": "ar_IQ.UTF-8"}) as terminal:
        assert terminal.ended() == 0
        assert "2020-11-30" in terminal.text()


def test_the_overview_says_how_many_more_there_are(home: Home) -> None:
    assert f"and {len(_OUTLETS) - 10} more: khabar outlets" in home.run().out
    arabic = home.run(env={"LANG": "ar_IQ.UTF-8", "LC_ALL": "ar_IQ.UTF-8"}).out
    assert "و3 مصادر أخرى: khabar outlets" in arabic


def test_a_corpus_without_any(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (tmp_path / "one.txt").write_text("قال الناطق إن الجسر بُني من جديد.")
    corpus = str(tmp_path / "c.db")
    assert home.run("-c", corpus, "add", tmp_path / "one.txt").code == 0
    done = home.run("-c", corpus, "outlets")
    assert (done.code, done.out, done.err) == (0, "", "No outlets.\n")
