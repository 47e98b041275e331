"""From mentions to entities: which names of a text, and of a corpus, are names of one thing.

Links are made only where one candidate is left, and each carries its reason in words. What a name is also called
comes from `data/aliases.tsv`; the rest is the form of names: surnames, names without their middle parts, spelling
variants of one sound, names without the noun before them (وزارة الخارجية / الخارجية).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import get_args

from store.models import Mention, MentionType
from store.text.fold import fold
from store.values import value_class

_WORD = re.compile(r"\w+")
# Spellings that newspapers do not agree on, after folding.
_VARIANTS = (("اميرك", "امريك"), ("ديموقراط", "ديمقراط"), ("سوفييت", "سوفيت"), ("سوفيات", "سوفيت"), ("جوجل", "غوغل"))
# Letters that stand for one foreign sound: g, hard and soft.
_SOUNDS = str.maketrans({"غ": "ك", "ج": "ك", "ق": "ك", "ط": "ت", "ص": "س", "ث": "س", "ذ": "ز"})
_JOINED = frozenset(("عبد", "ابو", "ابي", "ابا", "بن", "ابن", "ام", "ال", "بنت", "ذو", "فان", "فون", "دي", "دا", "بو"))
_FATHER = frozenset(("بن", "ابن", "بنت"))
_NISBA = re.compile(r"ال\w+يه?$")


@value_class(frozen=True, slots=True)
class Alias:
    """A row of the alias list; `spellings` begin with the usual name, `~` marks those that need a context."""

    type: MentionType
    name: str
    entity: str | None
    spellings: tuple[str, ...]


def variant(folded: str) -> str:
    """A folded word in the one of its usual spellings that stands for all (اميركي, امريكي)."""
    for one, other in _VARIANTS:
        if one in folded:
            folded = folded.replace(one, other)
    return folded


def words_of(folded: str) -> list[str]:
    """The words of a folded name."""
    return _WORD.findall(folded)


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def aliases() -> tuple[Alias, ...]:
    """The alias list, read once."""
    found = []
    types: dict[str, MentionType] = {one: one for one in get_args(MentionType)}
    for row in _rows("aliases.tsv"):
        type_, name, entity, others = [*row, "", ""][:4]
        if type_ not in types:
            raise ValueError(f"aliases.tsv: unknown type {type_!r} of {name!r}")
        spellings = (name, *(part for part in others.split("|") if part))
        found.append(Alias(types[type_], name.lstrip("~"), entity or None, spellings))
    return tuple(found)


@cache
def _by_key() -> dict[tuple[str, MentionType], Alias]:
    index: dict[tuple[str, MentionType], Alias] = {}
    for alias in aliases():
        for spelling in alias.spellings:
            index.setdefault((_key(spelling.lstrip("~"), alias.type), alias.type), alias)
    return index


@cache
def _heads() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(map(fold, row[1].split())) for row in _rows("heads.txt")}


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded and with one spelling of each; عبد الله is one word, as عبدالله is."""
    joined: list[str] = []
    for word in words_of(fold(name)):
        if joined and joined[-1] == "عبد":
            joined[-1] += word
        else:
            joined.append(variant(word))
    return tuple(joined)


def _key(name: str, type_: MentionType) -> str:
    return " ".join(_words(name))


def alias_of(name: str, type_: MentionType) -> Alias | None:
    """The row of the alias list that has `name` among its spellings."""
    return _by_key().get((_key(name, type_), type_))


def corpus_key(name: str, type: MentionType) -> str:
    """The key under which entities of one type are one across a corpus: folded, one spelling, aliases resolved.

    >>> corpus_key("القوات الجوية الأميركية", "ORG") == corpus_key("القوات الجوية الأمريكية", "ORG")
    True
    """
    alias = alias_of(name, type)
    return _key(alias.name if alias else name, type)


def is_short(name: str, type: MentionType) -> bool:
    """Whether `name` may be the short form of a longer one: a lone surname, an organisation without its noun."""
    words = _words(name)
    if not words or alias_of(name, type) is not None:
        return False
    if type == "PER":
        return len(_parts(words)) == 1
    if type == "ORG":
        return words[0].startswith("ال") and words[0] not in _heads()["ORG"]
    return False


