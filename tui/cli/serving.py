"""The explorer for a team, over SSH."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.errors import StoreError
from tui.cli.once import Command
from tui.cli.running import Session, complain, tell
from tui.locale import gettext as _

if TYPE_CHECKING:
    from tui.serve.audit import Audit
    from tui.serve.settings import Settings


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8022, show_default=True, help="The port; 0 for any.")
@click.option(
    "--authorized-keys",
    "keys",
    required=True,
    metavar="FILE",
    help="Who may come: public keys, one a line, as for sshd.",
)
@click.option("--host-key", metavar="FILE", help="The server's own key; made on the first start.")
@click.option(
    "--editors",
    multiple=True,
    metavar="FILE|NAME",
    help="Who may write: the comment or fingerprint of a key, or a file of them; can be repeated.",
)
@click.option(
    "--max-sessions",
    "most",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="N",
    help="Most sessions at once.",
)
@click.option(
    "--per-user",
    "each",
    type=click.IntRange(1, 1000),
    default=4,
    show_default=True,
    metavar="N",
    help="Most sessions of one user at once.",
)
@click.option(
    "--idle", type=click.FloatRange(0.1, 10080), default=30, show_default=True, metavar="MINUTES",
    help="End a session in which no key was pressed for so long.",
)  # fmt: skip
@click.option(
    "--memory", type=click.IntRange(256, 1 << 20), default=2048, show_default=True, metavar="MB",
    help="Address space of a session.",
)  # fmt: skip
@click.option("--log", metavar="FILE", help="Who came, went and was refused: into this file, not on stderr.")
@click.pass_obj
def serve(
    session: Session,
    host: str,
    port: int,
    keys: str,
    host_key: str | None,
    editors: tuple[str, ...],
    most: int,
    each: int,
    idle: float,
    memory: int,
    log: str | None,
) -> int:
    """Offer the explorer over SSH, without giving shells.

    Whoever has a key in the file gets the explorer and nothing else, to read only, unless the key's comment is among
    the editors. Ctrl+C or SIGTERM ends all sessions. docs/serve.md tells more.

    \b
      khabar -c team.db serve --host 0.0.0.0 --authorized-keys team_keys --editors amal
      ssh -p 8022 server
    """
    if find_spec("asyncssh") is None:
        raise StoreError("needs asyncssh, which is not installed", "serve", "pip install 'khabar[serve]'")
    if sys.platform == "win32":
        raise StoreError("needs pseudo-terminals, which this system has none of", "serve")
    from store import read_only
    from tui.serve.audit import Audit
    from tui.serve.hostkey import default_path
    from tui.serve.settings import Settings
    from tui.sessions import folder

    named = frozenset(_named(editors))
    if named and read_only.is_on():
        raise click.UsageError(_("with --read-only there are no editors"), click.get_current_context())
    settings = Settings(
        corpus=session.corpus().path, keys=Path(keys), host_key=Path(host_key) if host_key else default_path(),
        editors=named, host=host, port=port, most=most, each=each, idle=idle * 60, memory=memory << 20,
        places=None if read_only.is_on() else folder() / "visitors",
    )  # fmt: skip
    return _run(settings, Audit(Path(log) if log is not None else None))


def _named(editors: tuple[str, ...]) -> list[str]:
    """The names, those in files included. Raises StoreError for a file that cannot be read or others may change."""
    found: list[str] = []
    for one in editors:
        path = Path(one)
        if "/" not in one and not path.is_file():
            found.append(one)
            continue
        try:
            if path.stat().st_mode & 0o022:
                raise StoreError("may be written by others", one, f"chmod go-w {one}")
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"cannot be read ({getattr(error, 'strerror', None) or error})", one) from error
        found += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return found


def _run(settings: Settings, audit: Audit) -> int:
    """Serve until told to end."""
    import asyncio
    import signal

    from tui.serve.hostkey import read_or_make
    from tui.serve.keys import Keys
    from tui.serve.server import Server

    key, made = read_or_make(settings.host_key)
    allowed = Keys(settings.keys, complain)
    if not len(allowed):
        complain(
            _("{keys}: no key in it can be used: nobody can come in until one is added").format(keys=settings.keys)
        )

    async def work() -> int:
        server = Server(settings, allowed, audit)
        port = await server.start(key)
        said = _("host key {file} (made just now): {print}") if made else _("host key {file}: {print}")
        tell(said.format(file=settings.host_key, print=key.get_fingerprint()), err=False)
        said = _("serving {corpus} on {host} port {port}")
        tell(said.format(corpus=settings.corpus, host=settings.host, port=port), err=False)
        told = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, told.set)
        await told.wait()
        await server.stop()
        return 0

    return asyncio.run(work())
