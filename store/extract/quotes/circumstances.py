"""To whom something is said, and when."""

from __future__ import annotations

from store.extract.quotes.lexicon import sources
from store.extract.quotes.passage import Passage
from store.extract.quotes.sources import named
from store.extract.quotes.subjects import Subjects
from store.models import DateMention, Quote, Speaker
from store.values import value_class


@value_class(frozen=True, slots=True)
class Circumstances:
    """Finds addressee and day of what is said."""

    passage: Passage
    subjects: Subjects

    def of(self, verb: int, after: int, intro: int, first: int) -> Quote:
        """A statement of which they alone are known, from the words between verb and content, and those before the
        verb."""
        addressee: Speaker | None = None
        date: DateMention | None = None
        for at in range(verb + 1, intro):
            if addressee is None and at >= after:
                addressee = self._to(at, intro)
            date = date or self._day(at)
        if date is None and verb > first:
            date = self._day(verb - 1)
        return Quote(
            0, 0, None, None,
            addressee=addressee,
            date_start=date.start if date else None,
            date_end=date.end if date else None,
        )  # fmt: skip

    def _day(self, at: int) -> DateMention | None:
        date = self.passage.dates.get(at)
        return date if date is not None and date.precision != "vague" and not date.value.endswith("_REF") else None

    def _to(self, at: int, stop: int) -> Speaker | None:
        """Whom a word names with ل before it: a name, or people without one (لمسؤولين عراقيين)."""
        passage = self.passage
        if at in passage.names:
            return named(passage.names[at]) if passage.joined(at, "ل") else None
        form = passage.forms[at]
        if form[:1] == "ل" and sources().get(form[1:]) == "s":
            source, _ = self.subjects.source(at, stop)
            start = passage.tokens.offset(at, 1)
            return Speaker(start, source.end, passage.tokens.text[start : source.end], named=False)
        return None
