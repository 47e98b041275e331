"""Who speaks where nobody is named behind the verb: who stands before it, was spoken of last, or spoke last."""

from __future__ import annotations

from collections.abc import Sequence

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import SPACE
from store.extract.quotes.lexicon import Verb, sources, word_set
from store.extract.quotes.participles import Participles
from store.extract.quotes.passage import Paragraph, Passage
from store.extract.quotes.sides import Sides
from store.extract.quotes.sources import named
from store.extract.quotes.subjects import Subjects
from store.models import Quote, Speaker
from store.text.fold import fold
from store.values import value_class

_ALSO = ("كما", "كذلك", "فيما", "بينما", "وفيما")
_SHORT = 8
"""Words behind a verb of another kind among which its subject is looked for."""
_LONG = 25
"""Words behind the beginning of a sentence up to which its subject is that of a further verb."""
_TWO = 3
_FAR = 12
"""Words within which a verb follows كان and its subject."""


@value_class(frozen=True, slots=True)
class Speakers:
    """Finds who speaks in a paragraph of which `found` are the statements so far."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects
    found: Sequence[Quote]
    sides: Sides
    participles: Participles

    def other(self, verb: int, entry: Verb, first: int) -> Speaker | None:
        """The speaker of a verb with none behind it: who stands before it, or spoke last."""
        passage = self.passage
        starts = passage.tokens.starts
        clause = [one for one in self.found if one.start >= starts[first] and one.verb_start < starts[verb]]
        if entry.klass == "p" and verb > first and (said := passage.verb(verb - 1)) is not None and said.klass == "v":
            speaker = self.other(verb - 1, said, first)  # الذي قال مؤكدا
            if speaker is not None:
                return speaker
        if entry.klass in "pn":
            own = self.participles.going_on(verb, clause)
            if own is not None and own.speaker is not None:
                return own.speaker
            begun = self.participles.nearest(verb, first) if entry.klass == "p" else None
            begun = begun or self._first(verb, first)
            before = begun or self.subjects.before(verb, first) or self._governing(verb, first)
            return before or self._begun(verb, first) or self.subjects.force
        if (beside := self._beside(verb, first)) is not None:
            return beside
        if verb > first + 1 and self._said_in(verb):
            return self._last_person(verb, first) or self._begun(verb, first) or self.subjects.force
        if verb == first or (self._begins(verb, first) and (clause or passage.tokens.gaps[verb] == SPACE)):
            if verb > first and not clause and passage.skip(verb):
                begun = self._begun(verb, first) or self._agreeing(verb, first)
                if begun is not None:
                    return begun
            form = passage.forms[verb][passage.skip(verb) :]
            if form in word_set("goes on") or verb > passage.words(self.paragraph.start, self.paragraph.end).start + 3:
                return self._before_last(verb, first) or self.subjects.force
            topic = None if self._other_than(verb) else self.subjects.topic
            return self._before_last(verb, first) or topic or self.subjects.force
        if passage.forms[verb - 1] in ("الذي", "التي") and self._of_other(verb):
            last = clause[-1].speaker if clause else None
            return last or self._begun(verb, first) or self.subjects.force  # الدعم الذي قالت إنه
        if passage.forms[verb - 1] in word_set("relatives") and verb - 1 > first:
            known = passage.inside.get(verb - 2)
            if known is not None and known.type != "LOC":
                return named(known)
            antecedent = self.sides.ending(verb - 1, first)
            if antecedent is not None:
                return antecedent
            if passage.tokens.gaps[verb - 1] == SPACE and passage.forms[verb - 2].startswith("ال"):
                return None  # الحقائق التي تشير إلى أن
        if not clause and passage.forms[verb][:1] == "و" and passage.skip(verb):
            # تحدثت وسائل إعلام عن مفاجآت، وأقرت بأن: the subject of the verb that begins the sentence
            begun = self._begun(verb, first) or self._agreeing(verb, first)
            if begun is not None:
                return begun
        if (
            not clause
            and passage.forms[first].lstrip("و") in word_set("asked about")
            and passage.tokens.gaps[verb] != SPACE
        ):
            return self.subjects.force  # وعن أسباب الاستسلام، قال: …
        was = passage.forms[first].lstrip("و") in ("كان", "كانت") and verb - first < _FAR
        described = self.sides.described_before(verb, first)
        stands = was or described is not None or self.subjects.adjacent(verb, first)
        if not stands and not self.may_go_on(verb, entry, first):
            return self._surely(verb, first) if not clause else None
        if clause and passage.forms[verb - 1] in _ALSO and passage.comma(verb - 1):
            return clause[0].speaker  # قالت الصحيفة إن …، كما أكدت أن
        start = first
        for one in clause:
            if one.start <= passage.tokens.starts[verb] < one.end:
                start = max(start, passage.words(one.start, one.end).start)
        if described is not None and self.sides.plural(verb):
            return described  # لكن المسؤولين يعترفون
        before = self.subjects.before(verb, start) or described
        if before is not None and before.named and self.sides.plural(verb) and passage.forms[verb][:1] in "يت":
            mention = passage.inside.get(passage.words(before.start, before.end).start)
            if mention is not None and mention.type == "LOC":
                return self.sides.several(verb, start)  # المنتقدون في الولايات المتحدة يقولون
        if before is None and was and verb > first + 1:
            return self.subjects.source(first + 1, verb)[0]
        before = before or self._adjoining(verb, first)
        return before or (self.subjects.force if self.may_go_on(verb, entry, first) else None)

    def _beside(self, verb: int, first: int) -> Speaker | None:
        """Who begins the clause of a further verb, behind a comma: …، وموسكو تدين الهجوم وتؤكد …"""
        passage = self.passage
        if passage.forms[verb][:1] != "و" or not passage.skip(verb):
            return None
        for at in range(verb - 1, max(first, verb - _FAR), -1):
            if passage.tokens.gaps[at] != SPACE:
                mention = passage.names.get(at)
                joined = mention is not None and mention.type != "MISC" and not passage.bare(at)
                return named(mention) if mention is not None and joined and passage.forms[at][:1] == "و" else None
        return None

    def _surely(self, verb: int, first: int) -> Speaker | None:
        """Who stands anywhere before a verb and أن, which surely tell that somebody speaks: رئيس البلدية … أكد أن."""
        passage = self.passage
        if not passage.complementizer(verb + 1) or passage.forms[verb - 1] in word_set("relatives") | {"بما", "مما"}:
            return None
        return self.subjects.before(verb, first)

    def _first(self, verb: int, first: int) -> Speaker | None:
        """The subject right behind the verb that a sentence begins with: أشاد الوزير …، معبرا عن …"""
        passage = self.passage
        if passage.forms[first] in word_set("parents"):
            first += 1
        if first + 1 >= verb or passage.preposition(first) or self.subjects.at(first, verb) is not None:
            return None
        told = passage.verb(first) is not None
        begun, _ = self.subjects.after(first + 1, min(verb, first + (_LONG if told else _SHORT)))
        return begun

    def _begun(self, verb: int, first: int) -> Speaker | None:
        """The subject that the sentence of a verb begins with: behind the verb it begins with, or that noun itself."""
        if verb - first > _LONG:
            return self.subjects.before(verb, verb - _LONG)
        begins = self.subjects.at(first, verb) is not None
        begun, _ = self.subjects.after(first if begins else first + 1, verb)
        return begun

    def _of_other(self, verb: int) -> bool:
        """Whether a verb and the relative pronoun before it are of two genders, so that the pronoun is no subject."""
        passage = self.passage
        woman = passage.forms[verb].endswith("ت") or passage.forms[verb].startswith("ت")
        return passage.complementizer(verb + 1) and woman != (passage.forms[verb - 1] == "التي")

    def _adjoining(self, verb: int, first: int) -> Speaker | None:
        """The person or organisation right before a present verb: … مجلس النواب الليبي يطالب بـ."""
        name = self.passage.inside.get(verb - 1)
        present = self.passage.forms[verb][:1] in ("ي", "ت") and not self.sides.plural(verb)
        return self.sides.ending(verb, first) if present and name is not None and name.type != "LOC" else None

    def _said_in(self, verb: int) -> bool:
        """Whether a verb tells what is said in a speech or a text named before: كلمة قال فيها إن."""
        passage, behind = self.passage, verb + 2
        if passage.forms[verb + 1] not in word_set("in which") or passage.skip(verb) or behind >= len(passage.forms):
            return False
        begins = passage.complementizer(behind) or passage.tokens.gaps[behind] != SPACE
        return begins and passage.forms[verb - 1] not in word_set("relatives")

    def _last_person(self, verb: int, first: int) -> Speaker | None:
        """The person named last before a verb: ألقى فلان كلمة قال فيها, مقابلة مع فلان قال خلالها."""
        if self.passage.forms[verb].endswith("ت"):
            return None
        for at in range(verb - 1, max(first, verb - _LONG) - 1, -1):
            mention = self.passage.names.get(at)
            if mention is not None and mention.type == "PER":
                return named(mention)
        return None

    def _agreeing(self, verb: int, first: int) -> Speaker | None:
        """An indefinite feminine noun behind the verb that begins a sentence: صدقت جهات رقابية على … وقالت إن."""
        forms = self.passage.forms
        if verb - first < _TWO or not (forms[first].endswith("ت") and forms[verb].endswith("ت")):
            return None
        if forms[first + 1].startswith("ال") or not forms[first + 1].endswith(("ات", "ه")):
            return None
        return self.sides.described(first, verb)

    def _governing(self, verb: int, first: int) -> Speaker | None:
        """The subject of the verb of saying that a participle goes with: علق الإعلام على ذلك قائلا …"""
        passage = self.passage
        for at in range(verb - 1, max(first, verb - 2 * _LONG) - 1, -1):
            entry = passage.verb(at)
            if entry is not None and entry.klass == "v":
                return self.sides.described(at, verb)
        return None

    def document(self, verb: int, intro: int) -> Speaker | None:
        """What speaks in جاء في البيان: the document, or who issued it."""
        passage = self.passage
        if passage.forms[verb + 1] in ("فيه", "فيها"):  # في بيان جاء فيه
            return self.subjects.before(verb, self._sentence(verb)) or self.subjects.force
        if passage.forms[verb + 1] not in ("في", "ضمن"):
            return None
        source = self.subjects.at(verb + 2, intro) if verb + 2 < intro else None
        if source is None:
            return None
        for at in range(verb + 2, intro):
            mention = passage.names.get(at)
            if mention is not None and mention.type in ("ORG", "PER"):
                return named(mention)
        return source[0]

    def _sentence(self, verb: int) -> int:
        start, _ = self.paragraph.sentence(self.passage.tokens.starts[verb])
        return self.passage.words(start, start + 1).start

    def person(self, words: range) -> Speaker | None:
        """The first person that words name, with no preposition before the name."""
        passage = self.passage
        for at in words:
            mention = passage.names.get(at)
            if mention is not None and mention.type == "PER" and passage.bare(at):
                if at and passage.forms[at - 1] in word_set("of a person"):
                    continue  # إدارة بايدن
                return named(mention)
        return None

    def may_go_on(self, verb: int, entry: Verb, first: int) -> bool:
        """Whether a verb without a subject goes on for whoever spoke last."""
        if entry.klass in "pn":
            return True
        passage = self.passage
        if verb == first or passage.tokens.gaps[verb] != SPACE:
            return True
        if passage.preposition(first):  # وعن رؤيتها لمستقبل اليمن قالت
            return True
        return (passage.forms[verb][:1] == "و" and passage.skip(verb) == 1) or self._begins(verb, first)

    def _begins(self, verb: int, first: int) -> bool:
        """Whether nothing but a connective or a phrase stands between the beginning of the sentence and a verb."""
        passage = self.passage
        if passage.forms[verb][:1] == "و" and passage.skip(verb):
            return passage.tokens.gaps[verb] != SPACE or not self.subjects.adjacent(verb, first)
        parents = word_set("parents")
        return all(form in parents or form.lstrip("و") in parents for form in passage.forms[first:verb])

    def _other_than(self, verb: int) -> bool:
        """Whether a verb goes on for a committee that spoke, not for a man it spoke of: قالت اللجنة …. وشددت."""
        force = self.subjects.force
        woman = self.passage.forms[verb].endswith("ت") and force is not None
        if not woman or force is None:
            return False
        head = fold(force.name).split(" ")[0]
        return head.endswith("ه") and (head in sources() or bool(kind_of(head) & Kind.ORG_HEAD))

    def _before_last(self, verb: int, first: int) -> Speaker | None:
        """Who the sentence before was about, if nobody is quoted in it: a person, or what a feminine verb goes with."""
        passage = self.passage
        start = passage.tokens.starts[first]
        earlier = [one for one in self.paragraph.sentences if one.end <= start]
        if not earlier or any(one.start >= earlier[-1].start for one in self.found):
            return None
        words = passage.words(earlier[-1].start, earlier[-1].end)
        person = self.person(words)
        woman = passage.forms[verb].endswith("ت")
        if person is not None and self._other_than(verb):
            return None
        if person is not None or not woman:
            return person
        about, _ = self.subjects.after(words.start, words.stop)
        if about is None:
            return None
        head = passage.words(about.start, about.end).start
        feminine = any(form.endswith("ه") for form in passage.forms[max(words.start, head - 1) : head + 1])
        return about if feminine else None  # تحدثت صحيفة عن …. ولفتت إلى أن
