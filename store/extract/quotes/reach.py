"""How far behind a verb of saying its subject and what is said may lie, and whether it is one there."""

from __future__ import annotations

from store.extract.entities.lexicon import Kind
from store.extract.entities.tokens import SPACE
from store.extract.quotes.contents import FAR, Contents, Opening
from store.extract.quotes.lexicon import Verb, word_set
from store.extract.quotes.passage import Passage
from store.extract.quotes.subjects import Subjects
from store.models import Speaker
from store.values import value_class

_DAMMA = ("\u064f", "\u064c")
_PRESENT = ("ي", "ت", "ن")
_REACH = 9
"""Most words between a subject that no list knows and أن."""
_CONNECTIVES = 4
_SECOND = 60
"""Words of what is said among which a further verb of its speaker is looked for."""
_NOUN = 4
_AGAIN = 25
"""Words before a noun of saying among which stands the verb that says it once more."""
"""Words behind a noun of saying among which what is said begins."""


@value_class(frozen=True, slots=True)
class Reach:
    """Judges what lies behind a verb."""

    passage: Passage
    subjects: Subjects
    contents: Contents

    def limit(self, verb: int, entry: Verb, stop: int) -> int:
        """Where the words end that may hold the subject: at what introduces what is said, or `FAR` behind the verb."""
        passage = self.passage
        behind, stop = verb + 1, min(stop, verb + FAR)
        if entry.noun and self._deed(behind, stop, entry):
            return behind  # أكدت عدم وجود قوات
        clauses, with_b = word_set("complementizers"), "ب" in entry.prepositions
        for at in range(behind, stop):
            form = passage.forms[at]
            if form in clauses and passage.complementizer(at):
                return at
            if passage.tokens.gaps[at] != SPACE:
                if passage.colon(at) or self.contents.speech(at, stop, entry):
                    return at
                if entry.noun and at > behind and passage.comma(at) and self._deed(at, stop, entry):
                    return at  # أعلنت هيئة الكوارث، الجمعة الماضي، ارتفاع …
            if form in entry.prepositions and at not in passage.inside and self._content_follows(at, stop):
                return at  # دعا إلى منح المجالس …
            further = passage.verb(at)
            if further is not None and at > verb + 1 and further.klass == "p":
                return at
            if with_b and self.contents.joined(at, "ب") and not (entry.kind == "said" and form.startswith("بال")):
                return at
        return stop

    def _deed(self, at: int, stop: int, entry: Verb) -> bool:
        """Whether a noun of what was done begins at a word, and no name or source."""
        passage = self.passage
        title = passage.word(at).kinds & Kind.TITLE and not passage.forms[at].endswith("ه")
        free = at not in passage.inside and at not in passage.dates and not title
        return free and self.contents.deed(at, stop, entry) and self.subjects.at(at, at + 1) is None

    def _content_follows(self, at: int, stop: int) -> bool:
        """Whether a preposition at a word is the verb's own: إلى وقف النار, but not على هامش."""
        passage = self.passage
        return at + 1 < stop and passage.forms[at + 1] not in word_set("no content") and at + 1 not in passage.dates

    def unsure(self, verb: int, opening: Opening, speaker: Speaker | None, first: int) -> bool:
        """Whether a word that is often another (بين, تعتبر) may be that here, amid a sentence."""
        passage = self.passage
        if verb == first or passage.skip(verb) or opening.intro == verb + 1:
            return False
        if speaker is not None and passage.colon(opening.intro) and passage.forms[verb] not in ("بين", "راي"):
            return False
        parents = word_set("parents")
        before = passage.forms[first:verb]
        if verb - first <= _CONNECTIVES and all(form in parents or form == "من" for form in before):
            return False  # كما رأت صحيفة أن
        if passage.tokens.gaps[verb] != SPACE and passage.forms[verb] != "بين":
            return False
        return speaker is None or not speaker.named or opening.by != "an" or passage.tokens.gaps[verb] == SPACE

    def passive(self, verb: int, opening: Opening, first: int) -> bool:
        """Whether nobody is said to speak: الاتفاق الذي أُعلن التوصل إليه, ويتوقع أن ترتفع الأسعار."""
        passage, skip = self.passage, self.passage.skip(verb)
        form = passage.forms[verb][skip:]
        if form in word_set("expected by nobody"):
            begins = verb == first or skip > 0 or passage.tokens.gaps[verb] != SPACE
            begins = begins or passage.forms[verb - 1] in word_set("parents") | word_set("relatives")
            return begins and opening.by == "an" and opening.intro == verb + 1
        if form == "قدر" and verb > 0 and passage.forms[verb - 1] in ("كان", "علي"):
            return True  # كان قدر المدن أن
        at = passage.tokens.offset(verb, skip) + 1
        marked = passage.tokens.text[at : at + 1] in _DAMMA
        if marked and form in word_set("passive with u"):
            return True  # يُعتبر أمرا غير دقيق
        marked = marked and form[:1] not in _PRESENT
        return marked and opening.by in ("noun", "preposition")

    def second(self, verb: int, first: int, stop: int) -> int:
        """Where a further verb of one subject begins to tell, both in the present: فلان يؤكد أن … ويحذر من …"""
        passage, form = self.passage, self.passage.forms[verb]
        if form[:1] not in _PRESENT:
            return stop
        for at in range(first + 1, min(stop, first + _SECOND)):
            entry = passage.verb(at) if passage.forms[at][:2] == "و" + form[:1] and passage.skip(at) else None
            if entry is None or entry.klass != "v" or entry.doubtful or self.contents.quoted(at):
                continue
            opening = self.contents.opening(at, entry, stop, at + 1)
            if opening is not None and opening.intro - at <= _NOUN:
                return at
        return stop

    def beyond(self, speaker: Speaker, entry: Verb, opening: Opening) -> bool:
        """Whether أن stands too far behind a noun that no list knows for the noun to be its subject."""
        if self.passage.forms[self.passage.words(speaker.start, speaker.end).start] in word_set("some of"):
            return False
        return opening.intro - self.passage.words(speaker.start, speaker.end).stop > (1 if entry.doubtful else _REACH)

    def adjective(self, verb: int) -> bool:
        """Whether a participle goes with the word before it: فهي مطالبة بتلبية …, أمرا مؤكدا، …"""
        passage = self.passage
        if verb and passage.tokens.gaps[verb + 1] != SPACE and passage.tokens.gaps[verb] == SPACE:
            both = passage.forms[verb].endswith("ا") and passage.forms[verb - 1].endswith("ا")
            if both and passage.comma(verb + 1):
                return True
        if passage.tokens.gaps[verb] != SPACE:
            return False
        told = passage.verb(verb)
        if verb and told is not None and told.kind == "accused" and passage.verb(verb - 1) is None:
            return True  # تعتقل متهما بالتجسس
        if verb and passage.forms[verb].endswith("ا") and passage.forms[verb - 1].endswith("ا"):
            entry, after = passage.verb(verb), passage.forms[verb + 1]
            plain = entry is not None and not entry.noun and after not in entry.prepositions
            plain = plain and bool(passage.word(verb - 1).kind & Kind.COMMON)
            return plain and not passage.colon(verb + 1) and not passage.complementizer(verb + 1)  # حضورا لافتا
        if not passage.forms[verb].endswith("ه"):
            return False
        entry = passage.verb(verb)
        if entry is not None and (passage.complementizer(verb + 1) or passage.colon(verb + 1)):
            return False  # رفضت التعليق قائلة إن
        if verb and entry is not None and entry.kind != "demanded" and passage.forms[verb - 1].endswith(("ها", "هم")):
            after = passage.forms[verb + 1]
            return not (after in entry.prepositions or passage.complementizer(verb + 1))  # ختمت كلمتها معربة عن
        return passage.verb(verb - 1) is None if verb else False

    def _once_more(self, verb: int) -> bool:
        """Whether a verb of saying once more governs a noun of saying: جدد الوزير المطالبة بـ …"""
        forms, again = self.passage.forms, word_set("says once more")
        for at in range(verb, max(0, verb - _AGAIN), -1):
            if self.passage.breaks(at):
                return False
            if forms[at - 1] in again or (forms[at - 1][:1] in "وف" and forms[at - 1][1:] in again):
                return True
        return False

    def quoting(self, verb: int, intro: int) -> Speaker | None:
        """Whom the one who speaks cites before what is said: نقلا عن فلان."""
        forms = self.passage.forms
        for at in range(verb + 1, intro - 2):
            if forms[at] == "نقلا" and forms[at + 1] == "عن":
                return self.subjects.after(at + 2, intro)[0]
        return None

    def told(self, verb: int, opening: Opening) -> bool:
        """Whether a noun of saying tells what somebody says: تأكيد الحكومة أن …, but not يمكن القول إن …"""
        if opening.by == "preposition" and not self._once_more(verb):
            return False  # المطالبة بوقف النار
        own = verb > 0 and self.passage.forms[verb - 1] in word_set("narrator's own")
        near = _NOUN
        if any(at in self.passage.names for at in range(verb + 1, opening.intro)):
            near = _REACH  # تصريحات لوزير المالية أحمد السالم بأن
        return opening.intro - verb <= near and not own
