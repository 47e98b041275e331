"""The tour goes on whichever way one does what it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.screens.driving import Driver, explorer

STEPS = 8


def step(khabar: Driver) -> int:
    """The step that is asked for, as it is painted."""
    shown = khabar.shown()
    return next((at for at in range(1, STEPS + 1) if f"Tour, step {at} of {STEPS}" in shown), 0)


@pytest.mark.parametrize(
    "keys",
    [
        (("2",), ("a",), ("enter",), ("t",), ("i",), ("slash",)),
        (("tab",), ("down", "enter"), ("enter",), ("right", "t"), ("i",), ("slash",)),
    ],
    ids=["by the keys it names", "by others"],
)
async def test_it_goes_on_step_by_step(seeds_corpus_once: Path, keys: tuple[tuple[str, ...], ...]) -> None:
    async with explorer(seeds_corpus_once, (100, 30), first=True) as khabar:
        assert step(khabar) == 1
        for at, some in enumerate(keys, 2):
            await khabar.press(*some)
            if khabar.app.screen is not khabar.explorer:
                await khabar.press("escape")
            assert step(khabar) == at


async def test_clicks_are_as_good_as_keys(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once, first=True) as khabar:
        clicks = (("entities", 1), ("entities", 2), ("articles", 2))
        for at, (pane, times) in enumerate(clicks, 2):
            await khabar.pilot.click(f"#{pane}", offset=(3, 2), times=times)
            await khabar.settle()
            assert step(khabar) == at
