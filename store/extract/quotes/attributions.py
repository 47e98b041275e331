"""What is attributed by a phrase: وفق مصدر أمني, بحسب البيان, نقلا عن رويترز."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import BREAK, COMMA, PUNCT, SPACE
from store.extract.quotes.lexicon import attributions, sources, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import Paragraph, Passage
from store.extract.quotes.sources import named
from store.extract.quotes.subjects import Subjects
from store.models import Quote, Speaker
from store.values import value_class

_FEWEST = 3
_FAR, _PHRASE = 14, 6


@value_class(frozen=True, slots=True)
class Attributions:
    """Finds what is attributed in a paragraph."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects

    def begins(self, at: int) -> bool:
        """Whether a word begins an attribution."""
        return self._phrase(at) is not None

    def after_what(self, at: int) -> bool:
        """Whether ما stands behind a word that begins an attribution: وفق ما قال, على ما أفاد."""
        return at > self.paragraph.words.start and (self.passage.forms[at - 1] == "علي" or self.begins(at - 1))

    def _phrase(self, at: int) -> int | None:
        """The index of the first word of the source, if word `at` begins an attribution."""
        forms = self.passage.forms
        if forms[at] == "علي":  # على ما أفادت الوكالة
            after = at + (3 if forms[at + 1 : at + 2] == ["حد"] else 2)  # على حد ما, على حد قوله
            if after >= self.paragraph.words.stop:
                return None
            if after == at + 3 and forms[at + 2] in word_set("own words"):
                return at + 2
            return after if forms[after - 1] == "ما" and self.passage.verb(after) is not None else None
        if forms[at] not in attributions():
            return None
        form = self._form(at)
        if form in word_set("speaker's own"):
            return at
        if at + 1 >= self.paragraph.words.stop:
            return None
        after = at + 1
        if forms[after] in ("عن", "الي", "ل", "ما", "لما", "قول") or form == "حسبما":
            after += 1
        return after if after < self.paragraph.words.stop else None

    def _form(self, at: int) -> str:
        """The word of an attribution without و or ف before it."""
        form = self.passage.forms[at]
        plain = form == "علي" or form in word_set("attributions") or form in word_set("speaker's own")
        return form if plain else form[1:]

    def _begins_sentence(self, at: int, first: int) -> bool:
        """Whether nothing but a word or a phrase stands before an attribution: وفي هذا السياق، وبحسب الصحيفة، …"""
        if at - first <= 1:
            return True
        passage = self.passage
        if not passage.comma(at):
            return False
        near = range(at + 1, min(at + _FAR, self.paragraph.words.stop))
        # …، وبحسب المجلة، فإن …: what stands before it is another's
        anew = passage.forms[at][:1] == "و" and self._form(at) != passage.forms[at] and any(map(self._so, near))
        return anew or (at - first <= _PHRASE and passage.preposition(first))

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
        amid = passage.complementizer(at - 1) or (last < words.stop and passage.complementizer(last))
        if at and amid and not self._begins_sentence(at, words.start):
            return  # قال فلان، وفق الصحيفة، إن; أن، بحسب الصحيفة، …
        if self._begins_sentence(at, words.start):
            behind = range(last, min(words.stop, last + _FAR))
            told = passage.verb(last) if last < words.stop else None
            if told is not None and told.klass == "v":  # وبحسب الوكالة قال فلان، إن …
                behind = range(0)
            first = next((one for one in behind if self._ends(one)), last)
            if last < words.stop and passage.tokens.near(last) and passage.word(last).kind & Kind.VERB:
                first = last  # وبحسب خبراء الأرصاد ترتفع فرصة …
            span = range(first, words.stop)
            if first < words.stop and (passage.complementizer(first) or self._so(first)):
                span = range(first + 1, words.stop)
        else:
            first = words.start
            if passage.forms[first] == "اما":
                return  # أما الثاني، وفق الصحيفة، فهو …
            if passage.forms[first] in word_set("parents"):
                first += 1
            span = range(first, at - 1 if passage.forms[at - 1] == "وذلك" else at)
        if len(span) < _FEWEST:
            return
        begun, ended = tokens.starts[span.start], tokens.ends[span.stop - 1]
        inside = [one for one in self.paragraph.quoted if not one.depth and begun <= one.start and one.end <= ended + 1]
        if any(one.start < ended and begun < one.end and not _within(one, inside) for one in found):
            return
        plain = self._form(at) == passage.forms[at]
        place = tokens.starts[at] + (0 if plain else 1)
        verb = passage.tokens.text[place : tokens.ends[at]]
        said = passage.verb(span.start)
        if inside and inside[0].start == begun and len(passage.words(begun, inside[0].end)) > _FEWEST:
            inside = inside[:1]
            span = passage.words(begun, inside[0].end)
        quoted = bool(inside) and inside[0].start == begun
        for one in inside if quoted or said is None or said.klass != "v" else ():  # وفق الصحيفة، قال فلان إن "…"
            if 2 * len(passage.words(one.start, one.end)) >= len(span):
                yield Quote(one.start, one.end, speaker, verb, place, rule="attribution")
                return
        yield Quote(begun, ended, speaker, verb, place, direct=False, rule="attribution")

    def _ends(self, at: int) -> bool:
        """Whether the source ends before a word: at a comma, or فإن, but not before a clause about it."""
        passage = self.passage
        comma = passage.tokens.gaps[at] == COMMA and passage.forms[at] not in word_set("relatives")
        return comma or self._so(at)

    def _so(self, at: int) -> bool:
        return self.passage.forms[at] in word_set("so")

    def _source(self, at: int, stop: int) -> tuple[Speaker, int] | None:
        passage, form = self.passage, self.passage.forms[at]
        if (
            form in word_set("own words")
            or form in word_set("speaker's own")
            or form[1:] in word_set("speaker's own")
            or form in ("له", "لها", "لهم")
        ):
            return (self.subjects.force, at + 1) if self.subjects.force is not None else None  # وفقا لها
        if form[:1] == "ل" and at not in passage.inside and self._noun(form):
            source, last = self.subjects.source(at, stop)
            start = passage.tokens.offset(at, 2 if form.startswith("لل") else 1)
            return Speaker(start, source.end, passage.tokens.text[start : source.end], named=False), last
        if passage.forms[at - 1] in ("ما", "لما") and at not in passage.inside:  # وفق ما نقله مراسلنا
            speaker, last = self.subjects.after(at + 1, min(stop, at + _PHRASE))
            if speaker is None and passage.verb(at) is not None:  # وفق ما أكدوا, على ما أعلن البلدان
                document = self.subjects.at(at + 2, stop) if at + 2 < stop and passage.forms[at + 1] == "في" else None
                if document is not None:  # وفق ما جاء في البيان
                    return document
                if at + 1 >= stop or passage.preposition(at + 1):
                    speaker, last = self.subjects.force, at + 1
                elif passage.forms[at + 1].startswith("ال") and passage.tokens.gaps[at + 1] == SPACE:
                    speaker, last = self.subjects.source(at + 1, stop)
            return (speaker, last) if speaker is not None else None
        if form in word_set("no source") or (form[:1] == "ل" and form[1:] in word_set("no source")):
            return None  # وفق المعايير
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

    @staticmethod
    def _noun(form: str) -> bool:
        """Whether a word with ل before it is a source: لموقع, للصحيفة."""
        noun = "ال" + form[2:] if form.startswith("لل") else form[1:]
        return noun in sources() or noun.removeprefix("ال") in sources() or bool(kind_of(noun) & Kind.ORG_HEAD)


def _within(one: Quote, quoted: Sequence[Marked]) -> bool:
    """Whether a statement is part of what stands in quotation marks."""
    return any(mark.start < one.start and one.end <= mark.end for mark in quoted)
