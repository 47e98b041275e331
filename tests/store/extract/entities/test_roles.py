"""What is said right before a person's name: cases as news write them, and what holds of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.entities.roles import before
from store.models import MentionType

_FILE = Path(__file__).parents[3] / "cases" / "roles.tsv"
CASES = [
    [*line.split("\t"), "", "", ""][:4]
    for line in _FILE.read_text("utf-8").split("\n")
    if line and not line.startswith("#")
]
WORDS = st.sampled_from(
    ["رئيس", "الرئيس", "للرئيس", "وزير", "وزراء", "العراق", "سامي", "حداد", "و", "أمام", "،", '"', "\n"]
)


@pytest.mark.parametrize(("text", "name", "role", "others"), CASES, ids=[case[0] for case in CASES])
def test_the_role_before_a_name(text: str, name: str, role: str, others: str) -> None:
    names: list[tuple[int, int, MentionType]] = [
        (text.index(other), text.index(other) + len(other), "LOC") for other in others.split("|") if other
    ]
    said = before(text, text.index(name), names)
    assert (said.text if said else "") == role


@given(st.lists(WORDS, max_size=12), st.text(max_size=20), st.integers(0, 60), st.integers(0, 60))
def test_a_role_stands_before_the_name_and_within_the_sentence(
    words: list[str], more: str, start: int, since: int
) -> None:
    text = " ".join(words) + more
    start, since = min(start, len(text)), min(since, start)
    said = before(text, start, [(0, 4, "LOC"), (2, 9, "PER")], since)
    if said is not None:
        assert since <= said.start < said.end <= start
        written = " ".join(text[said.start : said.end].split())
        assert said.text in (written, f"ا{written}")
