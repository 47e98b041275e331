"""Who speaks where nobody is named behind the verb: who stands before it, was spoken of last, or spoke last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.extract.entities.lexicon import Kind
from store.extract.entities.tokens import SPACE
from store.extract.quotes.lexicon import Verb, sources, word_set
from store.extract.quotes.passage import Paragraph, Passage
from store.extract.quotes.subjects import Subjects, named
from store.models import Quote, Speaker

_FAR = 12
"""Words within which a verb follows كان and its subject."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Finds who speaks in a paragraph of which `found` are the statements so far."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects
    found: Sequence[Quote]

    def other(self, verb: int, entry: Verb, first: int) -> Speaker | None:
        """The speaker of a verb with none behind it: who stands before it, or spoke last."""
        passage = self.passage
        starts = passage.tokens.starts
        clause = [one for one in self.found if one.start >= starts[first] and one.verb_start < starts[verb]]
        if entry.klass == "p" and verb > first and (said := passage.verb(verb - 1)) is not None and said.klass == "v":
            speaker = self.other(verb - 1, said, first)  # الذي قال مؤكدا
            if speaker is not None:
                return speaker
        if entry.klass in "pn":
            if clause and clause[-1].speaker is not None:
                return clause[-1].speaker
            return self.subjects.before(verb, first) or self.subjects.force
        if verb == first or (self._begins(verb, first) and (clause or passage.tokens.gaps[verb] == SPACE)):
            form = passage.forms[verb][passage.skip(verb) :]
            if form in word_set("goes on") or verb > passage.words(self.paragraph.start, self.paragraph.end).start + 3:
                return self._before_last(first) or self.subjects.force
            return self._before_last(first) or self.subjects.topic or self.subjects.force
        if passage.forms[verb - 1] in word_set("relatives") and verb - 1 > first:
            known = passage.inside.get(verb - 2)
            if known is not None:
                return named(known)
        if not clause and passage.forms[verb][:1] == "و" and passage.skip(verb):
            # تحدثت وسائل إعلام عن مفاجآت، وأقرت بأن: the subject of the verb that begins the sentence
            begun, _ = self.subjects.after(first + 1, verb)
            if begun is not None:
                return begun
        was = passage.forms[first].lstrip("و") in ("كان", "كانت") and verb - first < _FAR
        if not was and not self.subjects.adjacent(verb, first) and not self.may_go_on(verb, entry, first):
            return None
        start = first
        for one in clause:
            if one.start <= passage.tokens.starts[verb] < one.end:
                start = max(start, passage.words(one.start, one.end).start)
        before = self.subjects.before(verb, start)
        if before is None and was and verb > first + 1:
            return self.subjects.source(first + 1, verb)[0]
        return before or (self.subjects.force if self.may_go_on(verb, entry, first) else None)

    def described(self, verb: int, intro: int) -> Speaker | None:
        """A subject that no list knows, right behind its verb: أكد المحتجون أن."""
        passage, at = self.passage, verb + 1
        form = passage.forms[at]
        if at >= intro or passage.tokens.gaps[at] != SPACE or at in passage.dates or at in passage.inside:
            return None
        if not form:  # a stretched line alone, ـ
            return None
        if passage.preposition(at) or passage.complementizer(at) or form in word_set("no subject") or form[:2] == "لل":
            return None
        if passage.verb(at) is not None or (passage.word(at).kind & Kind.STOP and not form.startswith("ال")):
            return None
        if form.startswith(("بال", "كال", "بعد", "قبل")) or (form[0] == "ل" and form[1:] in sources()):
            return None
        return self.subjects.source(at, intro)[0]

    def document(self, verb: int, intro: int) -> Speaker | None:
        """What speaks in جاء في البيان: the document, or who issued it."""
        passage = self.passage
        if passage.forms[verb + 1] not in ("في", "ضمن"):
            return None
        source = self.subjects.at(verb + 2, intro) if verb + 2 < intro else None
        if source is None:
            return None
        for at in range(verb + 2, intro):
            mention = passage.names.get(at)
            if mention is not None and mention.type in ("ORG", "PER"):
                return named(mention)
        return source[0]

    def person(self, words: range) -> Speaker | None:
        """The first person that words name, with no preposition before the name."""
        passage = self.passage
        for at in words:
            mention = passage.names.get(at)
            if mention is not None and mention.type == "PER" and passage.bare(at):
                return named(mention)
        return None

    def may_go_on(self, verb: int, entry: Verb, first: int) -> bool:
        """Whether a verb without a subject goes on for whoever spoke last."""
        if entry.klass in "pn":
            return True
        passage = self.passage
        if verb == first or passage.tokens.gaps[verb] != SPACE:
            return True
        if passage.preposition(first):  # وعن رؤيتها لمستقبل اليمن قالت
            return True
        return (passage.forms[verb][:1] == "و" and passage.skip(verb) == 1) or self._begins(verb, first)

    def _begins(self, verb: int, first: int) -> bool:
        """Whether nothing but a connective or a phrase stands between the beginning of the sentence and a verb."""
        passage = self.passage
        if passage.forms[verb][:1] == "و" and passage.skip(verb):
            return passage.tokens.gaps[verb] != SPACE or not self.subjects.adjacent(verb, first)
        parents = word_set("parents")
        return all(form in parents or form.lstrip("و") in parents for form in passage.forms[first:verb])

    def _before_last(self, first: int) -> Speaker | None:
        """The person that the sentence before was about, if nobody is quoted in it."""
        passage = self.passage
        start = passage.tokens.starts[first]
        earlier = [one for one in self.paragraph.sentences if one.end <= start]
        if not earlier or any(one.start >= earlier[-1].start for one in self.found):
            return None
        return self.person(passage.words(earlier[-1].start, earlier[-1].end))
