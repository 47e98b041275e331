"""`make screens`: pictures of the explorer in real terminals under Xvfb, for the eye; verdicts stand in README.md.

Needs Debian's xvfb, imagemagick, fonts-dejavu, dbus-x11 and the terminals; those that are not installed are named and
left out. `python -m tests.screens.shoot [TERMINAL…]` takes some only. `python -m tests.screens.shoot matrix [SIZE…]`
puts the screens and states of `MATRIX` together, one sheet for each size, theme and language.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COLUMNS, ROWS, FONT, SIZE = 120, 36, "DejaVu Sans Mono", 11
SCENES = {
    "panes": ("", (COLUMNS, ROWS)),
    "overlay": ("i", (COLUMNS, ROWS)),
    "80x24": ("j2", (80, 24)),
    "120x40": ("j", (120, 40)),
    "200x60": ("j", (200, 60)),
    "timeline": ("3jjjjjjjj", (100, 30)),
    "timeline-arabic": ("3lcoj", (80, 24)),
    "sentences": ("3os", (80, 24)),
}
"""Keys that lead to each scene and its size: all panes with the mixed lines in the reader; the reasons of an article
over them; the sizes for which the layout differs; the timeline, also in Arabic and Hijri; an event's sentences."""
MATRIX = {
    "articles": "", "entities": "2", "timeline": "3", "reader": "4[[", "search": "/العراق",
    "filtered": "f\\t\\tzz\\r",
    "nothing": "/zzz\\r", "dossier": "2E", "statements": "O", "trends": "2T", "help": "?", "empty": "",
}  # fmt: skip
"""Keys to each picture of a sheet; `empty` is of a corpus without articles."""
SHEET_SIZES = ((80, 24), (120, 40), (200, 60))
THEMES = tuple(os.environ.get("KHABAR_THEMES", "khabar").split())
"""Names given to khabar as KHABAR_THEME, one sheet for each."""
SIZES_IN = ("xterm", "xfce4-terminal")
"""Terminals that are looked at in every size; the others show the first two scenes."""


@dataclass(frozen=True)
class Emulator:
    """How to run a command in a terminal: `{run}` is the script, `{home}` a folder for its settings."""

    needs: str
    command: tuple[str, ...]
    settings: tuple[tuple[str, str], ...] = ()
    wraps: str = ""


_DBUS = ("dbus-run-session", "--")
_GEOMETRY = "{geometry}"
_XFCE = (*_DBUS, "xfce4-terminal", "--disable-server", "--hide-menubar", "--hide-scrollbar", "--geometry",
         f"{_GEOMETRY}+0+0", "--font", f"{FONT} {SIZE}", "-x", "{run}")  # fmt: skip

EMULATORS = {
    "xterm": Emulator("xterm", ("xterm", "-u8", "-fa", FONT, "-fs", str(SIZE), "-geometry", f"{_GEOMETRY}+0+0",
                                "-e", "{run}")),
    "urxvt": Emulator("urxvt", ("urxvt", "-fn", f"xft:{FONT}:size={SIZE}", "-geometry", f"{_GEOMETRY}+0+0",
                                "-e", "{run}")),
    "xfce4-terminal": Emulator("xfce4-terminal", _XFCE),
    "konsole": Emulator(
        "konsole",
        (*_DBUS, "konsole", "--hide-menubar", "--hide-tabbar", "--notransparency", "--profile", "P", "-e", "{run}"),
        (
            (".local/share/konsole/P.profile",
             f"[Appearance]\nFont={FONT},{SIZE},-1,5,50,0,0,0,0,0\n[General]\nName=P\nTerminalColumns={COLUMNS}\n"
             f"TerminalRows={ROWS}\n[Terminal Features]\nBidiRenderingEnabled=true\n"),
            (".config/konsolerc", "[Desktop Entry]\nDefaultProfile=P.profile\n"),
        ),
    ),
    "mlterm": Emulator(
        "mlterm",
        ("mlterm", "--km=utf8", "-g", _GEOMETRY, "-e", "{run}"),
        ((".mlterm/aafont", f"DEFAULT={FONT}\n"), (".mlterm/main", "encoding=UTF-8\nfontsize=15\ntype_engine=xft\n")),
    ),
    "kitty": Emulator(
        "kitty",
        ("kitty", "--config", "{home}/kitty.conf", "{run}"),
        (("kitty.conf", f"font_family {FONT}\nfont_size {SIZE}\nremember_window_size no\nupdate_check_interval 0\n"
          f"initial_window_width {COLUMNS}c\ninitial_window_height {ROWS}c\n"),),
    ),
    "alacritty": Emulator(
        "alacritty",
        ("alacritty", "--config-file", "{home}/alacritty.yml", "-e", "{run}"),
        (("alacritty.yml", f"window:\n  dimensions:\n    columns: {COLUMNS}\n    lines: {ROWS}\nfont:\n  size: {SIZE}\n"
          f'  normal: {{family: "{FONT}"}}\n'),),
    ),
    "st": Emulator("stterm", ("stterm", "-f", f"{FONT}:size={SIZE}", "-g", _GEOMETRY, "-e", "{run}")),
    "foot": Emulator("foot", ("foot", "-f", f"{FONT}:size={SIZE}", "-W", _GEOMETRY, "{run}"), wraps="weston"),
    "pterm": Emulator("pterm", ("pterm", "-fn", f"client:{FONT} {SIZE}", "-geometry", f"{_GEOMETRY}+0+0",
                                "-xrm", "LineCodePage: UTF-8", "-e", "{run}")),
    "tmux in xfce4-terminal": Emulator("tmux", _XFCE, wraps="tmux"),
    "screen in xfce4-terminal": Emulator("screen", _XFCE, wraps="screen"),
}  # fmt: skip


