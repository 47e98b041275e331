"""The explorer in two languages: nothing is left in the other, in any state, and a key changes all of it at once."""

from __future__ import annotations

import getpass
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui.locale
from tests.conftest import SEEDS
from tests.tui.screens.driving import Driver, explorer
from tests.tui.screens.walking import State, kept, states, walk, words
from tui.app import Khabar
from tui.locale import FOLDER, told, use
from tui.screens.speaking import speak
from tui.widgets.arabic_input import ArabicInput

STATES = states()
OVERLAYS = [state for state in STATES if state.kind != "screen" or state.name in ("articles", "reader", "hidden")]
_HOLE = re.compile(r"\{[^{}]*\}")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопярстувшчызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЧЫЗ"
)


def marked(message: str) -> str:
    """A message with other letters, its gaps as they are."""
    parts = _HOLE.split(message)
    gaps = [*_HOLE.findall(message), ""]
    return "".join(part.translate(_LETTERS) + gap for part, gap in zip(parts, gaps, strict=True))


class Marking(gettext.NullTranslations):
    """A language in which every message is the English one in other letters."""

    def __init__(self) -> None:
        super().__init__()
        with (FOLDER / "ar" / "LC_MESSAGES" / "khabar.mo").open("rb") as stream:
            arabic = gettext.GNUTranslations(stream)
        known = (key for key in arabic._catalog if isinstance(key, str))  # type: ignore[attr-defined]
        self._catalog = {key: marked(key.split("\x04")[-1]) for key in known}

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speaking that language instead of Arabic, from left to right."""

    def use_other(language: str) -> None:
        monkeypatch.setattr(tui.locale, "_current", Marking() if language == "xx" else gettext.NullTranslations())
        monkeypatch.setattr(tui.locale, "_language", language)

    monkeypatch.setattr("tui.screens.speaking.use", use_other)
    told._known.cache_clear()
    yield
    told._known.cache_clear()
    use("en")


def left(khabar: Driver) -> list[str]:
    """Words on the screen that are neither translated nor known to stay, nor of a path."""
    stay = {*kept(), getpass.getuser(), *re.findall(r"[A-Za-z]+", f"{khabar.explorer.corpus} {SEEDS}")}
    return sorted(word for word in words(khabar) if word.strip("'’-") not in stay and len(word) > 2)


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
async def test_every_word_is_a_message_or_data(seeds_corpus: Path, state: State) -> None:
    async with explorer(seeds_corpus) as khabar:
        speak(khabar.app, "xx")
        await khabar.settle()
        await walk(khabar, state)
        assert left(khabar) == []


@pytest.mark.parametrize("state", OVERLAYS, ids=[state.name for state in OVERLAYS])
async def test_a_key_changes_everything_on_the_screen(seeds_corpus: Path, state: State) -> None:
    async with explorer(seeds_corpus) as khabar:
        await walk(khabar, state)
        if state.kind == "typed":  # there the key is typed
            speak(khabar.app, "ar")
            await khabar.settle()
        else:
            await khabar.press("l")
        assert tui.locale.language() == "ar"
        assert left(khabar) == []
        assert khabar.app.has_class("-mirrored")
    use("en")


async def test_where_one_types_the_key_is_typed(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", "l")
        assert tui.locale.language() == "en"
        assert isinstance(khabar.app, Khabar)
        assert khabar.app.screen.query_one("#entity", ArabicInput).value == "l"
