"""What every screen says in every state, at 80x24 in both languages: what is the matter, and the key that goes on."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from store import read_only
from store.database import files, open_writer
from store.database.files import VERSION
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tui.arabic import layout_line
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import use
from tui.locale.told import told
from tui.screens.explorer import Explorer
from tui.widgets.drawn_rows import DrawnRows


@dataclass(frozen=True)
class State:
    """Keys that lead to a state of a corpus, and what is to be read there: messages of the interface, or words."""

    name: str
    corpus: str
    keys: tuple[str, ...]
    said: tuple[str, ...]
    key: str
    """What the sentence names as the way on."""


FILTERED = ("f", "down", "down", "z", "z", "enter")
"""A filter by an outlet that there is none of."""

SEARCHED = "{explore_search} changes the search, {explore_clear} shows all articles again"
NARROWED = "{explore_filter} changes the filter, {explore_clear} shows all articles again"
NO_NOTES = "nothing yet: {correct_bookmark} bookmarks, {correct_tag} tags, {correct_note} notes"
NO_SUCH_NOTES = "nothing like this here\n{annotations_narrow} changes the words, {annotations_kind} the kind"
NO_SEARCH = "no search is saved yet\n{searches_save} saves the present one under a name"
NOT_SO = (
    "nobody says anything like this here\n"
    "{statements_kind} shows other kinds, {statements_direct} those reported or direct"
)
EMPTY = "this corpus is empty\n{correct_add} adds files or folders, as khabar add does"

STATES = (
    State("empty corpus", "empty", (), (EMPTY,), "A"),
    State("empty corpus: names", "empty", ("2",), (EMPTY,), "A"),
    State("empty corpus: timeline", "empty", ("3",), (EMPTY,), "A"),
    State("empty corpus: reader", "empty", ("4",), ("{list_open} on an article opens it here",), "Enter"),
    State("no names", "plain", ("2",), ("no names in these articles",), "?"),
    State("no dates", "plain", ("3",), ("no dated events in these articles",), "?"),
    State("nothing found", "seeds", ("slash", "q", "q", "enter"),
          ("no article here", "qq", SEARCHED), "/"),
    State("nothing found while it is typed", "seeds", ("slash", "q", "q"), ("no article here",), "Esc"),
    State("filter hides all articles", "seeds", FILTERED,
          ("no article here", "zz", NARROWED), "f"),
    State("filter hides all names", "seeds", (*FILTERED, "2"),
          ("no name here", "zz", NARROWED), "f"),
    State("filter hides all events", "seeds", (*FILTERED, "3"),
          ("no dated event here", "zz", NARROWED), "f"),
    State("no corrections", "seeds", ("C",), ("nothing was corrected yet", "Esc closes"), "Esc"),
    State("no annotations", "seeds", ("B",), (NO_NOTES,), "b"),
    State("no annotation like this", "seeds", ("B", "f"),
          (NO_SUCH_NOTES,), "/"),
    State("no saved search", "seeds", ("Q",), (NO_SEARCH,), "s"),
    State("nothing to merge", "plain", ("M",), ("Esc closes",), "Esc"),
    State("nobody says anything", "plain", ("O",), ("nobody says anything here", "Esc closes"), "Esc"),
    State("nobody says it so", "seeds", ("O", "T"),
          (NOT_SO,), "t"),
    State("no trends", "plain", ("T",), ("Esc closes",), "Esc"),
)  # fmt: skip

GONE = (
    State("gone: lists", "seeds", ("f5",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: corrections", "seeds", ("C",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: annotations", "seeds", ("B",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: searches", "seeds", ("Q",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: suggested", "seeds", ("M",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: statements", "seeds", ("O",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: trends", "seeds", ("T",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
    State("gone: bookmark", "seeds", ("b",), ("there is no such corpus", "khabar add makes one"), "khabar add"),
)


def lose(path: Path) -> None:
    """Another program takes the corpus away."""
    path.unlink()


def damage(path: Path) -> None:
    """Something else is written over it."""
    with path.open("r+b") as stream:
        stream.seek(100)  # what it is, stands before
        stream.write(b"\xff" * (path.stat().st_size - 100))


def make_newer(path: Path) -> None:
    """A khabar that is to come brings it up to date."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")


