"""`khabar watch` from outside: processes that are started, stopped, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.clis import KHABAR, Home
from tests.tui.ptys import Terminal

OLD = 1_700_000_000.0


def text(number: int) -> str:
    return f"الخبر رقم {number}\n\nقال المتحدث باسم الحكومة في بغداد يوم {number} ديسمبر 2021 إن الأمر انتهى.\n"


def put(path: Path, content: str) -> Path:
    """A file that has long been at rest, there all at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f".{path.name}")
    hidden.write_text(content, "utf-8")
    os.utime(hidden, (OLD, OLD))
    return hidden.rename(path)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for number in (1, 2):
        put(tmp_path / "news" / f"{number}.txt", text(number))
    return tmp_path / "news"


class Watching:
    """A process that watches, and what it says line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def complaint(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.readline().rstrip("\n")

    def end(self, number: int) -> tuple[int, str, float]:
        """Send a signal; the exit code, what was still said, and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=30)
        return self.process.returncode, out, time.monotonic() - begun


@contextmanager
def watching(home: Home, *args: str | Path) -> Iterator[Watching]:
    process = subprocess.Popen(
        [*KHABAR, "watch", "--every", "0.1", *args],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env=home.env, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with process:
        found = Watching(process)
        assert found.complaint().startswith("Watching ")
        try:
            yield found
        finally:
            process.kill()


def test_once_looks_once(home: Home, news: Path) -> None:
    done = home.run("watch", "--once", news)
    assert (done.code, done.err) == (0, "")
    assert [line[8:] for line in done.out.splitlines()[:2]] == [
        f"  no date     {news}/{number}.txt  الخبر رقم {number}" for number in (1, 2)
    ]
    assert done.out.splitlines()[2].startswith("Added 2 articles to ")
    put(news / "2.txt", text(3))
    put(news / "4.txt", "")
    done = home.run("watch", "--once", "--json", news)
    assert done.code == 1
    assert [(row["status"], row["again"], Path(row["path"]).name) for row in done.objects] == [
        ("added", True, "2.txt"), ("rejected", False, "4.txt"),
    ]  # fmt: skip
    assert done.objects[0]["title"] == "الخبر رقم 3"
    assert "4.txt: is empty" in done.err
    done = home.run("watch", "--once", news)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Added 0 articles to ")
    assert home.run("verify").code == 0


def test_what_was_written_a_moment_ago_is_looked_at_twice(home: Home, news: Path) -> None:
    (news / "1.txt").write_text(text(5), "utf-8")
    done = home.run("watch", "--once", "--outlet", "الشرق", news)
    assert (done.code, done.err) == (0, "")
    assert "Added 2 articles" in done.out
    assert {row["outlet"] for row in home.run("articles", "--json").objects} == {"الشرق"}


@pytest.mark.parametrize("args", [["-"], ["/dev/null"], [], ["--every", "0", "x"]])
def test_what_makes_no_sense_is_refused(home: Home, args: list[str]) -> None:
    assert home.run("watch", *args).refused().endswith("see khabar watch --help")


def test_a_missing_path(home: Home) -> None:
    done = home.run("watch", "--once", "no-such-folder")
    assert done.code == 1
    assert "no-such-folder: does not exist" in done.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)])
def test_it_goes_on_until_it_is_told_to_end(home: Home, news: Path, number: int, code: int) -> None:
    with watching(home, news) as watch:
        assert watch.line().endswith("الخبر رقم 1")
        assert watch.line().endswith("الخبر رقم 2")
        put(news / "deep" / "3.txt", text(3))
        assert watch.line().endswith("deep/3.txt  الخبر رقم 3")
        put(news / "3.txt", "")
        assert watch.complaint().endswith("3.txt: is empty; check where it came from")
        put(news / "1.txt", text(7))
        assert watch.line().endswith("1.txt (changed)  الخبر رقم 7")
        ended, out, seconds = watch.end(number)
    assert ended == code
    assert out.startswith("Added 4 articles to ")
    assert out.endswith("; 1 rejected\n")
    assert seconds < 5
    assert home.run("verify").code == 0
    assert "Added 0" in home.run("watch", "--once", news).out


def test_a_kill_loses_nothing(home: Home, news: Path) -> None:
    for number in range(3, 9):
        put(news / f"{number}.txt", text(number))
    with watching(home, news) as watch:
        assert watch.line().endswith("الخبر رقم 1")
        watch.end(signal.SIGKILL)
    assert home.run("verify").code == 0
    assert home.run("watch", "--once", news).code == 0
    assert len(home.run("articles", "--json").objects) == 8


def test_lines_that_grow_come_one_by_one_as_objects(home: Home, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    with watching(home, "--json", feed) as watch:
        assert watch.complaint().endswith("feed.jsonl is not there; what comes there is taken.")
        for number in (1, 2, 3):
            with feed.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"text": text(number)}) + "\n")
            if number == 1:
                assert watch.complaint().endswith("feed.jsonl is there again.")
            found = json.loads(watch.line())
            assert (found["status"], found["title"]) == ("added", f"الخبر رقم {number}")
            assert found["path"] == f"{feed}:{number}"
            assert found["time"].endswith("+00:00")
        assert watch.end(signal.SIGTERM)[:2] == (0, "")


def test_two_watchers_and_one_who_adds(home: Home, news: Path) -> None:
    for number in range(3, 20):
        put(news / f"{number}.txt", text(number))
    with watching(home, news) as one, watching(home, news) as two:
        assert home.run("add", news).code == 0
        put(news / "last" / "20.txt", text(20))
        taken = [watch.end(signal.SIGTERM)[:2] for watch in (one, two) if watch.process.poll() is None]
        assert [code for code, _ in taken] == [0, 0]
    home.run("watch", "--once", news)
    assert len(home.run("articles", "--json").objects) == 20
    assert home.run("verify").code == 0


def test_a_corpus_that_is_gone_ends_it_with_a_sentence(home: Home, news: Path) -> None:
    corpus = home.folder / "data/khabar/corpus.db"
    with watching(home, news) as watch:
        assert watch.line().endswith("الخبر رقم 1")
        assert watch.line().endswith("الخبر رقم 2")
        corpus.rename(corpus.with_name("elsewhere.db"))
        assert watch.complaint() == f"khabar: {corpus}: is gone; put it back, and begin again"
        assert watch.process.wait(30) == 2
    assert not corpus.exists()


def test_on_a_terminal_one_line_says_how_it_stands(home: Home, news: Path) -> None:
    with Terminal([*KHABAR, "watch", "--every", "0.1", str(news)], 100, 10, home.env) as terminal:
        terminal.wait(lambda shown: "2 files at " in shown and "; 2 added, 0 rejected" in shown)
        put(news / "3.txt", text(3))
        shown = terminal.wait(lambda shown: "3 files at " in shown and "; 3 added, 0 rejected" in shown)
        assert shown.count("files at") == 1
        terminal.send("\x03")
        assert terminal.ended() == 130
        assert "Added 3 articles to " in terminal.text()
        assert "files at" not in terminal.text()


def test_a_date_that_cannot_be_read_is_told(home: Home, tmp_path: Path) -> None:
    feed = put(tmp_path / "feed.jsonl", '{"text": "قال الناطق إن الأمر انتهى.", "published": "soon"}\n')
    done = home.run("watch", "--once", feed)
    assert done.code == 0
    assert f'The date of publication in {feed}:1 could not be read: "soon"; ' in done.err
