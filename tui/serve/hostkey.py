"""The key by which clients know the server again: made on the first start, readable by its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import asyncssh

from store import read_only
from store.errors import StoreError


def default_path() -> Path:
    """Beside khabar's other settings."""
    from platformdirs import user_config_path

    return user_config_path("khabar", appauthor=False) / "serve_host_key"


def read_or_make(path: Path) -> tuple[asyncssh.SSHKey, bool]:
    """The key, and whether it was made just now. Raises StoreError where it cannot be read or made, or where others
    may read it."""
    try:
        made = False
        if not path.exists():
            _make(path)
            made = True
        if path.stat().st_mode & 0o077:
            raise StoreError("may be read by others", str(path), f"chmod 600 {path}, or make a new one")
        return asyncssh.import_private_key(path.read_bytes()), made
    except OSError as error:
        raise StoreError(f"cannot be used ({error.strerror})", str(path), "name another with --host-key") from error
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise StoreError(f"is no private key that can be used ({error})", str(path), "name another") from error


def _make(path: Path) -> None:
    read_only.check(path)
    key = asyncssh.generate_private_key("ssh-ed25519", comment="khabar serve")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Under another name first, so that a kill leaves no half of a key.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.export_private_key())
        os.link(part, path)
    except FileExistsError:  # another server was first
        pass
    finally:
        part.unlink(missing_ok=True)
