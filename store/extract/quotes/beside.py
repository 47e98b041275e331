"""Statements before their verb ("…"، قال فلان), and quotations that nothing introduces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.entities.tokens import SPACE
from store.extract.quotes.circumstances import Circumstances
from store.extract.quotes.contents import FAR, Contents, trimmed
from store.extract.quotes.lexicon import Verb, word_set
from store.extract.quotes.making import Making
from store.extract.quotes.passage import Paragraph, Passage, clause
from store.extract.quotes.subjects import Subjects
from store.models import Quote, Speaker
from store.values import value_class

_BETWEEN = 2
"""Most words between two quotations of one speaker: "…"، إذ إن "…"."""
_ALONE = 4
"""Fewest words of a quotation that is taken for speech by where it stands alone."""


@value_class(frozen=True, slots=True)
class Beside:
    """Finds them in a paragraph of which `found` are the statements so far."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects
    contents: Contents
    making: Making
    circumstances: Circumstances
    found: Sequence[Quote]

    def behind(self, verb: int, entry: Verb, speaker: Speaker | None, stop: int) -> Iterator[Quote]:
        """What is said before its verb: "…"، قال فلان."""
        at = self.passage.tokens.starts[verb]
        earlier = (one for one in reversed(self.paragraph.quoted) if one.closed and not one.depth and one.end < at)
        quote = next(earlier, None)
        said = self._as_said(verb, entry, speaker, stop) if speaker is not None and entry.klass == "v" else None
        if said is not None:
            yield said
            return
        if quote is None or entry.klass not in "v" or any(one.start <= quote.start < one.end for one in self.found):
            return
        between = self.passage.words(quote.end, at)
        if between or len(self.passage.words(quote.start, quote.end)) < _ALONE:
            return
        if speaker is None and self.passage.tokens.gaps[verb + 1] == SPACE and not self.passage.preposition(verb + 1):
            return  # "…؟"، رد ثلث المستطلعين
        speaker = speaker or self.subjects.force
        rest = self.circumstances.of(verb, verb + 1, min(stop, verb + 12), verb)
        yield from self.making.made([quote], quote.start, quote.end, speaker, verb, entry, rest, "marks before")

    def _as_said(self, verb: int, entry: Verb, speaker: Speaker, stop: int) -> Quote | None:
        """What stands before كما قال فلان, to the beginning of its sentence."""
        passage, tokens = self.passage, self.passage.tokens
        at = verb - 1
        first = clause(passage, self.paragraph, verb)[0]
        if at - first <= _ALONE or passage.forms[at] != "كما" or stop - verb > FAR:
            return None
        telling = entry.kind in ("said", "confirmed", "announced", "expected")
        if not telling or passage.forms[verb] in word_set("with an object"):
            return None
        start, end = tokens.starts[first], tokens.ends[at - 1]
        if any(one.start < end and start < one.end for one in self.found):
            return None
        quotes, start, end = self.contents.given(first, at)
        if len(quotes) == 1:
            start, end = quotes[0].start, quotes[0].end
        else:
            start, end = trimmed(tokens.text, start, end, self.paragraph.quoted)
        place = tokens.offset(verb, passage.skip(verb))
        said = tokens.text[place : tokens.ends[verb]]
        direct = len(quotes) == 1
        return Quote(start, end, speaker, said, place, kind=entry.kind, direct=direct, rule="as said")

    def alone(self) -> Iterator[Quote]:
        """Quotations that follow another at once, or make up a paragraph: whoever spoke last goes on."""
        for one in self.paragraph.quoted:
            within = self.passage.words(one.start, one.end)
            named_by = {self.passage.inside.get(at) for at in within}
            if one.depth or len(within) < _ALONE or (len(named_by) == 1 and None not in named_by):
                continue
            if any(known.start <= one.start and one.end <= known.end for known in self.found):
                continue
            before = [known for known in self.found if known.direct and known.end <= one.start]
            gap = len(self.passage.words(before[-1].end, one.start)) if before else -1
            whole = self.passage.words(one.start, one.end) == self.paragraph.words
            whole = whole and (one.closed or self.subjects.unclosed)
            if (0 <= gap <= _BETWEEN or whole) and self.subjects.force is not None:
                last = before[-1] if before else None
                yield Quote(
                    one.start, one.end, last.speaker if last else self.subjects.force, last.verb if last else None,
                    last.verb_start if last else 0, kind=last.kind if last else "said", rule="goes on",
                )  # fmt: skip
