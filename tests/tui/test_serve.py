"""`khabar serve` with the system's own `ssh`: what is given, and each thing that is refused."""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from tests.store.database.test_read_only import standing
from tests.tui.clis import Home
from tests.tui.ssh_clients import IRAQ, Client, Served, free_port, is_there, make_key, needs_ssh, options
from tui.serve.audit import quoted

pytest.importorskip("asyncssh", reason="needs asyncssh (khabar[serve])")
pytestmark = [pytest.mark.slow, needs_ssh]

Start = Callable[..., Awaitable[Served]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Keys of a reader, an editor and a stranger; the first two are authorized."""
    folder = tmp_path / "keys"
    folder.mkdir()
    lines = [make_key(folder, name, comment).with_suffix(".pub").read_text() for name, comment in
             (("user", "nour"), ("editor", "amal"), ("stranger", "amal"))]  # fmt: skip
    (folder / "authorized").write_text("".join(lines[:2]))
    (folder / "authorized").chmod(0o600)
    return folder


@pytest_asyncio.fixture
async def start(folder: Path, seeds_corpus: Path) -> AsyncIterator[Start]:
    served = Served(folder, seeds_corpus)
    yield served.start
    if served.server is not None:
        await served.server.stop()


async def test_a_session_reads_resizes_and_ends(start: Start, seeds_corpus: Path) -> None:
    served = await start()
    before = standing(seeds_corpus.parent)
    client = Client(served.command("-t"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        terminal.send("2a")
        await client.wait(lambda text: "entity:" in text)
        fcntl.ioctl(terminal._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 132, 0, 0))
        terminal.screen.resize(40, 132)
        os.kill(terminal.pid, signal.SIGWINCH)
        await client.wait(lambda text: any(line.strip() for line in text.splitlines()[36:]))
        terminal.send("r")
        await client.wait(lambda text: "open for reading only" in text)
        terminal.send("q")
        assert await client.ended() == 0
        assert b"\x1b[?1049l" in terminal.written
    await served.until(lambda: any(line.startswith("logout") for line in served.lines))
    assert not is_there(pid)
    login, logout = served.lines
    assert login.startswith('login user="nour" key=SHA256:')
    assert 'from=127.0.0.1 mode=read-only as="somebody"' in login
    assert "seconds=0" in logout
    assert standing(seeds_corpus.parent) == before


async def test_an_editor_corrects_under_their_own_name_and_sees_no_file(start: Start, seeds_corpus: Path) -> None:
    served = await start(editors=frozenset({"amal"}))
    client = Client(served.command("-t", key="editor", user="nour"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        for key in ("A", "x", "\x1a"):
            terminal.send(key)
            await client.wait(lambda text: "no other file" in text)
            terminal.send("1")
            await client.wait(lambda text: "no other file" not in text)
        for key in "2jr":
            terminal.send(key)
            await asyncio.to_thread(terminal.quiet, 0.3)
        await client.wait(lambda text: "New name" in text)
        terminal.send("\x15")
        await asyncio.to_thread(terminal.quiet, 0.3)
        terminal.send("baghdad")
        await client.wait(lambda text: "baghdad" in text)
        terminal.send("\r")
        await client.wait(lambda text: "u takes it back" in text)
        terminal.send("q")
        assert await client.ended() == 0
    home = Home(seeds_corpus.parent)
    (edit,) = home.run("-c", seeds_corpus, "edit", "log", "--json").objects
    assert "amal" in edit.values()
    assert "mode=editor" in served.lines[0]


async def test_the_name_a_client_gives_itself_makes_no_editor(start: Start) -> None:
    served = await start(editors=frozenset({"amal"}))
    client = Client(served.command("-t", user="amal"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        assert 'user="nour"' in served.lines[0]
        assert "mode=read-only" in served.lines[0]
        terminal.send("b")
        await client.wait(lambda text: "open for reading only" in text)


@pytest.mark.parametrize(
    "flags",
    [
        ("-o", "PreferredAuthentications=password"),
        ("-o", "PreferredAuthentications=keyboard-interactive"),
        ("-o", "PreferredAuthentications=hostbased", "-o", "HostbasedAuthentication=yes"),
        ("-o", "PreferredAuthentications=gssapi-with-mic", "-o", "GSSAPIAuthentication=yes"),
    ],
    ids=lambda flags: flags[1].partition("=")[2],
)
async def test_only_keys_let_in(start: Start, flags: tuple[str, ...]) -> None:
    served = await start()
    done = await served.run("sh", "-c", 'exec setsid "$@"', "sh", *served.command("-t", *flags), stdin=b"secret\n")
    assert done.returncode == 255
    assert b"Permission denied (publickey)" in done.stderr
    await served.until(lambda: served.lines)
    assert served.lines == ['refused from=127.0.0.1 what=login as="somebody"']


async def test_an_unknown_key_is_refused(start: Start) -> None:
    served = await start()
    done = await served.run(*served.command("-t", key="stranger"))
    assert done.returncode == 255
    assert b"Permission denied (publickey)" in done.stderr
    await served.until(lambda: served.lines)
    assert served.lines == ['refused from=127.0.0.1 what=login as="somebody"']


async def test_too_many_keys_in_vain_end_the_connection(start: Start, folder: Path) -> None:
    served = await start(tries=2)
    more = [part for name in ("one", "two", "three") for part in ("-i", str(make_key(folder, name, name)))]
    done = await served.run(*served.command("-t", *more, key="stranger"))
    assert done.returncode == 255
    assert b"Permission denied" not in done.stderr  # it was cut off before


async def test_commands_and_subsystems_are_refused(start: Start, tmp_path: Path) -> None:
    served = await start()
    for flags, command, what in (
        ((), ("ls",), "exec"),
        (("-tt",), ("ls",), "exec"),
        (("-s",), ("sftp",), "subsystem"),
        (("-s",), ("netconf",), "subsystem"),
    ):
        served.lines.clear()
        done = await served.run(*served.command(*flags), *command)
        assert done.returncode not in (0, None)
        assert b"request failed" in done.stderr
        assert done.stdout == b""
        await served.until(lambda what=what: any(f"what={what}" in line for line in served.lines))  # type: ignore[misc]
    for program in ("sftp", "scp"):
        sent = [str(tmp_path / "keys" / "user.pub"), "somebody@127.0.0.1:/tmp/"] if program == "scp" else ["127.0.0.1"]
        done = await served.run(program, *options(tmp_path / "keys" / "user", served.port), *sent)
        assert done.returncode != 0
    assert not served.server.sessions


async def test_a_session_without_a_terminal_is_refused(start: Start) -> None:
    served = await start()
    done = await served.run(*served.command("-T"))
    assert done.returncode == 1
    assert done.stdout == b"khabar: this needs a terminal: ssh -t\r\n"


async def test_forwarding_of_every_kind_is_refused(start: Start, folder: Path) -> None:
    served = await start()
    done = await served.run(*served.command("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"))
    assert b"remote port forwarding failed" in done.stderr
    done = await served.run(
        *served.command("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{folder}/sock:127.0.0.1:22")
    )
    assert done.returncode == 255
    assert not (folder / "sock").exists()
    done = await served.run(*served.command("-W", "127.0.0.1:22"))
    assert b"forwarding failed" in done.stderr
    assert any("what=remote-forwarding" in line for line in served.lines)
    assert any("what=forwarding" in line for line in served.lines)


async def test_local_ports_and_sockets_lead_nowhere(start: Start, folder: Path) -> None:
    served = await start()
    port, path, dynamic = folder / "port", folder / "path", free_port()
    flags = ("-L", f"{port}:127.0.0.1:{served.port}", "-L", f"{path}:{folder}/agent", "-D", f"127.0.0.1:{dynamic}")
    client = Client(served.command("-t", *flags))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        probe = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); print(s.recv(9))"
        for socket in (port, path):
            done, _read = await asyncio.gather(
                served.run(sys.executable, "-c", probe, str(socket)), asyncio.to_thread(client.terminal.quiet, 1.0)
            )
            assert done.stdout == b"b''\n"  # closed without a byte, though an SSH server is behind the first
        # SOCKS 5, no authentication, connect to this server.
        asked = b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01" + served.port.to_bytes(2, "big")
        probe = "import socket,sys; s=socket.create_connection(('127.0.0.1', int(sys.argv[1]))); "
        probe += "s.sendall(bytes.fromhex(sys.argv[2])); print(b''.join(iter(lambda: s.recv(99), b'')))"
        done, _read = await asyncio.gather(
            served.run(sys.executable, "-c", probe, str(dynamic), asked.hex()),
            asyncio.to_thread(client.terminal.quiet, 1.0),
        )
        assert b"SSH-2.0" not in done.stdout
    assert any("what=forwarding" in line for line in served.lines)


async def test_neither_agent_nor_display_come_along(start: Start) -> None:
    served = await start()
    client = Client(served.command("-t", "-A", "-X"), env={"DISPLAY": ":99", "LANG": "C.UTF-8"})
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        kept = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        names = {entry.partition(b"=")[0] for entry in kept}
        assert not names & {b"SSH_AUTH_SOCK", b"DISPLAY", b"SSH_CONNECTION"}


async def test_no_variable_comes_along_but_what_is_checked(start: Start) -> None:
    served = await start()
    sent = ("-o", "SetEnv=LD_PRELOAD=/x.so PYTHONPATH=/x KHABAR_USER=amal COLORTERM=truecolor LANG=ar_IQ.UTF-8")
    client = Client(served.command("-t", *sent))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        pairs = (entry.partition(b"=") for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if entry)
        env = {name.decode(): value.decode() for name, _equals, value in pairs}
    assert (env["LANG"], env["COLORTERM"], env["TERM"]) == ("ar_IQ.UTF-8", "truecolor", "xterm-256color")
    assert not set(env) - {"HOME", "PATH", "TERM", "LANG", "COLORTERM", "KHABAR_READ_ONLY", "KHABAR_SERVED", "TZ",
                           "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX", "LC_CTYPE",
                           "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LD_LIBRARY_PATH"}  # fmt: skip


async def test_a_name_of_a_terminal_that_is_none_is_refused(start: Start) -> None:
    served = await start()
    client = Client(["env", "TERM=../x;ls", *served.command("-t")])
    with client.terminal as terminal:
        assert await client.ended() == 1
        assert b"khabar: the name of your terminal" in terminal.written


async def test_limits_bind_a_session(start: Start) -> None:
    served = await start(memory=1 << 30, cpu=1234)
    client = Client(served.command("-t"))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        limits = Path(f"/proc/{pid}/limits").read_text()
        status = Path(f"/proc/{pid}/status").read_text()
    assert f"Max address space         {1 << 30}" in limits
    assert "Max cpu time              1234" in limits
    assert "Max file size             0" in limits
    assert "Max core file size        0" in limits
    assert "Umask:\t0077" in status


async def test_sessions_are_counted(start: Start) -> None:
    served = await start(most=2, each=1)
    first = Client(served.command("-t"))
    with first.terminal:
        await first.wait(lambda text: IRAQ in text)
        second = Client(served.command("-t"))
        with second.terminal as refused:
            assert await second.ended() == 1
            assert refused.written.endswith(b"khabar: you have as many sessions open as you may, 1\r\n")
    await served.until(lambda: not served.server.sessions)
    again = Client(served.command("-t"))
    with again.terminal:
        await again.wait(lambda text: IRAQ in text)


async def test_strangers_are_counted(start: Start) -> None:
    served = await start(strangers=0)
    done = await served.run(*served.command("-t"))
    assert done.returncode == 255
    await served.until(lambda: served.lines)
    assert served.lines == ['refused from=127.0.0.1 what=connection as=""']


async def test_who_is_idle_is_sent_away_with_a_word(start: Start) -> None:
    served = await start(idle=600.0)
    client = Client(served.command("-t"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        served.now += 599
        served.server.sweep()
        assert served.pids()
        terminal.send("j")
        served.now += 1
        await served.until(lambda: [one.typed_at for one in served.server.sessions] == [served.now])
        served.now += 600
        served.server.sweep()
        await client.ended()
        assert terminal.written.endswith(b"khabar: closed after 10 minutes without a key\r\n")
        assert b"\x1b[?1049l" in terminal.written
    assert not served.server.sessions


async def test_a_connection_without_a_session_is_closed(start: Start) -> None:
    served = await start()
    client = Client(served.command("-N"))
    with client.terminal:
        await served.until(lambda: served.lines)
        served.now += 30
        served.server.sweep()
        assert await client.ended() == 255


async def test_connections_and_channels_without_a_session_are_counted_and_closed(start: Start, folder: Path) -> None:
    import asyncssh
    from asyncssh.channel import SSHClientChannel

    served = await start(each=1)
    loop = asyncio.get_running_loop()

    def connect() -> Awaitable[asyncssh.SSHClientConnection]:
        key = str(folder / "user")
        return asyncssh.connect("127.0.0.1", served.port, client_keys=[key], known_hosts=None, config=None)

    first, second = await connect(), await connect()
    third = await connect()
    await asyncio.wait_for(third.wait_closed(), 30)
    assert [line.split()[:2] for line in served.lines if "refused" in line] == [["refused", "from=127.0.0.1"]]
    assert len(served.server.connections) == 2
    # Channels that are opened, and ask for nothing.
    for _ in range(2):
        await SSHClientChannel(first, loop, "strict", None, "strict", 1 << 20, 1 << 15)._open(b"session")
    with pytest.raises(asyncssh.ChannelOpenError):
        await SSHClientChannel(first, loop, "strict", None, "strict", 1 << 20, 1 << 15)._open(b"session")
    served.now += 30
    served.server.sweep()
    await asyncio.wait_for(first.wait_closed(), 30)
    await asyncio.wait_for(second.wait_closed(), 30)
    await served.until(lambda: not served.server.connections)


async def test_a_client_that_is_killed_leaves_no_process(start: Start) -> None:
    served = await start()
    client = Client(served.command("-t"))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        client.kill()
        await client.ended()
        await served.until(lambda: not is_there(pid))
    await served.until(lambda: not served.server.sessions and not served.server.connections)
    assert served.lines[-1].startswith("logout")


async def test_a_session_that_does_not_end_is_ended(start: Start) -> None:
    served = await start(grace=0.1)
    client = Client(served.command("-t"))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
        (pid,) = served.pids()
        os.kill(pid, signal.SIGSTOP)  # hears nothing
        client.kill()
        await client.ended()
        await served.until(lambda: not is_there(pid))


async def test_the_file_of_keys_is_read_again(start: Start, folder: Path) -> None:
    served = await start()
    with (folder / "authorized").open("a") as file:
        file.write((folder / "stranger.pub").read_text())
    client = Client(served.command("-t", key="stranger"))
    with client.terminal:
        await client.wait(lambda text: IRAQ in text)
    (folder / "authorized").write_text("")
    done = await served.run(*served.command("-t"))
    assert b"Permission denied" in done.stderr


async def test_a_hostile_name_does_nothing_to_the_audit(start: Start) -> None:
    """By a client that sends any name: OpenSSH's own refuses these."""
    import asyncssh

    served = await start()
    name = 'x" mode=editor \\'
    with pytest.raises(asyncssh.PermissionDenied):
        await asyncssh.connect("127.0.0.1", served.port, username=name, known_hosts=None, client_keys=None, config=None)
    await served.until(lambda: served.lines)
    assert served.lines == [r'refused from=127.0.0.1 what=login as="x\" mode=editor \\"']


@given(st.text())
def test_what_is_quoted_is_one_line_of_characters_that_print(value: str) -> None:
    said = quoted(value)
    assert said.isprintable()
    assert len(said) <= 10 * 100 + 3
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', said)


def test_the_command_serves_and_ends_when_told(folder: Path, seeds_corpus: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.env["XDG_CONFIG_HOME"] = str(tmp_path / "home" / "config")
    log = tmp_path / "audit.log"
    arguments = ("-c", str(seeds_corpus), "serve", "--port", "0", "--authorized-keys", str(folder / "authorized"))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", *arguments, "--log", str(log)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home.env, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    key, where = process.stdout.readline(), process.stdout.readline()
    made = tmp_path / "home" / "config" / "khabar" / "serve_host_key"
    assert key.startswith(f"host key {made} (made just now): SHA256:")
    assert made.stat().st_mode & 0o777 == 0o600
    port = int(where.rsplit(" ", 1)[1])
    with Client(["ssh", *options(folder / "user", port), "-t", "127.0.0.1"]).terminal as terminal:
        terminal.wait(lambda text: IRAQ in text)
        process.send_signal(signal.SIGTERM)
        terminal.ended()
        assert terminal.written.endswith(b"khabar: the server is stopping\r\n")
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")
    assert log.stat().st_mode & 0o777 == 0o600
    assert [line.split()[1] for line in log.read_text().splitlines()] == ["login", "logout"]


def test_a_host_key_that_others_may_read_is_refused(folder: Path, seeds_corpus: Path, tmp_path: Path) -> None:
    (folder / "stranger").chmod(0o644)
    arguments = ("serve", "--authorized-keys", folder / "authorized", "--host-key", folder / "stranger")
    assert "chmod 600" in Home(tmp_path).run("-c", seeds_corpus, *arguments).refused()
    (folder / "authorized").chmod(0o666)
    arguments = ("serve", "--authorized-keys", folder / "authorized", "--host-key", folder / "editor")
    assert "chmod go-w" in Home(tmp_path).run("-c", seeds_corpus, *arguments).refused()
