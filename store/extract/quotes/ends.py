"""Where what is said ends, in the words of whoever tells it."""

from __future__ import annotations

from typing import Literal

from store.extract.entities.lexicon import Kind
from store.extract.entities.tokens import QUOTE, SPACE
from store.extract.quotes.lexicon import Verb, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import Paragraph, Passage
from store.values import value_class

CLAUSE = 4
"""Fewest words of a quotation that stands for what was said by itself."""
_SHORT = 4
_NAME = 6
"""Words among which the verb of another stands that begins to speak."""

By = Literal["an", "marks", "colon", "noun", "preposition"]
"""What introduces what is said."""


@value_class(frozen=True, slots=True)
class Ends:
    """Finds the ends of statements in a paragraph."""

    passage: Passage
    paragraph: Paragraph
    opened: dict[int, Marked]
    """The quotations by where they begin."""

    def end(self, first: int, stop: int, by: By) -> int:
        """The index after the last word of what is said, which begins at word `first`, in the narrator's words."""
        passage, tokens = self.passage, self.passage.tokens
        begun = tokens.starts[first]
        # Quotations that the first word does not lie in, the next one last.
        ahead = sorted(((one.start, one.end) for one in self.paragraph.quoted if begun <= one.start), reverse=True)
        until = 0
        anywhere = word_set("ends anywhere")
        opened = self.opened.get(tokens.starts[first])
        said = passage.words(opened.start, opened.end) if opened is not None and opened.closed else range(0)
        behind = said.stop if said else -1
        for at in range(first + 1, stop):
            while ahead and ahead[-1][0] < tokens.starts[at]:
                until = max(until, ahead.pop()[1])
            if tokens.starts[at] < until:
                continue
            entry, form = passage.verb(at), passage.forms[at]
            if entry is None and tokens.gaps[at] == SPACE:
                if form in anywhere and not self._along(at, first):
                    return at
                continue
            ends = at == behind and len(said) >= CLAUSE and form in word_set("ends a statement")
            comma = passage.comma(at) or ends  # إن «…» وكان, but إن «إعلان القاهرة» عقب
            if (
                entry is not None
                and entry.klass == "p"
                and not self._noun_like(at)
                and (comma or not form.endswith("ه"))
            ):
                return at
            if entry is not None and form.startswith("و") and passage.skip(at) and self._tells(at, entry, stop):
                return at  # كشف عن … وقال: …
            if comma:
                if entry is not None and entry.klass in "vr" and (form[:1] in "وف" or by == "noun"):
                    return at
                if self._along(at, first):
                    continue
                if form in word_set("ends a statement") or form in anywhere or self._phrase_ends(at):
                    also = form == "كما" and at + 1 < stop and self._still(at + 1)
                    if also or (by == "an" and self._predicate(at, first)):
                        continue
                    return at
                if form.startswith("و") and (by != "an" or at - first > _SHORT) and self._goes_over(at, stop):
                    return at
                if at == behind and by == "an" and passage.preposition(at):  # إن "…"، خلال لقائه
                    return at
                named = by in ("noun", "preposition")
                clause = (form == "مع" and by == "preposition" and at + 1 not in passage.inside) or (
                    form[:1] == "ف" and form[1:] in word_set("adjuncts")
                )
                clause = clause or (form == "الا" and at + 1 < stop and passage.forms[at + 1].startswith("ان"))
                if named and (clause or self._deed(at)):
                    return at  # …، مع قيام الصين بـ; …، ففي فرنسا
                if form in ("حيث", "اذ") and at + 1 < stop and (named or passage.verb(at + 1) is not None):
                    return at
                but = form.lstrip("و") in ("لكن", "لكنه", "لكنها", "لكنهم", "فقد")
                if named and (at in passage.dates or but):
                    return at
            elif form in anywhere:
                return at
        return stop

    def _still(self, at: int) -> bool:
        """Whether a word behind كما shows that what is said goes on: كما أن, كما سيتم."""
        form = self.passage.forms[at]
        return form in word_set("still said") or (form[:2] in ("سي", "ست") and self.passage.verb(at) is None)

    def _deed(self, at: int) -> bool:
        """Whether a verb with و begins what somebody does besides: مؤكدا عدم دقة التوصيف، ويسلط الضوء على …"""
        form, kinds = self.passage.forms[at], self.passage.word(at).kinds
        if at in self.passage.inside or form[:1] != "و" or len(form) <= _SHORT:
            return False
        if form[1:2] == "ي":
            return not kinds & ~(Kind.VERB | Kind.FOREIGN)
        return form[1:2] == "ت" and bool(kinds & Kind.VERB)

    def _predicate(self, at: int, first: int) -> bool:
        """Whether a verb of coming goes with what is said: أن الزيارة، التي بدأت أمس، تأتي في إطار …"""
        relatives, forms = word_set("relatives"), self.passage.forms
        return forms[at] in word_set("comes") and any(form in relatives for form in forms[first:at])

    def _goes_over(self, at: int, stop: int) -> bool:
        """Whether another begins to speak behind a comma: …، وبكين تؤكد …، ومراسلنا يشير إلى …"""
        passage = self.passage
        if passage.forms[at].lstrip("و") in word_set("but"):
            return False  # وإنما حثهم على
        if passage.complementizer(at) or passage.verb(at) is not None or passage.preposition(at):
            return False
        for verb in range(at + 1, min(stop - 1, at + _NAME)):
            if passage.tokens.gaps[verb] not in (SPACE, QUOTE):
                return False
            entry = passage.verb(verb)
            if entry is not None and entry.klass == "v" and not entry.doubtful:
                return not passage.skip(verb) and passage.forms[verb - 1].lstrip("و") not in word_set("relatives")
        return False

    def _tells(self, at: int, entry: Verb, stop: int) -> bool:
        """Whether a verb with و goes on to tell what was said, with no comma before it."""
        passage = self.passage
        colon = at + 1 < stop and passage.colon(at + 1)
        return passage.forms[at][1:] in word_set("begins to tell") or (colon and entry.klass == "v")

    def _along(self, at: int, first: int) -> bool:
        """Whether فيما tells what something is about: فيما يتعلق بالمساجد, and begins no clause of the narrator.

        Behind a quotation it is the narrator's all the same.
        """
        forms, starts = self.passage.forms, self.passage.tokens.starts
        if forms[at].lstrip("و") != "فيما" or at + 1 >= len(forms) or forms[at + 1] not in word_set("along with"):
            return False
        return not any(starts[first] <= one.start and one.end <= starts[at] for one in self.paragraph.quoted)

    def _noun_like(self, at: int) -> bool:
        return self.passage.forms[at - 1] in ("كان", "ليس", "يكون")

    def _phrase_ends(self, at: int) -> bool:
        forms = self.passage.forms
        return at + 1 < len(forms) and f"{forms[at]} {forms[at + 1]}" in word_set("ends a statement")
