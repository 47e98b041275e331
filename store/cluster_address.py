"""The scheduler of a Dask cluster: its address as a person writes it, and a client of it with TLS as configured."""

from __future__ import annotations

import importlib
import json
import logging
import threading
import warnings
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from store.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client

_SAID = 300
"""Most characters of what a library says."""


def scheduler(address: str) -> str:
    """The scheduler's address that a person means: itself, or what a scheduler file says. Raises ClusterError."""
    if "://" in address:
        kind, _, place = address.partition("://")
        if kind in ("tcp", "tls") and place.rpartition(":")[2].isdigit():
            return address
    elif Path(address).is_file():
        try:
            return scheduler(str(json.loads(Path(address).read_bytes())["address"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise ClusterError("is no scheduler file", address, "name the one that dask scheduler wrote") from error
    raise ClusterError(
        "is no cluster", address, "write tcp://HOST:PORT, tls://HOST:PORT or the path of a scheduler file"
    )


def is_open(address: str) -> bool:
    """Whether messages to a scheduler can be read and changed on the way by others. Raises ClusterError."""
    kind, _, place = scheduler(address).partition("://")
    return kind == "tcp" and place.rpartition(":")[0] not in ("127.0.0.1", "localhost", "[::1]")


def library() -> ModuleType:
    """Dask's library, quiet: what it has to say is said in a sentence. Raises ClusterError."""
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            "Dask is not installed", remedy="install khabar with its extra: pip install 'khabar[cluster]'"
        ) from error
    except Exception as error:  # its configuration is read when it is imported
        raise ClusterError(f"Dask cannot be used{in_words(error)}", remedy="look into its configuration") from error
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logger = logging.getLogger(name)
            logger.handlers = [logging.NullHandler()]
            logger.propagate = False
    warnings.filterwarnings("ignore", module=r"distributed\.")
    return distributed


def patience() -> float:
    """Seconds that Dask's configuration lets a connection take."""
    import dask.config
    from dask.utils import parse_timedelta

    return float(parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"), "s"))


def connected(distributed: ModuleType, address: str, limit: float) -> Client:
    """A client of the scheduler, with what Dask's configuration says of TLS. Raises ClusterError."""
    settings = "set distributed.comm.tls.ca-file, .client.cert and .client.key in Dask's configuration"
    try:
        security = distributed.Security()
        arguments = security.get_connection_args("client")
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise ClusterError(f"TLS cannot be used{in_words(error)}", address, settings) from error
    encrypted = address.startswith("tls://")
    if encrypted and arguments.get("ssl_context") is None:
        raise ClusterError("asks for TLS, and there is no certificate for it", address, settings)
    if not encrypted and arguments.get("require_encryption"):
        raise ClusterError("is refused, as Dask's configuration requires encryption", address, "write tls://HOST:PORT")
    found: Future[Client] = Future()

    def connect() -> None:
        try:
            found.set_result(distributed.Client(address, security=security, timeout=limit, set_as_default=False))
        except BaseException as error:
            found.set_exception(error)

    # In a thread that may be left behind: Dask waits without an end for what takes a connection and says nothing.
    threading.Thread(target=connect, daemon=True).start()
    try:
        return found.result(2 * limit)
    except Exception as error:  # whatever listens there: the bytes of another protocol are read as Dask's
        if encrypted:
            remedy = "see whether it runs there with TLS, and its certificate and yours are of the authority you trust"
        else:
            remedy = "see whether it runs there and can be reached from here; one with TLS is tls://HOST:PORT"
        raise ClusterError(f"no scheduler answers within {limit:.0f} s{in_words(error)}", address, remedy) from error


def in_words(error: BaseException) -> str:
    """` (what the library says)`, if it says anything."""
    said = " ".join(str(error).split())
    return f" ({said[:_SAID]})" if said else ""
