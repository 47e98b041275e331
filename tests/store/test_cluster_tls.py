"""Who may reach a cluster: TLS as Dask is configured, and one sentence for whatever is wrong with it."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import dask.config
import distributed  # noqa: F401  its defaults are among the settings then
import pytest

from store.cluster import Cluster
from store.cluster_address import is_open, scheduler
from store.errors import ClusterError
from store.ingest import add
from tests.clusters import Processes, as_environment, certificates, cluster
from tests.store.test_extraction import told


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def encrypted(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with cluster(tmp_path_factory.mktemp("dask"), 1, as_environment(settings), "tls") as processes:
        yield processes


def configured(settings: Mapping[str, str], **others: object) -> dask.config.set:
    """What Dask's configuration says within `distributed.comm`, for so long."""
    return dask.config.set({f"distributed.comm.tls.{name}": value for name, value in settings.items()} | others)


@pytest.mark.slow
def test_with_tls_it_is_the_same(encrypted: Processes, settings: dict[str, str], tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(40)]
    for number, file in enumerate(files):
        file.write_text(f"خبر {number}\n\nزار سامي حداد البصرة يوم {1 + number % 28} مارس 2021.", "utf-8")
    assert encrypted.address.startswith("tls://")
    with configured(settings), Cluster(encrypted.address) as others:
        done = list(add(tmp_path / "c.db", files, others=others))
        assert others.pace.all.documents == 24
    assert told(done) == told(list(add(tmp_path / "d.db", files)))


@pytest.mark.slow
def test_a_scheduler_with_tls_refuses_others(encrypted: Processes, settings: dict[str, str], tmp_path: Path) -> None:
    plain = encrypted.address.replace("tls://", "tcp://")
    with pytest.raises(ClusterError, match=r"no scheduler answers within 1 s.*one with TLS is tls://HOST:PORT"):
        Cluster(plain, limit=1)
    strangers = certificates(tmp_path)
    with configured(strangers), pytest.raises(ClusterError, match="of the authority you trust"):
        Cluster(encrypted.address, limit=1)
    # Theirs is trusted here; ours is a stranger's there.
    with configured(strangers | {"ca-file": settings["ca-file"]}), pytest.raises(ClusterError, match="no scheduler"):
        Cluster(encrypted.address, limit=1)


def test_settings_that_cannot_do(settings: dict[str, str], tmp_path: Path) -> None:
    for wrong, says in (
        ({}, "asks for TLS, and there is no certificate for it; set distributed.comm.tls.ca-file"),
        (settings | {"client.cert": str(tmp_path / "none.pem")}, r"TLS cannot be used \(.*No such file"),
        (settings | {"client.cert": settings["client.key"]}, "TLS cannot be used"),
        (settings | {"ca-file": __file__}, "TLS cannot be used"),
    ):
        with configured(wrong), pytest.raises(ClusterError, match=says):
            Cluster("tls://127.0.0.1:1", limit=1)
    needed = configured(settings, **{"distributed.comm.require-encryption": True})
    with needed, pytest.raises(ClusterError, match="requires encryption; write tls://"):
        Cluster("tcp://127.0.0.1:1", limit=1)


def test_nobody_there() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=f"^{address}: no scheduler answers within 1 s"):
            Cluster(address, limit=1)
        silent.listen()  # something that takes connections and says nothing
        with pytest.raises(ClusterError, match="no scheduler answers within 1 s"):
            Cluster(address, limit=1)


@pytest.mark.slow
def test_a_scheduler_without_workers(tmp_path: Path) -> None:
    with cluster(tmp_path, 0) as processes, pytest.raises(ClusterError, match="has no worker; start one: dask worker "):
        Cluster(processes.address, limit=1)


def test_addresses(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text('{"type": "Scheduler", "address": "tls://10.0.0.7:8786", "workers": {}}')
    assert scheduler(str(file)) == "tls://10.0.0.7:8786"
    assert scheduler("tcp://[::1]:8786") == "tcp://[::1]:8786"
    for wrong in ("", "host:8786", "tcp://host", "http://host:8786", "tcp://:x", "\x1b[2J", str(tmp_path), "a\0b"):
        with pytest.raises(ClusterError, match="write tcp://HOST:PORT") as caught:
            scheduler(wrong)
        assert str(caught.value).isprintable()
    for broken in ("", "[]", "{}", '{"address": 7}', "[" * 100_000, '{"address": "host"}'):
        file.write_text(broken)
        with pytest.raises(ClusterError):
            scheduler(str(file))
    assert [is_open(f"{kind}:8786") for kind in ("tcp://127.0.0.1", "tcp://[::1]", "tcp://a.b", "tls://a.b")] == [
        False, False, True, False,
    ]  # fmt: skip
