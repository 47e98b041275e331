"""Words of time that a page ran together with their neighbours ("الماضيسعر", "فيوقت", "السبتالمرحلة").

Only words the lexicon does not know are looked at. Which words of time may be stuck, and to what, is data (GLUED in
data/words.tsv): "any" may stand at either end of a run, "after" only behind a preposition or another such word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

# Endings that make another word of a word of time ("الماضية", "العامل", "سبتمبرية").
_ENDINGS = r"(?:ه|ها|هم|ين|ون|ان|ات|ي|يه|يا|يات|يين|يون|تين|تان|هما|نا)$"
_LEAST = 3
"""So many letters at least must be stuck behind a word of time; before it two."""


class Glued:
    """Cuts runs of words; `anywhere`, `after` and `openers` are folded words, see above."""

    def __init__(self, anywhere: Collection[str], after: Collection[str], openers: Iterable[str]) -> None:
        times = {*anywhere, *after}
        strong, weak = self._alternatives(anywhere), self._alternatives(after)
        opener = self._alternatives(openers)
        before = re.compile(f"(?P<before>[وفبلك]{{0,2}})(?P<time>{strong})(?!{_ENDINGS})(?P<after>\\w{{{_LEAST},}})")
        self._patterns = (
            re.compile(f"(?P<before>[وف]?(?:{opener}))(?P<time>{weak}|{strong})"),
            before,
            re.compile(f"(?P<before>\\w{{2,}}?)(?P<time>{strong})"),
        )
        self._before = (before,)
        self._ends = frozenset(word[-2:] for word in times)
        """How a word ends that ends with a word of time."""

    @staticmethod
    def _alternatives(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"

    def cut(self, word: str) -> tuple[int, ...]:
        """The offsets at which a run of words is to be cut; empty for what is one word."""
        for pattern in self._patterns if word[-2:] in self._ends else self._before:
            match = pattern.fullmatch(word)
            if match:
                inner = (match.start("time"), match.end("time"))
                starts = inner[:1] if match["before"] and "after" not in pattern.groupindex else ()
                ends = inner[1:] if match.end("time") < len(word) else ()
                return (*starts, *ends)
        return ()
