"""What is remembered about a corpus is never said of another state of it."""

from __future__ import annotations

from pathlib import Path

from store.database import open_reader
from store.database.remembered import remembered
from tests.store.database.named import names_alone


def test_a_name_that_comes_later_is_found_by_readers_old_and_new(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    names_alone(path, [("مصطفى الكاظمي", "PER", 3)])
    with open_reader(path) as old:
        assert not old.find_entities("salih")
        assert not old.readings("salih")
        names_alone(path, [("برهم صالح", "PER", 3)])
        for reader in (old, open_reader(path)):
            assert [row.name for row in reader.find_entities("salih")] == ["برهم صالح"]
            assert [reading.arabic for reading in reader.readings("salih")] == [("صالح",)]
            assert [row.name for row in reader.find_entities("kadhimi")] == ["مصطفى الكاظمي"]


def test_another_corpus_in_the_same_place_is_another(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    for name, there in (("برهم صالح", True), ("مصطفى الكاظمي", False)):
        names_alone(path, [(name, "PER", 3)])
        with open_reader(path) as reader:
            assert bool(reader.readings("salih")) is there
        for file in tmp_path.iterdir():
            file.unlink()


def test_what_is_asked_twice_is_found_out_once_until_something_changes(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    names_alone(path, [("برهم صالح", "PER", 3)])
    asked: list[int] = []

    def find() -> int:
        asked.append(len(asked))
        return len(asked)

    for _ in range(2):
        with open_reader(path) as reader:
            assert remembered(reader._connection, "how often", find) == 1
    names_alone(path, [("مصطفى الكاظمي", "PER", 3)])
    with open_reader(path) as reader:
        assert remembered(reader._connection, "how often", find) == 2
