"""Sources without a name: their nouns with what describes them (مصادر عسكرية وأمنية, أهالي غزة)."""

from __future__ import annotations

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.entities.tokens import QUOTE, SPACE
from store.extract.quotes.lexicon import sources, word_set
from store.extract.quotes.passage import Passage
from store.models import Mention, Speaker
from store.values import value_class

_LONGEST_SOURCE, _NAME = 7, 4
_PLURAL = 7
"""Fewest letters of a plural with the article: المرشحين, but not الدين."""


def named(mention: Mention) -> Speaker:
    """The speaker that a mention names."""
    return Speaker(mention.start, mention.end, mention.name)


@value_class(frozen=True, slots=True)
class Sources:
    """Finds how far a source without a name goes on."""

    passage: Passage

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
            if passage.tokens.gaps[end] not in (SPACE, QUOTE) or self.ends(end) or passage.verb(end) is not None:
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

    def of_place(self, index: int, last: int) -> bool:
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

    def ends(self, index: int) -> bool:
        passage = self.passage
        return passage.preposition(index) or passage.complementizer(index) or index in passage.dates

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


def _with(form: str) -> bool:
    """Whether a word with ب goes on about a source: المتحدث باسم الجيش, but not المدير بهذه المناسبة."""
    if form[:1] != "ب":
        return False
    return (
        form.startswith("بال")
        or form == "باسم"
        or bool(kind_of(form[1:]) & (Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.PLACE))
    )
