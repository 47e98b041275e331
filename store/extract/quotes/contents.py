"""What is said: where it begins behind a verb, where it ends, and whether it is given in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import COMMA, PUNCT, QUOTE, SPACE
from store.extract.quotes.ends import CLAUSE, By, Ends
from store.extract.quotes.lexicon import Verb, word_set
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import Paragraph, Passage
from store.values import value_class

_SHORTEST, _SHORT = 2, 4
_TANWIN = "\u064b"
_NAME = 6
"""Words among which the verb of another stands that begins to speak."""
_JOINED = frozenset(("علي", "عن", "الي"))
_NEGATIONS = ("لم", "لا", "لن")
_OWN = ("ه", "ها", "هم", "هما")
FAR = 45
"""Words among which what is said begins behind its verb."""


@value_class(frozen=True, slots=True)
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

    ends: Ends = field(init=False)
    """Where what is said ends."""

    def __post_init__(self) -> None:
        self._opened = {one.start: one for one in reversed(self.paragraph.quoted)}
        self.ends = Ends(self.passage, self.paragraph, self._opened)

    def opening(self, verb: int, entry: Verb, stop: int, subject: int) -> Opening | None:
        """Where what is said begins among the words behind verb `verb` and before `stop`; `subject` is the first word
        behind the verb's subject."""
        passage, tokens = self.passage, self.passage.tokens
        noun: Opening | None = None
        phrase = False
        gaps, forms, clauses = tokens.gaps, passage.forms, word_set("complementizers")
        for at in range(verb + 1, min(stop, verb + FAR)):
            gap = gaps[at]
            if gap != SPACE and entry.clause:
                if passage.colon(at) and forms[at - 1] not in word_set("titled"):
                    return Opening(at, at, "marks" if self.quote_at(at) else "colon")
                if at >= subject and self.speech(at, stop, entry):
                    return noun or Opening(at, at, "marks")
            if forms[at] in clauses and entry.clause and at + 1 < stop and self._own(verb, entry, at):
                if noun is not None and self._firm(noun, verb, entry, at):
                    return noun
                return Opening(at, at + 1, "an")
            if gap in (COMMA, PUNCT):
                phrase = False
            elif at in passage.inside or at in passage.dates:
                phrase = phrase and (at + 1 in passage.inside or at + 1 in passage.dates)
                continue
            phrase = phrase or (passage.preposition(at) and forms[at] not in entry.prepositions)
            if at >= subject and noun is None and (not phrase or entry.prepositions):
                noun = self._noun(at, verb, entry, stop, phrase)
            further = passage.verb(at)
            if at > verb + 1 and further is not None and further.klass in "vpr" and self._another(at, further):
                break
        return noun

    def _own(self, verb: int, entry: Verb, at: int) -> bool:
        """Whether أن belongs to a verb, not to a word before it: أدى بها الحال إلى أن, حقيقة أن."""
        if not self.passage.complementizer(at):
            return False
        before = self.passage.forms[at - 1]
        if self.passage.forms[at].startswith("با") and self._called(verb, at):
            return False
        if at == verb + 1 or entry.klass not in "vp" or at - 1 in self.passage.inside:
            return True
        if before in entry.prepositions:
            return True
        if before == "الي" and self.passage.forms[verb][self.passage.skip(verb) :] in word_set("comes to say"):
            return True  # خلصت الدراسة إلى أن
        return before not in word_set("before another's clause") and not (
            before == "علي" and self.passage.comma(at - 1)
        )

    def _called(self, verb: int, at: int) -> bool:
        """Whether something is called what follows: حديثه عن اختراعه الذي وصفه البعض بأنه …"""
        calls = word_set("calls")
        return any(self.passage.forms[one] in calls for one in range(max(verb + 1, at - _NAME), at))

    def _noun(self, at: int, verb: int, entry: Verb, stop: int, phrase: bool) -> Opening | None:
        passage = self.passage
        form = passage.forms[at]
        if (
            at in passage.dates or at + 1 >= stop or (at == verb + 2 and passage.forms[verb + 1] == "ما")
        ):  # تؤكد ما ذهب إليه
            return None
        plain = form[1:] if form[:1] in "وف" and len(form) > 3 else form
        for preposition in entry.prepositions:
            if len(preposition) > 1:
                if preposition == "من" and passage.forms[at - 1][:1].isdigit():
                    continue  # 700 من الجنود
                if plain == preposition and (not phrase or self._past_phrase(at, preposition, stop, entry)):
                    after = passage.forms[at + 1]
                    if passage.complementizer(at + 1) or after in word_set("no content") or at + 1 in passage.dates:
                        return None
                    return Opening(at, at + 1, "preposition")
            elif (not phrase or preposition == "ب") and self.joined(at, preposition):
                if form[1:] in word_set("no content"):
                    return None
                return Opening(at, at, "preposition", 1)
        shows = passage.forms[verb][passage.skip(verb) :] in word_set("shows")
        if shows and form not in word_set("shown"):
            return None  # أبدى مقاومة
        apart = entry.klass == "p" and at == verb + 1 and passage.tokens.gaps[at] != SPACE  # أمرا مؤكدا، وكان
        if entry.noun and not phrase and not apart and at not in passage.inside and self.deed(at, stop, entry):
            return Opening(at, at, "noun")
        return None

    def _past_phrase(self, at: int, preposition: str, stop: int, entry: Verb) -> bool:
        """Whether a preposition behind a phrase is the verb's own all the same.

        The phrase is of how it was said: في نهاية كلمته على …, not بالتوصل إلى …; or what follows is what somebody
        feels: في بيان مشترك عن قلقها.
        """
        if not self.deed(at + 1, stop, entry):
            return False
        felt = preposition == "عن" and self.passage.forms[at + 1].endswith(_OWN)
        forms = self.passage.forms
        before = forms[at - 2] if forms[at - 1].startswith("ال") else forms[at - 1]  # في بيانه الختامي إلى
        return felt or before.endswith(_OWN)

    def joined(self, at: int, preposition: str) -> bool:
        """Whether a preposition of one letter is written on to a word: بالرد, but not بغداد or بيان."""
        form = self.passage.forms[at]
        if not form.startswith(preposition) or at in self.passage.inside:
            return False
        if preposition == "ل" and len(form) > 3 and kind_of(form[1:]) & Kind.COMMON:
            return True
        if len(form) < 5:  # بوقف, but not بحر
            return len(form) == 4 and bool(kind_of(form[1:]) & Kind.COMMON) and not self.passage.word(at).kind
        if form[1:].startswith("ال") or not self.passage.word(at).kind & Kind.COMMON:
            return True
        return len(form) > _SHORT and bool(kind_of(form[1:]) & Kind.COMMON)  # بوضع

    def deed(self, at: int, stop: int, entry: Verb) -> bool:
        """Whether a word begins a noun phrase that says what was done: indefinite, with something behind it."""
        passage = self.passage
        form = passage.forms[at]
        if passage.preposition(at) or passage.complementizer(at) or len(form) < _SHORTEST or at + 1 >= stop:
            return False
        if form.startswith(("ال", "لل")) and form not in word_set("like the article"):
            # الاتفاق على انسحاب, but not القرار
            after = passage.forms[at + 1]
            joined = after in _JOINED - entry.prepositions and passage.tokens.gaps[at + 1] == SPACE
            return form.startswith("ال") and joined and at + 1 not in passage.inside
        if (
            form[:1].isdigit()
            or form in word_set("no content")
            or form in word_set("ends a statement")
            or passage.verb(at) is not None
        ):
            return False
        kind = passage.word(at).kind
        if (kind & Kind.TITLE and not form.endswith("ه")) or (len(form) < _SHORT and kind & Kind.STOP):
            return False  # وزير, but مساعدة may be what is done
        gap = passage.tokens.gaps[at + 1]
        own = gap == COMMA and form.endswith(_OWN) and len(form) > _SHORT  # أعلن فلان، استمراره، بقوة، في السباق
        return (gap in (SPACE, QUOTE) or own) and not (form[:1] in "لبك" and not kind & Kind.COMMON)

    def _firm(self, noun: Opening, verb: int, entry: Verb, clause: int) -> bool:
        """Whether a noun that stands before أن is what is said all the same."""
        if noun.by == "preposition" and noun.skip and self.passage.forms[noun.first].startswith("بال"):
            return entry.kind != "said"  # أفاد عميد الكلية بالجامعة فلان أن
        if noun.by == "preposition" and noun.skip and entry.kind == "said" and clause - noun.first <= _SHORT:
            # أفادت لوائح خاصة بالصناعة أن
            return self.passage.forms[noun.first][1:] in word_set("before a clause")
        if noun.by == "preposition" or self.passage.forms[noun.first] in word_set("before a clause"):
            return True
        return entry.klass == "p" and noun.first == verb + 1 and clause > verb + 3  # مؤكدا خطأ توصيف المحور بأنه …

    def _another(self, at: int, further: Verb) -> bool:
        """Whether a further verb of saying has what it says itself: no relative clause of the subject."""
        before = self.passage.forms[at - 1]
        if further.doubtful and self.passage.tokens.gaps[at] == SPACE and not self.passage.skip(at):
            return False  # مسؤول رفيع طلب عدم الكشف عن هويته
        if before in _NEGATIONS:
            return False  # مصدر لم يصرح عن اسمه
        return before not in word_set("relatives")

    def quoted(self, at: int) -> bool:
        """Whether a word lies in a quotation."""
        return self.paragraph.around(self.passage.tokens.starts[at]) is not None

    def quote_at(self, at: int) -> Marked | None:
        """The quotation that begins at a word."""
        return self._opened.get(self.passage.tokens.starts[at])

    def speech(self, at: int, stop: int, entry: Verb) -> bool:
        """Whether a quotation begins at a word behind verb and subject that is what is said and no name or title."""
        quote = self.quote_at(at)
        if quote is None:
            return False
        words = self.passage.words(quote.start, quote.end)
        if quote.closed and words.stop < stop and self.passage.complementizer(words.stop):
            return False  # في المؤتمر "روسيا والصين: عصر جديد"، إن …
        before = self.passage.forms[at - 1]
        if before in word_set("before a name") and before not in entry.prepositions and not self.passage.colon(at):
            return False  # سماهم بـ"الشهداء على طريق القدس"
        names = {self.passage.inside.get(at) for at in words}
        return len(words) >= CLAUSE and (len(names) > 1 or names == {None})

    def whole(self, at: int, entry: Verb) -> list[Marked]:
        """The quotation at a word behind a verb, which is all that was said whatever the narrator goes on with."""
        quote = self.quote_at(at)
        return [quote] if quote is not None and quote.closed and self.speech(at, at, entry) else []

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
                if len(words) >= CLAUSE or words == range(first, last):
                    quotes.append(one)
                    quoted += len(words)
        if quotes and 2 * quoted >= whole:
            return quotes, start, end
        if len(quotes) == 1 and quotes[0].closed and quotes[0].start == start:
            behind = self.passage.words(start, quotes[0].end).stop
            if behind < last and self.passage.comma(behind) and tokens.text[tokens.ends[behind] - 1] == _TANWIN:
                return quotes, start, end  # أن "…"، مستخدما ذلك ذريعة …
        return [], start, end


def trimmed(text: str, start: int, end: int, quoted: Sequence[Marked]) -> tuple[int, int]:
    """A span with the quotation marks that belong to it at its edges, and no others."""
    for one in quoted:
        if one.start == start and one.end < end and one.end > start:
            return start - 1 if text[start - 1] in '"“”«„‟' else start, end
        if one.end == end and one.closed and one.start > start:
            return start, min(end + 1, len(text))
    return start, end
