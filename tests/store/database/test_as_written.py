"""Reasons quote names as texts write them, though they are compared by folded ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database import open_reader, verify
from store.database.dossiers import spellings
from tests.store.database.making import Named, add_all, analysis

MINISTRY: Named = ("وزارة الخارجية العراقية", "ORG")
SHORT: Named = ("الخارجية العراقية", "ORG")


def _corpus(path: Path, *articles: tuple[Named, ...]) -> Path:
    add_all(
        path,
        [
            analysis(f"خبر {number}: " + " ثم ".join(str(name[0]) for name in names), names)
            for number, names in enumerate(articles)
        ],
    )
    return path


def test_why_a_short_form_belongs_to_a_name(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.db", (MINISTRY,), (SHORT,))
    with open_reader(corpus) as reader:
        (entity,) = reader.find_entities("وزارة الخارجية العراقية")
        reason = (
            "the same name without وزارة, the only one of the corpus: وزارة الخارجية العراقية"  # not وزاره الخارجيه
        )
        assert f"الخارجية العراقية (1×): {reason}" in reader.why_entity(entity.id)
        assert reason in {one.reason for one in spellings(reader, entity.id)}
        (mention,) = reader.article(2).mentions
        assert reader.as_written(mention.reason) == reason
    assert not list(verify(corpus))


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("the same name without وزاره", "the same name without وزارة"),
        ("merged by a person (edit 1, وزاره, 2024-01-01)", "merged by a person (edit 1, وزاره, 2024-01-01)"),
        ("it may be short for منظمه بعيده, which another article names", None),
        ("the surname of that name", None),
        ("", None),
    ],
)
def test_what_is_no_name_of_the_corpus_stays_as_it_is(tmp_path: Path, stored: str, told: str | None) -> None:
    with open_reader(_corpus(tmp_path / "c.db", (MINISTRY,))) as reader:
        assert reader.as_written(stored) == (stored if told is None else told)