def matches_full(short: str, full: str, type: MentionType) -> str | None:
    """Why `short` is a short form of `full`, in words; None when its form does not say so."""
    few, many = _words(short), _words(full)
    if not few or few == many:
        return None
    if type == "PER":
        return _person_reason(_parts(few), _parts(many))
    if len(many) == len(few) + 1 and many[1:] == few and many[0] in _heads().get(type, ()):
        return f"the same name without {full.split()[0]}"
    if (
        type in ("ORG", "LOC")
        and len(few) >= 2
        and many[: len(few)] == few
        and all(map(_NISBA.match, many[len(few) :]))
    ):
        return "the same name without the adjective that ends it"
    return None


def is_enough(short: str, full: str, type: MentionType) -> bool:
    """Whether what `matches_full` says of two names is enough to make them one though different articles give them.

    Not enough: a surname in another spelling unless it is that of someone in the alias list, a name where only one has
    the article (علي, العلي), the last parts or the beginning of a longer name (محمد نور of عبدالقادر محمد نور), an
    organisation without a noun that changes what it is (قيادة القوات, حركة المقاومة).
    """
    few, many = _words(short), _words(full)
    if type == "PER":
        short_parts, full_parts = _parts(few), _parts(many)
        if len(short_parts) == 1:
            if short_parts[0] == full_parts[-1]:
                return True
            if alias_of(full, type) is None:
                return False
        pairs = [(short_parts[-1], full_parts[-1])]
        if len(short_parts) > 1:
            pairs.append((short_parts[0], full_parts[0]))
        if len(short_parts) == len(full_parts):
            pairs = list(zip(short_parts, full_parts, strict=True))
        return all(_same(one, other) and one.startswith("ال") == other.startswith("ال") for one, other in pairs)
    return type != "ORG" or many[0] in _heads()["ACROSS"]


def lacks_middle(short: str, full: str) -> bool:
    """Whether a person's name of two parts or more is another without parts in its middle."""
    return 1 < len(_parts(_words(short))) < len(_parts(_words(full)))


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded: particles joined to what follows them (بن غفير, أبو الغيط)."""
    return _parts(_words(name))


@lru_cache(maxsize=65536)
def _parts(words: tuple[str, ...]) -> tuple[str, ...]:
    parts: list[str] = []
    held = ""
    for word in words:
        if word in _JOINED:
            held += word + " "
        else:
            parts.append(held + word)
            held = ""
    if held:
        parts.append(held.strip())
    return tuple(parts)


@lru_cache(maxsize=65536)
def sound_of(part: str) -> str:
    """A part of a name with the letters of one sound made one; parts of fewer than five letters stay as they are."""
    bare = part[2:] if part.startswith("ال") and len(part) > 4 else part
    if len(bare) < 5:
        return bare
    heard = re.sub(r"(.)\1+", r"\1", bare.translate(_SOUNDS))
    return heard[:-1] if heard[-1] in "اهيو" and len(heard) > 4 else heard


def _same(one: str, other: str) -> bool:
    return one == other or sound_of(one) == sound_of(other)


def _person_reason(few: tuple[str, ...], many: tuple[str, ...]) -> str | None:
    if len(few) > len(many) or len(many) < 2:
        return None
    if len(few) == len(many):
        return "a spelling variant of the same name" if all(map(_same, few, many)) else None
    exact = few[-1] == many[-1]
    if len(few) == 1:
        if not _same(few[0], many[-1]):
            return None
        return "the surname of that name" if exact else "a spelling of the surname of that name"
    if _same(few[0], many[0]) and _subsequence(few, many):
        if _same(few[-1], many[-1]):
            return "the same name without its middle part"
        if many[len(few) - 1] == few[-1] and any(part.split()[0] in _FATHER | {"ال"} for part in many[1:]):
            return "the beginning of that name"
    if len(few) >= 2 and all(map(_same, few, many[-len(few) :])):
        return "the last parts of that name"
    return None


def _subsequence(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(any(_same(part, other) for other in rest) for part in few)


@dataclass(slots=True)
class _Entity:
    """The mentions of one text that share a key."""

    type: MentionType
    words: tuple[str, ...]
    name: str
    entity: str | None
    count: int
    known: bool
    reason: str = ""
    into: _Entity | None = None

    def root(self) -> _Entity:
        found = self
        while found.into is not None:
            found = found.into
        return found


def link(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of one text with `name`, `entity` and `reason` filled in.

    `mention.name` must hold the name as it reads without proclitics (لبيت الأبيض has البيت الأبيض), `entity` an
    identifier the recogniser knows, or None. Order is kept.
    """
    found = list(mentions)
    keys = [(mention.type, _key(mention.name, mention.type)) for mention in found]
    groups: dict[tuple[MentionType, str], list[Mention]] = defaultdict(list)
    for key, mention in zip(keys, found, strict=True):
        groups[key].append(mention)
    entities = {key: _group(key[0], members) for key, members in groups.items()}
    _bracketed(text, found, entities)
    _shorten(entities)
    linked = []
    for key, mention in zip(keys, found, strict=True):
        own = entities[key]
        root = own.root()
        reason = own.reason if root is not own or own.name != mention.name else ""
        if (root.name, root.entity, reason) != (mention.name, mention.entity, mention.reason):
            mention = mention.known_as(root.name, root.entity, reason)
        linked.append(mention)
    return linked


