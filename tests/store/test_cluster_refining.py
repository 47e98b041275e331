"""The accurate pass on a cluster of real processes: the corpus becomes what it becomes here."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store.cluster import Cluster
from store.database import open_reader, verify
from store.errors import ClusterError
from store.ingest import add
from store.models import Mention
from store.naming import Text, name
from store.refining import Refined, refine
from tests.clusters import cluster
from tests.store.test_cluster import busy, content, everything

__all__ = ["everything"]
pytestmark = pytest.mark.slow

READY = ("--no-nanny", "--preload", "store.ready")


@pytest.fixture(scope="module")
def waiting(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose articles wait for the accurate pass."""
    corpus = tmp_path_factory.mktemp("waiting") / "c.db"
    list(add(corpus, [everything], refine=True))
    return corpus


@pytest.fixture(scope="module")
def here(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Refined], Path]:
    """What the pass says on this machine, and the corpus."""
    corpus = Path(shutil.copy(waiting, tmp_path_factory.mktemp("here") / "c.db"))
    return list(refine(corpus)), corpus


def test_a_worker_is_killed_and_the_corpus_is_the_same(
    waiting: Path, here: tuple[list[Refined], Path], tmp_path: Path
) -> None:
    corpus = Path(shutil.copy(waiting, tmp_path / "c.db"))
    with cluster(tmp_path / "dask") as processes, Cluster(processes.address) as others:
        first, _second = processes.workers
        # It does nothing with what it gets, so that it has it in hand when it ends.
        os.kill(processes.workers[first].pid, signal.SIGSTOP)

        def ends() -> None:
            busy(processes, first)
            processes.kill(first)

        ending = threading.Thread(target=ends)
        ending.start()
        done = list(refine(corpus, others=others))
        ending.join()
        assert others.pace.all.documents == len(done)
    assert len(done) > 100
    assert done == here[0]
    assert content(corpus) == content(here[1])
    assert not list(verify(corpus))


def test_what_is_stored_stays_when_the_cluster_goes(
    waiting: Path, here: tuple[list[Refined], Path], tmp_path: Path
) -> None:
    corpus = Path(shutil.copy(waiting, tmp_path / "c.db"))
    done: list[Refined] = []
    with cluster(tmp_path / "dask", workers=1) as processes, Cluster(processes.address, limit=2) as others:
        pass_ = refine(corpus, others=others)
        done.append(next(pass_))
        processes.scheduler.kill()
        processes.scheduler.wait()
        with pytest.raises(ClusterError, match="is gone"):
            done.extend(pass_)
    assert 0 < len(done) < len(here[0])
    with open_reader(corpus) as reader:
        assert reader.overview().waiting == done[-1].waiting
    assert done + list(refine(corpus)) == here[0]  # and this machine goes on
    assert content(corpus) == content(here[1])


def test_workers_whose_encoder_computes_something_else_are_refused(waiting: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    # As a processor with other instructions does.
    (tmp_path / "other" / "elsewhere.py").write_text(
        "from store import cluster_work\ncluster_work.trial = lambda: '0'\n"
    )
    corpus = Path(shutil.copy(waiting, tmp_path / "c.db"))
    with cluster(tmp_path / "dask", workers=0) as processes:
        processes.join(*READY, "--preload", str(tmp_path / "other" / "elsewhere.py"))
        with Cluster(processes.address) as others, pytest.raises(ClusterError) as caught:
            list(refine(corpus, others=others))
    assert "would find something else: it has encoder 0 (here " in str(caught.value)
    assert "use machines with like processors" in str(caught.value)
    with open_reader(corpus) as reader:
        assert reader.overview().waiting > 100


@dataclass(frozen=True, slots=True)
class Deadly(Text):
    """A text that ends whoever looks for names in it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.abort, ()


def test_a_text_that_ends_workers_keeps_its_names(tmp_path: Path) -> None:
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    deadly = Deadly("زار سامي حداد البصرة.", (), ())
    with cluster(tmp_path / "dask", workers=0, environment=settings) as processes:
        processes.join("--nanny")  # which starts a worker again that has ended
        with Cluster(processes.address) as others:
            with pytest.raises(BrokenExecutor):
                others.name([deadly]).result()
            fault = others.name_alone(deadly)
            assert isinstance(fault, str)
            assert fault.startswith("ended the process that looked for names in it")


def test_names_come_back_as_they_were_found(tmp_path: Path) -> None:
    texts = [Text(f"زار سامي حداد البصرة يوم {day} مارس.", (), ()) for day in range(1, 9)]
    with cluster(tmp_path / "dask", workers=1) as processes, Cluster(processes.address) as others:
        found = others.name(texts).result()
        assert others.name_alone(texts[0]) == found[0]
    assert found == name(texts)
    assert all(isinstance(one, Mention) for named in found for one in named)
