"""A watch with the workers of a cluster of real processes: the corpus becomes what it becomes here."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from store.cluster import Cluster
from store.database import verify
from store.database.watched import watched
from store.errors import ClusterError
from store.lasting import Lasting
from store.watching import Watch
from tests.clusters import Processes, cluster
from tests.store.test_cluster import content
from tests.store.watching.looking import FRESH, NOW, came, extend, put, record, text

pytestmark = pytest.mark.slow


def fill(folder: Path) -> None:
    """Many files with an article each, one with many, one that grows, one that is no article, one that is empty."""
    for number in range(40):
        put(folder / f"{number:02}.txt", text(number))
    put(folder / "many.jsonl", "".join(record(number) for number in range(40, 80)) + "{\n")
    put(folder / "grows.jsonl", "".join(record(number) for number in range(80, 110)) + '{"text": "خبر', FRESH)
    put(folder / "same.txt", text(3))
    put(folder / "empty.html", "<html></html>")


def changes(folder: Path) -> None:
    """What is other at the next look."""
    extend(folder / "grows.jsonl", ' ناقص"}\n' + "".join(record(number) for number in range(110, 140)), FRESH)
    put(folder / "05.txt", text(205))
    put(folder / "new.jsonl", "".join(record(number) for number in range(140, 180)))


def kept(corpus: Path, folder: Path) -> dict[str, object]:
    """What the corpus has of each file, by its path in the folder."""
    return {
        str(Path(path).relative_to(folder)): (one.size, one.digest, one.added, one.known, one.rejected)
        for path, one in watched(corpus).items()
    }


def looks(corpus: Path, folder: Path, others: Lasting[Cluster] | None = None) -> list[list[str]]:
    watch = Watch(corpus, [folder], others=others)
    first = came(watch, NOW)
    changes(folder)
    return [first, came(watch, NOW), came(watch, NOW)]


def test_the_corpus_is_the_same(tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    folder = tmp_path / "in"
    fill(folder)
    brought = looks(here, folder)
    before = kept(here, folder)
    for path in folder.iterdir():
        path.unlink()
    fill(folder)
    with cluster(tmp_path / "dask") as processes, Lasting(partial(Cluster, processes.address)) as others:
        assert looks(there, folder, others) == brought
        assert others.workers.pace.all.documents > 80
    assert kept(there, folder) == before
    without = {name: rows for name, rows in content(here).items() if name != "watched"}
    assert {name: rows for name, rows in content(there).items() if name != "watched"} == without
    assert not list(verify(there))


def test_a_cluster_that_went_is_looked_for_again(tmp_path: Path) -> None:
    folder, corpus = tmp_path / "in", tmp_path / "c.db"
    fill(folder)
    at: list[Processes] = []
    with cluster(tmp_path / "one", workers=1) as first:
        at.append(first)
        others = Lasting(lambda: Cluster(at[-1].address, limit=2))
        watch = Watch(corpus, [folder], others=others)
        first.scheduler.kill()
        first.scheduler.wait()
        with pytest.raises(ClusterError):
            came(watch)
        others.leave()
    with cluster(tmp_path / "two", workers=1) as second, others:
        at.append(second)
        # What was stored before it went is known; the file that was in hand is read again.
        brought = came(watch)
        assert sum(one.startswith("added many.jsonl") for one in brought) == 40
        assert others.workers.pace.all.documents > 0
        assert sum(one.startswith("added grows.jsonl") for one in brought) == 30
    assert not any(one.startswith("added") for one in came(Watch(corpus, [folder])))
    assert not list(verify(corpus))
