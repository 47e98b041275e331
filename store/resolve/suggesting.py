"""Which two entities of a corpus may be one, how likely, and why in words. Pure: names and counts in, a judgement out.

What links names by itself (`store.resolve.names`) asks for certainty; what is left apart may still be one thing: a
foreign name in two spellings, a name with a space more, one that is a place in one article and an organisation in
another, a surname that several people have. A person decides; so what is suggested first must mostly be right. Scores
are log odds, added up: what the names have in common, then what the corpus says of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from math import exp, log
from typing import Literal

from store.models import MentionType
from store.resolve.names import is_enough, matches_full
from store.resolve.spelt import bare, foreign, is_word, latin_cost, strange, variant, words_of
from store.text.fold import fold
from store.text.latin import plain
from store.text.latin_names import known, parts
from store.values import value_class

ReasonKind = Literal[
    "linked", "kind", "space", "article", "sound", "vowels", "double", "ending", "dots", "swapped", "short", "latin",
    "companions", "never-together", "side-by-side", "same-sentence",
]  # fmt: skip

REASONS: dict[ReasonKind, str] = {
    "linked": "the same known thing, {0}",
    "kind": "the same name, {0} in some articles and {1} in others",
    "space": "the same letters, with a space or hyphen more",
    "article": "the same name with and without the article",
    "sound": "letters of one sound: {0}, {1}",
    "vowels": "a foreign name with other vowels: {0}, {1}",
    "double": "a letter written twice: {0}, {1}",
    "ending": "another ending of one name: {0}, {1}",
    "dots": "the same letters but for the dots of one: {0}, {1}",
    "swapped": "two letters the other way round: {0}, {1}",
    "short": "{0} may be short for {1}",
    "latin": "{0} in Arabic letters may be {1}",
    "companions": "named along with the same: {0}",
    "never-together": "no article names both",
    "side-by-side": "but named side by side, as two",
    "same-sentence": "but named in one sentence",
}
"""What is said of each reason; the interface says the same in its language."""


@value_class(frozen=True, slots=True)
class Reason:
    """Why two entities may be one, or may not: what is said, and what it is said of."""

    kind: ReasonKind
    about: tuple[str, ...] = ()

    def words(self) -> str:
        """The reason in English."""
        return REASONS[self.kind].format(*self.about)


@value_class(frozen=True, slots=True)
class Named:
    """An entity by its names."""

    type: MentionType
    names: tuple[str, ...]
    """As texts have them, the most usual first."""
    articles: int
    linked: frozenset[str] = frozenset()
    """The Wikidata ids of its names."""


@value_class(frozen=True, slots=True)
class Together:
    """What a corpus says of two entities beside their names."""

    shared: int = 0
    """Articles that name both."""
    alike: float = 0.0
    """How alike those are that the two are named along with, 0 to 1."""
    known: float = 0.0
    """How much is known of those, 0 to 1: of an entity in one article little is."""
    side_by_side: bool = False
    """Whether a text names one right after the other, with "and" or a comma between them."""
    same_sentence: bool = False
    companions: tuple[str, ...] = ()
    """Names of some that both are named along with."""


@value_class(frozen=True, slots=True)
class Judgement:
    """How likely two entities are one (log odds), and why."""

    odds: float
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def score(self) -> float:
        """The likelihood, 0 to 1."""
        return 1 / (1 + exp(-self.odds))


_USUAL = 0.55
"""What a Latin spelling costs at most that is as good as any, as a share of what is taken for a fit at all."""
LEAST = 0.5
"""The score from which on a pair is worth asking about."""

_BASE: dict[ReasonKind, float] = {
    "linked": 3.0, "kind": 0.6, "space": 3.0, "article": 1.2, "sound": 1.6, "vowels": 0.8, "double": 1.4,
    "ending": 1.0, "dots": 1.2, "swapped": 0.8, "short": -0.3, "latin": 1.0,
}  # fmt: skip
_SLIPS: frozenset[ReasonKind] = frozenset(("dots", "swapped"))
_FATHER = frozenset(("بن", "ابن", "بنت"))
# A part of a place, or another beside it.
_DIRECTIONS = frozenset(
    f"ال{side}{end}" for side in ("شمالي", "جنوبي", "شرقي", "غربي", "كبري", "صغري", "عليا", "سفلي") for end in ("", "ه")
)
# Nouns without which the name of a place is mostly that of another.
_OTHER_THINGS = frozenset(("مخيم", "مطار", "ميناء", "سجن", "قاعده", "جامعه", "نهر", "بحر", "خليج", "مضيق", "جبل", "سد"))


def judge_names(one: Named, other: Named) -> Judgement | None:
    """What the names of two entities say; None where they have nothing in common that one would go by."""
    best: Judgement | None = None
    if shared := sorted(one.linked & other.linked):
        best = Judgement(_BASE["linked"], (Reason("linked", (shared[0],)),))
    elif one.linked and other.linked:
        return None
    for name in one.names:
        for another in other.names:
            found = _judge(name, one.type, another, other.type)
            if found is not None and (best is None or found.odds > best.odds):
                best = found
    return best


def weigh(judged: Judgement, together: Together, rivals: int = 0) -> Judgement:
    """What the names say and what the corpus says, put together.

    `rivals` is how many others the shorter of the two names may be short for, or how many have the word that one of
    them may have by a slip.
    """
    odds, reasons = judged.odds, list(judged.reasons)
    short = judged.reasons[0].kind in ("short", "latin", "linked")
    if rivals:
        odds -= log(1 + rivals)
    most = 1.5 if short else 2.4
    odds += together.known * max(-0.9, min(most, 6 * (together.alike - 0.15)))
    if together.companions and together.alike >= 0.15:
        reasons.append(Reason("companions", ("، ".join(together.companions),)))
    if together.side_by_side:
        odds -= 3.5
        reasons.append(Reason("side-by-side"))
    elif together.same_sentence:
        odds -= 0.5 if short else 1.5
        reasons.append(Reason("same-sentence"))
    elif not together.shared and together.known > 0.5 and not short:
        odds += 0.3
        reasons.append(Reason("never-together"))
    return Judgement(odds, tuple(reasons))


def is_slip(reason: Reason) -> bool:
    """Whether a reason is that a word of one name may be a slip: many have the word where it is none."""
    return reason.kind in _SLIPS


def is_short(reason: Reason) -> bool:
    """Whether a reason is that one name is the other without some words, of which there may be several."""
    return reason.kind == "short"


def _judge(one: str, type_: MentionType, other: str, another: MentionType) -> Judgement | None:
    few, many = words_of(one), words_of(other)
    if not few or not many:
        return None
    if few[0].isascii() != many[0].isascii():
        latin, arabic = (one, other) if few[0].isascii() else (other, one)
        return _in_letters(latin, arabic) if type_ == another else None
    if few == many:
        # what is a person in one article and a place in another has its name from the other, mostly
        if type_ == another or ("PER" in (type_, another) and len(few) == 1):
            return None
        odds = _BASE["kind"] + 0.4 * (len(few) - 1)
        if len(few) == 1 and (is_word(few[0]) or len(few[0]) < 4):
            odds -= 0.8
        return Judgement(odds, (Reason("kind", (type_, another)),))
    if type_ != another:
        return None
    if "".join(few) == "".join(many):
        return Judgement(_BASE["space"], (Reason("space"),))
    spelt = _spelling(few, many, type_)
    return spelt or _shortened(one, few, other, many, type_)


def _spelling(few: Sequence[str], many: Sequence[str], type_: MentionType) -> Judgement | None:
    """Two names whose words are the same but for how they are spelt."""
    if len(few) != len(many):
        return None
    odds, same = 0.0, 0.0
    reasons: list[Reason] = []
    for one, other in zip(few, many, strict=True):
        if one == other:
            # that both are called أحمد says little
            same += 0.4 if type_ == "PER" and is_word(one) else 1.0
            continue
        kind = variant(one, other)
        # a word alone, or with another that is written otherwise, is another word
        if kind is None or (kind in _SLIPS and (len(few) == 1 or reasons)) or (reasons and is_slip(reasons[-1])):
            return None
        odds += _BASE[kind] if not reasons else -0.4
        if kind == "vowels":
            odds -= 0.7 * (strange(bare(one), bare(other)) - 1)
        elif kind == "article" and (one == few[0] or one == few[-1]) and all(is_word(bare(word)) for word in few):
            odds -= 1.2  # a jury and the jury
        reasons.append(Reason(kind, (one, other)) if kind != "article" else Reason(kind))
    if type_ == "PER":
        # one word alone is a name that many have; two that agree make it the same person's
        odds += 0.8 * min(2.0, same) if same else -1.0
        odds -= 1.5 * sum(reason.kind == "article" for reason in reasons)
    else:
        odds += 0.4 * min(2.0, same)
    return Judgement(odds, tuple(reasons))


def _shortened(one: str, few: Sequence[str], other: str, many: Sequence[str], type_: MentionType) -> Judgement | None:
    """One name that may be short for the other."""
    if len(few) > len(many):
        one, few, other, many = other, many, one, few
    if len(few) == len(many) or not matches_full(one, other, type_):
        return None
    odds = _BASE["short"]
    if type_ == "PER":
        odds += 0.9 * (len(few) - 1)
        if len(few) == 1 and not foreign(few[0]):
            odds -= 0.8
        if len(few) > 1 and many[: len(few)] != tuple(few):
            # the son of somebody else, or the father of that name
            odds -= 2.5 * (few[1] in _FATHER or few[0] != many[0])
        elif len(few) == 3 and few[1] in _FATHER:
            odds -= 0.8  # without a family's name there are many of them
    else:
        odds += 0.6 * (len(few) - 1)
        # a camp is not the town, an army's radio is not the army
        if few[-1] == many[-1] and (many[0] in _OTHER_THINGS or not is_enough(one, other, type_)):
            odds -= 1.5
        if not _DIRECTIONS.isdisjoint(many[len(few) :]):
            odds -= 2.0
    return Judgement(odds, (Reason("short", (one, other)),))


def _in_letters(latin: str, arabic: str) -> Judgement | None:
    """A name in Latin letters and one in Arabic ones that may be how it is written, part by part."""
    asked, words = parts(latin), [bare(word) for word in words_of(arabic)]
    reason = Reason("latin", (latin, arabic))
    if fold(arabic) in map(fold, known(plain(latin).split())):
        return Judgement(_BASE["space"], (reason,))
    if not asked or len(asked) != len(words):
        return None
    odds = _BASE["latin"] + 0.8 * min(2, len(words) - 1)
    for part, word in zip(asked, words, strict=True):
        cost = latin_cost(part.latin, bool(part.article), word)
        if cost is None:
            return None
        odds -= 2.0 * max(0.0, cost - _USUAL) / len(words)
    return Judgement(odds, (reason,))
