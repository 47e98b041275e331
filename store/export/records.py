"""The objects that `--json` and the JSON Lines export write: the fields that the command line promises.

Offsets are code points of the article's text, end exclusive, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from store.answers import (
    Article,
    ArticleRow,
    Bucket,
    Edit,
    EntityRow,
    EventRow,
    OutletRow,
    Overview,
    StoredMention,
    Suggestion,
)
from store.export import spoken
from store.models import (
    Analysis,
    Block,
    Cleaned,
    Contradiction,
    DateMention,
    Document,
    Event,
    Mention,
    Published,
    Sentence,
    Title,
)
from store.resolve import places
from store.resolve.spoken import Spoken

Record = dict[str, Any]


def article_row(row: ArticleRow, *, snippet: bool = False) -> Record:
    """One line of `articles`, or of `search` when `snippet` is asked for."""
    record: Record = {
        "id": row.id,
        "title": row.title,
        "published": {"value": row.published.value, "basis": row.published.basis},
        "outlet": row.outlet,
        "path": row.path,
        "copies": row.copies,
        "outlets": row.outlets,
    }
    if snippet:
        record["snippet"] = row.snippet or ""
    return record


def entity_row(row: EntityRow) -> Record:
    """One line of `entities`."""
    return {
        "id": row.id,
        "name": row.name,
        "type": row.type,
        "mentions": row.mentions,
        "articles": row.articles,
        "entity": row.entity,
        **_where(row.type, row.entity),
    }


def outlet_row(row: OutletRow) -> Record:
    """One line of `outlets`."""
    return {"name": row.name, "articles": row.articles, "first": row.first, "last": row.last}


def suggestion(one: Suggestion) -> Record:
    """One line of `suggest`: two entities, how likely they are one, and why."""
    reasons = [{"kind": reason.kind, "about": list(reason.about), "text": reason.words()} for reason in one.reasons]
    return {
        "score": round(one.score, 3),
        "into": entity_row(one.into),
        "other": entity_row(one.other),
        "reasons": reasons,
    }


def event_row(row: EventRow) -> Record:
    """One line of `timeline`."""
    return {
        "id": row.id,
        "value": row.value,
        "earliest": row.earliest,
        "latest": row.latest,
        "precision": row.precision,
        "modality": row.modality,
        "names": list(row.names),
        "articles": list(row.articles),
        "sentences": [
            {"article": ref.article, "start": ref.start, "end": ref.end, "text": ref.text} for ref in row.sentences
        ],
        "outlets": row.outlets,
        "bound": row.bound,
    }


def bucket(value: Bucket) -> Record:
    """One line of `timeline --by`."""
    return {"value": value.value, "events": value.events}


def overview(value: Overview, *, sample: bool) -> Record:
    """A corpus in a few numbers."""
    return {
        "path": value.path,
        "sample": sample,
        "articles": value.articles,
        "entities": dict(value.entities),
        "events": value.events,
        "outlets": dict(value.outlets),
        "first": value.first,
        "last": value.last,
        "undated": value.undated,
        "waiting": value.waiting,
        "copies": value.copies,
    }


def edit(value: Edit) -> Record:
    """One entry of the log of what people decided."""
    return {
        "id": value.id,
        "made": value.made,
        "action": value.action,
        "about": list(value.about),
        "value": value.value,
        "undone": value.undone,
        "who": value.who,
        "undone_by": value.undone_by,
        "redone": value.redone,
        "redone_by": value.redone_by,
        "group": value.group,
        "uid": value.uid,
        "what": dict(value.what),
    }


def analysis(found: Analysis) -> Record:
    """Everything found in one text, as `analyse` writes it."""
    from store.resolve import contradictions  # reads the lexicon of dates, which lists do without

    document, cleaned = found.document, found.cleaned
    return {
        "id": document.id if document.id is not None else document.source.path,
        **_head(cleaned.title, cleaned.outlet, found.published),
        **_spans(cleaned.blocks, found.sentences),
        "mentions": [_mention(mention) for mention in found.mentions],
        "dates": [_date(date) for date in found.dates],
        "events": [_event(event) for event in found.events],
        "contradictions": _contradictions(document.text, contradictions.of_analysis(found)),
        "quotes": [spoken.quote(one) for one in found.quotes],
        "roles": [spoken.role(one) for one in found.roles],
        "quantities": [spoken.quantity(one) for one in found.quantities],
        "keywords": list(cleaned.keywords),
        **_said(document, cleaned),
        "replaced": document.replaced,
    }


def article(value: Article, said: Spoken | None = None) -> Record:
    """One stored article with its text, all its spans and what is said in it, as `show --json` writes it; `quotes`,
    `roles` and `quantities` are null where nobody has looked for them."""
    from store.resolve import contradictions  # see `analysis`

    row = value.row
    return {
        "id": row.id,
        **_head(value.cleaned.title, row.outlet, row.published),
        "path": row.path,
        "url": value.document.url,
        "digest": value.document.digest,
        "text": value.document.text,
        **_spans(value.cleaned.blocks, value.sentences),
        "mentions": [
            {
                **_mention(stored.mention),
                "name": stored.entity_name,
                "entity_id": stored.entity_id,
                "reason": stored.reason,
            }
            for stored in value.mentions
        ],
        "dates": [_date(date) for date in value.dates],
        "events": [{"id": number, **_event(event)} for number, event in value.events],
        "contradictions": _contradictions(value.document.text, contradictions.contradictions(value)),
        **_spoken(said),
        "keywords": list(value.cleaned.keywords),
        **_said(value.document, value.cleaned),
        "bookmarked": row.bookmarked,
        "recogniser": value.recogniser,
    }


def _spoken(said: Spoken | None) -> Record:
    return {
        "quotes": said and [spoken.quote(one) for one in said.quotes],
        "roles": said and [spoken.role(one) for one in said.roles],
        "quantities": said and [spoken.quantity(one) for one in said.quantities],
    }


def mention(value: Article, stored: StoredMention, sentence: Sentence | None) -> Record:
    """One line of exported mentions: a mention, the sentence it stands in (None for none) and its article."""
    text = value.document.text
    return {
        "article": value.row.id,
        **_mention(stored.mention),
        "name": stored.entity_name,
        "entity_id": stored.entity_id,
        "reason": stored.reason,
        "sentence_start": sentence and sentence.start,
        "sentence_end": sentence and sentence.end,
        "sentence": sentence and text[sentence.start : sentence.end],
        "title": value.row.title,
    }


def _head(title: Title | None, outlet: str | None, published: Published) -> Record:
    return {
        "title": title and {"start": title.start, "end": title.end, "text": title.text, "basis": title.basis},
        "outlet": outlet,
        "published": {"value": published.value, "basis": published.basis, "reason": published.reason},
    }


def _said(document: Document, cleaned: Cleaned) -> Record:
    return {
        "language": cleaned.language,
        "said": [{"name": each.name, "value": each.value, "origin": each.origin} for each in document.said],
    }


def _spans(blocks: Iterable[Block], sentences: Iterable[Sentence]) -> Record:
    return {
        "blocks": [{"start": b.start, "end": b.end, "kind": b.kind, "rule": b.rule} for b in blocks],
        "sentences": [{"start": s.start, "end": s.end} for s in sentences],
    }


def _mention(mention: Mention) -> Record:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "name": mention.name,
        "entity": mention.entity,
        "score": mention.score,
        "rule": mention.rule,
        "reason": mention.reason,
        "recogniser": mention.extractor,
        "version": mention.version,
        **_where(mention.type, mention.entity),
    }


def _where(type_: str, entity: str | None) -> Record:
    """Country and coordinates of a place that is linked to the gazetteer; nothing for anything else."""
    place = places.by_id(entity) if type_ == "LOC" and entity else None
    if place is None:
        return {}
    return {"country": place.country, "latitude": place.latitude, "longitude": place.longitude}


def _date(date: DateMention) -> Record:
    return {
        "start": date.start,
        "end": date.end,
        "text": date.text,
        "type": date.type,
        "value": date.value,
        "mod": date.mod,
        "earliest": date.earliest,
        "latest": date.latest,
        "precision": date.precision,
        "modality": date.modality,
        "anchor": date.anchor,
        "rule": date.rule,
        "bound": date.bound,
    }


def _event(event: Event) -> Record:
    return {
        "start": event.start,
        "end": event.end,
        "value": event.value,
        "earliest": event.earliest,
        "latest": event.latest,
        "precision": event.precision,
        "modality": event.modality,
        "bound": event.bound,
        "names": list(event.names),
    }


def _contradictions(text: str, found: Iterable[Contradiction]) -> list[Record]:
    return [
        {"start": each.start, "end": each.end, "text": text[each.start : each.end], "reason": each.reason}
        for each in found
    ]
