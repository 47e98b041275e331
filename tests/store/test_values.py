"""Values are changed by nobody: the type checker sees to it, and Python itself in its development mode."""

from __future__ import annotations

import subprocess
import sys

_ALL_OF_IT = """
import dataclasses
from store.extraction import Given, extract
from store.models import Document, Mention
from store.readers import read_bytes
from store.samples import seeds

for seed in seeds():
    (found,) = extract([one for one in read_bytes(seed.read_bytes(), seed.name) if isinstance(one, Document)], Given())
    (analysis,) = found
    assert analysis.mentions and analysis.dates, analysis
mention = analysis.mentions[0]
assert isinstance(mention, Mention)
try:
    mention.name = "other"
except dataclasses.FrozenInstanceError:
    print("frozen")
"""


def test_whatever_is_found_in_the_sample_is_made_without_changing_a_value() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-c", _ALL_OF_IT], capture_output=True, text=True, timeout=120
    )
    assert (done.stdout, done.stderr) == ("frozen\n", "")


def test_values_of_the_same_fields_are_one() -> None:
    from store.models import Sentence

    assert Sentence(1, 2) == Sentence(1, 2)
    assert hash(Sentence(1, 2)) == hash(Sentence(1, 2))
    assert len({Sentence(1, 2), Sentence(1, 2), Sentence(2, 3)}) == 2
