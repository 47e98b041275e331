"""Who stands on either side of a verb of saying: before it, behind it in a role, or behind it as whom it is said to."""

from __future__ import annotations

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import BREAK, COLON, COMMA, PUNCT, QUOTE, SPACE
from store.extract.quotes.lexicon import sources, word_set
from store.extract.quotes.passage import Passage
from store.extract.quotes.sources import named
from store.extract.quotes.subjects import Subjects
from store.models import Speaker
from store.values import value_class

_ADVERB = ("\u064bا", "ا\u064b")
_NEAR = 6
"""Words that a subject which no list knows, or what belongs to it, may have."""
_NAME = 3
"""Most words of a name in quotation marks that no list knows."""
_FAR = 12
"""Words before a verb among which a clause may begin with its subject."""


@value_class(frozen=True, slots=True)
class Sides:
    """Tells subjects of verbs by where they stand."""

    passage: Passage
    subjects: Subjects

    def ahead(self, verb: int, first: int) -> Speaker | None:
        """The subject right before a verb where a clause begins with it: وزارة الدفاع تعلن …, أن البعثة طالبت …

        Also that of كان before قد and the verb.
        """
        passage = self.passage
        if passage.forms[verb] in ("بين", "راي"):  # often a preposition, and a noun
            return None
        if verb == first or passage.tokens.gaps[verb] not in (SPACE, QUOTE, COMMA) or passage.skip(verb):
            return None
        stop = verb - 1 if passage.forms[verb - 1] == "قد" else verb
        start = max(first, verb - _FAR)
        been = first if passage.forms[first].lstrip("و") in ("كان", "كانت") and first >= start else -1
        if stop < verb:  # كان فلان قد قال, also behind بعد أن
            been = next((at for at in range(start, stop) if passage.forms[at].lstrip("و") in ("كان", "كانت")), -1)
        was, had = been >= 0, been >= 0 and stop < verb
        for at in range(start, stop):
            marks = (PUNCT, BREAK, COLON) if passage.tokens.gaps[verb] == COMMA else (PUNCT, BREAK, COLON, COMMA)
            opens = at == first or passage.tokens.gaps[at] in marks or passage.complementizer(at - 1)
            opens = opens or (was and at == been + 1) or passage.forms[at - 1] == "و"  # و"تل أبيب" تتوعد
            if not opens or (at == first and passage.verb(at) is not None):
                continue
            found = self.subjects.at(at, stop)
            if found is not None and (self._up_to(found[1], stop) or (had and passage.tokens.gaps[stop] == COMMA)):
                return found[0]
        joined = stop == verb and passage.tokens.gaps[verb] != COMMA and not passage.forms[verb].endswith(("ان", "ون"))
        return self._joined(verb, first) if joined else None

    def _up_to(self, at: int, stop: int) -> bool:
        """Whether nothing or a phrase stands between a source and its verb: مصدر في وزارة الدفاع يفيد."""
        passage = self.passage
        if at == stop:
            return True
        if passage.forms[at] not in word_set("goes with a source") or stop - at > _NEAR:
            return False
        return all(passage.tokens.gaps[one] in (SPACE, QUOTE) and passage.verb(one) is None for one in range(at, stop))

    def _joined(self, verb: int, first: int) -> Speaker | None:
        """A name or a source with و right before a verb: وبكين تؤكد, ومصادر الميادين تؤكد."""
        passage = self.passage
        for at in range(verb - 1, max(first, verb - _NEAR) - 1, -1):
            form = passage.forms[at]
            if form[:1] == "و":
                mention = passage.names.get(at)
                if mention is not None and not passage.bare(at):
                    return named(mention) if passage.words(mention.start, mention.end).stop == verb else None
                source = form[1:] in sources() or bool(kind_of(form[1:]) & Kind.ORG_HEAD)
                if source and at not in passage.inside:
                    found, last = self.subjects.source(at, verb)
                    if found.named:
                        return found if last == verb else None
                    start = passage.tokens.offset(at, 1)
                    text = passage.tokens.text[start : found.end]
                    return Speaker(start, found.end, text, named=False) if last == verb else None
            if passage.tokens.gaps[at] not in (SPACE, QUOTE):
                return None
        return None

    def apposed(self, speaker: Speaker, after: int, stop: int) -> Speaker | None:
        """The words between commas behind an office, a name that no list knows: قال المتحدث باسم X، أشرف القدرة، إن."""
        passage = self.passage
        commas = [at for at in range(after, min(stop + 1, after + _NEAR)) if passage.comma(at)]
        if len(commas) < 2 or not 1 < commas[1] - commas[0] < _NEAR - 2:
            return None
        head = passage.words(speaker.start, speaker.end).start
        name = range(commas[0], commas[1])
        if not passage.word(head).kinds & Kind.TITLE and sources().get(passage.forms[head]) not in ("s", "t"):
            return None
        if any(self._ordinary(at) for at in name) or passage.forms[head] in word_set("no person"):
            return None
        start, end = passage.tokens.starts[name.start], passage.tokens.ends[name.stop - 1]
        return Speaker(start, end, passage.tokens.text[start:end], named=False)

    def _ordinary(self, at: int) -> bool:
        """Whether a word is none of an unknown name: a preposition, a date, a verb, a name of something else."""
        passage = self.passage
        if at in passage.dates or at in passage.inside or passage.preposition(at) or passage.verb(at) is not None:
            return True
        form = passage.forms[at]
        adverb = form.endswith("ا") and len(form) > _NEAR
        return adverb or bool(passage.word(at).kind & (Kind.STOP | Kind.VERB | Kind.TITLE))

    def ending(self, stop: int, first: int) -> Speaker | None:
        """The source or name that ends right before a word: بيان الترويكا الأوروبية الذي …"""
        for at in range(stop - 1, max(first, stop - _NEAR) - 1, -1):
            found = self.subjects.at(at, stop)
            if found is not None and found[1] == stop:
                return found[0]
        return None

    def described_before(self, verb: int, first: int) -> Speaker | None:
        """A definite noun that no list knows, right before its verb where a clause begins: أن العامل اعترف بأن."""
        passage, at = self.passage, verb
        while (
            at > first and verb - at < _NEAR and passage.tokens.gaps[at] == SPACE and passage.forms[at - 1][:2] == "ال"
        ):
            at -= 1
        begins = at == first or passage.tokens.gaps[at] != SPACE or passage.forms[at - 1] in word_set("begins a clause")
        if passage.forms[verb - 1] in word_set("relatives"):
            return None  # الأمر الذي يشير إلى أن
        if at == verb or not begins or at in passage.inside or at in passage.dates:
            return None
        if _oblique(passage.forms[at]) and not (
            self.plural(verb) and passage.forms[at - 1] in word_set("begins a clause")
        ):
            return None  # but لكن المسؤولين يعترفون
        return self.subjects.source(at, verb)[0]

    def several(self, verb: int, first: int) -> Speaker | None:
        """Some of a kind at the beginning of a clause, some words before a verb: بعض المنتقدين في بلادي يقولون."""
        passage = self.passage
        for at in range(verb - 1, max(first, verb - _FAR) - 1, -1):
            if passage.forms[at] in word_set("some of") and at + 1 < verb:
                _, after = self.subjects.source(at + 1, verb)
                start, end = passage.tokens.starts[at], passage.tokens.ends[after - 1]
                return Speaker(start, end, passage.tokens.text[start:end], named=False)
        return None

    def plural(self, verb: int) -> bool:
        """Whether a verb is in the plural (قالوا, يطالبون), so that its subject stands before it."""
        return self.passage.forms[verb].endswith(("وا", "ون"))

    def object(self, verb: int) -> bool:
        """Whether a name right behind a verb is whom it is said to: طالب البلدية بـ, الذي دعا طهران إلى.

        A verb of one gender does not go with a noun of the other; a relative pronoun is the subject of such a verb.
        """
        passage = self.passage
        form = passage.forms[verb][passage.skip(verb) :]
        at = verb + 1
        if form in word_set("ends a speech") and passage.forms[at].endswith(("ه", "ها", "هم")):
            own = passage.tokens.text[passage.tokens.ends[at] - 1] != "ة"
            return own and at not in passage.inside  # اختتمت بيانها بأن
        if form not in word_set("with an object") or at in passage.dates or passage.preposition(at):
            return False
        if passage.forms[at] in word_set("in which"):
            return True  # بيانا دعت فيه الحكومة إلى
        if verb and passage.forms[verb - 1] in word_set("relatives") and passage.forms[verb - 1] not in ("من", "ما"):
            return True
        head, mention = passage.forms[at], passage.inside.get(at)
        if head.startswith("ال") and passage.tokens.near(at + 1) and _oblique(passage.forms[at + 1]):
            return True  # ويطالب القادة العسكريين بـ
        if _oblique(head) or (mention is None and len(head) > _NEAR and head.endswith(("ها", "هم"))):
            return True  # أبلغت عملاءها
        man = not (form.endswith("ت") or form.startswith("ت"))
        if mention is not None and mention.type == "LOC":
            person = head.startswith("ال") and head.endswith("ي")  # الأحمدي
            return man and not person and head not in word_set("masculine places")  # يحذر إسرائيل من
        common = head in sources() or passage.word(at).kind & Kind.ORG_HEAD
        if not common or (mention is not None and mention.type == "PER"):
            return False
        woman = head.endswith("ه")
        return woman == man and (woman or head in word_set("masculine"))

    def asking(self, verb: int, name: Speaker) -> Speaker | None:
        """A definite noun that no list knows between a verb and whom it asks: دعت الدبلوماسية الصينية واشنطن إلى …"""
        passage, at = self.passage, verb + 1
        stop = passage.words(name.start, name.end).start
        if passage.forms[verb][passage.skip(verb) :] not in word_set("with an object") or at >= stop:
            return None
        for one in range(at, stop):
            form = passage.forms[one]
            known = one in passage.inside or one in passage.dates
            known = known or bool(passage.word(one).kinds & (Kind.TITLE | Kind.ORG_HEAD))
            if known or not form.startswith("ال") or passage.tokens.gaps[one] != SPACE or form in sources():
                return None
        if passage.tokens.gaps[stop] != SPACE or (name.named and stop not in passage.names):
            return None
        start, last = passage.tokens.starts[at], passage.tokens.ends[stop - 1]
        return Speaker(start, last, passage.tokens.text[start:last], named=False)

    def described(self, verb: int, intro: int) -> Speaker | None:
        """A subject that no list knows, right behind its verb: أكد المحتجون أن."""
        passage, at = self.passage, verb + 1
        form = passage.forms[at]
        quoted = passage.tokens.quoted.get(at)
        if quoted is not None and quoted.end <= intro and quoted.end - at <= _NAME and at not in passage.inside:
            last = quoted.end
            while last < intro and passage.tokens.gaps[last] in (SPACE, QUOTE) and passage.forms[last].startswith("ال"):
                last += 1  # "جيش" الاحتلال
            start = passage.tokens.starts[at] if last == quoted.end else quoted.start
            end = passage.tokens.ends[last - 1]
            return Speaker(start, end, passage.tokens.text[start:end], named=False)  # أوضحت "واعد" أن
        if at >= intro or passage.tokens.gaps[at] != SPACE or at in passage.dates or at in passage.inside:
            return None
        if not form:  # a stretched line alone, ـ
            return None
        if passage.tokens.text[passage.tokens.starts[at] : passage.tokens.ends[at]].endswith(_ADVERB):
            return None  # علق متوجها إليهم

        related = passage.forms[verb - 1] in word_set("relatives") if verb else False
        if form in word_set("these") and not related and at + 1 < intro and passage.forms[at + 1].startswith("ال"):
            return self.subjects.source(at + 1, intro)[0]  # قالت هذه الدول
        if form in word_set("some of") and at + 1 < intro and not related:
            if passage.forms[at + 1] != "من" and not passage.forms[at + 1].startswith("ال"):
                return self.subjects.source(at, intro)[0]
            end = at + (2 if passage.forms[at + 1] == "من" else 1)
            while end < intro and passage.tokens.gaps[end] == SPACE and passage.forms[end].startswith("ال"):
                end += 1
            start, stop = passage.tokens.starts[at], passage.tokens.ends[end - 1]
            return Speaker(start, stop, passage.tokens.text[start:stop], named=False)  # قال بعض المسؤولين
        if passage.preposition(at) or passage.complementizer(at) or form in word_set("no subject") or form[:2] == "لل":
            return None
        if form in word_set("in which"):
            return None
        if passage.verb(at) is not None or (passage.word(at).kind & Kind.STOP and not form.startswith("ال")):
            return None
        if _oblique(form) or (form.startswith(("ب", "ل")) and not passage.word(at).kind & Kind.COMMON):
            return None
        if form.startswith(("بال", "كال", "بعد", "قبل")) or (form.startswith("ل") and form[1:] in sources()):
            return None
        return self.subjects.source(at, intro)[0]


def _oblique(form: str) -> bool:
    """Whether a noun is a sound plural that is no subject: المسؤولين."""
    return len(form) > _NEAR and form.startswith("ال") and form.endswith("ين")
