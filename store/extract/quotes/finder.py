"""Statements of a text, paragraph by paragraph, verb by verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress

from store.extract.entities.tokens import SPACE, tokenize
from store.extract.quotes.attributions import Attributions
from store.extract.quotes.circumstances import Circumstances
from store.extract.quotes.contents import FAR, Contents, Opening, trimmed
from store.extract.quotes.headlines import Headlines
from store.extract.quotes.lexicon import TELLING, Verb, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import MOST, Paragraph, Passage, paragraphs
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
_FEWEST = 2
_BETWEEN = 2
"""Most words between two quotations of one speaker: "…"، إذ إن "…"."""
_ALONE = 4
"""Fewest words of a quotation that is taken for speech by where it stands alone."""


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
        self.speakers = Speakers(passage, paragraph, subjects, self.found, self.sides)
        self.reach = Reach(passage, subjects, self.contents)
        self.circumstances = Circumstances(passage, subjects)
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
        for one in self._alone():
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

    def _clause(self, at: int) -> tuple[int, int]:
        """The words of the sentence of word `at`, or of the quotation that it stands in."""
        start, end = self.paragraph.sentence(self.passage.tokens.starts[at])
        around = self.paragraph.around(self.passage.tokens.starts[at])
        if around is not None:
            start, end = max(start, around.start), min(end, around.end)
        words = self.passage.words(start, end)
        return words.start, words.stop

    def _said(self, verb: int, entry: Verb) -> Iterator[Quote]:
        first, stop = self._clause(verb)
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
        takes = speaker is None and entry.klass == "v" and not self.sides.plural(verb)
        takes = takes and not self.sides.object(verb)
        if takes:
            speaker, after = self.subjects.after(verb + 1, limit)
            if speaker is not None and (noun := self.sides.asking(verb, speaker)) is not None:
                speaker, after = noun, self.passage.words(noun.start, noun.end).stop
        opening = self.contents.opening(verb, entry, stop, after)
        if opening is None:
            yield from self._behind(verb, entry, speaker, stop)
            return
        if what and opening.by in ("noun", "preposition"):
            return  # وفق ما أكد مصدر لوكالة …
        if entry.klass == "v" and self.reach.passive(verb, opening, first):
            return
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
            speaker, _ = self.subjects.after(verb + 1, opening.intro)
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
        if speaker is not None and not speaker.named and self.subjects.no_speaker(speaker):
            return  # الواقع يؤكد أن
        if opening.by == "colon" and self.kind != "body":
            stop = self.paragraph.words.stop  # a headline goes on behind two dots
        rest = self.circumstances.of(verb, max(after, verb + 1), opening.intro, first)
        quoting = self.reach.quoting(verb, opening.intro)
        if quoting is not None:  # قالت الصحيفة نقلا عن فلان إن
            rest, speaker = replace(rest, via=speaker), quoting
        quotes, start, end = self._content(opening, stop)
        if opening.by == "marks" and not quotes:
            quotes = self.contents.whole(opening.first, entry)
        if start >= end:
            return
        yield from self._made(quotes, start, end, speaker, verb, entry, rest, opening.by)

    def _content(self, opening: Opening, stop: int) -> tuple[list[Marked], int, int]:
        last = self.contents.end(opening.first, stop, opening.by)
        return self.contents.given(opening.first, last, opening.skip)

    def _made(
        self,
        quotes: Sequence[Marked],
        start: int,
        end: int,
        speaker: Speaker | None,
        verb: int,
        entry: Verb,
        rest: Quote,
        by: str,
    ) -> Iterator[Quote]:
        tokens = self.passage.tokens
        at = tokens.offset(verb, self.passage.skip(verb))
        made = partial(
            replace,
            rest,
            speaker=speaker,
            verb=self.text[at : tokens.ends[verb]],
            verb_start=at,
            kind=entry.kind,
            rule=f"{entry.klass} {by}",
        )
        for one in quotes:
            yield made(start=one.start, end=one.end if one.closed else self._closed(one), direct=True)
        if not quotes:
            start, end = trimmed(self.text, start, end, self.paragraph.quoted)
            if len(self.passage.words(start, end)) >= (1 if by == "preposition" else _FEWEST):
                yield made(start=start, end=end, direct=False)

    def _closed(self, quote: Marked) -> int:
        """Where a quotation ends whose mark does not: before مضيفا, if a further one begins behind that."""
        passage, ends = self.passage, quote.end
        for further in self.paragraph.quoted:
            if quote.start < further.start < quote.end:
                behind = passage.words(further.start, further.end).start
                entry = passage.verb(behind - 1) if behind - 2 > 0 else None
                if entry is not None and entry.klass == "p":
                    return passage.tokens.ends[behind - 2]
        return ends

    def _relayed(self, verb: int, entry: Verb, first: int, stop: int) -> Iterator[Quote]:
        """نقلت الوكالة عن التحالف قوله: …"""
        passage = self.passage
        of = next((at for at in range(verb + 1, min(stop, verb + 14)) if passage.forms[at] == "عن"), None)
        clause = next((at for at in range(verb + 2, of or min(stop, verb + 14)) if passage.complementizer(at)), None)
        if clause is not None and clause + 1 < stop:  # نقلت الوكالة أن
            speaker, _ = self.subjects.after(verb + 1, clause)
            quotes, start, end = self._content(Opening(clause, clause + 1, "an"), stop)
            if speaker is not None and start < end:
                rest = self.circumstances.of(verb, clause, clause, first)
                yield from self._made(quotes, start, end, speaker, verb, entry, rest, "an")
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
            yield from self._made(quotes, start, end, speaker, verb, entry, rest, opening.by)

    def _behind(self, verb: int, entry: Verb, speaker: Speaker | None, stop: int) -> Iterator[Quote]:
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
        yield from self._made([quote], quote.start, quote.end, speaker, verb, entry, rest, "marks before")

    def _as_said(self, verb: int, entry: Verb, speaker: Speaker, stop: int) -> Quote | None:
        """What stands before كما قال فلان, to the beginning of its sentence."""
        passage, tokens = self.passage, self.passage.tokens
        at = verb - 1
        first = self._clause(verb)[0]
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
            start, end = trimmed(self.text, start, end, self.paragraph.quoted)
        place = tokens.offset(verb, passage.skip(verb))
        said = self.text[place : tokens.ends[verb]]
        direct = len(quotes) == 1
        return Quote(start, end, speaker, said, place, kind=entry.kind, direct=direct, rule="as said")

    def _alone(self) -> Iterator[Quote]:
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
