"""The quality reached in putting dated sentences together; these floors only ever rise."""

from __future__ import annotations

from tests.store.resolve import clusters


def test_seeds() -> None:
    found = clusters.seeds()
    assert found.f1 >= 0.70, sorted(found.gold - found.found)
    assert not found.found - found.gold
