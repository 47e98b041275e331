"""What is attributed by a phrase: وفق مصدر أمني, بحسب البيان, نقلا عن رويترز."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.extract.entities.tokens import BREAK, COMMA, PUNCT
from store.extract.quotes.lexicon import attributions, word_set
from store.extract.quotes.passage import Paragraph, Passage
from store.extract.quotes.subjects import Subjects, named
from store.models import Quote, Speaker

_FEWEST = 3
_FAR = 14


@dataclass(frozen=True, slots=True)
class Attributions:
    """Finds what is attributed in a paragraph."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects

    def begins(self, at: int) -> bool:
        """Whether a word begins an attribution."""
        return self._phrase(at) is not None

    def _phrase(self, at: int) -> int | None:
        """The index of the first word of the source, if word `at` begins an attribution."""
        forms = self.passage.forms
        if forms[at] not in attributions():
            return None
        form = forms[at] if forms[at] in word_set("attributions") else forms[at][1:]
        if at + 1 >= self.paragraph.words.stop:
            return None
        after = at + 1
        if forms[after] in ("عن", "الي", "ل", "ما", "قول") or form == "حسبما":
            after += 1
        return after if after < self.paragraph.words.stop else None

    def of(self, at: int, found: Sequence[Quote]) -> Iterator[Quote]:
        """The clause attributed by the phrase that begins at word `at`, unless it is a statement already."""
        passage, tokens = self.passage, self.passage.tokens
        after = self._phrase(at)
        if after is None:
            return
        start, end = self.paragraph.sentence(tokens.starts[at])
        words = passage.words(start, end)
        source = self._source(after, min(words.stop, after + _FAR))
        if source is None:
            return
        speaker, last = source
        if at - words.start <= 1:  # it begins the sentence
            first = next((one for one in range(last, min(words.stop, last + _FAR)) if tokens.gaps[one] == COMMA), last)
            span = range(first, words.stop)
            if first < words.stop and passage.complementizer(first):
                span = range(first + 1, words.stop)
        else:
            first = words.start
            if passage.forms[first] in word_set("parents"):
                first += 1
            span = range(first, at)
        if len(span) < _FEWEST:
            return
        begun, ended = tokens.starts[span.start], tokens.ends[span.stop - 1]
        if any(one.start < ended and begun < one.end for one in found):
            return
        inside = [one for one in self.paragraph.quoted if not one.depth and begun <= one.start and one.end <= ended + 1]
        place = tokens.starts[at] + (1 if passage.forms[at] not in word_set("attributions") else 0)
        verb = passage.tokens.text[place : tokens.ends[at]]
        for one in inside:
            if 2 * len(passage.words(one.start, one.end)) >= len(span):
                yield Quote(one.start, one.end, speaker, verb, place, rule="attribution")
                return
        yield Quote(begun, ended, speaker, verb, place, direct=False, rule="attribution")

    def _source(self, at: int, stop: int) -> tuple[Speaker, int] | None:
        passage = self.passage
        for one in range(at, stop):
            if passage.tokens.gaps[one] in (COMMA, PUNCT, BREAK) and one > at:
                return None
            mention = passage.names.get(one)
            if mention is not None and mention.type in ("PER", "ORG"):
                words = passage.words(mention.start, mention.end)
                return named(mention), words.stop
            found = self.subjects.at(one, stop) if one == at else None
            if found is not None:
                return found
        return None
