"""A text as statements are read off it: its words with the names, dates and quotation marks among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from store.extract.entities.tokens import BREAK, COMMA, PUNCT, SPACE, Tokens, Word
from store.extract.quotes.lexicon import FORMS, Verb, word_set
from store.extract.quotes.marks import Marked, marked
from store.models import Block, DateMention, Mention, Sentence
from store.values import value_class

MOST = 100
"""Most quotations, and statements, of one paragraph; more are no news."""
_LINE = re.compile(r"[^\n]+")
_SPOKEN = ("title", "body", "heading")
"""Kinds of blocks that statements are looked for in."""
_NEAR = 12
"""Words behind a verb among which the preposition stands that it needs."""
_ON = "علي"
"""على as the word lists have it: folded, though words keep its dotless letter where a text tells it from the name."""
_STUDENTS = ("طالب", "طالبه")
_OPEN = 8
"""Most quotations of a line whose closing mark is missing and whose end is looked for."""
_AGAIN = 6
"""Words behind a verb of saying among which what is said next begins."""
_LONGEST = 5_000
"""Code points after which a line is taken in parts: within one, each verb may look at every quotation."""


@dataclass(slots=True)
class Passage:
    """The words of a text, and what else is known of each by its index."""

    tokens: Tokens
    names: dict[int, Mention] = field(default_factory=dict)
    """Mentions by their first word."""
    inside: dict[int, Mention] = field(default_factory=dict)
    """Mentions by each of their words."""
    dates: dict[int, DateMention] = field(default_factory=dict)
    """Date expressions by each of their words."""
    forms: list[str] = field(default_factory=list)
    """Folded words."""

    @classmethod
    def of(cls, tokens: Tokens, mentions: Sequence[Mention], dates: Sequence[DateMention]) -> Passage:
        """Finds the words of names and dates."""
        made = cls(tokens, forms=[_ON if word.form == "على" else word.form for word in tokens.words])
        for mention in mentions:
            words = made.words(mention.start, mention.end)
            if words:
                made.names[words.start] = mention
                made.inside.update(dict.fromkeys(words, mention))
        for date in dates:
            made.dates.update(dict.fromkeys(made.words(date.start, date.end), date))
        return made

    def words(self, start: int, end: int) -> range:
        """The words that lie, at least in part, in `text[start:end]`."""
        return self.tokens.between(start, end)

    def bare(self, index: int) -> bool:
        """Whether a name begins with its word, so that no preposition is written on to it."""
        mention = self.names.get(index)
        return mention is not None and mention.start <= self.tokens.starts[index]  # "جيش" الاحتلال: before the mark

    def joined(self, index: int, letters: str) -> bool:
        """Whether a name's first word has one of these proclitics, written on to it or alone before it (لـ"رويترز")."""
        mention = self.names.get(index)
        if mention is None:
            return False
        start = self.tokens.starts[index]
        if mention.start > start:
            return self.forms[index].lstrip("وف").startswith(tuple(letters))
        before = self.forms[index - 1] if index else ""  # nothing as well where a stretched line stands alone
        return before != "" and before in letters and self.tokens.gaps[index] != BREAK

    def breaks(self, index: int) -> bool:
        """Whether a sentence or a line ends before a word."""
        return self.tokens.gaps[index] in (BREAK, PUNCT)

    def verb(self, index: int) -> Verb | None:
        """The verb of saying that a word is, with و or ف before it or not."""
        found = FORMS[self.forms[index]]
        if found is None or index in self.inside:
            return None
        if found[0].klass == "v" and self.tokens.text[self.tokens.ends[index] - 1] == "ة":
            return None  # طالبة
        if self.forms[index] in _STUDENTS and self._counted(index):
            return None  # 400 طالب وطالبة
        if not found[0].clause and not found[0].prepositions.intersection(self.forms[index + 1 : index + _NEAR]):
            return None  # عبر منصة, unlike عبّر عن
        if found[0].doubtful and not found[0].clause and not self._opens(index):
            return None
        return found[0]

    def _counted(self, index: int) -> bool:
        """Whether a word is a noun behind a number, or before its feminine."""
        near = self.forms[index - 1] if index else ""
        return near[:1].isdigit() or near in ("الف", "مئه", "مائه") or self.forms[index + 1 : index + 2] == ["وطالبه"]

    def _opens(self, index: int) -> bool:
        """Whether a clause may begin with a word: it stands after a mark, with و, or after a connective."""
        if not index or self.tokens.gaps[index] != SPACE or self.skip(index):
            return True
        return self.forms[index - 1] in word_set("parents")

    def skip(self, index: int) -> int:
        """How many letters of a verb of saying are proclitics."""
        found = FORMS[self.forms[index]]
        return found[1] if found is not None else 0

    def word(self, index: int) -> Word:
        """A word with its readings."""
        return self.tokens.words[index]

    def told_again(self, start: int, end: int) -> int | None:
        """Where a quotation that is never closed ends: before the narrator's next word of saying."""
        words = self.words(start, end)
        for at in range(words.start + 2, words.stop - 1):
            gap = self.tokens.gaps[at]
            entry = self.verb(at) if gap != SPACE else None
            if entry is None or (self.forms[at - 1] in ("كان", "ليس") and gap == SPACE):
                continue
            near = range(at + 1, min(words.stop, at + (3 if entry.klass == "p" else _AGAIN)))
            said = any(self.complementizer(one) or self.colon(one) for one in near)
            if entry.klass == "p" and self.comma(at) and said:
                return self.tokens.ends[at - 1]
            if entry.klass == "v" and self.skip(at) and said and (gap in (PUNCT, BREAK) or self.comma(at)):
                return self.tokens.ends[at - 1]
        return None

    def complementizer(self, index: int) -> bool:
        """Whether a word is أن, إن or their like, with a pronoun or not."""
        if self.forms[index] not in word_set("complementizers"):
            return False
        if (
            self.forms[index] == "ان"
            and self.forms[index + 1 : index + 2]
            and self.forms[index + 1] in word_set("behind a condition")
        ):
            return False  # إن شاء الله
        before = index - 1
        return not index or self.forms[before] not in word_set("not before a statement") or before in self.inside

    def colon(self, index: int) -> bool:
        """Whether a colon stands before a word, with or without quotation marks beside it."""
        if self.tokens.gaps[index] == SPACE or not index:
            return False
        between = self.tokens.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]
        return ":" in between and "/" not in between  # http://

    def comma(self, index: int) -> bool:
        """Whether a comma stands before a word, with or without other marks beside it."""
        gap = self.tokens.gaps[index]
        if gap in (COMMA, SPACE) or not index:
            return gap == COMMA
        between = self.tokens.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]
        return "،" in between or "," in between

    def preposition(self, index: int) -> bool:
        """Whether a word begins a phrase that is no subject: في مقابلة, خلال استقباله; علي as a name does not."""
        if index in self.inside:
            return False
        form = self.forms[index]
        if form == "امام" and self.tokens.text[self.tokens.starts[index]] == "إ":
            return False  # إمام المسجد, unlike أمام
        adjuncts = word_set("adjuncts")
        return form in adjuncts or (form[:1] in "وف" and form[1:] in adjuncts)


