"""A dossier as one JSON object: what `khabar dossier --json` promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from store.annotations import Annotation
from store.answers import MentionRow, place_of_mention
from store.dossiers import (
    Companion,
    Events,
    Noted,
    Roles,
    Sighting,
    Spelling,
    Spoken,
    Stretch,
    Subject,
    Summary,
    Teller,
    Together,
    Told,
)
from store.export import annotation_records, records, spoken
from store.export import differing as differing_records
from store.models import MentionType
from store.spoken import Differing

Record = dict[str, Any]


def about(subject: Subject) -> Record:
    """Who or what it is about."""
    return {"entities": [records.entity_row(row) for row in subject.entities], "outlet": subject.outlet}


def summary(found: Summary) -> Record:
    """In a few numbers; `first` and `last` with the offset of the first mention."""
    return {
        "articles": found.articles,
        "mentions": list(found.mentions),
        "undated": found.undated,
        "first": _sighting(found.first),
        "last": _sighting(found.last),
    }


def _sighting(found: Sighting | None) -> Record | None:
    return None if found is None else {**records.article_row(found.article), "start": found.start}


def spellings(found: Sequence[Spelling]) -> list[Record]:
    """How names are written."""
    return [{"form": one.form, "mentions": one.mentions, "reason": one.reason} for one in found]


def roles(found: Roles) -> Record:
    """Roles, each with its first and last day and where it is said: article and offset of the name."""
    return {
        "sampled": found.sampled,
        "roles": [
            {
                "text": role.text,
                "holder": role.holder,
                "first": role.first,
                "last": role.last,
                "mentions": [
                    {"article": article, "start": start} for article, start in map(place_of_mention, role.mentions)
                ],
            }
            for role in found.roles
        ],
    }


def said(found: Spoken) -> Record:
    """What it says: counts by kind, and the latest statements."""
    return {
        "count": found.count,
        "kinds": dict(found.kinds),
        "latest": [spoken.statement_row(row) for row in found.latest],
    }


def differing(found: Differing) -> list[Record]:
    """What may be said differently, the likeliest first."""
    return [differing_records.row(row) for row in found.rows]


def trend(found: Sequence[Stretch]) -> list[Record]:
    """Articles by month."""
    return [{"value": one.value, "articles": one.articles} for one in found]


def companions(found: Sequence[tuple[MentionType, Sequence[Companion]]]) -> list[Record]:
    """Who is named along; counts are within the dossier's articles, `expected` what chance would bring."""
    return [
        {**records.entity_row(one.row), "expected": round(one.expected, 2), "lift": round(one.lift, 2)}
        for _, some in found
        for one in some
    ]


def events(found: Events) -> Record:
    """How many events there are, and those told most widely or lately."""
    return {"count": found.count, "events": [records.event_row(row) for row in found.rows]}


def tellers(found: Sequence[Teller]) -> list[Record]:
    """Outlets, or sections and authors, with their articles."""
    return [{"kind": one.kind, "name": one.name, "articles": one.articles} for one in found]


def together(found: Together) -> Record:
    """Sentences that name both."""
    return {
        "sampled": found.sampled,
        "count": len(found.keys),
        "sentences": [sentence(row) for row in found.rows],
    }


def sentence(row: MentionRow) -> Record:
    """A sentence with its article; `mention` is where the name stands."""
    ref = row.sentence
    return {
        "article": ref.article,
        "start": ref.start,
        "end": ref.end,
        "text": ref.text,
        "mention": {"start": row.start, "end": row.end},
    }


def told(found: Sequence[Told]) -> list[Record]:
    """How an outlet tells its stories."""
    return [{"how": one.how, "stories": one.stories, "articles": list(one.newest)} for one in found]


def notes(found: Noted) -> Record:
    """What people put on it, and the newest of what they put on its articles, their sentences and its events."""
    return {
        "own_count": found.own_count,
        "own": [_noted(one) for one in found.own],
        "count": found.count,
        "told": [_noted(one) for one in found.told],
    }


def _noted(one: Annotation) -> Record:
    """As it is exported, but for the title; with the article that shows it now, and its entity or event."""
    record = annotation_records.record((one, ""))
    del record["title"]
    target = one.target
    id_ = target.id if target is not None and target.on in ("entity", "event") else None
    return {**record, "article": one.article, "id": id_}
