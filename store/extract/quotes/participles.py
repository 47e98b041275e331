"""For whom a participle goes on: قال فلان إن …، موضحا أن …"""

from __future__ import annotations

from collections.abc import Sequence

from store.extract.entities.lexicon import Kind
from store.extract.quotes.lexicon import word_set
from store.extract.quotes.passage import Passage
from store.extract.quotes.subjects import Subjects
from store.models import Quote, Speaker
from store.values import value_class

_FAR = 25
"""Words before a participle among which its clause begins."""


@value_class(frozen=True, slots=True)
class Participles:
    """Finds whose statement a participle goes on, or the subject of its clause."""

    passage: Passage
    subjects: Subjects

    def going_on(self, verb: int, said: Sequence[Quote]) -> Quote | None:
        """Whose statement a participle goes on: the last one, but no country's within what a man says.

        قال فلان إن صنعاء ترى أن …، موضحا أن …
        """
        said = [one for one in said if not self._relative(one)]
        if not said:
            return None
        last, man = said[-1], self.passage.forms[verb].endswith("ا")
        around = [one for one in said[:-1] if one.start <= last.start and last.end <= one.end]
        if man and around and self._type(last) == "LOC" and self._type(around[0]) == "PER":
            return around[0]
        return last

    def nearest(self, verb: int, first: int) -> Speaker | None:
        """The subject right behind the verb that the clause of a participle begins with: …، تحدث الإعلام قائلا."""
        passage = self.passage
        start = next((at for at in range(verb - 1, max(first, verb - _FAR), -1) if passage.comma(at)), first)
        deed = bool(passage.word(start).kinds & Kind.VERB) or passage.forms[start] in word_set("speaks of")
        if start == first or start + 1 >= verb or start in passage.inside or not deed:
            return None
        found = self.subjects.at(start + 1, verb)
        return found[0] if found is not None else None

    def _relative(self, one: Quote) -> bool:
        """Whether a statement hangs on a relative clause: البيان الذي دعا إلى …, مؤكدا …: the latter is none of its."""
        words = self.passage.words(one.verb_start, one.verb_start + 1)
        return bool(words) and words.start > 0 and self.passage.forms[words.start - 1] in word_set("relatives")

    def _type(self, one: Quote) -> str | None:
        """The type of the mention that names who makes a statement."""
        if one.speaker is None:
            return None
        words = self.passage.words(one.speaker.start, one.speaker.end)
        mention = self.passage.inside.get(words.start) if words else None
        return mention.type if mention is not None else None
