"""What tests share: the sample articles and a corpus made of them."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from store.ingest import Added, add
from tui.locale import use

SEEDS = Path(__file__).parents[1] / "seeds"
_NUMBERS = count()

# Properties are about results; how long an example takes is not one. The first may have to load a model, and other
# work may share the processor.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")

# The settings of whoever runs the tests are none of theirs.
os.environ["KHABAR_CONFIG"] = os.devnull
# Nor is the size of their terminal.
for _name in ("COLUMNS", "LINES"):
    os.environ.pop(_name, None)


@pytest.fixture(autouse=True)
def nobody_was_here_before(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has a state folder of its own, which is there once something is kept, no tour in its way, and English
    around it, whatever was spoken in the one before."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / f"state-{next(_NUMBERS)}"))
    monkeypatch.setenv("KHABAR_TOUR", "0")
    use("en")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five sample articles."""
    return SEEDS


@pytest.fixture(scope="session")
def seeds_corpus_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the sample articles, made once; for reading only."""
    path = tmp_path_factory.mktemp("corpus") / "seeds.db"
    outcomes = list(add(path, [str(SEEDS)]))
    assert [type(outcome) for outcome in outcomes] == [Added] * 5, outcomes
    return path


@pytest.fixture
def seeds_corpus(seeds_corpus_once: Path, tmp_path: Path) -> Path:
    """A corpus of the sample articles for one test to change."""
    return Path(shutil.copy(seeds_corpus_once, tmp_path / "seeds.db"))


@pytest.fixture
def page_corpus(tmp_path: Path) -> Path:
    """A corpus of one page of the web."""
    path = tmp_path / "page.db"
    page = Path(__file__).parent / "cases" / "pages" / "wordpress.html"
    assert [type(outcome) for outcome in add(path, [str(page)])] == [Added]
    return path
