"""The explorer through a real sshd on loopback, as on a remote machine."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tui.ptys import KHABAR, Terminal

IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (Path(SSHD).exists() and shutil.which("ssh") and shutil.which("ssh-keygen")),
        reason="needs Debian's openssh-server and openssh-client",
    ),
]


@dataclass(frozen=True)
class Server:
    """A running sshd that lets this user in with one key."""

    port: int
    key: Path

    def command(self, *remote: str) -> list[str]:
        """`ssh` with a terminal to run something there."""
        options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "IdentitiesOnly=yes"]
        flags = [part for option in options for part in ("-o", option)]
        return ["ssh", "-F", "none", "-tt", *flags, "-i", str(self.key), "-p", str(self.port), "127.0.0.1", *remote]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An sshd of one's own on a free port of loopback."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    (tmp_path / "authorized").write_bytes((tmp_path / "user.pub").read_bytes())
    port = _free_port()
    config = tmp_path / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {tmp_path / 'host'}\nPidFile {tmp_path / 'pid'}\n"
        f"AuthorizedKeysFile {tmp_path / 'authorized'}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
        f"PasswordAuthentication no\nAllowUsers {getpass.getuser()}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd drops its privileges to
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if b"listening" in line:
                break
        else:
            pytest.fail("sshd did not start")
        yield Server(port, tmp_path / "user")
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()


def test_a_session_over_ssh(server: Server, seeds_corpus: Path, tmp_path: Path) -> None:
    remote = f"XDG_CACHE_HOME={tmp_path} XDG_CONFIG_HOME={tmp_path} {' '.join(KHABAR)} -c {seeds_corpus}"
    root = Path(__file__).parents[2]
    with Terminal(server.command(f"cd {root} && {remote}"), 100, 30, {}) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        before = len(terminal.written)
        terminal.send("2j")
        terminal.quiet(0.5)
        assert len(terminal.written) > before
        terminal.send("a")
        terminal.wait(lambda text: "entity:" in text)
        terminal.send("q")
        assert terminal.ended() == 0
        assert b"\x1b[?1049l" in terminal.written


def test_a_dropped_connection_ends_the_program(server: Server, seeds_corpus: Path, tmp_path: Path) -> None:
    pid_file = tmp_path / "khabar.pid"
    remote = f"echo $$ > {pid_file}; exec {' '.join(KHABAR)} -c {seeds_corpus}"
    root = Path(__file__).parents[2]
    with Terminal(server.command(f"cd {root} && {remote}"), 100, 30, {}) as terminal:
        terminal.wait(lambda text: IRAQ in text)
        os.kill(terminal.pid, 9)
        terminal.ended()
    pid = int(pid_file.read_text())
    gone = subprocess.run(["timeout", "15", "tail", "--pid", str(pid), "-f", "/dev/null"], check=False)
    assert gone.returncode == 0, "khabar is still running after its terminal went away"
