"""What a dossier asks of a corpus, part by part: each is a question of its own, to a reader that may be interrupted.

The parts are independent of one another, so that a screen can fill them in one by one; what it takes to answer each at
a million articles is printed by `python -m tests.bench dossier`. They work on sets: numpy is imported by whoever asks.
"""

from __future__ import annotations

from array import array
from dataclasses import replace

from store.answers import Filter
from store.database.dossiers import along, named, noted, outlets, seen
from store.database.queries import Reader
from store.dossiers import (
    Companion,
    Events,
    Noted,
    Roles,
    Spelling,
    Spoken,
    Stretch,
    Subject,
    Summary,
    Teller,
    Together,
    Told,
    Unit,
)
from store.models import MentionType
from store.spoken import Differing

__all__ = [
    "companions",
    "differing",
    "events",
    "notes",
    "roles",
    "spelled",
    "spellings",
    "spoken",
    "summary",
    "tellers",
    "together",
    "told",
    "trend",
]

SAMPLED = 300
"""So many of the newest mentions, or articles, are looked at for what has to be read in texts."""


def summary(reader: Reader, about: Subject) -> Summary:
    """How many articles there are, and the first and the last."""
    return reader.put(lambda connection: seen.summary(connection, about))


def trend(reader: Reader, about: Subject, unit: Unit = "month") -> list[Stretch]:
    """How many of the articles are of each month, or year, that has any; in order of time. The undated are in none."""
    return reader.put(lambda connection: seen.trend(connection, about, unit))


def spellings(reader: Reader, entity: int) -> list[Spelling]:
    """How texts write the names of an entity, the most frequent first."""
    return reader.put(lambda connection: named.spellings(connection, entity))


def spelled(reader: Reader, entity: int, form: str, most: int | None = None) -> array[int]:
    """The mentions of an entity that are written so, as integers that `Reader.mention_rows` knows: of the newest
    article first, in all articles, copies too; only the first `most`, which are soon found."""
    return reader.put(lambda connection: named.spelled(connection, entity, form, most))


def roles(reader: Reader, entity: int, sampled: int = SAMPLED) -> Roles:
    """The roles that are said of a person at the newest mentions, the most frequent first."""
    return reader.put(lambda connection: named.roles(connection, entity, sampled))


def spoken(reader: Reader, about: Subject, most: int = 8) -> Spoken:
    """What an entity says: how much of each kind, and the `most` latest statements."""
    return reader.put(lambda connection: named.spoken(connection, about, most))


def differing(reader: Reader, about: Subject, sampled: int = SAMPLED) -> Differing:
    """What may be said differently by an entity, or where it is named, in the newest `sampled` articles."""
    return reader.differing(about.filter, about.entities[0].id, sampled)


def companions(reader: Reader, about: Subject, most: int = 8) -> list[tuple[MentionType, list[Companion]]]:
    """Who and what is named along with it, by type, the `most` first of each.

    Of those that share most articles with it the ones come first that share most beyond what chance would bring.
    """
    return reader.put(lambda connection: along.companions(connection, about, most))


def together(reader: Reader, about: Subject, most: int = 12, sampled: int = SAMPLED, f: Filter = Filter()) -> Together:
    """Sentences that name both of a pair, in the newest articles under a filter that do."""
    within = replace(f, entities=tuple(dict.fromkeys((*f.entities, *about.filter.entities))))
    return reader.put(lambda connection: along.together(connection, about, most, sampled, within))


def events(reader: Reader, about: Subject, most: int = 12) -> Events:
    """The events that several outlets tell, most of them first, then the latest up to its last article: those whose
    sentences name it (both of a pair), or that the outlet tells."""
    return reader.put(lambda connection: along.events(connection, about, most))


def tellers(reader: Reader, about: Subject, most: int = 8) -> list[Teller]:
    """The outlets that write about an entity; of an outlet its sections, then its authors. The `most` first of each."""
    return reader.put(lambda connection: outlets.tellers(connection, about, most))


def told(reader: Reader, outlet: str, most: int = 500) -> list[Told]:
    """What an outlet tells alone, and first, level with the first or after others where others tell it too."""
    return reader.put(lambda connection: outlets.told(connection, outlet, most))


def notes(reader: Reader, about: Subject, most: int = 12) -> Noted:
    """The newest of what people put on it; and the `most` newest of what they put on its articles, copies too, on their
    sentences and on its events."""
    return reader.put(lambda connection: noted.notes(connection, about, most))