ERRORS: tuple[tuple[Callable[[Path], None], str, str], ...] = (
    (lose, "there is no such corpus", "khabar add makes one"),
    (damage, "is damaged", "restore it from a copy"),
    (make_newer, f"was made by a newer khabar (version 9999, this one knows {VERSION})", "update khabar"),
)


def corpus_of(kind: str, seeds: Path, folder: Path) -> Path:
    """A corpus without articles, one whose article names nothing, or the sample."""
    if kind == "seeds":
        return seeds
    path = folder / f"{kind}.db"
    with open_writer(path) as writer:
        if kind == "plain":
            writer.add(analysis("هذا نص بلا أسماء ولا تواريخ.", published="2024-01-01"))
    return path


def reads(khabar: Driver, message: str) -> bool:
    """Whether a message is on the screen, however it is wrapped."""
    shown = "".join(khabar.shown().split())
    said = _(message)
    # what the store says is told in the language spoken
    said = re.sub("[\u2066-\u2069]", "", with_keys(told(message) if said == message else said))
    words = [word for line in said.split("\n") for word in line.split()]
    painted = [{"".join(layout_line(word, base=base).visual().split()) for base in (0, 1)} for word in words]
    return all(any(each in shown for each in either) for either in painted)


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each of both; English after."""
    yield request.param
    use("en")


async def speak(khabar: Driver, language: str) -> None:
    if language == "ar":
        await khabar.press("l")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
async def test_a_state_says_what_to_do(seeds_corpus: Path, tmp_path: Path, state: State, language: str) -> None:
    async with explorer(corpus_of(state.corpus, seeds_corpus, tmp_path), (80, 24)) as khabar:
        await speak(khabar, language)
        await khabar.press(*state.keys)
        for said in (*state.said, state.key):
            assert reads(khabar, said), f"{_(said)}\nis not said in\n{khabar.shown()}"


@pytest.mark.parametrize("state", GONE, ids=lambda state: state.name)
async def test_a_corpus_that_is_gone_is_said_everywhere(seeds_corpus: Path, state: State, language: str) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        lose(seeds_corpus)
        await khabar.press(*state.keys)
        for said in (*state.said, state.key):
            assert reads(khabar, said), f"{_(said)}\nis not said in\n{khabar.shown()}"
        assert not any(len(rows.ids) == 0 and not rows._loaded for rows in khabar.app.screen.query(DrawnRows))


@pytest.mark.parametrize(("spoil", "what", "remedy"), ERRORS, ids=[spoil.__name__ for spoil, *_ in ERRORS])
async def test_what_is_wrong_with_the_corpus_is_said_with_what_to_do(
    seeds_corpus: Path, language: str, spoil: Callable[[Path], None], what: str, remedy: str
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        before = khabar.ids("articles")
        spoil(seeds_corpus)
        await khabar.press("f5")
        assert reads(khabar, what), khabar.shown()
        assert reads(khabar, remedy), khabar.shown()
        assert khabar.ids("articles") == before, "what was shown stays"


async def test_a_damaged_row_is_said_and_does_not_end_the_explorer(seeds_corpus: Path, language: str) -> None:
    async with explorer(seeds_corpus, (120, 40)) as khabar:
        await speak(khabar, language)
        connection = sqlite3.connect(seeds_corpus)
        connection.execute("UPDATE event_mentions SET start = 'x'")
        connection.commit()
        connection.close()
        await khabar.press("f5", "1", "down", "enter")
        assert reads(khabar, "khabar verify"), khabar.shown()
        assert khabar.ids("articles")


async def test_a_list_that_never_had_a_row_says_why_and_which_key_tries_again(
    seeds_corpus: Path, tmp_path: Path, language: str
) -> None:
    missing = tmp_path / "missing.db"
    async with explorer(missing, (80, 24)) as khabar:
        await speak(khabar, language)
        for pane in "123":
            await khabar.press(pane)
            assert reads(khabar, "there is no such corpus")
            assert reads(khabar, "{explore_reload} tries again"), khabar.shown()
        shutil.copy(seeds_corpus, missing)
        await khabar.press("1", "f5")
        assert len(khabar.ids("articles")) == 5


@contextlib.contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Another program has the corpus for itself (EXCLUSIVE), or writes to it (IMMEDIATE)."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if how == "EXCLUSIVE":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"BEGIN {how}")
        yield
        connection.execute("ROLLBACK")


async def until(khabar: Driver, message: str) -> None:
    """Let time go by until something is said."""
    for _look in range(1000):
        if reads(khabar, message):
            return
        await khabar.pilot.pause(0.02)
    raise AssertionError(f"{_(message)}\nis not said in\n{khabar.shown()}")


async def ask_for_long(khabar: Driver) -> None:
    """Ask again of a corpus that does not answer, until that is said."""
    await khabar.pilot.press("f5")
    await until(khabar, with_keys(_("{filter}: looking… {explore_clear} stops it"), filter=_("all articles")))


async def test_what_takes_long_says_so_and_can_be_stopped(
    seeds_corpus: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 3.0)
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        with held(seeds_corpus, "EXCLUSIVE"):
            await ask_for_long(khabar)
            await khabar.pilot.press("escape")
            await until(khabar, "stopped; {explore_reload} asks again")
            await until(khabar, "stopped\n{explore_reload} asks again, {go_back} goes back")
        await khabar.press("f5")
        assert len(khabar.ids("articles")) == 5


async def test_what_is_said_while_it_takes_long_stays(
    seeds_corpus: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 3.0)
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        with held(seeds_corpus, "EXCLUSIVE"):
            await ask_for_long(khabar)
            await khabar.pilot.press("v")
            assert khabar.status() == _("vowel marks are hidden")
        await khabar.settle()
        assert len(khabar.ids("articles")) == 5
        assert khabar.status() == _("vowel marks are hidden")
        assert not reads(khabar, "stopped")


async def test_what_was_done_is_said_again_when_the_lists_took_long(
    seeds_corpus: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 3.0)
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        with held(seeds_corpus, "EXCLUSIVE"):
            khabar.explorer.changed(_("bookmark removed"))
            await until(khabar, with_keys(_("{filter}: looking… {explore_clear} stops it"), filter=_("all articles")))
        await khabar.settle()
        assert khabar.status() == _("bookmark removed")


@pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
async def test_a_corpus_that_others_write_to_is_busy(
    seeds_corpus: Path, language: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.1)
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        with held(seeds_corpus, how):
            await khabar.press("b")
            assert reads(khabar, "is being written to by another process"), khabar.shown()
            assert reads(khabar, "try again when that has finished"), khabar.shown()


async def test_a_full_disk_is_said_when_something_is_written(seeds_corpus: Path, tmp_path: Path, language: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here")
    try:
        path = Path(shutil.copy(seeds_corpus, disk / "c.db"))
        async with explorer(path, (80, 24)) as khabar:
            await speak(khabar, language)
            with (disk / "ballast").open("wb", buffering=0) as stream, contextlib.suppress(OSError):
                while stream.write(bytes(4096)):
                    pass
            await khabar.press("b")
            assert reads(khabar, "the disk is full"), khabar.shown()
            assert reads(khabar, "free some space; nothing that was stored is lost"), khabar.shown()
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


async def test_a_session_that_may_only_read_shows_a_sign_and_says_so(seeds_corpus: Path, language: str) -> None:
    read_only.switch(True)
    try:
        async with explorer(seeds_corpus, (80, 24)) as khabar:
            await speak(khabar, language)
            assert reads(khabar, "[read only]")
            assert f"A {_('add')}" not in khabar.shown()
            await khabar.press("b")
            assert reads(khabar, "this corpus is open for reading only: nothing is changed or written")
            assert reads(khabar, "[read only]")
    finally:
        read_only.switch(False)


async def test_what_is_new_stays_in_sight_beside_a_long_filter(seeds_corpus: Path, language: str) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await speak(khabar, language)
        await khabar.press("slash")
        await khabar.send(*"qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "enter")
        with open_writer(seeds_corpus) as writer:
            writer.add(analysis("وصل نص جديد."))
        assert isinstance(khabar.explorer, Explorer)
        khabar.explorer._look_again()
        await khabar.settle()
        assert reads(khabar, _("+{n} new, {key} shows them").format(n=1, key="F5")), khabar.shown()
        await khabar.press("f5")
        assert not reads(khabar, _("+{n} new, {key} shows them").format(n=1, key="F5"))
