"""What Arabic layout costs: microseconds per 100 characters on the sample articles, best of several rounds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from tui.arabic import display, layout_line, layout_paragraph, levels, modes, shape

SEEDS = Path(__file__).parents[2] / "seeds"
_PURE = re.compile(r"[\u0621-\u064a ،.]+")
_MARK = re.compile("[\u064b-\u0652]")


def _paragraphs() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [line for text in texts for line in text.split("\n") if line.strip()]


def _best(work: Callable[[], object], rounds: int = 15, before: Callable[[], object] | None = None) -> float:
    """Seconds of the fastest of `rounds`."""
    times = []
    for _ in range(rounds):
        if before:
            before()
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def _each(work: Callable[[Any], object], items: Iterable[Any]) -> None:
    for item in items:
        work(item)


def _per_100(name: str, seconds: float, texts: list[str]) -> None:
    print(f"{name:44}{seconds * 1e8 / sum(map(len, texts)):8.1f} µs/100 characters")


def main() -> None:
    """Print the figures."""
    texts = _paragraphs()
    lines = [text[line.start : line.end].strip() for text in texts for line in layout_paragraph(text, 100)]
    lines = [line for line in lines if line]
    pure = [line for line in lines if _PURE.fullmatch(line)]
    numbers = [line for line in lines if re.search(r"[0-9A-Za-z()\[\]]", line)]
    marked = [line for line in lines if _MARK.search(line)]
    pieces = shape._TABLES.values()

    def forget() -> None:
        for table in pieces:
            table.clear()

    for name, chosen in (
        ("pure Arabic lines", pure),
        ("lines with numbers, Latin or brackets", numbers),
        ("lines with tashkeel", marked),
        ("all lines", lines),
    ):
        _per_100(f"{name} ({len(chosen)})", _best(partial(_each, layout_line, chosen)), chosen)
    _per_100("all lines, no piece seen before", _best(partial(_each, layout_line, lines), before=forget), lines)
    _per_100("paragraphs wrapped at 60", _best(partial(_each, partial(layout_paragraph, width=60), texts)), texts)
    _per_100("shaping alone", _best(partial(_each, partial(shape.cells, common=True), lines)), lines)
    _per_100("levels alone", _best(partial(_each, partial(levels.resolve, base=1), lines)), lines)
    _per_100("levels alone, mixed lines", _best(partial(_each, partial(levels.resolve, base=1), numbers)), numbers)
    _per_100("pure Arabic without a map (python-bidi)", _best(partial(_each, display, pure)), pure)
    for size in (200, 1_000_000):
        title = ("عنوان طويل جدا " * (size // 15 + 1))[:size]
        seconds = _best(partial(layout_line, title, width=80))
        print(f"{f'one row of 80 columns from {size:,}':44}{seconds * 1e6:8.1f} µs")
    rows = [
        [(glyph, 0) for glyph in [" "] * (118 - line.width) + [*line.glyphs, " "]] for line in map(layout_line, lines)
    ]
    for name, mode in (("runs", modes.runs), ("words", modes.words)):
        seconds = _best(partial(_each, mode, rows[:40]))
        print(f"{f'{name}: 40 rows of 119 columns':44}{seconds * 1e3:8.2f} ms")


if __name__ == "__main__":
    main()
