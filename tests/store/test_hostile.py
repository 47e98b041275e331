"""Whatever is fed to readers and cleaners: the laws of `tests.fuzz.laws` hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutating import mutated
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

CRASHERS = Path(__file__).parents[1] / "cases" / "crashers"
KEPT = sorted(path for path in CRASHERS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_keep_the_laws(target: str) -> None:
    for seed in SEEDS[target]():
        TARGETS[target](seed)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_crashers_stay_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=30)
@given(chance=st.randoms(use_true_random=False), times=st.integers(1, 3))
def test_mutations_keep_the_laws(target: str, chance: random.Random, times: int) -> None:
    data = chance.choice(SEEDS[target]())
    for _ in range(times):
        data = mutated(data, target, chance)[: 1 << 13]
    TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=30)
@given(data=st.binary(max_size=300))
def test_any_bytes_keep_the_laws(target: str, data: bytes) -> None:
    TARGETS[target](data)
