"""Statements that may differ, as records."""

from __future__ import annotations

from store.export import spoken
from store.export.spoken import Record
from store.spoken import Differ, DifferingRow


def row(one: DifferingRow) -> Record:
    """Two that may differ, with the rule that set them side by side; a question, not a verdict."""
    return {
        "rule": one.rule,
        "score": one.score,
        "shared": list(one.shared),
        "one": _side(one.one),
        "other": _side(one.other),
    }


def _side(one: Differ) -> Record:
    sentence = one.sentence
    return {
        "article": one.article.id,
        "published": one.article.published.value,
        "outlet": one.article.outlet,
        "who": one.who or None,
        "entity_id": one.speaker,
        "kind": one.kind,
        "direct": one.direct,
        "quantity": spoken.quantity(one.quantity) if one.quantity is not None else None,
        "start": one.start,
        "end": one.end,
        "text": sentence.text[one.start - sentence.start : one.end - sentence.start],
        "sentence": {"start": sentence.start, "end": sentence.end, "text": sentence.text},
    }
