"""Statements made of what was found of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from store.extract.quotes.contents import trimmed
from store.extract.quotes.lexicon import Verb
from store.extract.quotes.marks import Marked
from store.extract.quotes.passage import Paragraph, Passage
from store.models import Quote, Speaker
from store.values import value_class

_FEWEST = 2


@value_class(frozen=True, slots=True)
class Making:
    """Makes the statements of a paragraph."""

    passage: Passage
    paragraph: Paragraph

    def made(
        self,
        quotes: Sequence[Marked],
        start: int,
        end: int,
        speaker: Speaker | None,
        verb: int,
        entry: Verb,
        rest: Quote,
        by: str,
    ) -> Iterator[Quote]:
        """One in the narrator's words from `start` to `end`, or those in marks; `by` is what introduces it."""
        tokens = self.passage.tokens
        at = tokens.offset(verb, self.passage.skip(verb))
        made = partial(
            Quote,  # `replace` takes three times as long
            speaker=speaker,
            verb=tokens.text[at : tokens.ends[verb]],
            verb_start=at,
            kind=entry.kind,
            addressee=rest.addressee,
            via=rest.via,
            date_start=rest.date_start,
            date_end=rest.date_end,
            rule=f"{entry.klass} {by}",
        )
        for one in quotes:
            yield made(start=one.start, end=one.end if one.closed else self._closed(one), direct=True)
        if not quotes:
            start, end = trimmed(tokens.text, start, end, self.paragraph.quoted)
            if len(self.passage.words(start, end)) >= (1 if by == "preposition" else _FEWEST):
                yield made(start=start, end=end, direct=False)

    def _closed(self, quote: Marked) -> int:
        """Where a quotation ends whose mark does not: before مضيفا, if a further one begins behind that."""
        passage, ends = self.passage, quote.end
        for further in self.paragraph.quoted:
            if quote.start < further.start < quote.end:
                behind = passage.words(further.start, further.end).start
                entry = passage.verb(behind - 1) if behind - 2 > 0 else None
                if entry is not None and entry.klass == "p":
                    return passage.tokens.ends[behind - 2]
        return ends
