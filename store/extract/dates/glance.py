"""A first glance at a sentence: whether it holds a word, or figures, that a mention can grow from.

Most sentences do not, and are not read further.
"""

from __future__ import annotations

import re
from itertools import pairwise

from store.extract.dates.lexicon import LONGEST_KEPT, WORDS_KEPT, Lexicon
from store.text.tokens import letters

# A year, or figures joined as in a date or a clock time; a decimal fraction is neither.
_TOKENS = re.compile(r"[^\W\d_]+|\d{4,}|\d+ ?[/:\-–\\] ?\d|\d+ ?\. ?\d+ ?\. ?\d|[4-9]\d(?!\d)")
_FIGURE = re.compile(r"\d")
_SHORT_YEARS = {str(year) for year in range(40, 100)}
_NOTHING, _PERHAPS, _TIME = 0, 1, 2
"""What a token says; perhaps: a word that only begins a longer form."""


class Glance(dict[str, int]):
    """What each token says, worked out once; `core` are the classes without one of which no mention is."""

    def __init__(self, lexicon: Lexicon, core: frozenset[str]) -> None:
        super().__init__()
        self._lexicon, self._core = lexicon, core
        self._seconds: dict[str, set[str]] = {}
        self._nothing: set[str] = set()
        """The tokens that say nothing."""

    def __missing__(self, token: str) -> int:
        sight = self._look(token)
        if len(token) <= LONGEST_KEPT:
            self[token] = sight
            if sight == _NOTHING:
                self._nothing.add(token)
        return sight

    def __call__(self, folded: str) -> bool:
        """Whether the sentence is worth reading."""
        if len(self) > WORDS_KEPT:  # never amid a sentence, whose words are looked at twice
            self.clear()
            self._seconds.clear()
            self._nothing.clear()
        tokens = letters(folded) if _FIGURE.search(folded) is None else _TOKENS.findall(folded)
        if self._nothing.issuperset(tokens):  # as most often
            return False
        seen = set(map(self.__getitem__, tokens))
        if _TIME in seen:
            return True
        if _PERHAPS not in seen:
            return False
        return any(following in self._seconds[token] for token, following in pairwise(tokens) if token in self._seconds)

    def _look(self, token: str) -> int:
        if not token[0].isalpha():
            is_year = not token.isdigit() or (len(token) == 4 and "1000" <= token < "2400")
            return _TIME if is_year else _NOTHING
        word = self._lexicon.words[token]
        if word.cuts:
            return _TIME
        if not self._core.isdisjoint(word.entry.values):
            return _TIME
        seconds = {
            second
            for second, forms in word.longer.items()
            if any(not self._core.isdisjoint(entry.values) for _, entry in forms)
        }
        if "SHORTYEAR" in word.entry.values:
            seconds |= _SHORT_YEARS
        if seconds:
            self._seconds[token] = seconds
        return _PERHAPS if seconds else _NOTHING
