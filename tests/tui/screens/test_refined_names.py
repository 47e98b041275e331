"""The explorer while another process refines names: how many are left, and what they are once they are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import Article
from store.database import open_reader, verify
from store.extract.entities import find
from store.ingest import add
from store.models import Mention
from store.refining import refine
from tests.tui.screens.driving import explorer
from tui.config import appearance


def only_places(article: Article) -> list[Mention]:
    """A pass whose names can be told from those of the fast one."""
    return [one for one in find(article.document.text, article.sentences) if one.type == "LOC"]


@pytest.fixture
def corpus(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The explorer starts no pass of its own: the test is the other process.
    monkeypatch.setenv("KHABAR_ENTITIES", "fast")
    monkeypatch.setattr(appearance, "digits", "text")
    path = tmp_path / "c.db"
    list(add(path, [seeds], refine=True))
    return path


async def test_lists_and_reader_follow_another_process(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        assert "names of 5 still to be refined" in khabar.shown()
        shown = khabar.explorer.reader.article
        assert shown is not None
        assert "accurate one to come" in khabar.shown()
        steps = refine(corpus, only_places)
        assert next(steps).article == shown.row.id
        khabar.explorer._look_again()
        await khabar.settle()
        assert "names of 4 still to be refined" in khabar.shown()
        assert "names: accurate pass" in khabar.shown()
        place = khabar.explorer.place
        assert list(steps)[-1].waiting == 0
        khabar.explorer._look_again()
        await khabar.settle()
        assert "to be refined" not in khabar.shown()
        assert khabar.explorer.place == place
        with open_reader(corpus) as reader:
            kinds = {reader.entity(key).type for key in khabar.ids("entities")}
        assert kinds == {"LOC"}
    assert not list(verify(corpus))


async def test_why_a_name_is_here_names_its_pass_and_its_place(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("4", "n", "i")
        shown = khabar.shown()
        assert "found by fast 2, rule " in shown
        assert "Why this name" in shown