@contextlib.contextmanager
def _process(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """A program with all its children, for as long as the context lasts."""
    with log.open("ab") as stream:
        process = subprocess.Popen(command, env=env, stdout=stream, stderr=stream, start_new_session=True)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)


def _await(path: Path, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.1)
    return path.exists()


def _script(home: Path, keys: str, corpus: Path, ready: Path, through: str, colours: str) -> Path:
    """The script that the terminal runs: the explorer with its typist, inside tmux or screen if asked for.

    `colours` is what it finds as COLORTERM, which xterm takes away; nothing leaves it as it is.
    """
    run = home / "run.sh"
    typist = f"'{sys.executable}' '{HERE / 'typist.py'}' '{keys}' '{ready}'"
    given = f"export COLORTERM='{colours}'\n" if colours else ""
    run.write_text(f"#!/bin/sh\n{given}cd '{ROOT}'\nexec {typist} '{sys.executable}' -m tui.cli -c '{corpus}'\n")
    run.chmod(0o755)
    if through == "tmux":
        (home / "tmux.conf").write_text('set -g status off\nset -g default-terminal "tmux-256color"\n')
        inner = f"exec tmux -S '{home}/socket' -f '{home}/tmux.conf' -u new-session '{run}'"
    elif through == "screen":
        (home / ".screenrc").write_text("startup_message off\nterm screen-256color\n")
        (home / "scr").mkdir(mode=0o700)
        inner = f"SCREENDIR='{home}/scr' exec screen -U -c '{home}/.screenrc' '{run}'"
    else:
        return run
    outer = home / "outer.sh"
    outer.write_text(f"#!/bin/sh\n{inner}\n")
    outer.chmod(0o755)
    return outer


