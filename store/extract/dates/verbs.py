"""What a word the lexicon does not know looks like as a verb: in the future, the imperfect or the perfect.

Words are folded and unvowelled, so this is a guess by shape: good enough to tell in which light a date stands, never
the only ground of a value. Words that only look like verbs are data (NOTVERB in data/cues.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHAPES = (
    r"[وف]?(?P<planned>س[يتن]\w{2,})",
    r"و?(?P<present>ي\w{3,})",
    # ت begins the imperfect as well as verbal nouns; of those, تفعيل can be told, and what ends like a noun.
    r"[وف]?(?P<perhaps>ت(?!\w\wي\w(?:ه|ا|ها|هم)?$)\w{2,}(?<!ه)(?<!ات)(?<!يا))",
    # The third person feminine ("فشلت"), and the derived stems that a noun of this length would write with an alef.
    r"[وف]?(?P<past>(?!ال|[تيل])\w{2,7}(?<![اوي])ت"
    r"|(?!ال)(?:است[^ا\W]{3}|ان[^ا\W]{3}|ا[^ا\W]ت[^ا\W]{2}|ات[^ا\W]{2})(?<!ه)(?:ت|وا)?)",
)
_SHAPE = re.compile("|".join(_SHAPES))
"""The first of the shapes that a word has, by its kind."""


class Verbs:
    """Guesses the kind of cue (see data/cues.tsv) that an unknown word is as a verb.

    `excepted` are folded words that are none; with a final "*", beginnings of such words.
    """

    def __init__(self, excepted: Iterable[str]) -> None:
        listed = set(excepted)
        self._beginnings = tuple(word[:-1] for word in listed if word.endswith("*"))
        self._words = {word for word in listed if not word.endswith("*")}

    def excepts(self, word: str) -> bool:
        """Whether a folded word is listed as none."""
        return word in self._words

    def cue(self, word: str) -> str | None:
        """The kind of cue of a folded word: planned, present, perhaps (present) or past; None for no verb."""
        if word in self._words:
            return None
        match = _SHAPE.fullmatch(word)
        if match is None or match.lastgroup is None:
            return None
        verb = match[match.lastgroup]
        return None if verb in self._words or verb.startswith(self._beginnings) else match.lastgroup
