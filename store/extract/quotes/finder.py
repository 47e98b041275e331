"""Statements of a text, paragraph by paragraph, verb by verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from store.extract.entities.tokens import SPACE, tokenize
from store.extract.quotes.attributions import Attributions
from store.extract.quotes.circumstances import Circumstances
from store.extract.quotes.contents import FAR, Contents, Opening, trimmed
from store.extract.quotes.lexicon import TELLING, Verb, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import MOST, Paragraph, Passage, paragraphs
from store.extract.quotes.speakers import Speakers
from store.extract.quotes.subjects import Subjects
from store.models import Block, DateMention, Mention, Quote, Sentence, Speaker

_HEADLINE = 9
"""Most words before the colon of a headline that says who speaks."""
_BESIDE = 4
"""Most words between the name and the colon: حرس الثورة في إيران: …"""
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
        self.speakers = Speakers(passage, paragraph, subjects, self.found)
        self.circumstances = Circumstances(passage, subjects)
        self.text = passage.tokens.text

    def statements(self) -> list[Quote]:
        """All of them."""
        words = self.paragraph.words
        if (headline := self._headline()) is not None:
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
        if one.speaker is not None:
            self.subjects.spoken.append(one.speaker)
            if outer:
                self.subjects.force = one.speaker

    def _inside(self, one: Quote) -> bool:
        return any(known.start <= one.start and one.end <= known.end for known in self.found)

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
        if entry.klass == "p" and self._adjective(verb):
            return
        if entry.klass == "v" and verb > first and self.passage.forms[verb - 1] in word_set("decisions"):
            return  # قرارا يدعو الحكومة إلى …: a decision says nothing
        limit = self._limit(verb, entry, stop)
        speaker, after = self.subjects.after(verb + 1, limit) if entry.klass == "v" else (None, verb + 1)
        opening = self.contents.opening(verb, entry, stop, after)
        if opening is None:
            yield from self._behind(verb, entry, speaker, stop)
            return
        if speaker is not None and after > opening.intro:
            speaker = None
        if entry.klass == "i":
            speaker = self.speakers.document(verb, opening.intro)
            if speaker is None:
                return
        elif speaker is None and entry.doubtful and verb != first and self.passage.tokens.gaps[verb] == SPACE:
            return
        elif speaker is None and entry.klass == "v":
            speaker = self.speakers.described(verb, opening.intro)
        if speaker is None and entry.klass != "i":
            speaker = self.speakers.other(verb, entry, first)
            if speaker is None and not self.speakers.may_go_on(verb, entry, first):
                return
        quotes, start, end = self._content(opening, stop)
        if start >= end:
            return
        rest = self.circumstances.of(verb, max(after, verb + 1), opening.intro, first)
        yield from self._made(quotes, start, end, speaker, verb, entry, rest, opening.by)

    def _adjective(self, verb: int) -> bool:
        """Whether a feminine participle goes with the word before it: فهي مطالبة بتلبية …"""
        passage = self.passage
        if passage.tokens.gaps[verb] != SPACE or not passage.forms[verb].endswith("ه"):
            return False
        return passage.verb(verb - 1) is None if verb else False

    def _limit(self, verb: int, entry: Verb, stop: int) -> int:
        """Where the words end that may hold the subject: at what introduces what is said, or `FAR` behind the verb."""
        passage = self.passage
        behind, stop = verb + 1, min(stop, verb + FAR)
        if entry.noun and self.contents.deed(behind, stop) and self.subjects.at(behind, behind + 1) is None:
            return behind  # أكدت عدم وجود قوات
        for at in range(behind, stop):
            if passage.complementizer(at) or passage.colon(at):
                return at
            further = passage.verb(at)
            if further is not None and at > verb + 1 and further.klass == "p":
                return at
            if "ب" in entry.prepositions and self.contents.joined(at, "ب"):
                return at
        return stop

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
        made = replace(
            rest,
            speaker=speaker,
            verb=self.text[at : tokens.ends[verb]],
            verb_start=at,
            kind=entry.kind,
            rule=f"{entry.klass} {by}",
        )
        for one in quotes:
            yield replace(made, start=one.start, end=one.end if one.closed else self._closed(one), direct=True)
        if not quotes:
            start, end = trimmed(self.text, start, end, self.paragraph.quoted)
            if len(self.passage.words(start, end)) >= (1 if by == "preposition" else _FEWEST):
                yield replace(made, start=start, end=end, direct=False)

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
        if of is None:
            return
        opening = self.contents.opening(of, entry, stop, of + 1)
        if opening is None:
            return
        speaker, _ = self.subjects.after(of + 1, opening.intro)
        if speaker is None and passage.forms[of + 1] in passage.forms:
            speaker = self.subjects.force
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
        if quote is None or entry.klass not in "v" or any(one.start <= quote.start < one.end for one in self.found):
            return
        between = self.passage.words(quote.end, at)
        if between or len(self.passage.words(quote.start, quote.end)) < _ALONE:
            return
        speaker = speaker or self.subjects.force
        rest = self.circumstances.of(verb, verb + 1, min(stop, verb + 12), verb)
        yield from self._made([quote], quote.start, quote.end, speaker, verb, entry, rest, "marks before")

    def _headline(self) -> Quote | None:
        """الكاظمي: لا دور قتاليا للقوات الأجنبية, in a title or heading."""
        if self.kind == "body":
            return None
        passage, words = self.passage, self.paragraph.words
        for at in range(words.start + 1, min(words.stop, words.start + _HEADLINE)):
            if not passage.colon(at):
                continue
            speaker, after = self.subjects.after(words.start, at)
            beside = any(passage.verb(one) is not None for one in range(after, at))
            if speaker is None or at - after > _BESIDE or beside or at + _FEWEST > words.stop:
                return None
            quotes, start, end = self.contents.given(at, words.stop)
            colon = self.text.find(":", passage.tokens.ends[at - 1])
            one = quotes[0] if quotes else None
            if one is None:
                start, end = trimmed(self.text, start, end, self.paragraph.quoted)
            return Quote(
                one.start if one else start, one.end if one else end, speaker, ":", max(colon, 0),
                direct=one is not None, rule="headline",
            )  # fmt: skip
        return None

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
            if (0 <= gap <= _BETWEEN or whole) and self.subjects.force is not None:
                last = before[-1] if before else None
                yield Quote(
                    one.start, one.end, last.speaker if last else self.subjects.force, last.verb if last else None,
                    last.verb_start if last else 0, kind=last.kind if last else "said", rule="goes on",
                )  # fmt: skip
