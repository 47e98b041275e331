"""What a word the lexicon does not know looks like as a verb: in the future, the imperfect or the perfect.

Words are folded and unvowelled, so this is a guess by shape: good enough to tell in which light a date stands, never
the only ground of a value. Words that only look like verbs are data (NOTVERB in data/cues.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FUTURE = re.compile(r"[وف]?(س[يتن]\w{2,})")
_PRESENT = re.compile(r"و?(ي\w{3,})")
# ت begins the imperfect as well as verbal nouns; of those, تفعيل can be told, and what ends like a noun.
_MAYBE_PRESENT = re.compile(r"[وف]?(ت(?!\w\wي\w(?:ه|ا|ها|هم)?$)\w{2,}(?<!ه)(?<!ات)(?<!يا))")
# The third person feminine ("فشلت"), and the derived stems that a noun of this length would write with an alef.
_PERFECT = re.compile(
    r"[وف]?((?!ال|[تيل])\w{2,7}(?<![اوي])ت"
    r"|(?!ال)(?:است[^ا\W]{3}|ان[^ا\W]{3}|ا[^ا\W]ت[^ا\W]{2}|ات[^ا\W]{2})(?<!ه)(?:ت|وا)?)"
)
_SHAPES = ((_FUTURE, "planned"), (_PRESENT, "present"), (_MAYBE_PRESENT, "perhaps"), (_PERFECT, "past"))


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
        for shape, kind in _SHAPES:
            if match := shape.fullmatch(word):
                verb = match[1]
                return None if verb in self._words or verb.startswith(self._beginnings) else kind
        return None
