"""A text as statements are read off it: its words with the names, dates and quotation marks among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.extract.entities.tokens import BREAK, COLON, PUNCT, Tokens, Word
from store.extract.quotes.lexicon import FORMS, Verb, word_set
from store.extract.quotes.marks import Marked
from store.models import DateMention, Mention, Sentence


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
        made = cls(tokens, forms=[word.form for word in tokens.words])
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
        return range(bisect_right(self.tokens.ends, start), bisect_left(self.tokens.starts, end))

    def bare(self, index: int) -> bool:
        """Whether a name begins with its word, so that no preposition is written on to it."""
        mention = self.names.get(index)
        return mention is not None and mention.start == self.tokens.starts[index]

    def joined(self, index: int, letters: str) -> bool:
        """Whether a name's first word has one of these proclitics, written on to it or alone before it (لـ"رويترز")."""
        mention = self.names.get(index)
        if mention is None:
            return False
        start = self.tokens.starts[index]
        if mention.start > start:
            return self.forms[index].lstrip("وف")[:1] in letters
        return index > 0 and self.forms[index - 1] in letters and self.tokens.gaps[index] != BREAK

    def breaks(self, index: int) -> bool:
        """Whether a sentence or a line ends before a word."""
        return self.tokens.gaps[index] in (BREAK, PUNCT)

    def verb(self, index: int) -> Verb | None:
        """The verb of saying that a word is, with و or ف before it or not."""
        found = FORMS[self.forms[index]]
        return found[0] if found is not None and index not in self.inside else None

    def skip(self, index: int) -> int:
        """How many letters of a verb of saying are proclitics."""
        found = FORMS[self.forms[index]]
        return found[1] if found is not None else 0

    def word(self, index: int) -> Word:
        """A word with its readings."""
        return self.tokens.words[index]

    def complementizer(self, index: int) -> bool:
        """Whether a word is أن, إن or their like, with a pronoun or not."""
        if self.forms[index] not in word_set("complementizers"):
            return False
        return not index or self.forms[index - 1] not in word_set("not before a statement")

    def colon(self, index: int) -> bool:
        """Whether a colon stands before a word, with or without quotation marks beside it."""
        if self.tokens.gaps[index] == COLON:
            return True
        return index > 0 and ":" in self.tokens.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]

    def preposition(self, index: int) -> bool:
        """Whether a word begins a phrase that is no subject: في مقابلة, خلال استقباله."""
        form = self.forms[index]
        adjuncts = word_set("adjuncts")
        return form in adjuncts or (form[:1] in "وف" and form[1:] in adjuncts)


@dataclass(frozen=True, slots=True)
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
