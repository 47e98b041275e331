"""What a process remembers of an earlier state of a corpus becomes what reading it anew would give, whatever was done
to it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.database import companions, kept, open_reader, open_writer, verify
from store.database.files import connect_to_read, snapshot
from store.database.queries import Reader
from store.database.writing import Writer
from store.errors import Cancelled
from store.models import Analysis
from tests.store.database.inventing import DAYS, document

some = st.lists(st.integers(0, 3), max_size=3)
documents = st.builds(
    document, st.integers(0, 50), st.lists(st.integers(0, 5), max_size=4), st.integers(0, 4), some, some,
    st.sampled_from([None, 0, 0, 1, 2, 3, 5]),
)  # fmt: skip
acts = st.lists(
    st.one_of(
        st.tuples(st.just("add"), documents),
        st.tuples(
            st.sampled_from(["remove", "again", "redate", "hide", "bookmark", "undo", "refine", "place"]),
            st.integers(1, 12),
        ),
        st.tuples(st.just("merge"), st.integers(0, 40)),
    ),
    min_size=1,
    max_size=14,
)


def _act(writer: Writer, what: str, which: object, stored: list[Analysis]) -> None:
    if isinstance(which, Analysis):
        writer.add(which)
        stored.append(which)
        return
    assert isinstance(which, int)
    with open_reader(writer.path) as reader:
        articles = reader.article_ids()
        entities = [id_ for _, ids in reader.entity_groups() for id_ in ids]
    if what == "undo":
        writer.undo()
    elif what == "place":
        list(writer.place_copies(which))
    elif what == "again" and stored:
        writer.add(stored[which % len(stored)])
        writer.replace(stored[which % len(stored)])
    elif what in ("hide", "merge") and entities:
        one, other = entities[which % len(entities)], entities[which // 5 % len(entities)]
        if what == "hide":
            writer.hide_entity(one)
        elif one != other:
            writer.merge_entities([one], other)
    elif articles:
        article = articles[which % len(articles)]
        if what == "remove":
            writer.remove(article)
        elif what == "redate":
            writer.redate_article(article, DAYS[which % 5])
        elif what == "bookmark":
            writer.bookmark(article)
        elif what == "refine":
            writer.wait()
            there = writer.article(article)
            writer.refine(article, there.document.text, [one.mention for one in there.mentions][: which // 2])


def _act_all(path: Path, done: list[tuple[str, object]], between: Callable[[], None]) -> None:
    with open_writer(path) as writer:
        stored: list[Analysis] = []
        for what, which in done:
            _act(writer, what, which, stored)
            between()
            writer.settle()
            list(writer.place_copies())
            between()


def _state(path: Path, *, anew: bool) -> tuple[object, ...]:
    """All that is remembered of a corpus, as plain values."""
    connection = connect_to_read(path)
    with snapshot(connection):
        now = kept.State() if anew else kept.state(connection)
        order, columns, copies = now.order(connection), now.columns(connection), now.copies(connection)
        entities = [row[0] for row in connection.execute("SELECT id FROM entities ORDER BY id")]
        sets = {
            entity: {plane: list(articles) for plane, articles in now.sets.planes(connection, entity).items()}
            for entity in entities
        }
    connection.close()
    events = [each.tolist() for each in (columns.events, columns.earliest, columns.latest, columns.buckets)]
    there = np.flatnonzero(columns.articles)
    told = list(zip(there.tolist(), columns.articles[there].tolist(), columns.told[there].tolist(), strict=True))
    stories: dict[int, list[int]] = {}
    for article, story in zip(copies.ids.tolist(), copies.stories.tolist(), strict=True):
        stories.setdefault(story, []).append(article)
    older = list(copies.older), list(copies.inside)
    return order.ids.tolist(), order.moments.tolist(), sets, events, told, stories, older


@settings(max_examples=40, deadline=None)
@given(acts)
# a place merged into a surname, which then turns out to be short for the name of someone
@example([("add", document(0, [1, 4], 0, [], [])), ("merge", 1), ("add", document(0, [0], 0, [], []))])
def test_what_is_remembered_becomes_what_reading_anew_gives(done: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        open_writer(path).close()
        patch = pytest.MonkeyPatch()
        patch.setattr(companions, "LARGE", 2)

        def compare() -> None:
            assert not list(verify(path))
            assert _state(path, anew=False) == _state(path, anew=True)

        compare()
        _act_all(path, done, compare)
        patch.undo()


def test_notes_that_reach_not_far_enough_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.notes.NOTES", 16)
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(document(0, [0, 1], 1, [0], [0]))
        first = _state(path, anew=False)
        for number in range(1, 60):
            writer.add(document(number, [number % 5], number % 5, [number % 4], [number % 4]))
        (notes,) = writer._connection.execute("SELECT count(DISTINCT revision) FROM changes").fetchone()
    assert notes <= 17
    assert _state(path, anew=False) == _state(path, anew=True) != first
    assert not list(verify(path))


def test_a_copy_that_went_another_way_is_another_corpus(tmp_path: Path) -> None:
    path, copy = tmp_path / "c.db", tmp_path / "copy.db"
    with open_writer(path) as writer:
        for number in range(5):
            writer.add(document(number, [number], 1, [0], [number % 4]))
    shutil.copy(path, copy)
    with open_writer(path) as writer:
        for number in (6, 7):
            writer.add(document(number, [0], 1, [1], [0]))
    assert _state(path, anew=False) == _state(path, anew=True)
    # restored from the copy, and changed as often
    copy.replace(path)
    with open_writer(path) as writer:
        writer.remove(1)
        writer.remove(2)
    assert _state(path, anew=False) == _state(path, anew=True)


def test_a_question_that_was_stopped_asks_no_more(many: Reader) -> None:
    with open_reader(many.path) as reader:
        assert reader.count()
        reader.interrupt()
        assert reader.count()  # nothing was running
        reader.stop()
        for ask in (reader.count, reader.entity_groups, reader.overview):
            with pytest.raises(Cancelled):
                ask()


def test_an_id_is_never_given_twice(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        first, _ = writer.add(document(1, [0], 1, [0], [0]))
        assert writer.remove(first)
        second, _ = writer.add(document(2, [0], 1, [0], [0]))
    assert second > first
