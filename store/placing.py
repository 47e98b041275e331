"""Gives a file that was written beside its place its name."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def put(part: Path, path: Path) -> None:
    """Names a whole file `part` as `path`, where nothing has taken that name meanwhile; `part` may be left under both.

    Raises FileExistsError where something has, else OSError.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, as most that are carried about
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        part.rename(path)
