"""The corpus that is kept up to date: gone, another one, full, shared, and whole whatever happens."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import verify
from store.errors import CorpusError, UnavailableError
from store.watching import Watch
from tests.store.watching.looking import NOW, OLD, came, put, said, text, titles


def test_a_corpus_that_is_gone_is_not_made_anew(corpus: Path, news: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    corpus.rename(corpus.with_name("elsewhere.db"))
    put(news / "4.txt", text(4))
    with pytest.raises(CorpusError, match="is gone"):
        came(watch)
    assert not corpus.exists()


def test_a_corpus_in_the_place_of_another_is_asked_what_it_knows(corpus: Path, news: Path, tmp_path: Path) -> None:
    watch = Watch(corpus, [news])
    came(watch)
    other = tmp_path / "other.db"
    assert len(came(Watch(other, [news / "1.txt"]))) == 1
    other.rename(corpus)
    for end in ("-wal", "-shm"):
        corpus.with_name(f"{corpus.name}{end}").unlink(missing_ok=True)
    assert came(watch) == ["added 2.txt", "added 3.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("room", [0, 200_000])
def test_a_full_disk_is_said_and_the_rest_comes_later(small_disk: Path, news: Path, room: int) -> None:
    corpus = small_disk / "c.db"
    watch = Watch(corpus, [news])
    came(watch)
    for number in range(4, 8):
        put(news / f"{number}.txt", text(number) * 300)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    os.truncate(ballast, ballast.stat().st_size - room)
    with pytest.raises(UnavailableError, match="the disk is full"):
        came(watch)
    ballast.unlink()
    assert "added 7.txt" in came(watch)
    assert len(titles(corpus)) == 7
    assert not list(verify(corpus))


def test_two_watchers_take_turns(corpus: Path, news: Path) -> None:
    one, two = Watch(corpus, [news]), Watch(corpus, [news])
    looks = [one.look(NOW), two.look(NOW)]
    outcomes: list[str] = []
    while looks:
        for look in list(looks):
            found = next(look, None)
            if found is None:
                looks.remove(look)
            else:
                outcomes.append(said(found))
    assert sorted(outcomes) == sorted(f"{how} {name}.txt" for name in (1, 2, 3) for how in ("added", "known"))
    assert came(one) == came(two) == []
    assert not list(verify(corpus))


NAMES = ("a.txt", "b.txt", "deep/a.txt")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.just("writing"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.sampled_from(("remove", "touch")), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.sampled_from(("look", "restart", "stop")), st.just(""), st.just(0)),
)


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=12))
def test_whatever_happens_what_rested_at_a_look_is_there_once(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus, news = Path(folder, "c.db"), Path(folder, "news")
        news.mkdir()
        watch, at, rested = Watch(corpus, [news]), OLD, set[str]()
        for what, name, number in steps:
            path, at = news / name, at + 1
            if what in ("write", "writing"):
                put(path, text(number), at if what == "write" else at + NOW)
            elif what == "remove":
                path.unlink(missing_ok=True)
            elif what == "touch" and path.exists():
                os.utime(path, (at, at))
            elif what == "restart":
                watch = Watch(corpus, [news])
            elif what == "stop":
                next(watch.look(NOW), None)
            elif what == "look":
                old = [path for path in news.rglob("*.txt") if path.stat().st_mtime < NOW]
                rested |= {path.read_text("utf-8").partition("\n")[0] for path in old}
                came(watch)
        written = {f"الخبر رقم {number}" for what, _name, number in steps if what.startswith("writ")}
        came(watch), came(watch)  # the second finds at rest what the first found new
        assert came(watch) == came(Watch(corpus, [news])) == []
        rested |= {path.read_text("utf-8").partition("\n")[0] for path in news.rglob("*.txt")}
        found = titles(corpus)
        assert len(found) == len(set(found))
        assert rested <= set(found) <= written
        assert not list(verify(corpus))
