"""Articles whose own text leaves their date open, dated by what others say (`store.resolve.dating`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import InputError
from store.extraction import analysed
from store.models import Block

if TYPE_CHECKING:
    from store.database.writing import Writer

_LEAD = 3
"""Among so many first sentences of the body stands what is new."""


def date_by_others(writer: Writer, added: Sequence[int]) -> None:
    """Dates articles by what others say, and asks again for those that were dated so before; only where what was added
    may make a difference."""
    from store.ingest import knowing
    from store.resolve.dating import infer, infer_with_years

    waiting = writer.open_articles(added) if added else []
    stretches = writer.stretches() if waiting else {}
    for article_id in waiting:
        article = writer.article(article_id)
        document, published = article.document, article.row.published
        again = knowing(article)
        own = analysed(document, again) if published.value is not None else None
        if isinstance(own, InputError):
            continue
        dates = own.dates if own else article.dates
        body = [s for s in article.sentences if _kind_at(article.cleaned.blocks, s.start) in ("dateline", "body")]
        lead_end = body[min(_LEAD, len(body)) - 1].end if body else 0
        witnesses = writer.witnesses(article, dates, stretches)
        found = infer(dates, lead_end, witnesses) or infer_with_years(
            document.text, dates, article.sentences, article.cleaned.blocks, witnesses
        )
        if found is None:
            if own is not None:
                writer.replace(own)
        elif found != published:
            known = analysed(replace(document, published=found.value, published_basis="inferred"), again)
            if not isinstance(known, InputError):
                # What the document says of itself stays as it was read.
                writer.replace(replace(known, document=document, published=found), by_others=True)


def _kind_at(blocks: Iterable[Block], offset: int) -> str:
    return next((block.kind for block in blocks if block.start <= offset < block.end), "body")