@value_class(frozen=True, slots=True)
class Paragraph:
    """A line of the text: its span, words, sentences and quoted stretches."""

    start: int
    end: int
    words: range
    sentences: tuple[Sentence, ...]
    quoted: tuple[Marked, ...]

    def sentence(self, at: int) -> tuple[int, int]:
        """The span of the sentence at an offset; quoted stretches that begin in it and go on belong to it."""
        found = next(((one.start, one.end) for one in self.sentences if one.start <= at < one.end), (at, self.end))
        start, end = found
        for one in self.quoted:
            if start <= one.start < end < one.end and not one.depth:
                end = next((s.end for s in self.sentences if s.start <= one.end < s.end), one.end)
        return start, end

    def around(self, at: int) -> Marked | None:
        """The innermost quoted stretch that an offset lies in."""
        return next((one for one in reversed(self.quoted) if one.start <= at < one.end), None)


def clause(passage: Passage, paragraph: Paragraph, at: int) -> tuple[int, int]:
    """The first word, and the one behind the last, of the sentence or the quotation that word `at` stands in."""
    start, end = paragraph.sentence(passage.tokens.starts[at])
    around = paragraph.around(passage.tokens.starts[at])
    if around is not None:
        start, end = max(start, around.start), min(end, around.end)
    words = passage.words(start, end)
    return words.start, words.stop


def paragraphs(
    text: str, passage: Passage, sentences: Sequence[Sentence], blocks: Sequence[Block]
) -> Iterator[tuple[Paragraph, str]]:
    """The lines of a text in which people may speak, long ones in parts, each with the kind of its block."""
    regions = [(block.start, block.end, block.kind) for block in blocks if block.kind in _SPOKEN]
    at = 0
    for start, end, kind in regions if blocks else [(0, len(text), "body")]:
        for line in _LINE.finditer(text, start, end):
            first, stop = line.span()
            while first < stop:
                while at < len(sentences) and sentences[at].end <= first:
                    at += 1
                here: list[Sentence] = []
                after, last = at, stop
                while after < len(sentences) and sentences[after].start < stop:
                    if here and sentences[after].end - first > _LONGEST:
                        last = sentences[after].start
                        break
                    here.append(sentences[after])
                    after += 1
                quoted = _closed(marked(text, first, last)[:MOST], text, last, passage)
                yield Paragraph(first, last, passage.words(first, last), tuple(here), quoted), kind
                first = last


def _closed(quoted: list[Marked], text: str, last: int, passage: Passage) -> tuple[Marked, ...]:
    """The quoted stretches of a line, those that are never closed up to where the narrator goes on."""
    for _ in range(_OPEN):
        at, one = next(((at, one) for at, one in enumerate(quoted) if not one.closed), (0, None))
        end = passage.told_again(one.start, one.end) if one is not None else None
        if one is None or end is None:
            break
        begun = [known for known in quoted[:at] if known.end <= one.start]
        quoted = [*begun, replace(one, end=end, closed=True), *marked(text, end, last)][:MOST]
    return tuple(quoted)
