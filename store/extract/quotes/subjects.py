"""Who says it: the subject of a verb of saying, after it or before it, a source without a name, whoever spoke last."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import BREAK, COLON, COMMA, PUNCT, QUOTE, SPACE
from store.extract.quotes.lexicon import attributions, sources, word_set
from store.extract.quotes.passage import Passage
from store.models import Mention, Speaker
from store.text.fold import fold

_LONGEST_SOURCE, _NAME = 7, 4
_PLURAL = 7
"""Fewest letters of a plural with the article: المرشحين, but not الدين."""
_OFFICE, _PLACES = 3, 4
"""Fewest words of an office that tells who holds it, and how often it is looked at."""
_REMEMBERED = 20
"""Most speakers among whom a noun is looked for."""
_FAR = 400
"""Words among which what a noun means is looked for."""
_SPEAKING = ("PER", "ORG", "LOC")


def named(mention: Mention) -> Speaker:
    """The speaker that a mention names."""
    return Speaker(mention.start, mention.end, mention.name)


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
    offices: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Where offices stand, by their first two words, once one is asked for."""
    spoken: list[Speaker] = field(default_factory=list)
    """All who have spoken so far, in order."""

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

    def _addressed(self, at: int, last: int) -> int | None:
        """The index behind an outlet that something is said to: قال لـ"الوطن" محمد العلي, أوضح لصحيفة الوطن محمد العلي."""
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
            person = self._person(index, last)
            if person is not None:
                return person
        if klass == "s" and word.form in word_set("of a person") and self._of_noun(index):
            return None
        if word.kinds & Kind.TITLE and not word.form.startswith("ال"):
            found = self._of_office(index, last)
            if found is not None:
                return found
        if klass == "o" and word.form.endswith("يه") and self._adjective(index):
            return None
        if klass == "o" or klass == "t":
            return self._known(index, klass, last)
        if word.form in word_set("his honour") and index not in passage.inside:
            return self._honoured(index), index + 1
        if word.form == "البيان" and self.force is not None and self.force.named:
            return Speaker(passage.tokens.starts[index], passage.tokens.ends[index], self.force.name), index + 1
        if self._of_place(index, last):
            return self.source(index, last)
        goes_on = passage.tokens.near(index + 1) or index + 1 in passage.tokens.quoted
        if klass is not None or (word.kind & Kind.ORG_HEAD and goes_on):
            return self.source(index, last)
        if word.kind & Kind.TITLE:
            return self._known(index, "t", last)
        return None

    def no_speaker(self, speaker: Speaker) -> bool:
        """Whether a noun is of what tells by itself, and is nobody: الواقع, التاريخ."""
        words = self.passage.words(speaker.start, speaker.end)
        return bool(words) and self.passage.forms[words.start] in word_set("nobody")

    def _apart(self, index: int) -> bool:
        """Whether a word cannot describe what a feminine adjective before it does: it is no such adjective itself."""
        form = self.passage.forms[index]
        joined = form[:1] in "وبل" or form.startswith("ال") or form.endswith("ه")
        return self.passage.forms[index - 1].endswith("ه") and index not in self.passage.inside and not joined

    def _outlet(self, index: int) -> bool:
        """Whether a noun is that of an organisation, not of people who belong to one."""
        word = self.passage.word(index)
        return sources().get(word.form) in ("d", "o") or bool(word.kind & Kind.ORG_HEAD)

    def _closed(self, index: int, last: int) -> int | None:
        """Where the quotation mark ends behind the last word of a source, if one belongs there."""
        quoted = self.passage.tokens.quoted
        return next(
            (quoted[at].stop for at in range(index, last + 1) if at in quoted and quoted[at].end == last + 1), None
        )

    def _of_place(self, index: int, last: int) -> bool:
        """Whether a noun is joined to the name of a place, which then does not speak itself: أهالي غزة, منظمو باريس."""
        passage, at = self.passage, index + 1
        if at >= last or at not in passage.names or passage.names[at].type != "LOC" or not passage.tokens.near(at):
            return False
        form, kind = passage.forms[index], passage.word(index).kind
        if index in passage.inside or index in passage.dates or form.startswith("ال") or form.endswith(("ا", "ت")):
            return False
        if index and passage.forms[index - 1] == "الي":  # تطرقت إلى فشل أوروبا
            return False
        if not passage.bare(at) or passage.verb(index) is not None or passage.preposition(index):
            return False
        return bool(kind & Kind.COMMON) and not kind & (Kind.STOP | Kind.VERB) and len(form) > 2

    def _of_noun(self, index: int) -> bool:
        """Whether a word belongs to the noun before it: حرص حكومة البلاد."""
        passage = self.passage
        near = index > 0 and passage.tokens.near(index) and passage.verb(index - 1) is None
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
            and (not passage.breaks(start) or self._bracket(start))
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

    def _person(self, index: int, last: int) -> tuple[Speaker, int] | None:
        """The person behind a role that begins at a word, if nothing but the role lies between."""
        passage = self.passage
        commas, office = 0, passage.forms[index] in word_set("speaks for")
        for at in range(index + 1, min(last, index + 18)):
            gap = passage.tokens.gaps[at]
            mention = passage.names.get(at)
            if gap in (BREAK, COLON) or (gap == PUNCT and not self._bracket(at)):
                return None
            if passage.forms[at][:1] == "ل" and passage.word(at).kinds & ~passage.word(at).kind & Kind.TITLE:
                if at == index + 1 or not self._described(index + 1, at):
                    return None  # قائد موال للرئيس X, وزير يوجه دعوة لرئيس المكتب X
                office = True  # المستشار الإعلامي لرئيس المكتب، X
            if passage.forms[at - 1] in word_set("of a person") and passage.forms[at].startswith("ال"):
                office = office or bool(passage.word(at).kinds & Kind.TITLE)  # مسؤول في إدارة الرئيس جو بايدن
            if gap == COMMA:
                commas += 1
                if not (mention is not None and mention.type == "PER") and not passage.word(at).kinds & Kind.TITLE:
                    return None
            if mention is not None and mention.type == "PER" and passage.bare(at):
                if passage.forms[at - 1] in word_set("of a kin"):
                    continue  # نائب عشيرة آل فلان حسن محمد
                if not commas and (office or passage.forms[at - 1] in word_set("of a person")):
                    office = True
                    continue  # مستشار مكتب زيلينسكي، ميخائيل بودولياك
                return named(mention), self._end(mention, at)
            # الناطق باسم القائد العام X: the name is that of the commander, not of the one who speaks.
            if passage.forms[at - 1] in word_set("speaks for") and passage.word(at).kinds & Kind.TITLE:
                office = True
            if passage.verb(at) is not None and at not in passage.inside and passage.word(at).kind & Kind.VERB:
                return None
        return None

    def _of_office(self, index: int, last: int) -> tuple[Speaker, int] | None:
        """The person beside whom an office of several words stood before: محمد علي، نائب رئيس الوفد المفاوض، …"""
        passage = self.passage
        source, after = self.source(index, last)
        size, forms = after - index, passage.forms
        if size < _OFFICE:
            return None
        if not self.offices:
            self._find_offices()
        for at in self.offices.get((forms[index], forms[index + 1]), ()):
            if at >= index or forms[at : at + size] != forms[index:after]:
                continue
            beside = passage.inside.get(at - 1)
            if beside is None or beside.type != "PER" or passage.tokens.gaps[at] != COMMA:
                beside = passage.names.get(at + size)
            if beside is not None and beside.type == "PER":
                return Speaker(source.start, source.end, beside.name), after
        return None

    def _find_offices(self) -> None:
        """Where two words that begin an office stand, the first few times."""
        passage = self.passage
        for at in range(len(passage.forms) - 1):
            if passage.word(at).kinds & Kind.TITLE:
                places = self.offices.setdefault((passage.forms[at], passage.forms[at + 1]), [])
                if len(places) < _PLACES:
                    places.append(at)

    def _described(self, first: int, stop: int) -> bool:
        """Whether words may describe a role: names, offices and definite nouns, as in المستشار الإعلامي لرئيس …"""
        passage, office = self.passage, Kind.TITLE | Kind.ORG_HEAD
        return all(
            passage.forms[at].startswith("ال") or at in passage.inside or passage.word(at).kinds & office
            for at in range(first, stop)
        )

    def _bracket(self, at: int) -> bool:
        """Whether nothing but brackets and a comma stands before a word: وزارة الدفاع (البنتاغون)، باتريك رايدر.

        Also what belongs to a title: د. محمد, المهندس/ محمد.
        """
        tokens = self.passage.tokens
        short = len(self.passage.forms[at - 1]) == 1
        return not tokens.text[tokens.ends[at - 1] : tokens.starts[at]].strip(" ()[]،,/." if short else " ()[]،,/")

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
        elif passage.tokens.gaps[min(index + 1, last - 1)] != SPACE or index + 1 >= last or self._ends(index + 1):
            for one in reversed(self.spoken[-_REMEMBERED:]):
                words = passage.words(one.start, one.end)
                mention = passage.inside.get(words.start) if words else None
                if one.named and (mention is None or mention.type == "PER"):
                    return Speaker(start, end, one.name), index + 1
        return self.source(index, last)

    def _honoured(self, index: int) -> Speaker:
        """Whom سموه or معاليه means: the person who spoke last, else the one named last."""
        passage = self.passage
        start, end = passage.tokens.starts[index], passage.tokens.ends[index]
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

    def _ends(self, index: int) -> bool:
        passage = self.passage
        return passage.preposition(index) or passage.complementizer(index) or index in passage.dates

    def source(self, index: int, last: int) -> tuple[Speaker, int]:
        """A source without a name, and the index after it: its noun and what describes it (مصادر عسكرية وأمنية)."""
        passage = self.passage
        end = index + 1
        definite = passage.forms[index].startswith("ال")
        told = False
        while end < min(last, index + _LONGEST_SOURCE):
            quoted = passage.tokens.quoted.get(end)
            if quoted is not None and quoted.end <= last and quoted.end - end <= _NAME:
                mention = passage.inside.get(end)
                if mention is not None and mention.type == "ORG" and self._outlet(index):
                    return named(mention), quoted.end  # صحيفة "لوموند"; but محلل "القناة 12" is no channel
                end = quoted.end
                continue
            if passage.tokens.gaps[end] not in (SPACE, QUOTE) or self._ends(end) or passage.verb(end) is not None:
                break
            form = passage.forms[end]
            if form in word_set("goes on about a source") or form in word_set("so") or form == "قد":
                break
            if form[:1] == "ل" and end not in passage.inside and kind_of(form[1:]) & Kind.ORG_HEAD:
                break  # مسؤول أميركي لشبكة "فوكس"
            joined = form.startswith(("ال", "وال")) or end in passage.inside or _with(form)
            if definite and not joined:
                break  # وجهت الهيئة انتقادات
            if told and not joined and not form.startswith("ل"):
                break  # أكد بيان الوزارة عدم وقوع …
            told = told or (not definite and form.startswith("ال") and end not in passage.inside)
            if definite and form.startswith("ال") and form.endswith("ين") and len(form) >= _PLURAL:
                break  # طالب المسؤول المرشحين
            both = definite and form.startswith("ال") and passage.forms[end - 1].startswith("ال")
            if both and sources().get(form) in ("s", "o"):
                break  # دعت المنظمة السلطات التركية
            if not definite and end > index + 1 and self._apart(end):
                break  # مصادر طبية فلسطينية ارتقاء شهداء
            if passage.names.get(end) is not None and not passage.bare(end):
                break
            end += 1
        last_word = end - 1
        for at in range(index + 1, end):
            if passage.forms[at] == "الي":  # أشارت الوكالة إلى أن: what is pointed to is no part of who points
                last_word = at - 1
                break
        start, stop = passage.tokens.starts[index], passage.tokens.ends[last_word]
        if (closed := self._closed(index, last_word)) is not None:
            stop = closed
        return Speaker(start, stop, passage.tokens.text[start:stop], named=False), last_word + 1


def _with(form: str) -> bool:
    """Whether a word with ب goes on about a source: المتحدث باسم الجيش, المشرف بوزارة الصحة; not المدير بهذه المناسبة."""
    if form[:1] != "ب":
        return False
    return form.startswith("بال") or form == "باسم" or bool(kind_of(form[1:]) & (Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.PLACE))


def _begins(name: str, stem: str) -> bool:
    """Whether a name begins with a noun, with the article or not."""
    return fold(name).split(" ")[0] in (stem, "ال" + stem)
