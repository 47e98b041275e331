"""On a cluster of real processes the corpus becomes what it becomes here, whatever happens to the workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from store.cluster import Cluster
from store.database import verify
from store.errors import ClusterError, InputError
from store.extraction import Given, outcomes
from store.ingest import Added, Progress, add, analyse
from store.models import Analysis, Document, Source
from tests.clusters import Processes, cluster
from tests.store.test_extraction import PAGE, Deadly, told

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEXTS = 90


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of which some are the same, records of which some are none, pages alone and in an archive."""
    folder = tmp_path_factory.mktemp("in")
    for number in range(TEXTS):
        text = f"خبر رقم {number % 80}\n\nزار سامي حداد البصرة يوم {1 + number % 28} مارس 2021 مع وفد من بغداد.\n"
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    lines = [
        json.dumps({"text": f"خبر {n}\n\nقالت وزارة الخارجية في {1 + n} مايو 2020 إنها تتابع."}) for n in range(20)
    ]
    (folder / "records.jsonl").write_text("\n".join([*lines, "{", *lines[:3]]), "utf-8")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for number in range(1, 20):
            archive.writestr(f"page{number}.html", PAGE.format(n=number))
    (folder / "zz.html").write_text("<html></html>", "utf-8")
    return folder


def paths(folder: Path, at: int = -1, happens: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """All files in order; something happens before one of them is read."""
    for number, path in enumerate(sorted(folder.iterdir())):
        if number == at:
            happens()
        yield path


def content(corpus: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, without what hangs on the moment or on how many transactions there were: how the index
    is cut up on the disk does, so it is compared word by word, with all that it says of where each stands."""
    found: dict[str, list[tuple[object, ...]]] = {}
    connection = sqlite3.connect(f"{corpus.as_uri()}?mode=ro", uri=True)
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table not in ("_sqlite_migrations", "changes", "revisions", "article_words_data", "article_words_idx"):
            names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{name}"' for name in names if name not in ("added", "at"))
            found[table] = sorted(connection.execute(f'SELECT {kept} FROM "{table}"'), key=repr)
    connection.close()
    connection = sqlite3.connect(corpus)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, article_words, instance)")
    found["words"] = connection.execute("SELECT * FROM temp.words").fetchall()
    connection.close()
    return found


@pytest.fixture(scope="module")
def here(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Progress], Path]:
    """What becomes of it on this machine, and the corpus."""
    corpus = tmp_path_factory.mktemp("here") / "c.db"
    return list(add(corpus, paths(everything), jobs=2)), corpus


def busy(processes: Processes, worker: str) -> None:
    """Waits until a worker has batches in hand."""
    from distributed import Client

    with Client(processes.address, set_as_default=False) as client:
        while not client.processing().get(worker):
            pass


def test_a_worker_is_killed_and_the_corpus_is_the_same(
    everything: Path, here: tuple[list[Progress], Path], tmp_path: Path
) -> None:
    corpus = tmp_path / "c.db"
    with cluster(tmp_path / "dask") as processes, Cluster(processes.address) as others:
        assert others.number == 2
        first, _second = processes.workers
        # It does nothing with what it gets, so that it has it in hand when it ends.
        os.kill(processes.workers[first].pid, signal.SIGSTOP)

        def happens() -> None:
            busy(processes, first)
            processes.kill(first)

        done = list(add(corpus, paths(everything, 48, happens), others=others))
        assert others.pace.all.documents > len(here[0]) // 2
    assert told(done) == told(here[0])
    assert content(corpus) == content(here[1])
    assert not list(verify(corpus))


def test_workers_that_join_are_used_when_all_others_have_gone(
    everything: Path, here: tuple[list[Progress], Path], tmp_path: Path
) -> None:
    corpus = tmp_path / "c.db"
    with cluster(tmp_path / "dask") as processes, Cluster(processes.address) as others:
        before = list(processes.workers)
        for worker in before:
            os.kill(processes.workers[worker].pid, signal.SIGSTOP)

        def happens() -> None:
            processes.join()
            for worker in before:
                processes.kill(worker)

        done = list(add(corpus, paths(everything, 48, happens), others=others))
    assert told(done) == told(here[0])
    assert content(corpus) == content(here[1])


def test_a_document_that_kills_workers_is_rejected_and_the_others_are_not(tmp_path: Path) -> None:
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    good = [document(f"زار سامي حداد البصرة يوم {1 + number % 28} مارس 2021.") for number in range(40)]
    deadly = Deadly("x", Source("deadly.txt", "text", "1"), "1" * 64)
    with cluster(tmp_path / "dask", workers=0, environment=settings) as processes:
        processes.join("--nanny")  # which starts a worker again that has ended
        others = Cluster(processes.address)
        found = [one for portion in outcomes([*good, deadly, *good], Given(), lambda: others) for one in portion]
    (refused,) = (one for one in found if isinstance(one, InputError))
    assert refused.where == "deadly.txt"
    assert "ended the process that read it" in str(refused)
    assert [one for one in found if isinstance(one, Analysis)] == [analyse(one) for one in [*good, *good]]
    assert found.index(refused) == len(good)


def document(text: str) -> Document:
    return Document(text, Source("x.txt", "text", "1"), "0" * 64)


def test_it_ends_with_a_sentence_when_the_scheduler_or_all_workers_go(everything: Path, tmp_path: Path) -> None:
    for gone, says in ((True, "is gone"), (False, "has had no worker for")):
        corpus = tmp_path / f"{gone}.db"
        with cluster(tmp_path / "dask", workers=1) as processes, Cluster(processes.address, limit=2) as others:
            (worker,) = processes.workers
            os.kill(processes.workers[worker].pid, signal.SIGSTOP)

            def happens(gone: bool = gone, processes: Processes = processes, worker: str = worker) -> None:
                if gone:
                    processes.scheduler.kill()
                    processes.scheduler.wait()
                else:
                    processes.kill(worker)

            done: list[Progress] = []
            with pytest.raises(ClusterError, match=says) as caught:
                done.extend(add(corpus, paths(everything, 40, happens), others=others))
            assert "run the same command again" in str(caught.value)
        assert not list(verify(corpus))
        # What was added stays, and the same command on another cluster, or on none, goes on.
        assert len([one for one in add(corpus, paths(everything)) if isinstance(one, Added)]) > 60


def test_it_ends_with_a_sentence_when_the_scheduler_says_nothing_any_more(everything: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "silent.db"
    with cluster(tmp_path / "dask", workers=1) as processes, Cluster(processes.address, limit=1) as others:
        stop = partial(os.kill, processes.scheduler.pid, signal.SIGSTOP)
        with pytest.raises(ClusterError, match="has not answered for 2 s"):
            list(add(corpus, paths(everything, 40, stop), others=others))
    assert not list(verify(corpus))


def test_workers_of_another_khabar_are_refused(everything: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "store", tmp_path / "other" / "store", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "store" / "ready.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    other = {"PYTHONPATH": str(tmp_path / "other")}
    with cluster(tmp_path / "dask", workers=1) as processes:
        with Cluster(processes.address) as others:
            # One that joins later has not been asked: each batch asks.
            joined = processes.join(environment=other)
            (own,) = set(processes.workers) - {joined}
            processes.kill(own)
            with pytest.raises(ClusterError, match=r"would find something else: it has khabar \w+ \(here \w+\)"):
                list(add(tmp_path / "c.db", paths(everything), others=others))
        with pytest.raises(ClusterError, match=f"{joined} would find something else.*install the same"):
            Cluster(processes.address)
