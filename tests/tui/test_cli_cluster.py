"""--cluster of `khabar add`, `refine` and `watch`: what a person is told, and an interrupt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clusters import Processes, cluster
from tests.tui.clis import KHABAR, Home

WITHOUT = "import sys; sys.modules['distributed'] = None; from tui.cli import main; sys.exit(main())"
SOON = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1 s"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with cluster(tmp_path_factory.mktemp("dask")) as processes:
        yield processes


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    texts = (f"خبر رقم {n}\n\nزار سامي حداد البصرة يوم {1 + n % 28} مارس 2021 للمرة {n}." for n in range(200))
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
    return path


@pytest.mark.slow
def test_it_adds_the_same(home: Home, processes: Processes, records: Path) -> None:
    done = home.run("-c", home.folder / "c.db", "add", "--json", "--cluster", processes.address, records)
    assert (done.code, complaints(done.err)) == (0, [])
    here = home.run("-c", home.folder / "d.db", "add", "--json", "--jobs", "1", records)
    assert done.out == here.out
    assert home.run("-c", home.folder / "c.db", "verify").code == 0
    # With a file that names the scheduler, from the environment; --jobs goes before what the environment says.
    file = home.folder / "scheduler.json"
    file.write_text(json.dumps({"address": processes.address}))
    dry = home.run("add", "--dry-run", records, env={"KHABAR_CLUSTER": str(file)})
    assert (dry.code, complaints(dry.err)) == (0, [])
    assert "Would add 200 articles" in dry.out
    assert home.run("add", "--dry-run", "--jobs", "1", records, env={"KHABAR_CLUSTER": "tcp://none"}).code == 0


@pytest.mark.slow
def test_it_refines_and_watches(home: Home, processes: Processes, records: Path) -> None:
    folder = home.folder / "in"
    folder.mkdir()
    records.rename(folder / "records.jsonl")
    corpus = home.folder / "c.db"
    options = ("--cluster", processes.address)
    watched = home.run("-c", corpus, "watch", "--once", "--entities", "fast", *options, folder)
    assert watched.code == 0
    assert watched.out.count("records.jsonl") == 200
    refined = home.run("-c", corpus, "refine", "--again", "--json", *options)
    assert refined.code == 0
    assert [json.loads(line)["waiting"] for line in refined.out.splitlines()] == list(range(199, -1, -1))
    # Where the cluster is of no use, the pass in the background is this machine's.
    lost = home.run("-c", corpus, "refine", "--background", "--again", "--cluster", "tcp://127.0.0.1:1", env=SOON)
    assert lost.code == 0
    assert home.run("-c", corpus, "verify").code == 0


@pytest.mark.slow
def test_an_interrupt_leaves_nothing_under_way(home: Home, processes: Processes, records: Path) -> None:
    from distributed import Client

    command = [*KHABAR, "-c", str(home.folder / "c.db"), "add", "--json", "--cluster", processes.address, str(records)]
    running = subprocess.Popen(
        command, env=home.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert running.stdout is not None
    assert running.stderr is not None
    first = running.stdout.readline()  # connected by now
    for worker in processes.workers.values():
        os.kill(worker.pid, signal.SIGSTOP)
    with Client(processes.address, set_as_default=False) as client:
        while not any(client.processing().values()):
            pass
        running.send_signal(signal.SIGINT)
        for worker in processes.workers.values():
            os.kill(worker.pid, signal.SIGCONT)
        rest, err = running.communicate()
        assert (running.returncode, complaints(err)) == (130, [])
        while client.run_on_scheduler(tasks):
            pass
    added = [json.loads(line) for line in (first + rest).splitlines()]
    assert 0 < len(added) < 200
    assert home.run("-c", home.folder / "c.db", "verify").code == 0


def complaints(err: str) -> list[str]:
    """What is on stderr beside lines that say how far it is, and the one that an interrupt ends."""
    return [line for line in err.splitlines() if line and " added, " not in line]


def tasks(dask_scheduler: object) -> int:
    """How many tasks a scheduler knows of, on the scheduler."""
    return len(dask_scheduler.tasks)  # type: ignore[attr-defined]


def test_nothing_is_made_when_the_cluster_cannot_be_used(home: Home, seeds: Path) -> None:
    for address, says in (
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1: no scheduler answers within 1 s"),
        ("tls://127.0.0.1:1", "there is no certificate"),
        ("somewhere", "somewhere: is no cluster; write tcp://HOST:PORT"),
    ):
        for command in ("add", "watch"):
            assert says in home.run(command, "--cluster", address, seeds, env=SOON).refused()
    assert "--jobs is for this machine" in home.run("add", "--jobs", "2", "--cluster", "tcp://a:1", seeds).refused()
    assert not (home.folder / "data").exists()


def test_a_connection_that_others_can_read_is_said_to_be_one(home: Home, seeds: Path) -> None:
    done = home.run("add", "--cluster", "tcp://khabar.invalid:1", seeds, env=SOON)
    assert done.code == 2
    open_, refused = done.err.splitlines()
    assert open_ == "tcp://khabar.invalid:1 is neither encrypted nor asks who you are; use tls:// or an SSH tunnel."
    assert refused.startswith("khabar: tcp://khabar.invalid:1: no scheduler answers")


def test_without_the_extra_it_is_said_how_to_get_it(home: Home, seeds: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "add", "--cluster", "tcp://127.0.0.1:1", str(seeds)],
        env=home.env, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert (
        done.stderr == "khabar: Dask is not installed; install khabar with its extra: pip install 'khabar[cluster]'\n"
    )


def test_a_broken_configuration_is_named(home: Home, seeds: Path) -> None:
    (home.folder / "dask.yaml").write_text("distributed: [\n")
    done = home.run("add", "--cluster", "tcp://127.0.0.1:1", seeds, env={"DASK_CONFIG": str(home.folder / "dask.yaml")})
    assert "Dask cannot be used" in done.refused()