def _group(type_: MentionType, members: list[Mention]) -> _Entity:
    usual = members[0].name
    if len(members) > 1:
        usual = Counter(mention.name for mention in members).most_common(1)[0][0]
    alias = alias_of(usual, type_)
    words = _words(usual)
    if alias is None:
        entity = next((mention.entity for mention in members if mention.entity), None)
        return _Entity(type_, words, usual, entity, len(members), False)
    reason = "" if _words(alias.name) == words else "listed as another name of it"
    return _Entity(type_, words, alias.name, alias.entity, len(members), True, reason)


def _bracketed(text: str, mentions: Sequence[Mention], entities: dict[tuple[MentionType, str], _Entity]) -> None:
    """An organisation followed by another in brackets is called both: حلف شمال الأطلسي (الناتو)."""
    for one, other in pairwise(mentions):
        if (
            one.type == other.type == "ORG"
            and text[one.end : other.start].strip('"“”«» ') == "("
            and text[other.end : other.end + 2].lstrip('"”» ')[:1] == ")"
        ):
            long = entities["ORG", _key(one.name, "ORG")].root()
            short = entities["ORG", _key(other.name, "ORG")].root()
            if long is short or (long.known and short.known):
                continue
            into, own = (short, long) if short.known else (long, short)
            own.into, own.reason = into, "the text gives one name in brackets after the other"


def _shorten(entities: dict[tuple[MentionType, str], _Entity]) -> None:
    by_type: dict[MentionType, list[_Entity]] = defaultdict(list)
    for entity in entities.values():
        by_type[entity.type].append(entity)
    for type_, members in by_type.items():
        if len(members) == 1 or len(members) > 2000:
            continue
        index = _by_part(type_, members)
        for own in sorted(members, key=lambda entity: -len(entity.words)):
            if own.into is None:
                _attach(type_, own, index)


def _by_part(type_: MentionType, members: Sequence[_Entity]) -> dict[str, list[_Entity]]:
    """Candidates by what every short form of them must share with them."""
    index: dict[str, list[_Entity]] = defaultdict(list)
    for entity in members:
        parts = _parts(entity.words) if type_ == "PER" else entity.words
        for part in {sound_of(part) if type_ == "PER" else part for part in parts}:
            index[part].append(entity)
    return index


def _attach(type_: MentionType, own: _Entity, index: dict[str, list[_Entity]]) -> None:
    parts = _parts(own.words) if type_ == "PER" else own.words
    if not parts:
        return
    shared = index.get(sound_of(parts[-1]) if type_ == "PER" else parts[0], [])
    candidates: dict[str, tuple[_Entity, str]] = {}
    name = " ".join(own.words)
    for other in shared[:200]:
        if other is own or other.root() is own or len(other.words) < len(own.words):
            continue
        reason = matches_full(name, " ".join(other.words), type_) or _within_text(type_, own, other)
        if reason and not (len(other.words) == len(own.words) and (other.count, other.name) < (own.count, own.name)):
            candidates[other.root().name] = (other.root(), reason)
    if own.known and (own.entity is not None or type_ != "PER" or own.name in candidates):
        # What is generally known decides; a text outranks it only for the surname of someone not that well known.
        return
    if len(candidates) == 1:
        own.into, own.reason = next(iter(candidates.values()))


def _within_text(type_: MentionType, own: _Entity, other: _Entity) -> str | None:
    """Short forms that say enough inside one text, though not across a corpus."""
    if type_ == "PER" and len(_parts(own.words)) == 1 and own.words == other.words[: len(own.words)]:
        return "the first name of the only person so called in the text"
    if type_ == "ORG" and len(own.words) >= 2 and other.words[: len(own.words)] == own.words:
        return "the beginning of the only longer name in the text"
    return None
