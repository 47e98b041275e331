"""No regular expression grows faster than what it is given, but for those that are given little."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.patterns import Found, growing


@pytest.mark.slow
def test_patterns_grow_no_faster_than_their_input() -> None:
    """In a process of its own, as it sees patterns when they are compiled."""
    done = subprocess.run([sys.executable, "-m", "tests.patterns"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split("\n")[-2].split()[0]) > 300


@pytest.mark.parametrize("pattern", [r"\s+x", "(a+)+b", "<!--.*?-->", r"^(\w+\s?)*$", r"(.*?)\.\.+(.*)x", "(a|aa)+$"])
def test_patterns_that_grow_are_found(pattern: str) -> None:
    assert growing(Found(re.compile(pattern, re.DOTALL), {"here"}, {"search"}))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+x", r"a+b?", r"\d{1,4}-\d{1,2}", r"[^,]{2,40},", "(?:ab|cd)+"])
def test_patterns_that_do_not_are_not(pattern: str) -> None:
    assert growing(Found(re.compile(pattern), {"here"}, {"search"})) is None


def test_one_that_is_asked_for_the_beginning_only_is_asked_for_that() -> None:
    found = Found(re.compile(r"\s+x"), {"here"}, {"match"})
    assert growing(found) is None
