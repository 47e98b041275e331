"""What headlines say: الكاظمي: لا دور قتاليا للقوات الأجنبية."""

from __future__ import annotations

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.quotes.contents import Contents, trimmed
from store.extract.quotes.lexicon import word_set
from store.extract.quotes.passage import Paragraph, Passage
from store.extract.quotes.sources import named
from store.extract.quotes.subjects import Subjects
from store.models import Quote, Speaker
from store.values import value_class

_HEADLINE = 9
"""Most words before the colon of a headline that says who speaks."""
_BESIDE = 4
"""Most words between the name and the colon: حرس الثورة في إيران: …"""
_FEWEST = 2
_SHORT = 4
_STOPS = frozenset(".|؟!…")


@value_class(frozen=True, slots=True)
class Headlines:
    """Finds what the line of a title or heading says with a colon."""

    passage: Passage
    paragraph: Paragraph
    subjects: Subjects
    contents: Contents

    def find(self) -> Quote | None:
        """What stands behind the colon, said by who stands before it."""
        passage, words = self.passage, self.paragraph.words
        for at in range(words.start + 1, words.stop):
            if not passage.colon(at):
                continue
            if at - self._part(words.start, at) > _HEADLINE:
                return None
            begin = self._part(words.start, at)
            joined = passage.names.get(begin)
            speaker: Speaker | None
            if joined is not None and passage.forms[begin][:1] == "و" and not passage.bare(begin):
                speaker, after = named(joined), passage.words(joined.start, joined.end).stop  # … ومادورو: …
            else:
                speaker, after = self.subjects.after(begin, at)
            of = next((one for one in range(words.start + 1, at - 1) if passage.forms[one] == "عن"), None)
            via = None
            if of is not None:  # "أكسيوس" عن مسؤول إسرائيلي: …
                whose, behind = self.subjects.after(of + 1, at)
                if whose is not None:
                    via, speaker, after = speaker, whose, behind
            beside = any(passage.verb(one) is not None for one in range(after, at))
            if speaker is None or at - after > _BESIDE or beside or at + _FEWEST > words.stop:
                return None
            if self._placed(words.start, at, words.stop):
                return None
            quotes, start, end = self.contents.given(at, words.stop)
            colon = self.passage.tokens.text.find(":", passage.tokens.ends[at - 1])
            one = quotes[0] if quotes else None
            if one is None:
                start, end = trimmed(self.passage.tokens.text, start, end, self.paragraph.quoted)
            return Quote(
                one.start if one else start, one.end if one else end, speaker, ":", max(colon, 0),
                direct=one is not None, via=via, rule="headline",
            )  # fmt: skip
        return None

    def _part(self, first: int, at: int) -> int:
        """The first word of the part of a headline that ends before word `at`: behind two dots or a stop."""
        tokens = self.passage.tokens
        for one in range(at - 1, first, -1):
            if self.passage.breaks(one) and _STOPS & set(tokens.text[tokens.ends[one - 1] : tokens.starts[one]]):
                return one
        return first

    def _placed(self, first: int, at: int, stop: int) -> bool:
        """Whether a place before the colon says where: اليمن: استشهاد مواطن, unlike إيران: لا ننتظر إذن أحد."""
        passage = self.passage
        mention = passage.inside.get(first)
        if mention is None or mention.type != "LOC" or passage.words(mention.start, mention.end).stop != at:
            return False
        forms = passage.forms[at:stop]
        if forms[0].startswith("ال") or at in passage.inside or self.contents.quote_at(at) is not None:
            return False
        plain = [form[1:] if form[:1] == "و" and len(form) > 2 else form for form in forms]
        return not any(form in word_set("said in a headline") or _ours(form) for form in plain)


def _ours(form: str) -> bool:
    """Whether a word ends as those do in which people speak of themselves: بلادنا, سنواصل."""
    if len(form) <= _SHORT:
        return False
    if form.endswith("نا"):
        return not kind_of(form[:-1]) & Kind.COMMON  # but بيانا
    return form.startswith(("سن", "نن", "نت")) and not kind_of(form) & (Kind.COMMON | Kind.PLACE)  # but سنوات, نتيجة
