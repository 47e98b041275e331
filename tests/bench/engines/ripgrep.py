"""ripgrep, which has no index: over a file for each article, and over one file with an article on each line.

Both are written the newest first, so that it may stop at the fiftieth: texts that do not lie so have to be read to
the end, whatever is wanted of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from tests.bench.engines import COUNT, PAGE, TITLES, Ask, Engine, Text, building, size_of

FILES, LINES = "ripgrep, a file each", "ripgrep, one file with the newest first"
SORTED, AFTER = "ripgrep, a file each, --sort path", "ripgrep, a file each, all found and then sorted"
_FOLDER = 1000
"""Articles in a folder."""
_PLAIN = ("--no-config", "--no-messages", "--no-ignore", "--color", "never")


def ready(articles: Sequence[Text], folder: Path) -> Engine:
    """The texts as files, the newest first."""
    rg = shutil.which("rg")
    if rg is None:
        return Engine("ripgrep is not installed (Debian: ripgrep)")
    engine = Engine()
    files, lines = folder / "files", folder / "lines.txt"
    with building(engine, f"{FILES}: the texts", lambda: size_of(files)):
        for at, text in enumerate(reversed(articles)):
            within = files / f"{at // _FOLDER:05}"
            if at % _FOLDER == 0:
                within.mkdir(parents=True)
            (within / f"{at % _FOLDER:03}.txt").write_text(text.text, "utf-8")
    with building(engine, f"{LINES}: the texts", lambda: size_of(lines)), lines.open("w", encoding="utf-8") as file:
        for text in reversed(articles):
            file.write(" ".join(text.text.split()) + "\n")

    def among_files(query: str, *options: str) -> list[str]:
        # Words that need not stand on one line: a text has many.
        several = ("--multiline", "--multiline-dotall") if " " in query else ()
        return [rg, *_PLAIN, *several, *_pattern(query), "--files-with-matches", *options, str(files)]

    def first(command: Sequence[str]) -> int:
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            found = len(list(islice(process.stdout, PAGE)))
            process.kill()
        return found

    def all_files(query: str) -> list[str]:
        return subprocess.run(among_files(query), stdout=subprocess.PIPE, text=True, check=False).stdout.splitlines()

    def counted(query: str) -> int:
        command = [rg, *_PLAIN, *_pattern(query), "--count", str(lines)]
        return int(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout or 0)

    def place(name: str) -> int:
        path = Path(name)
        return len(articles) - (int(path.parent.name) * _FOLDER + int(path.stem))

    engine.asks = [
        Ask(TITLES, LINES, lambda query: first([rg, *_PLAIN, *_pattern(query), "--max-count", str(PAGE), str(lines)])),
        Ask(TITLES, SORTED, lambda query: first(among_files(query, "--sort", "path"))),
        Ask(TITLES, AFTER, lambda query: len(sorted(all_files(query))[:PAGE])),
        Ask("any 50", FILES, lambda query: first(among_files(query))),
        Ask(COUNT, LINES, counted),
        Ask(COUNT, FILES, lambda query: len(all_files(query))),
    ]
    engine.finds = {"ripgrep": lambda query: set(map(place, all_files(query)))}
    return engine


def _pattern(query: str) -> list[str]:
    """A word as it stands; of several, all of them in any order (written for two)."""
    words = query.split()
    if len(words) == 1:
        return ["--fixed-strings", "-e", query]
    one, other = words
    return ["-e", f"{one}.*{other}|{other}.*{one}"]
