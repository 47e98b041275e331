"""The word lists of the recogniser, read once from `data/` and the alias list.

Every list is a text file that can be extended by hand; lines that begin with `#` are comments, a `~` before a word
says that it is an ordinary word as well and counts only in a context that calls for a name. Words are compared
folded (`store.text.fold`) and with the spelling variants of `store.resolve.names.variant` made one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final, Literal, get_args

from store.models import MentionType
from store.resolve import names
from store.text.fold import fold
from store.values import value_class

OrgKind = Literal["body", "media", "company", "school", "club", "party", "force", "misc"]


class Kind:
    """What the lists say of a word, as bits; a word may be several things.

    Plain integers and not an `IntFlag`: they are tested several times for every word of a text.
    """

    GIVEN: Final = 1
    GIVEN_WEAK: Final = 1 << 1
    FAMILY: Final = 1 << 2
    FAMILY_WEAK: Final = 1 << 3
    COMMON: Final = 1 << 4
    STOP: Final = 1 << 5
    NATIONALITY: Final = 1 << 6
    """A definite nationality adjective in the singular, as it stands after a definite noun."""
    NATION: Final = 1 << 7
    """Any other form of one: peoples, indefinite adjectives."""
    TITLE: Final = 1 << 8
    VERB: Final = 1 << 9
    FIELD: Final = 1 << 10
    IDAFA: Final = 1 << 11
    NAMING: Final = 1 << 12
    AFTER_LAM: Final = 1 << 13
    SHORT_FORM: Final = 1 << 14
    ORG_HEAD: Final = 1 << 15
    LOC_HEAD: Final = 1 << 16
    MISC_HEAD: Final = 1 << 17
    PLACE: Final = 1 << 18
    PLACE_WEAK: Final = 1 << 19
    PARTICLE: Final = 1 << 20
    FOREIGN: Final = 1 << 21
    """In no list, but its letters are those of a foreign name."""


@value_class(frozen=True, slots=True)
class Known:
    """A name of the alias list, the gazetteer or the list of bodies, by its words after the first."""

    rest: tuple[str, ...]
    type: MentionType
    source: Literal["alias", "place", "body"]
    free: bool
    """True when it is a name wherever it stands; False when it needs a context."""
    club: bool = False
    """True for a club's bare name (الهلال, برشلونة), which is that in a text on sport only."""


@value_class(frozen=True, slots=True)
class OrgHead:
    """A noun that begins the name of an organisation; see the head of `data/heads_org.tsv`."""

    strength: str
    nationality: bool
    adjectives: int
    kind: OrgKind


@value_class(frozen=True, slots=True)
class LocHead:
    """A noun before the name of a place; see the head of `data/heads_loc.tsv`."""

    inside: bool
    known: bool
    common: str
    person: bool
    many: bool


@dataclass(slots=True)
class Lexicon:
    """All lists, ready to look words up in."""

    kinds: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, list[Known]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    org_heads: dict[str, OrgHead] = field(default_factory=dict)
    loc_heads: dict[str, LocHead] = field(default_factory=dict)
    letters: dict[str, float] = field(default_factory=dict)
    guards: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def mark(self, word: str, kind: int) -> None:
        self.kinds[word] = self.kinds.get(word, 0) | kind


