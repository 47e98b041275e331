"""Adding is killed at random moments (`make faults` does it two hundred times)."""

from __future__ import annotations

from tests import faults


def test_nothing_is_lost_and_nothing_is_there_twice() -> None:
    assert faults.run(8) > 2
