"""What a session may say to the server of where it is: so many bytes, for nobody but its own key."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
from pathlib import Path

from tui.serve.kept import Channel, Places
from tui.sessions import MOST_BYTES


def _hostile(channel: Channel) -> int:
    """The side of a session, as a process has it that outlives the one it was given to."""
    descriptor = os.dup(channel.theirs.fileno())
    channel.begun()
    return descriptor


async def _say(places: Places, who: str, said: bytes) -> None:
    channel = Channel(places, who)
    session = _hostile(channel)

    def write() -> None:
        rest = said
        while rest:
            rest = rest[os.write(session, rest) :]

    await asyncio.to_thread(write)
    channel.close()
    os.close(session)


async def test_what_is_said_is_kept_for_its_key_alone(tmp_path: Path) -> None:
    places = Places(tmp_path / "c.db", tmp_path / "visitors")
    await _say(places, "SHA256:nour", b'{"here":1}\n')
    await _say(places, "SHA256:../../amal", b'{"there":2}\n')
    again = Places(tmp_path / "c.db", tmp_path / "visitors")
    assert again.find("SHA256:nour") == '{"here":1}'
    assert again.find("SHA256:../../amal") == '{"there":2}'
    assert again.find("SHA256:stranger") == ""
    assert Places(tmp_path / "other.db", tmp_path / "visitors").find("SHA256:nour") == ""
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "visitors"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.rglob("*.json"))


async def test_whatever_is_said_no_more_is_kept_than_may_be(tmp_path: Path) -> None:
    places = Places(tmp_path / "c.db", tmp_path / "visitors")
    for said in (b"x" * (3 * MOST_BYTES), b"x" * (2 * MOST_BYTES) + b"\n", b"\xff" * (MOST_BYTES - 2) + b"\n",
                 "خ".encode() * (MOST_BYTES // 2 - 2) + b"\n", b"\n" * 1000):  # fmt: skip
        await _say(places, "nour", said)
        assert len(places.find("nour").encode()) < MOST_BYTES
        assert all(path.stat().st_size < MOST_BYTES for path in tmp_path.rglob("*.json"))


async def test_a_session_that_goes_on_talking_holds_nobody_up() -> None:
    channel = Channel(Places(Path("c.db"), None), "nour")
    session = _hostile(channel)
    talking = threading.Event()

    def talk() -> None:
        with contextlib.suppress(OSError):  # nobody listens any more
            while True:
                os.write(session, json.dumps({"said": "again"}).encode() + b"\n")
                talking.set()

    thread = threading.Thread(target=talk)
    thread.start()
    assert await asyncio.to_thread(talking.wait, 30)
    channel.close()
    thread.join(30)
    assert not thread.is_alive()
    os.close(session)
