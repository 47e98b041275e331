"""Who says it: the subject of a verb of saying, after it or before it, a source without a name, whoever spoke last."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import BREAK, COLON, COMMA, PUNCT, QUOTE, SPACE
from store.extract.quotes.lexicon import attributions, sources, word_set
from store.extract.quotes.offices import Offices
from store.extract.quotes.passage import Passage
from store.extract.quotes.sources import Sources, named
from store.models import Mention, Speaker
from store.text.fold import fold

_REMEMBERED = 20
"""Most speakers among whom a noun is looked for."""
_SOME = ("بعض", "معظم", "اغلب", "غالبيه")
_TITLES = 12
"""Most words of the titles between an honour and the name."""
_FAR = 400
"""Words among which what a noun means is looked for."""
_SPEAKING = ("PER", "ORG", "LOC")


@dataclass(slots=True)
class Subjects:
    """Finds who speaks; remembers who has spoken."""

    passage: Passage
    force: Speaker | None = None
    """Who spoke last, of the text's own statements."""
    topic: Speaker | None = None
    """Whom the paragraph before was about, if nobody is quoted in it."""
    unclosed: bool = False
    """Whether the last statement is a quotation whose mark was not closed in its paragraph."""
    spoken: list[Speaker] = field(default_factory=list)
    """All who have spoken so far, in order."""
    sources: Sources = field(init=False)
    offices: Offices = field(init=False)

    def __post_init__(self) -> None:
        self.sources, self.offices = Sources(self.passage), Offices(self.passage)

    def source(self, index: int, last: int) -> tuple[Speaker, int]:
        """A source without a name, and the index after it."""
        return self.sources.source(index, last)

    def after(self, first: int, last: int) -> tuple[Speaker | None, int]:
        """The subject among words `[first, last)`, those behind a verb, and the index after it.

        Names in phrases with a preposition are none of it ("في مقابلة مع …").
        """
        passage, adjunct = self.passage, False
        at = first
        while at < last:
            gap = passage.tokens.gaps[at]
            if at > first and gap in (COMMA, PUNCT, COLON, BREAK):
                adjunct = False
            if at in passage.dates and not passage.bare(at):
                at += 1
                continue
            if passage.forms[at] == "كل" and at + 1 < last and passage.forms[at + 1] == "من":
                at += 2
                continue
            if (told := self._addressed(at, last)) is not None:
                at, adjunct = told, False
                continue
            if passage.preposition(at) or passage.forms[at] in attributions():
                adjunct = True
            elif not adjunct:
                found = self.at(at, last)
                if found is not None:
                    return found
                if passage.bare(at) is False and at in passage.names:
                    adjunct = True
            at += 1
        return None, first

    def of_noun(self, first: int, last: int) -> Speaker | None:
        """Who says what a noun tells: إعلان الجيش أن, تصريحات لوزير المالية أحمد السالم بأن."""
        passage = self.passage
        if first < last and passage.forms[first].startswith("ل") and not passage.bare(first):
            people = (passage.names.get(at) for at in range(first, last))
            return next((named(one) for one in people if one is not None and one.type in ("PER", "ORG")), None)
        return self.after(first, last)[0]

    def _addressed(self, at: int, last: int) -> int | None:
        """The index behind an outlet that something is said to, before who says it: قال لـ"الوطن" محمد العلي."""
        passage, form = self.passage, self.passage.forms[at]
        if form[:1] != "ل" or at in passage.dates:
            return None
        if form == "ل":
            mention = passage.names.get(at + 1) if at + 1 < last else None
        elif at in passage.inside:
            mention = passage.names.get(at)
            mention = None if mention is not None and passage.bare(at) else mention
        else:
            noun = "ال" + form[2:] if form.startswith("لل") else form[1:]
            outlet = sources().get(noun) in ("s", "d", "o") or bool(kind_of(noun) & Kind.ORG_HEAD)
            mention = passage.names.get(at + 1) if outlet and at + 1 < last else None
        if mention is None or mention.type == "PER":
            return None
        stop = passage.words(mention.start, mention.end).stop
        return stop if stop < last and self.at(stop, last) is not None else None

    def at(self, index: int, last: int) -> tuple[Speaker, int] | None:
        """The subject whose first word is this: a name, a person after a role, a source without a name."""
        passage = self.passage
        mention = passage.names.get(index)
        if mention is not None and passage.bare(index) and mention.type in _SPEAKING:
            if mention.type == "PER" and self._title(mention, index, last):
                person = self.offices.person(index, last)
                if person is not None:
                    return person  # عميد كلية الطب الدكتور حامد: no name
            alone = mention.type == "PER" and index + 1 < last and passage.forms[index].startswith("ال")
            further = passage.names.get(index + 1) if alone else None
            if (
                further is not None
                and further.type == "PER"
                and passage.bare(index + 1)
                and passage.tokens.near(index + 1)
            ):
                return named(further), self._end(further, index + 1)  # الصياد حبيب الصادق
            return named(mention), self._end(mention, index)
        word = passage.word(index)
        klass = sources().get(word.form)
        several = klass == "s" and word.form.endswith(("ون", "ين", "و"))  # ممثلو إدارة الرئيس جو بايدن
        office = word.kinds & Kind.TITLE or klass == "t" or klass == "s"
        if office and not several and word.form not in word_set("no person"):
            person = self.offices.person(index, last)
            if person is not None:
                return person
        following = passage.forms[index + 1] if index + 1 < last and passage.tokens.near(index + 1) else "ال"
        if word.form in _SOME and not following.startswith("ال") and following != "من":
            return self.source(index, last)  # بعض أعضاء النادي
        belongs = word.form in word_set("of a noun") or (klass == "s" and word.form in word_set("of a person"))
        if belongs and self._of_noun(index):
            return None
        if word.kinds & Kind.TITLE and not word.form.startswith("ال"):
            held = self.offices.held_before(index, *self.source(index, last))
            if held is not None:
                return held
        if klass == "o" and word.form.endswith("يه") and self._adjective(index):
            return None
        if klass == "o" or klass == "t":
            return self._known(index, klass, last)
        if word.form in word_set("his honour") and index not in passage.inside:
            return self._honoured(index), index + 1
        if word.form == "البيان" and self.force is not None and self.force.named:
            return Speaker(passage.tokens.starts[index], passage.tokens.ends[index], self.force.name), index + 1
        if self.sources.of_place(index, last):
            return self.source(index, last)
        goes_on = passage.tokens.near(index + 1) or index + 1 in passage.tokens.quoted
        if klass is not None or (word.kind & Kind.ORG_HEAD and goes_on):
            return self.source(index, last)
        if word.kind & Kind.TITLE:
            return self._known(index, "t", last)
        return None

    def _title(self, mention: Mention, index: int, last: int) -> bool:
        """Whether a name of one word is an office after all, as an organisation stands right behind it."""
        passage, after = self.passage, index + 1
        office = bool(passage.word(index).kinds & Kind.TITLE) and after < last and passage.tokens.near(after)
        behind = passage.names.get(after) if office else None
        return behind is not None and behind.type == "ORG" and passage.words(mention.start, mention.end).stop == after

    def no_speaker(self, speaker: Speaker) -> bool:
        """Whether a noun is of what tells by itself, and is nobody: الواقع, التاريخ."""
        words = self.passage.words(speaker.start, speaker.end)
        return bool(words) and self.passage.forms[words.start] in word_set("nobody")

    def _of_noun(self, index: int) -> bool:
        """Whether a word belongs to the noun before it: حرص حكومة البلاد."""
        passage = self.passage
        near = index > 0 and passage.tokens.near(index) and passage.verb(index - 1) is None
        near = near and not passage.forms[index - 1].startswith("ال") and index - 1 not in passage.dates
        return near and bool(passage.word(index - 1).kind & Kind.COMMON)

    def _adjective(self, index: int) -> bool:
        """Whether a word describes the definite noun before it: المجالس البلدية."""
        tokens = self.passage.tokens
        return index > 0 and tokens.near(index) and self.passage.forms[index - 1].lstrip("و").startswith("ال")

    def before(self, index: int, first: int) -> Speaker | None:
        """The subject that stands before word `index`, in its clause, which begins at word `first` or later."""
        passage = self.passage
        start = index
        while (
            start > first
            and (not passage.breaks(start) or self.offices.bracket(start))
            and not passage.complementizer(start - 1)
        ):
            start -= 1
        person: Speaker | None = None
        at, adjunct = start, False
        while at < index:
            if at > start and passage.tokens.gaps[at] not in (SPACE, QUOTE):
                adjunct = False
            adjunct = adjunct or passage.preposition(at)
            found = None if adjunct else self.at(at, index)
            if found is None:
                at += 1
                continue
            speaker, after = found
            mention = passage.inside.get(passage.words(speaker.start, speaker.end).start)
            if person is None or (mention is not None and mention.type == "PER"):
                person = speaker
            at = max(after, at + 1)
        return person

    def adjacent(self, index: int, first: int) -> bool:
        """Whether what stands right before a verb may be its subject: a name, a source, a role, a date, a comma."""
        passage = self.passage
        if index <= first or passage.tokens.gaps[index] != SPACE:
            return True
        before = index - 1
        form = passage.forms[before]
        if before in passage.inside or before in passage.dates or form in word_set("parents"):
            return True
        if form[:1] == "و" and form[1:] in word_set("parents"):
            return True
        word = passage.word(before)
        return bool(word.kinds & (Kind.NATIONALITY | Kind.NATION | Kind.TITLE)) or form in sources() or form == "ايضا"

    def _end(self, mention: Mention, index: int) -> int:
        words = self.passage.words(mention.start, mention.end)
        return words.stop if words else index + 1

    def _known(self, index: int, klass: str, last: int) -> tuple[Speaker, int]:
        """Who is meant by a definite noun: the latest speaker or name that it fits, else its words."""
        passage = self.passage
        start, end = passage.tokens.starts[index], passage.tokens.ends[index]
        stem = passage.forms[index].removeprefix("ال")
        if klass == "o":
            for one in reversed(self.spoken[-_REMEMBERED:]):
                if one.named and _begins(one.name, stem):
                    return Speaker(start, end, one.name), index + 1
            for at in range(index - 1, max(-1, index - _FAR), -1):
                mention = passage.names.get(at)
                if mention is not None and mention.type == "ORG" and _begins(mention.name, stem):
                    return Speaker(start, end, mention.name), index + 1
        elif (
            passage.tokens.gaps[min(index + 1, last - 1)] != SPACE or index + 1 >= last or self.sources.ends(index + 1)
        ):
            for one in reversed(self.spoken[-_REMEMBERED:]):
                words = passage.words(one.start, one.end)
                mention = passage.inside.get(words.start) if words else None
                if one.named and (mention is None or mention.type == "PER"):
                    return Speaker(start, end, one.name), index + 1
        return self.source(index, last)

    def _honoured(self, index: int) -> Speaker:
        """Whom سموه or معاليه means: who was named last with it (معالي الوزير فلان), spoke last, or was named last."""
        passage = self.passage
        start, end = passage.tokens.starts[index], passage.tokens.ends[index]
        stem = passage.forms[index].removesuffix("ها").removesuffix("ه")
        stem = stem[:-1] + "ه" if stem.endswith("ت") else stem
        for at in range(index - 1, max(-1, index - _FAR), -1):
            mention = passage.names.get(at)
            if mention is not None and mention.type == "PER" and stem in passage.forms[max(0, at - _TITLES) : at]:
                return Speaker(start, end, mention.name)
        for one in reversed(self.spoken[-_REMEMBERED:]):
            words = passage.words(one.start, one.end)
            mention = passage.inside.get(words.start) if words else None
            if one.named and (mention is None or mention.type == "PER"):
                return Speaker(start, end, one.name)
        for at in range(index - 1, max(-1, index - _FAR), -1):
            mention = passage.names.get(at)
            if mention is not None and mention.type == "PER":
                return Speaker(start, end, mention.name)
        return Speaker(start, end, passage.tokens.text[start:end], named=False)


def _begins(name: str, stem: str) -> bool:
    """Whether a name begins with a noun, with the article or not."""
    return fold(name).split(" ")[0] in (stem, "ال" + stem)
