"""The server: who may come in and what for, as asyncssh asks it. All but a terminal with the explorer is refused."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any

import asyncssh

from tui.serve.audit import Audit, quoted
from tui.serve.kept import Channel, Places
from tui.serve.keys import Allowed, Keys
from tui.serve.program import Program, Screen
from tui.serve.settings import Settings

_SWEEP = 5.0
"""Seconds between two looks for who has been idle for too long."""
_QUESTIONS = 40
"""So often may a connection make asyncssh ask how one logs in, before that is all it does."""


class Server:
    """What all connections share. `clock` counts seconds."""

    def __init__(
        self, settings: Settings, keys: Keys, audit: Audit, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.settings, self.keys, self.audit, self.clock = settings, keys, audit, clock
        self.connections: set[Connection] = set()
        self.sessions: set[Session] = set()
        self.places = Places(settings.corpus, settings.places)
        self.stopping = False
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self, host_key: asyncssh.SSHKey) -> int:
        """Listen; the port. Raises OSError where that cannot be."""
        # It would tell of names that clients give themselves.
        logger = logging.getLogger("asyncssh")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        settings = self.settings
        self._acceptor = await asyncssh.create_server(
            lambda: Connection(self),
            settings.host,
            settings.port,
            server_host_keys=[host_key],
            public_key_auth=True,
            password_auth=False,
            kbdint_auth=False,
            host_based_auth=False,
            gss_host=None,
            gss_kex=False,
            gss_auth=False,
            agent_forwarding=False,
            allow_scp=False,
            sftp_factory=None,
            line_editor=False,
            encoding=None,
            config=None,
            rdns_lookup=False,
            login_timeout=settings.login,
            keepalive_interval=30,
            keepalive_count_max=3,
            server_version="khabar",
        )
        self._sweeping = asyncio.get_running_loop().create_task(self._sweep_on())
        return self._acceptor.get_port()

    async def stop(self) -> None:
        """Let nobody in any more, end all sessions and say why, and return when all have ended."""
        self.stopping = True
        if self._sweeping is not None:
            self._sweeping.cancel()
        if self._acceptor is not None:
            self._acceptor.close()
        sessions = list(self.sessions)
        for session in sessions:
            session.end("the server is stopping")
        await asyncio.gather(*(session.gone() for session in sessions))
        for connection in list(self.connections):
            connection.close("the server is stopping")
        if self._acceptor is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._acceptor.wait_closed(), self.settings.grace)

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            self.sweep()

    def sweep(self) -> None:
        """End sessions in which nobody has typed for too long, and connections that ask for none."""
        now = self.clock()
        for session in list(self.sessions):
            if now - session.typed_at >= self.settings.idle:
                minutes = round(self.settings.idle / 60)
                session.end(f"closed after {minutes} minute{'' if minutes == 1 else 's'} without a key")
        for connection in list(self.connections):
            # A channel that asked for nothing is no session.
            alone = connection.who is not None and not connection.sessions & self.sessions
            if alone and now - connection.busy_at >= self.settings.login:
                connection.close("no session was asked for")

    def full(self, user: str) -> str | None:
        """Why a user cannot have one more session, if so."""
        if self.stopping:
            return "the server is stopping"
        if len(self.sessions) >= self.settings.most:
            return f"as many sessions are open as there may be, {self.settings.most}; try again later"
        if sum(session.user == user for session in self.sessions) >= self.settings.each:
            return f"you have as many sessions open as you may, {self.settings.each}"
        return None

    def is_editor(self, who: Allowed) -> bool:
        """Whether the owner of a key may write."""
        return who.user in self.settings.editors or who.fingerprint in self.settings.editors


class Connection(asyncssh.SSHServer):
    """One client, from its first byte to its last."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: asyncssh.SSHServerConnection | None = None
        self.who: Allowed | None = None
        """Whose key it was, once it has logged in."""
        self.name = ""
        """What it called the user, which means nothing."""
        self.address = ""
        self.sessions: set[Session] = set()
        self.busy_at = self._since = server.clock()
        """When it last had a session or came in."""
        self._offered: tuple[object, Allowed] | None = None
        self._in_vain = self._questions = 0
        self._told: set[str] = set()

    # -- coming and going ------------------------------------------------------------------------------------

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        peer = conn.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        server = self._server
        strangers = sum(connection.who is None for connection in server.connections)
        server.connections.add(self)
        if server.stopping or strangers >= server.settings.strangers:
            self._refuse("connection")
            asyncio.get_running_loop().call_soon(conn.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self)
        for session in list(self.sessions):
            session.hang_up()
        if self.who is not None:
            self._tell("logout", seconds=round(self._server.clock() - self._since))
        elif self.name and not self._told:
            self._refuse("login")

    def close(self, why: str) -> None:
        """Send it away."""
        if self._connection is not None:
            self._connection.disconnect(asyncssh.DISC_BY_APPLICATION, why)

    def _tell(self, event: str, **more: str | int | float) -> None:
        values: dict[str, str | int | float] = {}
        if self.who is not None:
            mode = "editor" if self._server.is_editor(self.who) else "read-only"
            values = {"user": quoted(self.who.user), "key": self.who.fingerprint}
            more["mode"] = mode
        self._server.audit.tell(event, **values, **{"from": self.address}, **more, **{"as": quoted(self.name)})

    def _refuse(self, what: str) -> None:
        """Tell of something that was refused, once for each kind."""
        if what not in self._told:
            self._told.add(what)
            self._tell("refused", what=what)

    def refuse(self, what: str) -> bool:
        """Refuse something to whoever has logged in."""
        self._refuse(what)
        return False

    # -- logging in ------------------------------------------------------------------------------------------

    def begin_auth(self, username: str) -> bool:
        self.name = username
        return True

    def public_key_auth_supported(self) -> bool:
        # Asked at each attempt of whatever kind.
        self._questions += 1
        if self._questions > _QUESTIONS:
            self._give_up()
        return True

    def password_auth_supported(self) -> bool:
        return False

    def kbdint_auth_supported(self) -> bool:
        return False

    def host_based_auth_supported(self) -> bool:
        return False

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether a key may be used: asked when it is offered, and once more when something was signed by it."""
        found = self._server.keys.find(key.public_data, self.address)
        if found is None:
            self._in_vain += 1
            if self._in_vain >= self._server.settings.tries:
                self._give_up()
            return False
        # A client may offer the key of somebody else before it signs by its own. What is offered, checked and let in
        # by one task of asyncssh's is one request, so whoever is let in is who that task asked about.
        self._offered = (asyncio.current_task(), found)
        return True

    def auth_completed(self) -> None:
        if self._offered is None or self._offered[0] is not asyncio.current_task():
            self._refuse("login")
            self.close("not known")
            return
        found = self._offered[1]
        others = sum(one.who is not None and one.who.user == found.user for one in self._server.connections)
        if others >= 2 * self._server.settings.each:
            self._told.add("connection")
            self._tell("refused", what="connection", user=quoted(found.user))
            self.close("too many connections")
            return
        self.who = found
        self._since = self.busy_at = self._server.clock()
        self._tell("login")

    def _give_up(self) -> None:
        self._refuse("login")
        if self._connection is not None:
            asyncio.get_running_loop().call_soon(self._connection.abort)

    # -- what may be asked for -------------------------------------------------------------------------------

    def session_requested(self) -> Session | bool:
        # One more than may be open is let in to be told so.
        if self.who is None or len(self.sessions) > self._server.settings.each:
            return self.refuse("session")
        return Session(self._server, self, self.who)

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        return self.refuse("forwarding")

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        return self.refuse("remote-forwarding")

    def unix_connection_requested(self, dest_path: str) -> bool:
        return self.refuse("forwarding")

    def unix_server_requested(self, listen_path: str) -> bool:
        return self.refuse("remote-forwarding")

    def tun_requested(self, unit: int | None) -> bool:
        return self.refuse("tunnel")

    def tap_requested(self, unit: int | None) -> bool:
        return self.refuse("tunnel")


class Session(asyncssh.SSHServerSession[bytes]):
    """One terminal with one explorer."""

    def __init__(self, server: Server, connection: Connection, who: Allowed) -> None:
        self._server, self._connection, self._who = server, connection, who
        self.user = who.user
        self.typed_at = server.clock()
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._last: asyncssh.SSHServerChannel[bytes] | None = None
        self._asked: tuple[str, int, int] | None = None
        self._why: str | None = None
        self._starting: asyncio.Task[None] | None = None
        self._program = Program(
            server.settings, self._paint, self._ended, lambda: Channel(server.places, who.fingerprint)
        )
        connection.sessions.add(self)

    @property
    def pid(self) -> int | None:
        """The process of the explorer."""
        return self._program.pid

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def connection_lost(self, exc: Exception | None) -> None:
        self.hang_up()

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Any) -> bool:  # noqa: ANN401  asyncssh's
        self._asked = (term_type, term_size[0], term_size[1])
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        return self._connection.refuse("exec")

    def subsystem_requested(self, subsystem: str) -> bool:
        return self._connection.refuse("subsystem")

    def session_started(self) -> None:
        assert self._channel is not None
        if self._asked is None:
            self._say_no("this needs a terminal: ssh -t")
            return
        term, columns, rows = self._asked
        screen = Screen.of(term, columns, rows, dict(self._channel.get_environment()))
        full = self._server.full(self.user)
        if screen is None:
            self._say_no("the name of your terminal (TERM) is none")
        elif full is not None:
            self._say_no(full)
        else:
            self._server.sessions.add(self)
            self._starting = asyncio.get_running_loop().create_task(self._start(screen))

    def _say_no(self, why: str) -> None:
        self._connection.refuse("session")
        self._why = why
        self._ended(1)

    async def _start(self, screen: Screen) -> None:
        try:
            await self._program.start(screen, self.user, editor=self._server.is_editor(self._who))
        except OSError:
            self._say_no("no session can be started now; try again later")

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.typed_at = self._server.clock()
        self._program.type(data)

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        self._program.resize(width, height)

    def eof_received(self) -> bool:
        self.end(None)
        return True

    def break_received(self, msec: int) -> bool:
        return False

    def signal_received(self, signal: str) -> None:
        """Signals are given by nobody but the server."""

    def pause_writing(self) -> None:
        self._program.pause()

    def resume_writing(self) -> None:
        self._program.resume()

    def end(self, why: str | None) -> None:
        """End the explorer, and say why when it has given the terminal back."""
        self._why = self._why or why
        self._program.end()

    def hang_up(self) -> None:
        """Nobody is there any more."""
        self._channel = None
        self._program.end()
        self._leave()

    async def gone(self) -> None:
        """Wait until its process has ended."""
        if self._starting is not None:
            await asyncio.wait([self._starting])
        await self._program.gone()
        if self._last is not None:
            # The client has to take the last word before the connection goes.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._last.wait_closed(), self._server.settings.grace)

    def _paint(self, data: bytes) -> None:
        if self._channel is not None:
            self._channel.write(data)

    def _ended(self, code: int) -> None:
        self._server.sessions.discard(self)
        self._leave()
        channel, self._channel = self._channel, None
        self._last = channel
        if channel is not None:
            if self._why is not None:
                channel.write(f"khabar: {self._why}\r\n".encode())
            channel.exit(code if 0 <= code < 256 else 1)

    def _leave(self) -> None:
        self._connection.sessions.discard(self)
        self._connection.busy_at = self._server.clock()
