"""What `khabar serve` was told, and the limits that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """One server over one corpus."""

    corpus: Path
    keys: Path
    """The authorized_keys file."""
    host_key: Path
    editors: frozenset[str] = frozenset()
    """Who may write: comments of keys in the file, or fingerprints (`SHA256:…`)."""
    host: str = "127.0.0.1"
    port: int = 8022
    most: int = 20
    """Sessions at a time, of all users."""
    each: int = 4
    """Sessions at a time, of one user."""
    strangers: int = 10
    """Connections at a time that have not logged in."""
    login: float = 20.0
    """Seconds to log in, and to open a session after that."""
    tries: int = 6
    """Keys that a connection may offer in vain."""
    idle: float = 30 * 60.0
    """Seconds without a key until a session is ended."""
    memory: int = 2 << 30
    """Bytes of address space of a session."""
    cpu: int = 3600
    """Seconds of CPU of a session."""
    places: Path | None = None
    """The folder with where visitors left off; without one that is known for as long as the server runs."""
    grace: float = 3.0
    """Seconds that a session has to end after it was told to."""
