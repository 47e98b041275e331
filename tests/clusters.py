"""A Dask cluster of real processes on loopback, for tests and for the benchmark."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_LONGEST = "600 s"
"""After so long they end by themselves, whatever became of those who started them."""


class Processes:
    """A scheduler and its workers; `environment` is added to that of each (settings of Dask as DASK_…)."""

    def __init__(self, folder: Path, environment: Mapping[str, str] = {}, protocol: str = "tcp") -> None:
        self.folder, self.protocol = folder, protocol
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DASK_")}
        self.environment |= {"PYTHONPATH": str(_ROOT), "DASK_CONFIG": str(folder / "dask.yaml"), **environment}
        self.workers: dict[str, subprocess.Popen[str]] = {}
        """By their addresses."""
        self._all: list[subprocess.Popen[str]] = []
        self.scheduler, self.address = self._begin(
            ["dask_scheduler", "--host", f"{protocol}://127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
             "--idle-timeout", _LONGEST],
            r"Scheduler at: +(\S+)",
        )  # fmt: skip

    def join(self, *options: str, environment: Mapping[str, str] = {}) -> str:
        """Starts one more worker, its process the one that works; returns its address when it has registered."""
        process, address = self._begin(
            ["dask_worker", self.address, "--host", f"{self.protocol}://127.0.0.1", "--nthreads", "1", "--no-dashboard",
             "--memory-limit", "0", "--death-timeout", _LONGEST,
             "--local-directory", str(self.folder), *(options or ("--no-nanny",))],
            r"Start worker at: +(\S+)", r"Registered to: +\S+", environment=environment,
        )  # fmt: skip
        self.workers[address] = process
        return address

    def kill(self, worker: str) -> None:
        """Ends a worker as a machine ends whose power fails."""
        process = self.workers.pop(worker)
        process.kill()
        process.wait()

    def end(self) -> None:
        """Ends all of them."""
        for process in reversed(self._all):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _begin(
        self, command: list[str], *awaited: str, environment: Mapping[str, str] = {}
    ) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:]],
            cwd=self.folder, env={**self.environment, **environment}, text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._all.append(process)
        assert process.stderr is not None
        said: list[str] = []
        found: list[str] = []
        for line in process.stderr:
            said.append(line)
            if match := re.search(awaited[len(found)], line):
                found.append(match[match.lastindex or 0])
                if len(found) == len(awaited):
                    threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop it
                    return process, found[0]
        raise AssertionError("".join(said))


@contextlib.contextmanager
def cluster(
    folder: Path, workers: int = 2, environment: Mapping[str, str] = {}, protocol: str = "tcp"
) -> Iterator[Processes]:
    """A scheduler with so many workers; they end in the end."""
    folder.mkdir(exist_ok=True)
    processes = Processes(folder, environment, protocol)
    try:
        for _ in range(workers):
            processes.join()
        yield processes
    finally:
        processes.end()


def certificates(folder: Path) -> dict[str, str]:
    """Makes an authority and a certificate that it has signed; returns Dask's settings for all roles, by their names
    within `distributed.comm.tls`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder.mkdir(exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)

    def named(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def builder(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named("authority"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
        )

    authority, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = builder("authority", authority).add_extension(x509.BasicConstraints(True, None), True)
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = builder("machine", own).add_extension(place, False)
    pem = serialization.Encoding.PEM
    for name, made in (("ca.pem", root), ("cert.pem", leaf)):
        (folder / name).write_bytes(made.sign(authority, hashes.SHA256()).public_bytes(pem))
    (folder / "key.pem").write_bytes(
        own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    settings = {"ca-file": str(folder / "ca.pem")}
    for role in ("scheduler", "worker", "client"):
        settings |= {f"{role}.cert": str(folder / "cert.pem"), f"{role}.key": str(folder / "key.pem")}
    return settings


def as_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings within `distributed.comm.tls` as variables of the environment."""
    return {
        f"DASK_DISTRIBUTED__COMM__TLS__{name.upper().replace('.', '__').replace('-', '_')}": value
        for name, value in settings.items()
    }
