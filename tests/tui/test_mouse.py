"""The mouse in a real terminal: rows, tabs, the bottom line, scrollbars, the wheel; and a terminal that keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.ptys import KHABAR, Terminal

LEFT, DOWN, UP = 0, 65, 64


def env(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": "", "KHABAR_ENTITIES": "fast"}


@pytest.fixture
def khabar(seeds_corpus: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 80, 24, env(tmp_path)) as terminal:
        terminal.wait(lambda text: "┏━ 1 articles" in text and "5 articles" in text)
        yield terminal


def place(terminal: Terminal, words: str) -> tuple[int, int]:
    """Where words stand on the screen: column and row, from 1."""
    for y, line in enumerate(terminal.text().splitlines()):
        if words in line:
            return line.index(words) + 1, y + 1
    raise AssertionError(f"{words} is not shown:\n{terminal.text()}")


def click(terminal: Terminal, at: tuple[int, int], times: int = 1) -> None:
    x, y = at
    terminal.send("".join(f"\x1b[<{LEFT};{x};{y}M\x1b[<{LEFT};{x};{y}m" for _ in range(times)))


def wheel(terminal: Terminal, button: int, at: tuple[int, int], times: int) -> None:
    terminal.send("".join(f"\x1b[<{button};{at[0]};{at[1]}M" for _ in range(times)))


def reversed_rows(terminal: Terminal) -> list[int]:
    """Lines of the panes that are painted in reverse from end to end."""
    buffer, width = terminal.screen.buffer, terminal.screen.columns
    return [y for y in range(2, 21) if all(buffer[y][x].reverse for x in range(2, width - 3))]


def test_tabs_hints_and_what_closes_are_clicked(khabar: Terminal) -> None:
    click(khabar, place(khabar, "2 entities"))
    khabar.wait(lambda text: "┏━ 2 entities" in text)
    click(khabar, place(khabar, "? help"))
    khabar.wait(lambda text: "Keys" in text and "Esc closes" in text)
    click(khabar, place(khabar, "Esc closes"))
    khabar.wait(lambda text: "Esc closes" not in text)
    click(khabar, place(khabar, "1 articles"))
    khabar.wait(lambda text: "┏━ 1 articles" in text)
    click(khabar, place(khabar, "f filter"))
    khabar.wait(lambda text: "told as" in text)
    click(khabar, place(khabar, "Esc leaves it"))
    khabar.wait(lambda text: "told as" not in text)


def test_a_click_goes_to_a_row_and_two_open_it(khabar: Terminal) -> None:
    assert reversed_rows(khabar) == [2, 3]
    click(khabar, (30, 7))
    khabar.wait(lambda _text: reversed_rows(khabar) == [6, 7])
    click(khabar, (30, 5), times=2)
    khabar.wait(lambda text: "┏━ 4 reader" in text)


def test_the_wheel_and_the_scrollbar_take_the_cursor_along(khabar: Terminal) -> None:
    khabar.send("2")
    khabar.wait(lambda text: "┏━ 2 entities" in text)
    first = khabar.text().splitlines()[2]
    wheel(khabar, DOWN, (30, 10), 12)
    khabar.wait(lambda text: text.splitlines()[2] != first and bool(reversed_rows(khabar)))
    wheel(khabar, UP, (30, 10), 30)
    khabar.wait(lambda text: text.splitlines()[2] == first)
    click(khabar, (79, 21))  # the lower end of the scrollbar: a page on
    khabar.wait(lambda text: text.splitlines()[2] != first)


def test_what_a_sheet_offers_is_clicked(khabar: Terminal) -> None:
    khabar.send("2")
    khabar.wait(lambda text: "┏━ 2 entities" in text)
    khabar.send("O")
    khabar.wait(lambda text: "t kind" in text)
    click(khabar, place(khabar, "t kind"))
    khabar.wait(lambda text: "within:" in text)


@pytest.mark.parametrize(("arguments", "variables"), [(["--no-mouse"], {}), ([], {"KHABAR_MOUSE": "0"})])
def test_a_terminal_can_keep_its_mouse(
    seeds_corpus: Path, tmp_path: Path, arguments: list[str], variables: dict[str, str]
) -> None:
    with Terminal([*KHABAR, "-c", str(seeds_corpus), *arguments], 80, 24, env(tmp_path) | variables) as terminal:
        terminal.wait(lambda text: "┏━ 1 articles" in text)
        terminal.send("2")
        terminal.wait(lambda text: "┏━ 2 entities" in text)
        assert not any(mode in terminal.written for mode in (b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1006h"))


def test_the_mouse_is_taken_otherwise(khabar: Terminal) -> None:
    assert b"\x1b[?1000h" in khabar.written
