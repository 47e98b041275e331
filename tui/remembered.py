"""What a person said, kept for the next time: which mode of painting reads right in a terminal, and which theme."""

from __future__ import annotations

import json
from pathlib import Path

from platformdirs import user_config_dir

from tui.settings.table import THEMES
from tui.terminal import MODES, Mode


def _file() -> Path:
    return Path(user_config_dir("khabar")) / "terminals.json"


def theme_file() -> Path:
    """Where the theme is kept that was chosen in the explorer."""
    return Path(user_config_dir("khabar")) / "theme.json"


def _read(file: Path | None = None) -> dict[str, str]:
    try:
        kept = json.loads((file or _file()).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def mode_of(terminal: str) -> Mode | None:
    """The mode that was chosen for the terminal of that name, None if none was."""
    return next((mode for mode in MODES if mode == _read().get(terminal)), None)


def keep(terminal: str, mode: Mode) -> Path:
    """Keep a choice; the file it is kept in. Raises OSError where that cannot be written."""
    return _write(_file(), {**_read(), terminal: mode})


def theme() -> str | None:
    """The theme that was chosen in the explorer, None if none was."""
    return next((theme for theme in THEMES if theme == _read(theme_file()).get("theme")), None)


def keep_theme(theme: str) -> Path:
    """Keep the choice of a theme; the file it is kept in. Raises OSError where that cannot be written."""
    return _write(theme_file(), {"theme": theme})


def _write(file: Path, kept: dict[str, str]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file
