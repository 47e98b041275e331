"""Which place a name means: طرابلس in Libya or in Lebanon, بابل the province, الرياض the city or its region.

Of the places that share a name, the countries that a text speaks of decide, then the noun before the name (محافظة,
مدينة), then what is known best. Where that leaves more than one country the name stays without a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from store.models import Mention
from store.resolve import names
from store.text.fold import fold
from store.text.proclitics import bare
from store.values import value_class

_REGION = frozenset(map(fold, ("محافظة", "منطقة", "ولاية", "إقليم", "مقاطعة", "إمارة", "قضاء")))
_CITY = frozenset(map(fold, ("مدينة", "بلدة", "العاصمة", "قرية")))
NEAR = frozenset((
    "DZ", "BH", "KM", "DJ", "EG", "IQ", "JO", "KW", "LB", "LY", "MR", "MA", "OM", "PS", "QA", "SA", "SO", "SD",
    "SY", "TN", "AE", "YE",
))  # fmt: skip
"""The countries Arabic news is mostly about: their places are meant unless something says otherwise."""
_NAMED, _NEIGHBOURS, _HOME, _KNOWN = 2.0, 1.0, 1.0, 5.0
_ENOUGH = 0.9
"""By so much a country must lead."""


@value_class(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; coordinates in degrees north and east."""

    name: str
    entity: str
    kind: Literal["country", "region", "city"]
    country: str
    latitude: float
    longitude: float


@cache
def gazetteer() -> Mapping[str, tuple[Place, ...]]:
    """All places by folded name."""
    found: dict[str, list[Place]] = defaultdict(list)
    kinds: dict[str, Literal["country", "region", "city"]] = {
        "country": "country", "region": "region", "city": "city",
    }  # fmt: skip
    text = resources.files(__package__).joinpath("data", "gazetteer.tsv").read_text("utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            name, entity, kind, country, latitude, longitude = line.split("\t")
            place = Place(name, entity, kinds[kind], country, float(latitude), float(longitude))
            found[fold(name)].append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def _by_id() -> Mapping[str, Place]:
    return {place.entity: place for places in gazetteer().values() for place in places}


def by_id(entity: str) -> Place | None:
    """The place of a Wikidata id, if the gazetteer has it."""
    return _by_id().get(entity)


def link(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of one text, places among them linked to what they mean, with the reason in words.

    What the alias list knows by an id is that thing, or the region of the same name where the text says so.
    """
    options = [_meant(one.name) if one.type == "LOC" else _NOTHING for one in mentions]
    named, around = _countries(options)
    linked = []
    for one, meant in zip(mentions, options, strict=True):
        if meant.places:
            chosen, reason = _choose(text, one, meant, named, around)
            said = "; ".join(part for part in (one.reason, reason) if part)
            one = one.known_as(one.name, chosen.entity if chosen else None, said)
        linked.append(one)
    return linked


@value_class(frozen=True, slots=True)
class _Meant:
    """The places of a name, the kind that a noun in the name says, the id that the alias list gives."""

    places: tuple[Place, ...]
    kind: str | None = None
    known: str | None = None
    country: Place | None = None


_NOTHING = _Meant(())


@lru_cache(maxsize=16384)
def _meant(name: str) -> _Meant:
    words = fold(name).split()
    kind = None
    alias = names.alias_of(name, "LOC")
    found = gazetteer().get(" ".join(words), ())
    if len(words) > 1 and words[0] in _REGION | _CITY:
        kind = "region" if words[0] in _REGION else "city"
        if not found:
            found = gazetteer().get(" ".join(words[1:]), ())
            alias = alias or names.alias_of(" ".join(words[1:]), "LOC")
    known = alias.entity if alias is not None else None
    if known and not any(place.entity == known for place in found):
        return _NOTHING  # what is known of that name is not among them: nothing here speaks for another
    return _Meant(found, kind, known, next((place for place in found if place.kind == "country"), None))


def _countries(options: Sequence[_Meant]) -> tuple[set[str], set[str]]:
    """Countries that the text names, and countries in which places it names surely lie."""
    named = {meant.country.country for meant in options if meant.country is not None}
    around = {meant.places[0].country for meant in options if len({place.country for place in meant.places}) == 1}
    return named, around


def _choose(text: str, mention: Mention, meant: _Meant, named: set[str], around: set[str]) -> tuple[Place | None, str]:
    kind = meant.kind or (_noun_before(text, mention.start) if len(meant.places) > 1 else None)
    if meant.country is not None and not any(place.kind == kind for place in meant.places):
        return meant.country, "the country of that name"
    if len(meant.places) == 1:
        return meant.places[0], "the only place of that name in the gazetteer"
    of_kind = [place for place in meant.places if place.kind == kind] if meant.country is not None else meant.places
    scores: dict[str, float] = defaultdict(float)
    for place in of_kind:
        score = _HOME * (place.country in NEAR) + _KNOWN * (meant.known == place.entity)
        score += _NAMED * (place.country in named) + _NEIGHBOURS * (place.country in around)
        scores[place.country] = max(scores[place.country], score)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < _ENOUGH:
        return None, f"it may be in {' or '.join(ranked[:3])}, and the text does not say"
    there = [place for place in of_kind if place.country == ranked[0]]
    chosen = min(
        there,
        key=lambda place: (
            bool(kind) and place.kind != kind, place.entity != meant.known, place.kind != "city", place.entity,
        ),
    )  # fmt: skip
    why = [f"the {chosen.kind} in {chosen.country}"]
    if len(ranked) > 1:
        if any(place.entity == meant.known for place in there):
            why.append("the best known of that name")
        elif ranked[0] in named:
            why.append("the text names that country")
        elif ranked[0] in around:
            why.append("the text names other places there")
        else:
            why.append("the only one of that name in an Arab country")
    if kind == chosen.kind and len(meant.places) > 1:
        why.append(f"said to be a {kind}")
    return chosen, ", ".join(why)


def is_open(name: str) -> bool:
    """Whether a name may mean places of several countries, none of which is known best: only a text can say which."""
    meant = _meant(name)
    return (
        meant.country is None
        and not any(place.entity == meant.known for place in meant.places)
        and len({place.country for place in meant.places}) > 1
    )


def _noun_before(text: str, start: int) -> str | None:
    before = text[max(0, start - 12) : start]
    if not before.endswith(" "):
        return None
    words = before.split()
    if not words:
        return None
    noun = fold(words[-1])
    found = {noun, bare(noun)}
    return "region" if found & _REGION else "city" if found & _CITY else None
