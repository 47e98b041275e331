"""`khabar serve` with the system's own `ssh`: what a session does, and how it ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Awaitable
from pathlib import Path

import pytest

from tests.store.database.test_read_only import standing
from tests.tui.clis import Home
from tests.tui.ssh_clients import IRAQ, Client, Start, is_there, needs_ssh, options

pytest.importorskip("asyncssh", reason="needs asyncssh (khabar[serve])")
pytestmark = [pytest.mark.slow, needs_ssh]

KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"


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


async def test_who_is_idle_is_sent_away_with_a_word(start: Start) -> None:
    served = await start(idle=600.0)
    client = Client(served.command("-t"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        await asyncio.to_thread(terminal.quiet, 0.4)  # a client that cannot write what comes reads no key
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


async def test_a_visitor_whose_connection_dropped_is_back_where_they_were(start: Start, tmp_path: Path) -> None:
    places = tmp_path / "visitors"
    served = await start(places=places, editors=frozenset({"amal"}))
    client = Client(served.command("-t"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        for key in "2al":
            terminal.send(key)
            await asyncio.to_thread(terminal.quiet, 0.4)
        await client.wait(lambda text: KADHIMI in text.splitlines()[-2])
        (pid,) = served.pids()
        client.kill()
        await client.ended()
        await served.until(lambda: not is_there(pid) and not served.server.sessions)
    (file,) = places.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    again = Client(served.command("-t"))
    with again.terminal as terminal:
        await again.wait(lambda text: KADHIMI in text.splitlines()[-2] and "entity:" not in text)
        terminal.send("q")
        assert await again.ended() == 0
    # whoever has another key is somebody else
    other = Client(served.command("-t", key="editor"))
    with other.terminal as terminal:
        await other.wait(lambda text: IRAQ in text and "all articles" in text)
        terminal.send("q")
        assert await other.ended() == 0
    assert len(list(places.iterdir())) == 2


async def test_a_killed_session_has_left_word_and_a_server_that_writes_nothing_knows_it(start: Start) -> None:
    served = await start()
    client = Client(served.command("-t"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text)
        for key in "2a":
            terminal.send(key)
            await asyncio.to_thread(terminal.quiet, 0.4)
        (who,) = {session._who.fingerprint for session in served.server.sessions}
        await served.until(lambda: '"entities":["' in served.server.places.find(who))
        (pid,) = served.pids()
        os.kill(pid, signal.SIGKILL)
        await client.ended()
    again = Client(served.command("-t"))
    with again.terminal:
        await again.wait(lambda text: KADHIMI in text.splitlines()[-2])


async def test_a_session_has_the_settings_of_whoever_serves_but_for_the_visitors_own(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "served.toml"
    settings.write_text('theme = "light"\nlanguage = "ar"\ncorpus = "/nowhere.db"\n[keys]\nexplore.search = "f6"\n')
    monkeypatch.setenv("KHABAR_CONFIG", str(settings))
    served = await start()
    client = Client(served.command("-t", "-o", "SetEnv=KHABAR_THEME=mono KHABAR_CONFIG=/dev/null"))
    with client.terminal as terminal:
        await client.wait(lambda text: IRAQ in text and "F6 search" in text)
        await client.wait(lambda _text: terminal.screen.buffer[12][60].bg not in ("default", "0b1622"))
        terminal.send("V")
        await client.wait(lambda text: "colours: high contrast, dark" in text)
        terminal.send("q")
        assert await client.ended() == 0
