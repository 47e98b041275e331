"""Spans of labels: what was labelled, all of it, once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.extract.entities.features import LABELS
from store.extract.entities.spans import Named, spans

NONE, B_PER, I_PER, B_ORG, I_ORG = (LABELS.index(one) for one in ("O", "B-PER", "I-PER", "B-ORG", "I-ORG"))


def test_a_name_ends_where_another_begins_and_where_its_type_does() -> None:
    labels = [I_PER, I_PER, NONE, B_PER, B_PER, I_PER, I_ORG, I_ORG, NONE, B_ORG]
    certain = [0.9, 0.5, 0.1, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 1.0]
    assert spans(labels, certain) == [
        Named(0, 2, "PER", 0.5),
        Named(3, 4, "PER", 0.8),
        Named(4, 6, "PER", 0.6),
        Named(6, 8, "ORG", 0.3),
        Named(9, 10, "ORG", 1.0),
    ]


@given(st.lists(st.integers(0, len(LABELS) - 1)))
def test_every_labelled_word_is_in_one_name_of_its_type(labels: list[int]) -> None:
    found = spans(labels, [1.0] * len(labels))
    covered = {at: one.type for one in found for at in range(one.first, one.end)}
    assert covered == {at: LABELS[label][2:] for at, label in enumerate(labels) if label != NONE}
    assert sum(one.end - one.first for one in found) == len(covered)
    begins = {one.first for one in found}
    assert all(at in begins for at, label in enumerate(labels) if LABELS[label][0] == "B")
