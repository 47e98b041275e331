"""Statements of a text, paragraph by paragraph, verb by verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from store.extract.entities.tokens import SPACE, tokenize
from store.extract.quotes.attributions import Attributions
from store.extract.quotes.beside import Beside
from store.extract.quotes.circumstances import Circumstances
from store.extract.quotes.contents import Contents, Opening
from store.extract.quotes.headlines import Headlines
from store.extract.quotes.lexicon import TELLING, Verb, word_set
from store.extract.quotes.making import Making
from store.extract.quotes.marks import Marked
from store.extract.quotes.participles import Participles
from store.extract.quotes.passage import MOST, Paragraph, Passage, clause, paragraphs
from store.extract.quotes.reach import Reach
from store.extract.quotes.sides import Sides
from store.extract.quotes.speakers import Speakers
from store.extract.quotes.subjects import Subjects
from store.models import Block, DateMention, Mention, Quote, Sentence, Speaker
from store.text.fold import fold

_BEFORE = 4
"""Most words of a source before its verb in a headline: عسكري إسرائيلي يحذر: …"""
_BYLINE = 7
"""Words of a byline among which stands متابعة with a colon."""


def find(
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention] = (),
) -> list[Quote]:
    """What people are said to have said in `text`, in reading order; one may lie within another.

    `mentions` and `dates` are those of the text. Offsets are code points. Raises nothing; linear but for the number of
    quotations in one paragraph.
    """
    tokens = tokenize(text)
    passage = Passage.of(tokens, mentions, dates)
    subjects = Subjects(passage)
    found: list[Quote] = []
    for paragraph, kind in paragraphs(text, passage, sentences, blocks):
        if not paragraph.words:
            continue
        here = _Paragraph(passage, paragraph, subjects, kind)
        found.extend(here.statements())
    return sorted(found, key=lambda one: (one.start, -one.end))


class _Paragraph:
    """The statements of one paragraph."""

    def __init__(self, passage: Passage, paragraph: Paragraph, subjects: Subjects, kind: str) -> None:
        self.passage, self.paragraph, self.subjects, self.kind = passage, paragraph, subjects, kind
        self.contents = Contents(passage, paragraph)
        self.attributions = Attributions(passage, paragraph, subjects)
        self.found: list[Quote] = []
        self.sides = Sides(passage, subjects)
        self.speakers = Speakers(passage, paragraph, subjects, self.found, self.sides, Participles(passage, subjects))
        self.reach = Reach(passage, subjects, self.contents)
        self.circumstances = Circumstances(passage, subjects)
        self.making = Making(passage, paragraph)
        self.beside = Beside(passage, paragraph, subjects, self.contents, self.making, self.circumstances, self.found)
        self.text = passage.tokens.text

    def statements(self) -> list[Quote]:
        """All of them."""
        words = self.paragraph.words
        if self.kind != "body":
            headlines = Headlines(self.passage, self.paragraph, self.subjects, self.contents)
            if (headline := headlines.find()) is not None:
                self._keep(headline, outer=True)
        forms = self.passage.forms[words.start : words.stop]
        for at in compress(words, map(TELLING.__getitem__, forms)):
            if len(self.found) >= MOST:
                break
            entry = self.passage.verb(at)
            if entry is not None:
                for one in self._said(at, entry):
                    self._keep(one, outer=not self._inside(one))
            elif self.attributions.begins(at):
                for one in self.attributions.of(at, self.found):
                    self._keep(one, outer=True)
        for one in self.beside.alone():
            self._keep(one, outer=True)
        self.subjects.topic = None if self.found or not words else self.speakers.person(words)
        return self.found

    def _keep(self, one: Quote, outer: bool) -> None:
        if any((known.start, known.end) == (one.start, one.end) for known in self.found):
            return
        self.found.append(one)
        self.subjects.unclosed = one.direct and one.end == self.paragraph.end
        if one.speaker is not None:
            self.subjects.spoken.append(one.speaker)
            if outer and not self._related(one):
                self.subjects.force = one.speaker

    def _related(self, one: Quote) -> bool:
        """Whether a statement hangs on a relative clause: who speaks there does not go on to speak."""
        if one.verb is None:
            return False
        words = self.passage.words(one.verb_start, one.verb_start + 1)
        return bool(words) and words.start > 0 and self.passage.forms[words.start - 1] in word_set("relatives")

    def _inside(self, one: Quote) -> bool:
        return any(known.start <= one.start and one.end <= known.end for known in self.found)

    def _of_itself(self, verb: int, speaker: Speaker | None) -> bool:
        """Whether a verb without a subject stands in what its speaker says, who would say أؤكد of themselves."""
        at = self.passage.tokens.starts[verb]
        around = next((one for one in reversed(self.found) if one.direct and one.start <= at < one.end), None)
        if around is None or around.speaker is None or speaker is None:
            return False
        return around.speaker.name == speaker.name and self.passage.forms[verb][:1] not in "ان"

    def _of_content(self, verb: int, entry: Verb, opening: Opening) -> bool:
        """Whether a verb without a subject belongs to what is reported: إن التدخل يعكس موقفها ويكشف استراتيجيتها."""
        form, skip = self.passage.forms[verb], self.passage.skip(verb)
        present = skip > 0 and form[:1] == "و" and form[1:2] in ("ي", "ت")
        if entry.klass != "v" or opening.by not in ("noun", "preposition") or not present:
            return False
        at = self.passage.tokens.starts[verb]
        around = next((one for one in self.found if not one.direct and one.start < at < one.end), None)
        # يؤكد أن الرد آت ويشدد على …: two verbs of one subject
        return around is not None and (around.verb is None or fold(around.verb)[:1] != form[1])

    def _said(self, verb: int, entry: Verb) -> Iterator[Quote]:
        first, stop = clause(self.passage, self.paragraph, verb)
        if verb + 1 >= stop:
            return
        if entry.klass == "r":
            yield from self._relayed(verb, entry, first, stop)
            return
        form = self.passage.forms[verb]
        byline = form == "متابعه" and verb - first < _BYLINE and self.passage.colon(verb + 1) and not self.found
        if byline and self.contents.quote_at(verb + 1) is None:
            return  # محمد علي- سبق- متابعة: …
        if entry.klass == "p" and (self.reach.adjective(verb) or self.passage.forms[verb + 1] == "الله"):
            return  # داعيا الله أن
        before = verb - (2 if verb > first and self.passage.forms[verb - 1] == "قد" else 1)
        amid = before >= first and self.passage.tokens.gaps[verb] == SPACE and not self.passage.skip(verb)
        related = amid and self.passage.forms[before] in word_set("relatives")
        what = amid and entry.klass == "v" and self.passage.forms[before] in word_set("by what")
        what = what and (self.passage.comma(before) or self.attributions.after_what(before))
        if what and self.passage.comma(before):
            return  # …، ما يشير إلى
        if related and self.passage.forms[verb + 1] in word_set("of it"):
            return  # التمديد الذي أعلن عنه
        feminine = entry.kind == "demanded" and self.passage.forms[verb].endswith("ه")
        if entry.klass == "p" and feminine and self.passage.skip(verb) and not self.found:
            return  # شعارات داعمة، ومطالبة بوقف النار
        if entry.klass == "v" and verb > first and self.passage.forms[verb - 1] in word_set("decisions"):
            return  # قرارا يدعو الحكومة إلى …: a decision says nothing
        limit = self.reach.limit(verb, entry, stop)
        speaker, after = self.sides.ahead(verb, first) if entry.klass == "v" else None, verb + 1
        before = speaker is not None
        takes = speaker is None and entry.klass == "v" and not self.sides.plural(verb)
        takes = takes and not self.sides.object(verb)
        if takes:
            speaker, after = self.subjects.after(verb + 1, limit)
            if speaker is not None and (noun := self.sides.asking(verb, speaker)) is not None:
                speaker, after = noun, self.passage.words(noun.start, noun.end).stop
        opening = self.contents.opening(verb, entry, stop, after)
        if opening is None:
            yield from self.beside.behind(verb, entry, speaker, stop)
            return
        if what and opening.by in ("noun", "preposition"):
            return  # وفق ما أكد مصدر لوكالة …
        if entry.klass == "v" and self.reach.passive(verb, opening, first):
            return
        form = form[self.passage.skip(verb) :]
        named = opening.by in ("noun", "preposition")
        signs = before and form == "توقع" and self.passage.forms[first].lstrip("و") not in ("كان", "كانت")
        if named and (signs or (self.passage.skip(verb) and self.passage.forms[verb][0] == "س")):
            return  # الفصائل توقع إعلان بكين; ستعلن الوزارة الأسماء: it is not said yet
        if speaker is not None and after > opening.intro:
            speaker = None
        if takes and speaker is not None and not speaker.named:
            speaker = self.sides.apposed(speaker, after, opening.intro) or speaker
        if entry.klass == "i":
            speaker = self.speakers.document(verb, opening.intro)
            if speaker is None:
                return
        elif entry.klass == "n":
            if not self.reach.told(verb, opening):
                return
            speaker = self.subjects.of_noun(verb + 1, opening.intro)
        elif entry.doubtful and (takes or speaker is None) and self.reach.unsure(verb, opening, speaker, first):
            return
        elif speaker is None and takes:
            speaker = self.sides.described(verb, opening.intro)
            if speaker is not None and opening.by == "an" and self.reach.beyond(speaker, entry, opening):
                return
        if speaker is None and self.kind != "body" and 0 < verb - first <= _BEFORE and opening.intro == verb + 1:
            speaker = self.subjects.source(first, verb)[0]  # عسكري إسرائيلي يحذر: …
        if speaker is None and entry.klass != "i":
            speaker = self.speakers.other(verb, entry, first)
            if speaker is None and not self.speakers.may_go_on(verb, entry, first):
                return
            if entry.klass == "v" and ((speaker is None and related) or self._of_itself(verb, speaker)):
                return
            if self._of_content(verb, entry, opening):
                return
            if speaker is None and opening.by == "noun" and form in word_set("regarded"):
                return  # ويعتبر جهازا مؤقتا
        if speaker is not None and not speaker.named and self.subjects.no_speaker(speaker):
            return  # الواقع يؤكد أن
        if opening.by == "colon" and self.kind != "body":
            stop = self.paragraph.words.stop  # a headline goes on behind two dots
        rest = self.circumstances.of(verb, max(after, verb + 1), opening.intro, first)
        quoting = self.reach.quoting(verb, opening.intro)
        if quoting is not None:  # قالت الصحيفة نقلا عن فلان إن
            rest, speaker = replace(rest, via=speaker), quoting
        if before:
            stop = self.reach.second(verb, opening.first, stop)
        quotes, start, end = self._content(opening, stop)
        if opening.by == "marks" and not quotes:
            quotes = self.contents.whole(opening.first, entry)
        if start >= end:
            return
        yield from self.making.made(quotes, start, end, speaker, verb, entry, rest, opening.by)

    def _content(self, opening: Opening, stop: int) -> tuple[list[Marked], int, int]:
        last = self.contents.ends.end(opening.first, stop, opening.by)
        return self.contents.given(opening.first, last, opening.skip)

    def _relayed(self, verb: int, entry: Verb, first: int, stop: int) -> Iterator[Quote]:
        """نقلت الوكالة عن التحالف قوله: …"""
        passage = self.passage
        of = next((at for at in range(verb + 1, min(stop, verb + 14)) if passage.forms[at] == "عن"), None)
        clause = next((at for at in range(verb + 2, of or min(stop, verb + 14)) if passage.complementizer(at)), None)
        if clause is not None and clause + 1 < stop:  # نقلت الوكالة أن
            speaker, _ = self.subjects.after(verb + 1, clause)
            if speaker is None and self.passage.preposition(verb + 1):
                speaker = self.subjects.before(verb, first) or self.subjects.force  # ونقلت من معاينتها أن
            quotes, start, end = self._content(Opening(clause, clause + 1, "an"), stop)
            if speaker is not None and start < end:
                rest = self.circumstances.of(verb, clause, clause, first)
                yield from self.making.made(quotes, start, end, speaker, verb, entry, rest, "an")
            return
        if of is None:
            return
        opening = self.contents.opening(of, entry, stop, of + 1)
        if opening is None:
            return
        speaker, _ = self.subjects.after(of + 1, opening.intro)
        speaker = speaker or self.subjects.force
        via, _ = self.subjects.after(verb + 1, of)
        via = via or self.subjects.before(verb, first)
        quotes, start, end = self._content(opening, stop)
        if start < end:
            rest = replace(self.circumstances.of(verb, of, opening.intro, first), via=via)
            yield from self.making.made(quotes, start, end, speaker, verb, entry, rest, opening.by)
