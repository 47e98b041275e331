"""Statements, roles and quantities as records."""

from __future__ import annotations

from typing import Any

from store.models import Quantity, Quote, Role, Speaker
from store.resolve.figures import Figures
from store.spoken import QuantityRow, StatementRow

Record = dict[str, Any]


def quote(one: Quote) -> Record:
    """A statement; `speaker` is null where nobody is named, and `named` false for a source without a name."""
    return {
        "start": one.start,
        "end": one.end,
        "direct": one.direct,
        "kind": one.kind,
        "speaker": _speaker(one.speaker),
        "verb": one.verb,
        "addressee": _speaker(one.addressee),
        "via": _speaker(one.via),
        "date": None if one.date_start is None else {"start": one.date_start, "end": one.date_end},
        "rule": one.rule,
    }


def _speaker(one: Speaker | None) -> Record | None:
    return None if one is None else {"start": one.start, "end": one.end, "name": one.name, "named": one.named}


def role(one: Role) -> Record:
    """A role with the person that has it."""
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "person": {"start": one.person_start, "end": one.person_end, "name": one.person},
        "holder": one.holder,
        "rule": one.rule,
    }


def quantity(one: Quantity) -> Record:
    """A quantity; `value` is null for a range and for a number word without a number ("عشرات")."""
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "value": _number(one.low) if one.low == one.high else None,
        "low": _number(one.low),
        "high": _number(one.high),
        "unit": one.unit,
        "about": one.about,
        "rule": one.rule,
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def statement_row(row: StatementRow) -> Record:
    """One line of the list of statements."""
    return {
        "article": row.article.id,
        "published": row.article.published.value,
        "outlet": row.article.outlet,
        **quote(row.quote),
        "entity_id": row.speaker,
        "text": row.sentence.text[row.quote.start - row.sentence.start : row.quote.end - row.sentence.start],
        "sentence": {"start": row.sentence.start, "end": row.sentence.end, "text": row.sentence.text},
    }


def quantity_row(row: QuantityRow) -> Record:
    """One line of the list of quantities."""
    return {
        "article": row.article.id,
        "published": row.article.published.value,
        "outlet": row.article.outlet,
        **quantity(row.quantity),
        "sentence": {"start": row.sentence.start, "end": row.sentence.end, "text": row.sentence.text},
    }


def figures(one: Figures) -> Record:
    """The numbers of one thing in a stretch of time."""
    return {
        "value": one.value,
        "lowest": _number(one.low),
        "highest": _number(one.high),
        "sentences": one.sentences,
        "articles": list(one.articles),
    }