def shoot(
    name: str, keys: str, size: tuple[int, int], corpus: Path, target: Path, settings: dict[str, str] | None = None
) -> str:
    """Take one picture of what keys lead to; "" or what went wrong."""
    emulator = EMULATORS[name]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o700)
        for path, text in emulator.settings:
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(text, encoding="utf-8")
        geometry = "x".join(map(str, size))
        ready, log = home / "ready", home / "log"
        run = _script(home, keys, corpus, ready, emulator.wraps, (settings or {}).get("COLORTERM", ""))
        display = f":{90 + os.getpid() % 400}"
        env = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder, "XDG_CONFIG_HOME": f"{folder}/.config",
               "XDG_CACHE_HOME": f"{folder}/.cache", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "DISPLAY": display,
               "LIBGL_ALWAYS_SOFTWARE": "1", "KHABAR_TOUR": "0", **(settings or {})}  # fmt: skip
        for inherited in ("TMUX", "STY", "WAYLAND_DISPLAY", "TERM_PROGRAM", "VTE_VERSION"):
            env.pop(inherited, None)
        command = [part.format(run=run, home=home, geometry=geometry) for part in emulator.command]
        with contextlib.ExitStack() as stack:
            stack.enter_context(
                _process(["Xvfb", display, "-screen", "0", "2000x1300x24", "-nolisten", "tcp"], env, log)
            )
            if not _await(Path(f"/tmp/.X11-unix/X{display[1:]}"), 10):
                return "Xvfb did not start"
            if emulator.wraps == "weston":
                weston = ["weston", "--backend=x11-backend.so", "--width=1400", "--height=900", "--socket=wl-shot",
                          "--no-config", "--idle-time=0"]  # fmt: skip
                stack.enter_context(_process(weston, env, log))
                if not _await(home / "wl-shot", 10):
                    return "weston did not start"
                env["WAYLAND_DISPLAY"] = "wl-shot"
            stack.enter_context(_process(command, env, log))
            if not _await(ready, 40):
                return f"not ready within 40 s: {log.read_text(errors='replace')[-300:]}"
            picture = ["import", "-window", "root", "+dither", "-colors", "48", "-bordercolor", "black", "-trim"]
            taken = subprocess.run(
                [*picture, "+repage", f"PNG8:{target}"], env=env, check=False, capture_output=True, text=True
            )
            return taken.stderr.strip()[:200] if taken.returncode else ""


def matrix(folder: Path, corpus: Path, sizes: list[tuple[int, int]]) -> None:
    """One sheet for each size, theme and language, of all that stands in MATRIX, in xterm."""
    from store.database import open_writer

    empty = folder / "empty.db"
    with open_writer(empty):
        pass
    for columns, rows in sizes:
        for theme in THEMES:
            for language in ("en", "ar"):
                pictures = []
                settings = {"KHABAR_THEME": theme, "LANGUAGE": language, "KHABAR_ENTITIES": "fast"}
                if theme != "ansi":
                    settings["COLORTERM"] = "truecolor"
                for scene, keys in MATRIX.items():
                    picture = folder / f"{scene}.png"
                    path = empty if scene == "empty" else corpus
                    told = shoot("xterm", keys, (columns, rows), path, picture, settings)
                    print(f"{columns}x{rows} {theme} {language} {scene}: {told or 'taken'}", flush=True)
                    pictures.append(picture)
                sheet = HERE / f"sheet-{columns}x{rows}-{theme}-{language}.webp"
                made = [str(each) for each in pictures if each.exists()]
                laid_out = ["-tile", "4x", "-geometry", "+6+6", "-background", "grey40", "+dither", "-colors", "24"]
                packed = ["-define", "webp:lossless=true", "-define", "webp:method=6"]
                subprocess.run(["montage", *made, *laid_out, *packed, str(sheet)], check=True)


def main() -> None:
    """Take every picture, or those of the named terminals, or the sheets."""
    from store.ingest import add

    sheets = sys.argv[1:2] == ["matrix"]
    wanted = ["xterm"] if sheets else sys.argv[1:] or list(EMULATORS)
    for program in ("Xvfb", "import"):
        if not shutil.which(program):
            sys.exit(f"{program} is needed: apt-get install xvfb imagemagick")
    os.chdir(ROOT)  # so that the pictures show no path of this machine
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "screens.db"
        for _ in add(corpus, ["seeds"]):
            pass
        for _ in add(corpus, ["tests/screens/mixed.txt"], published="2024-12-06"):
            pass
        if sheets:
            asked = [tuple(map(int, size.split("x"))) for size in sys.argv[2:]]
            matrix(Path(folder), corpus, [(columns, rows) for columns, rows in asked or SHEET_SIZES])
            return
        for name in wanted:
            missing = [one for one in (EMULATORS[name].needs, EMULATORS[name].command[0]) if not shutil.which(one)]
            if missing:
                print(f"{name}: left out, {missing[0]} is not installed")
                continue
            for scene in list(SCENES) if name in SIZES_IN else list(SCENES)[:2]:
                target = HERE / f"{name.replace(' ', '-')}-{scene}.png"
                print(f"{name}, {scene}: {shoot(name, *SCENES[scene], corpus, target) or target.name}", flush=True)


if __name__ == "__main__":
    main()