def _lines(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line


def _norm(word: str) -> str:
    return names.variant(fold(word))


@cache
def _sets() -> dict[str, frozenset[str]]:
    rows = (line.split("\t") for line in _lines("sets.tsv"))
    return {name: frozenset(map(_norm, words.split())) for name, words in rows}


def word_set(name: str) -> frozenset[str]:
    """The folded words of a row of `data/sets.tsv`."""
    return _sets()[name]


def _add_phrase(
    lexicon: Lexicon, name: str, type_: MentionType, source: Literal["alias", "place", "body"], club: bool = False
) -> None:
    free = not name.startswith("~")
    words = [names.variant(word) for word in names.words_of(fold(name.lstrip("~")))]
    if not words:
        return
    lexicon.phrases.setdefault(words[0], []).append(Known(tuple(words[1:]), type_, source, free, club))
    if type_ == "LOC" and len(words) == 1:
        lexicon.mark(words[0], Kind.PLACE if free else Kind.PLACE_WEAK)


def _load_names(lexicon: Lexicon) -> None:
    for file, strong, weak in (
        ("given.txt", Kind.GIVEN, Kind.GIVEN_WEAK),
        ("family.txt", Kind.FAMILY, Kind.FAMILY_WEAK),
    ):
        for word in _lines(file):
            if word[0] == "~":
                lexicon.mark(names.variant(word[1:]), weak)
            else:
                lexicon.mark(names.variant(word), strong)
    for line in _lines("common.txt"):
        lexicon.mark(names.variant(line), Kind.COMMON)
    for line in _lines("given_foreign.txt"):
        for word in fold(line).split():
            weak_here = lexicon.kinds.get(word, 0) & Kind.COMMON or len(word) < 3
            lexicon.mark(names.variant(word), Kind.GIVEN_WEAK if weak_here else Kind.GIVEN)


def _load_words(lexicon: Lexicon) -> None:
    for file, kind in (
        ("stop.txt", Kind.STOP),
        ("words.txt", Kind.COMMON),
        ("verbs.txt", Kind.VERB),
        ("heads_misc.txt", Kind.MISC_HEAD),
    ):
        for line in _lines(file):
            for word in line.split():
                lexicon.mark(_norm(word), kind)
    for word in word_set("particles"):
        lexicon.mark(word, Kind.PARTICLE)
    # على (on) keeps its dotless letter here (see tokens.py); what is left under علي is mostly the name.
    lexicon.mark("على", Kind.STOP)
    lexicon.kinds["علي"] = Kind.GIVEN_WEAK | Kind.FAMILY
    for line in _lines("fields.txt"):
        mark, rest = (line[0], line[1:]) if line[0] in "-+>=" else ("", line)
        for word in map(_norm, rest.split()):
            if mark == "+":
                for form in (word, word + "ه", "ال" + word, "ال" + word + "ه"):
                    lexicon.mark(form, Kind.NAMING)
            else:
                lexicon.mark(word, {"": Kind.FIELD, "-": Kind.IDAFA, ">": Kind.AFTER_LAM, "=": Kind.SHORT_FORM}[mark])
    for line in _lines("nationalities.txt"):
        word = _norm(line)
        for ending in ("", "ه", "ين", "ون", "ات", "ا", "ان", "تين"):
            lexicon.mark(word + ending, Kind.NATION)
            lexicon.mark("ال" + word + ending, Kind.NATIONALITY if ending in ("", "ه") else Kind.NATION)


def _load_tables(lexicon: Lexicon) -> None:
    for line in _lines("titles.tsv"):
        word, kind = line.split("\t")
        if " " not in word:
            lexicon.titles[_norm(word)] = kind
            lexicon.mark(_norm(word), Kind.TITLE)
    kinds: dict[str, OrgKind] = {one: one for one in get_args(OrgKind)}
    for line in _lines("heads_org.tsv"):
        word, strength, nationality, adjectives, kind = line.split("\t")
        if kind not in kinds:
            raise ValueError(f"heads_org.tsv: unknown kind {kind!r}")
        lexicon.org_heads[_norm(word)] = OrgHead(strength, nationality == "1", int(adjectives), kinds[kind])
        lexicon.mark(_norm(word), Kind.ORG_HEAD)
        lexicon.mark("ال" + _norm(word), Kind.ORG_HEAD)
    for line in _lines("heads_loc.tsv"):
        word, span, common, person = line.split("\t")
        lexicon.loc_heads[_norm(word)] = LocHead(
            span == "in", span == "known" or common == "k", common, person == "1", span == "list"
        )
        lexicon.mark(_norm(word), Kind.LOC_HEAD)
    for line in _lines("foreign.tsv"):
        letters, odds = line.split("\t")
        lexicon.letters[letters] = float(odds)
    for line in _lines("guards.tsv"):
        word, before, after = [*line.split("\t"), "", ""][:3]
        sides = [frozenset(_norm(part) for part in side.split("|") if part) for side in (before, after)]
        lexicon.guards[_norm(word)] = (sides[0], sides[1])


@cache
def lexicon() -> Lexicon:
    """The lists, loaded at the first call."""
    loaded = Lexicon()
    _load_names(loaded)
    _load_words(loaded)
    _load_tables(loaded)
    for line in _lines("bodies.txt"):
        _add_phrase(loaded, line, "ORG", "body")
    for alias in names.aliases():
        club = alias.type == "ORG" and alias.name.startswith(("نادي ", "النادي "))
        for spelling in alias.spellings:
            _add_phrase(loaded, spelling, alias.type, "alias", club and spelling.startswith("~"))
    for line in _lines("places.tsv"):
        _add_phrase(loaded, line.split("\t")[0], "LOC", "place")
    for word, kind in loaded.kinds.items():
        # روسيا is the country and not روسي in the accusative.
        if kind & Kind.PLACE and kind & Kind.NATION:
            loaded.kinds[word] = kind & ~Kind.NATION
    for candidates in loaded.phrases.values():
        candidates.sort(key=lambda known: (-len(known.rest), known.source != "alias"))
    return loaded


def kind_of(word: str) -> int:
    """The kinds of a folded word without proclitics, `COMMON` also for an inflected form of a common word."""
    kinds = lexicon().kinds
    known = kinds.get(word, 0)
    if word.startswith("عبد") and len(word) > 5:
        known |= Kind.GIVEN
    if not known & _NOT_INFLECTED and _inflected(word, kinds):
        known |= Kind.COMMON
    if not known and len(word) > 3 and _foreign(word):
        known = Kind.FOREIGN
    return known


_NOT_INFLECTED = Kind.COMMON | Kind.GIVEN | Kind.FAMILY | Kind.STOP
_COMMON = Kind.COMMON | Kind.STOP | Kind.VERB | Kind.FIELD

# Above this sum of log odds three in four foreign names and one in 150 Arabic words are found (held-out words).
_FOREIGN_ENOUGH = 6.0


def _foreign(word: str) -> bool:
    odds = lexicon().letters.get
    framed = f"^{word}$"
    return sum([odds(framed[at : at + 3], 0.5) for at in range(len(word))]) > _FOREIGN_ENOUGH


@cache
def _endings() -> dict[str, tuple[tuple[str, int], ...]]:
    """Endings a common word may take that its list does not: plurals, feminine, attached pronouns; by their last
    letter, with their lengths."""
    found: dict[str, list[tuple[str, int]]] = {}
    for ending in word_set("endings"):
        found.setdefault(ending[-1], []).append((ending, len(ending)))
    return {letter: tuple(endings) for letter, endings in found.items()}


def _inflected(word: str, kinds: dict[str, int]) -> bool:
    bare = word
    if word.startswith("ال") and len(word) > 4:
        bare = word[2:]
        if kinds.get(bare, 0) & _COMMON:
            return True
    if kinds.get("ال" + word, 0) & _COMMON:
        return True
    longest = len(bare) - _SHORTEST_STEM
    for ending, size in _endings().get(bare[-1:], ()):
        if size <= longest and bare.endswith(ending):
            stem = bare[:-size]
            if kinds.get(stem, 0) & _COMMON or kinds.get(stem + "ه", 0) & _COMMON:
                return True
    return False


_SHORTEST_STEM = 3
