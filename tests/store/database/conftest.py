"""Corpora that several tests ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import EntityRow
from store.database import companions, entity_sets, open_reader, open_writer, verify, word_sets
from store.database.queries import Reader
from tests.store.database.inventing import document


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Some two hundred articles, in no order of time, of which one entity has more than fit one row."""
    path = tmp_path_factory.mktemp("sets") / "c.db"
    patch = pytest.MonkeyPatch()
    patch.setattr(entity_sets, "WHOLE", 40)
    patch.setattr(entity_sets, "BLOCK", 64)
    patch.setattr(word_sets, "FREQUENT", 8)
    patch.setattr(companions, "LARGE", 20)
    with open_writer(path) as writer:
        for number in range(200):
            names = [one for one in range(6) if number % (2 + 3 * one) == 0] * (1 + number % 3)
            day, told = number * 7 % 5, [number % 4][: number % 3]
            writer.add(document(number, names, day, told, [number % 4, number // 3 % 4]))
        hidden = next(row.id for row in _rows(path, "البصرة"))
        writer.hide_entity(hidden)
        writer.remove(17)
        writer.settle()
    assert not list(verify(path))
    with open_reader(path) as reader:
        yield reader
    patch.undo()


def _rows(path: Path, name: str) -> list[EntityRow]:
    with open_reader(path) as reader:
        return list(reader.find_entities(name))
