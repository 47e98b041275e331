"""A served corpus with keys for its clients."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.tui.ssh_clients import Served, Start, make_key


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
    """What serves the sample articles, by the settings given to it, until the test ends."""
    served = Served(folder, seeds_corpus)
    yield served.start
    if served.server is not None:
        await served.server.stop()
