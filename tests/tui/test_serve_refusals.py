"""What `khabar serve` refuses the system's own `ssh`: all but one session in a terminal, by a key."""

from __future__ import annotations

import asyncio
import re
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.clis import Home
from tests.tui.ssh_clients import IRAQ, Client, Served, Start, free_port, make_key, needs_ssh, options
from tui.serve.audit import quoted

pytest.importorskip("asyncssh", reason="needs asyncssh (khabar[serve])")
pytestmark = [pytest.mark.slow, needs_ssh]


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


def _told(served: Served, what: str) -> bool:
    return any(f"what={what}" in line for line in served.lines)


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
        await served.until(partial(_told, served, what))
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
                           "KHABAR_CONFIG", "KHABAR_SESSION",
                           "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX", "LC_CTYPE",
                           "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LD_LIBRARY_PATH"}  # fmt: skip


async def test_a_name_of_a_terminal_that_is_none_is_refused(start: Start) -> None:
    served = await start()
    client = Client(["env", "TERM=../x;ls", *served.command("-t")])
    with client.terminal as terminal:
        assert await client.ended() == 1
        assert b"khabar: the name of your terminal" in terminal.written


async def test_strangers_are_counted(start: Start) -> None:
    served = await start(strangers=0)
    done = await served.run(*served.command("-t"))
    assert done.returncode == 255
    await served.until(lambda: served.lines)
    assert served.lines == ['refused from=127.0.0.1 what=connection as=""']


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


def test_a_host_key_that_others_may_read_is_refused(folder: Path, seeds_corpus: Path, tmp_path: Path) -> None:
    (folder / "stranger").chmod(0o644)
    arguments = ("serve", "--authorized-keys", folder / "authorized", "--host-key", folder / "stranger")
    assert "chmod 600" in Home(tmp_path).run("-c", seeds_corpus, *arguments).refused()
    (folder / "authorized").chmod(0o666)
    arguments = ("serve", "--authorized-keys", folder / "authorized", "--host-key", folder / "editor")
    assert "chmod go-w" in Home(tmp_path).run("-c", seeds_corpus, *arguments).refused()
