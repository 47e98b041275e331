"""The Dask cluster that a command is told to use."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from tui.cli.running import tell
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.cluster import Cluster
    from store.lasting import Lasting

on_cluster = click.option(
    "--cluster",
    metavar="ADDRESS",
    envvar="KHABAR_CLUSTER",
    help="Find them on a Dask cluster: tcp://HOST:PORT, tls://HOST:PORT or a scheduler file [env: KHABAR_CLUSTER].",
)


def opened(address: str | None, jobs: int | None = None) -> contextlib.AbstractContextManager[Cluster | None]:
    """The cluster that is asked for. Raises click.UsageError and ClusterError."""
    address = address or None
    if address is not None and jobs is not None:
        context = click.get_current_context()
        if context.get_parameter_source("cluster") is ParameterSource.COMMANDLINE:
            raise click.UsageError(_("--jobs is for this machine, --cluster for others; give one of them"), context)
        address = None
    if address is None:
        return contextlib.nullcontext()
    from store.cluster import Cluster

    _warn(address)
    return Cluster(address)


def lasting(address: str | None) -> contextlib.AbstractContextManager[Lasting[Cluster] | None]:
    """As `opened`, for who needs it again and again: what is lost is connected with anew. Raises ClusterError."""
    if not address:
        return contextlib.nullcontext()
    from store.cluster import Cluster
    from store.lasting import Lasting

    _warn(address)
    return Lasting(partial(Cluster, address))


def _warn(address: str) -> None:
    from store.cluster_address import is_open

    if is_open(address):
        said = _("{address} is neither encrypted nor asks who you are; use tls:// or an SSH tunnel.")
        tell(said.format(address=address))
