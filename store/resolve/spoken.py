"""What is said in a document, found again with other names."""

from __future__ import annotations

from collections.abc import Sequence

from store.models import Block, DateMention, Mention, Quantity, Quote, Role, Sentence
from store.values import value_class


@value_class(frozen=True, slots=True)
class Spoken:
    """Statements, roles and quantities of one text."""

    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()
    quantities: tuple[Quantity, ...] = ()


def find(
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
) -> Spoken:
    """What is said in `text`, given without what stands around the article (`store.text.around`)."""
    # Lexicons: not needed to read a corpus.
    from store.extract import quantities, quotes, roles

    return Spoken(
        tuple(quotes.find(text, sentences, blocks, mentions, dates)),
        tuple(roles.find(text, blocks, mentions)),
        tuple(quantities.find(text, sentences, blocks, dates)),
    )
