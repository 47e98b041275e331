"""What a person said of a terminal, kept for the next time: which mode of painting reads right there."""

from __future__ import annotations

import json
from pathlib import Path

from platformdirs import user_config_dir

from tui.terminal import MODES, Mode


def _file() -> Path:
    return Path(user_config_dir("khabar")) / "terminals.json"


def _read() -> dict[str, str]:
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def mode_of(terminal: str) -> Mode | None:
    """The mode that was chosen for the terminal of that name, None if none was."""
    return next((mode for mode in MODES if mode == _read().get(terminal)), None)


def keep(terminal: str, mode: Mode) -> Path:
    """Keep a choice; the file it is kept in. Raises OSError where that cannot be written."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(json.dumps({**_read(), terminal: mode}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file
