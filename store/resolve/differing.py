"""Statements that differ, two by two: what one says and another denies, and two numbers for one thing.

Each pair is a question to whoever reads it, never a verdict: most of what is said otherwise is said of something else.
So pairs are few. Either the text itself sets the two against each other (a denial that names what it denies, two
sources in one sentence with "while" between them), or so many rare words are common that little else can be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from store.resolve import apart
from store.resolve.claimed import claimed, rules_out
from store.resolve.heard import Heard, Statement, Utterance, is_a, stems, where, word_sets
from store.resolve.pairing import Pair, listed, side, weigh
from store.resolve.stems import weight
from store.spoken import DifferingRule
from store.values import value_class

_FOCUS, _CORE, _LEAD = 12, 4, 6
"""Words of a denial that say what is denied, those right behind the negation, those that may stand before it."""
_NEAR, _BESIDE = 2, 1
"""Sentences from one statement to another that is near it, and beside it."""
_DAYS = 1
"""Days from one article to another that may tell the same."""
_COMMON = 1.5
"""A stem that says less than that is common to too much."""


def pairs(articles: Sequence[Heard]) -> list[Pair]:
    """What differs within some articles and between them, the likeliest first; of a story each once.

    Linear in the statements, but for those of the same days that share rare words.
    """
    found = [pair for each in articles for pair in _within(each)]
    found += _between(articles)
    return _each_once(found)


def _within(heard: Heard) -> Iterator[Pair]:
    for one in heard.utterances:
        if one.said.kind == "denied":
            yield from claimed(one)
        denial = _denied(one)
        if denial is None:
            continue
        best = max((_against(one, denial, other) for other in heard.utterances), key=_score, default=None)
        if best is not None:
            yield best
    yield from apart.within(heard)


def _score(pair: Pair | None) -> float:
    return -1.0 if pair is None else pair.score


# -- one denies, another says ---------------------------------------------------------------------------------


@value_class(frozen=True, slots=True)
class _Denial:
    """What a statement denies."""

    focus: frozenset[str]
    """Content words of what is denied, without those common to too much."""
    core: frozenset[str]
    """Those right behind the negation."""


def _denied(one: Utterance) -> _Denial | None:
    """What a statement denies; None where it denies nothing at its beginning."""
    forms = one.forms
    if one.said.kind == "denied":
        if not forms or forms[0].startswith("وال") or rules_out(one):
            return None
        return _denial(forms[:_FOCUS], forms[:_CORE])
    at = next((at for at in range(min(_LEAD + 1, len(forms))) if forms[at] in word_sets()["negation"][0]), None)
    if at is None or any(form in word_sets()["end"][0] for form in forms[:at]):
        return None
    behind = forms[at + 1 :]
    if not behind or behind[0] in word_sets()["no negation"][0]:
        return None
    if any(is_a("exception", form) for form in behind[:_FOCUS]):
        return None
    stop = next((n for n, form in enumerate(behind[1:_FOCUS], 1) if form in word_sets()["end"][0]), _FOCUS)
    return _denial((*forms[:at], *behind[:stop]), behind[:_CORE])


def _denial(focus: Sequence[str], core: Sequence[str]) -> _Denial | None:
    told = frozenset(stem for stem in stems(" ".join(focus)) if weight(stem) >= _COMMON)
    return _Denial(told, stems(" ".join(core))) if told else None


def _against(one: Utterance, denial: _Denial, other: Utterance) -> Pair | None:
    """A denial and what another says: near it with a word that sets them apart, or in words so like it that both must
    speak of one thing."""
    shared = denial.focus & other.stems
    if not shared or not _may_differ(one, other):
        return None
    said, heard = one.said, one.heard
    along = denial.focus & other.whole
    common, whole = weigh(shared), weigh(denial.focus)
    share, share_along = common / whole, weigh(along) / whole
    same = heard is other.heard
    far = abs(one.at - other.at) if same else 1000
    denies = said.kind == "denied"
    accused = other.said.kind == "accused" and said.who in other.names
    rule: DifferingRule
    if denies and accused and far <= 2 * _NEAR and common >= 2.5:
        rule, bonus = "denial", 14.0
    elif denies and far <= _NEAR and common >= 5 and share >= 0.3:
        rule, bonus = "denial", 8.0
    elif denies and same and common >= 8 and share >= 0.5:
        rule, bonus = "denial", 6.0
    elif denies and not same and common >= 9 and share >= 0.6 and len(one.names & other.names) >= 2:
        rule, bonus = "denial", 2.0
    elif denies:
        return None
    elif far <= _BESIDE and share_along >= 0.5 and _topical(denial.core & shared) and _set_apart(one, other):
        rule, bonus = "contrast", 12.0
    elif same and ((common >= 11 and share >= 0.7) or (common >= 16 and share >= 0.55)):
        rule, bonus = "contrast", 2.0
    else:
        return None
    score = bonus + common * share + weigh(along) * share_along / 2
    return Pair(side(one), side(other), rule, score, listed(shared))


def _may_differ(one: Utterance, other: Utterance) -> bool:
    """Whether two have speakers of two camps, and the other plainly asserts something outside the one."""
    said, them = one.said, other.said
    if them.who == said.who or them.kind in ("denied", "demanded", "asked") or _anaphoric(said) or _anaphoric(them):
        return False
    if one.heard is other.heard and said.start < them.end and them.start < said.end:
        return False
    beside = one.heard is other.heard and one.sentence == other.sentence
    if them.kind != "accused" and not beside and (them.who in one.around or said.who in other.around):
        return False  # a spokesman and the ministry that he speaks for
    if any(is_a("any negation", form) for form in other.forms):
        return False
    # words run together: "بلادهلن تسمح" denies as well
    forms = one.forms
    for at in where("negation", forms[: _LEAD + 1]):
        if at + 1 < len(forms) and f"{forms[at]} {forms[at + 1]}" in other.folded:
            return False
    return True


def _anaphoric(said: Statement) -> bool:
    """Whether a source without a name is one named before, as "the ministry", or none at all: it may be anybody."""
    who = said.who
    return isinstance(who, str) and (who.startswith("ال") or len(who.split(" ")) > 5 or not who[:1].isalpha())


def _topical(shared: Iterable[str]) -> bool:
    return max((weight(stem) for stem in shared), default=0.0) >= 3


def _set_apart(one: Utterance, other: Utterance) -> bool:
    """Whether a word between two statements of an article sets the later against the earlier."""
    first, last = sorted((one, other), key=lambda each: each.said.start)
    between = [form for _, _, form in one.heard.words(first.said.end, last.said.start)]
    return any(True for _ in where("contrast", between))


# -- between articles -----------------------------------------------------------------------------------------


def _between(articles: Sequence[Heard]) -> Iterator[Pair]:
    """Denials and numbers of articles of the same days."""
    dated = [each for each in articles if each.day is not None]
    yield from _denials_between(dated)
    yield from apart.between(dated)


def _denials_between(articles: Sequence[Heard]) -> Iterator[Pair]:
    by_stem: dict[str, list[Utterance]] = defaultdict(list)
    for each in articles:
        for one in each.utterances:
            for stem in one.stems:
                if weight(stem) >= 4:
                    by_stem[stem].append(one)
    for each in articles:
        for one in each.utterances:
            denial = _denied(one) if one.said.kind == "denied" else None
            if denial is None:
                continue
            others = {
                id(other): other
                for stem in denial.focus
                for other in by_stem.get(stem, ())
                if other.heard is not each and abs((other.heard.day or 0) - (each.day or 0)) <= _DAYS
            }
            best = max((_against(one, denial, other) for other in others.values()), key=_score, default=None)
            if best is not None:
                yield best


def _each_once(found: Iterable[Pair]) -> list[Pair]:
    """The likeliest first; of those of one story or day in which the same differ about the same, the first."""
    known: set[tuple[object, ...]] = set()
    kept = []
    order = sorted(found, key=lambda each: (-each.score, each.one.heard.article, each.one.span, each.other.span))
    for pair in order:
        sides = (pair.one, pair.other)
        if pair.one.number is not None:
            numbers = tuple(sorted((side.number.low, side.number.high) for side in sides if side.number is not None))
            keys: list[tuple[object, ...]] = [(pair.one.number.unit, numbers)]
        else:
            who = pair.one.who
            keys = [(who, pair.one.heard.day, stem) for stem in pair.shared[:1]]
            keys += [(who, pair.one.heard.story, pair.other.who), (who, pair.one.heard.article, pair.one.span)]
            keys += [(pair.one.heard.story, pair.other.who, stem) for stem in pair.shared[:2]]
        if any(key in known for key in keys):
            continue
        known.update(keys)
        kept.append(pair)
    return kept
