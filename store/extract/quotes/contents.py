"""What is said: where it begins behind a verb, where it ends, and whether it is given in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import COMMA, PUNCT, SPACE
from store.extract.quotes.lexicon import Verb, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import Paragraph, Passage

_CLAUSE = 4
"""Fewest words of a quotation that stands for what was said by itself."""
FAR = 45
"""Words among which what is said begins behind its verb."""

By = Literal["an", "marks", "colon", "noun", "preposition"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where what is said begins: the word that introduces it (`intro`), its own first word, and by what."""

    intro: int
    first: int
    by: By
    skip: int = 0
    """Letters of a preposition that is written on to its first word."""


@dataclass(slots=True)
class Contents:
    """Finds what is said in a paragraph."""

    passage: Passage
    paragraph: Paragraph
    _opened: dict[int, Marked] = field(init=False)
    """The quotations by where they begin, the outermost of those that begin together."""

    def __post_init__(self) -> None:
        self._opened = {one.start: one for one in reversed(self.paragraph.quoted)}

    def opening(self, verb: int, entry: Verb, stop: int, subject: int) -> Opening | None:
        """Where what is said begins among the words behind verb `verb` and before `stop`; `subject` is the first word
        behind the verb's subject."""
        passage, tokens = self.passage, self.passage.tokens
        noun: Opening | None = None
        phrase = False
        for at in range(verb + 1, min(stop, verb + FAR)):
            if passage.colon(at):
                return Opening(at, at, "marks" if self._quote_at(at) else "colon")
            quote = self._quote_at(at)
            if quote is not None and at >= subject and self._speech(quote):
                return noun or Opening(at, at, "marks")
            if passage.complementizer(at) and at + 1 < stop and not self._of_another(verb, entry, at):
                if noun is not None and self._firm(noun):
                    return noun
                return Opening(at, at + 1, "an")
            if tokens.gaps[at] in (COMMA, PUNCT):
                phrase = False
            elif at in passage.inside or at in passage.dates:
                phrase = phrase and (at + 1 in passage.inside or at + 1 in passage.dates)
                continue
            phrase = phrase or (passage.preposition(at) and passage.forms[at] not in entry.prepositions)
            if at >= subject and noun is None and not phrase:
                noun = self._noun(at, entry, stop)
            further = passage.verb(at)
            if at > verb + 1 and further is not None and further.klass in "vpr" and self._another(at):
                break
        return noun

    def _of_another(self, verb: int, entry: Verb, at: int) -> bool:
        """Whether أن belongs to a word before it that is no part of the verb: أدى بها الحال إلى أن, حقيقة أن."""
        before = self.passage.forms[at - 1]
        if at == verb + 1 or entry.klass not in "vp" or at - 1 in self.passage.inside:
            return False
        return before in word_set("before another's clause") and before not in entry.prepositions

    def _noun(self, at: int, entry: Verb, stop: int) -> Opening | None:
        passage = self.passage
        form = passage.forms[at]
        if at in passage.dates or at + 1 >= stop:
            return None
        plain = form[1:] if form[:1] in "وف" and len(form) > 3 else form
        for preposition in entry.prepositions:
            if len(preposition) > 1:
                if plain in (preposition, preposition.replace("ي", "ى")) and at + 1 < stop:
                    after = passage.forms[at + 1]
                    if passage.complementizer(at + 1) or after in word_set("no content") or at + 1 in passage.dates:
                        return None
                    return Opening(at, at + 1, "preposition")
            elif self.joined(at, preposition):
                if form[1:] in word_set("no content"):
                    return None
                return Opening(at, at, "preposition", 1)
        if entry.noun and at not in passage.inside and self.deed(at, stop):
            return Opening(at, at, "noun")
        return None

    def joined(self, at: int, preposition: str) -> bool:
        """Whether a preposition of one letter is written on to a word: بالرد, but not بغداد or بيان."""
        form = self.passage.forms[at]
        if not form.startswith(preposition) or at in self.passage.inside:
            return False
        if preposition == "ل" and len(form) > 3 and kind_of(form[1:]) & Kind.COMMON:
            return True
        if len(form) < 5:
            return False
        return form[1:].startswith("ال") or not self.passage.word(at).kind & Kind.COMMON

    def deed(self, at: int, stop: int) -> bool:
        """Whether a word begins a noun phrase that says what was done: indefinite, with something behind it."""
        passage = self.passage
        form = passage.forms[at]
        if passage.preposition(at) or passage.complementizer(at) or len(form) < 3 or at + 1 >= stop:
            return False
        if form.startswith(("ال", "لل")) and form not in word_set("like the article"):
            # الاتفاق على انسحاب, but not القرار
            after = passage.forms[at + 1]
            joined = after in ("على", "علي", "عن", "الي") and passage.tokens.gaps[at + 1] == SPACE
            return form.startswith("ال") and joined
        if form in word_set("no content") or form in word_set("ends a statement") or passage.verb(at) is not None:
            return False
        joined = form[:1] in "لبك" and not passage.word(at).kind & Kind.COMMON
        return passage.tokens.gaps[at + 1] == SPACE and not joined

    def _firm(self, noun: Opening) -> bool:
        return noun.by == "preposition" or self.passage.forms[noun.first] in word_set("before a clause")

    def _another(self, at: int) -> bool:
        """Whether a further verb of saying has what it says itself: no relative clause of the subject."""
        before = self.passage.forms[at - 1]
        return before not in word_set("relatives")

    def _quote_at(self, at: int) -> Marked | None:
        return self._opened.get(self.passage.tokens.starts[at])

    def _speech(self, quote: Marked) -> bool:
        """Whether a quotation right behind verb and subject is what is said and no name."""
        words = self.passage.words(quote.start, quote.end)
        names = {self.passage.inside.get(at) for at in words}
        return len(words) >= _CLAUSE and (len(names) > 1 or names == {None})

    def end(self, first: int, stop: int, by: By) -> int:
        """The index after the last word of what is said, which begins at word `first`, in the narrator's words."""
        passage, tokens = self.passage, self.passage.tokens
        begun = tokens.starts[first]
        quoted = [(one.start, one.end) for one in self.paragraph.quoted if begun <= one.start]
        for at in range(first + 1, stop):
            if quoted and _within(tokens.starts[at], quoted):  # in a quotation that the first word does not lie in
                continue
            entry, gap = passage.verb(at), tokens.gaps[at]
            form = passage.forms[at]
            if entry is not None and entry.klass == "p" and not self._noun_like(at):
                return at
            if gap == COMMA:
                if entry is not None and entry.klass in "vr" and (form[:1] in "وف" or by == "noun"):
                    return at
                if form in word_set("ends a statement") or form in word_set("ends anywhere") or self._phrase_ends(at):
                    return at
                named = by in ("noun", "preposition")
                if form in ("حيث", "اذ") and at + 1 < stop and (named or passage.verb(at + 1) is not None):
                    return at
                if named and at in passage.dates:
                    return at
            elif form in word_set("ends anywhere"):
                return at
        return stop

    def _noun_like(self, at: int) -> bool:
        return self.passage.forms[at - 1] in ("كان", "ليس", "يكون")

    def _phrase_ends(self, at: int) -> bool:
        forms = self.passage.forms
        return at + 1 < len(forms) and f"{forms[at]} {forms[at + 1]}" in word_set("ends a statement")

    def given(self, first: int, last: int, skip: int = 0) -> tuple[list[Marked], int, int]:
        """The quotations that stand for what is said in words `[first, last)`, and its span in the text.

        Without quotations it is given in the narrator's words.
        """
        tokens = self.passage.tokens
        start, end = tokens.offset(first, skip), tokens.ends[last - 1]
        whole = last - first
        quotes: list[Marked] = []
        quoted = 0
        if last - first < 1:
            return [], start, end
        for one in self.paragraph.quoted:
            if start <= one.start < end and not any(a.start <= one.start < a.end for a in quotes):
                words = self.passage.words(one.start, one.end)
                whole += max(0, words.stop - last)
                if len(words) >= _CLAUSE or words == range(first, last):
                    quotes.append(one)
                    quoted += len(words)
        if quotes and 2 * quoted >= whole:
            return quotes, start, end
        return [], start, end


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies behind the beginning of one of the spans, and before its end."""
    return any(start < at < end for start, end in spans)


def trimmed(text: str, start: int, end: int, quoted: Sequence[Marked]) -> tuple[int, int]:
    """A span with the quotation marks that belong to it at its edges, and no others."""
    for one in quoted:
        if one.start == start and one.end < end and one.end > start:
            return start - 1 if text[start - 1] in '"“”«„‟' else start, end
        if one.end == end and one.closed and one.start > start:
            return start, min(end + 1, len(text))
    return start, end
