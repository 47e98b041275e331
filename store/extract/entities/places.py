"""Names of places that a noun announces: محافظة إربد, قاعدة عين الأسد, مدينة غوما."""

from __future__ import annotations

from collections.abc import Iterator

from store.extract.entities import known, parts
from store.extract.entities.lexicon import Kind, LocHead, lexicon, word_set
from store.extract.entities.phrases import is_web, proper
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import COMMA, QUOTE, SPACE, Reading, Tokens, Word

_NEVER = Kind.STOP | Kind.VERB | Kind.NATIONALITY | Kind.NATION | Kind.TITLE | Kind.ORG_HEAD
# Adjectives that end the name of a place (مطار بغداد الدولي, حي الزيتون الغربي).
_DIRECTIONS = word_set("adjectives of places")
# Definite words that a noun of a place describes rather than names (منطقة الشرق..., ساحة المعركة).
_PLAIN = word_set("plain after a place noun")
_COMPASS = word_set("compass")
# First words of names of places that are plain nouns by themselves (عين الأسد, تل الهوى, كفر كلا).
_ELEMENTS = word_set("first words of places")
_BEFORE = word_set("before an unknown place")
_LONGEST_LIST = 40
_REGIONAL = word_set("regional nouns")


def find(tokens: Tokens) -> Iterator[Candidate]:
    """Every place announced by a noun."""
    yield from _quoted(tokens)
    heads = lexicon().loc_heads
    for index, word in enumerate(tokens.words):
        if (
            word.kind & Kind.FOREIGN
            and index
            and tokens.gaps[index] == SPACE
            and tokens.words[index - 1].form in _BEFORE
        ):
            yield from _foreign(tokens, index)
        if not word.kinds & Kind.LOC_HEAD:
            continue
        for reading in word.readings:
            head = heads.get(reading.base)
            if head is not None and not (reading.base == "طريق" and index and tokens.words[index - 1].form == "عن"):
                yield from _after(tokens, index, reading, head)
                break


def _foreign(tokens: Tokens, index: int) -> Iterator[Candidate]:
    """A word of foreign letters after في or a direction (في ناشفيل, شمال غوما)."""
    if not tokens.words[index].form.isalpha() or _clitic(tokens.words[index], tokens.words[index].readings[0]):
        return
    end = index + 1
    while end < index + 3 and tokens.near(end) and tokens.words[end].kind & Kind.FOREIGN and _continues(tokens, end):
        end += 1
    yield candidate(tokens, index, end, "LOC", "foreign word after في", 0.58)


def _after(tokens: Tokens, index: int, reading: Reading, head: LocHead) -> Iterator[Candidate]:
    first = index + 1
    if first >= len(tokens.words):
        return
    if head.many:
        yield from _list(tokens, first, reading.base.endswith("تي") or reading.base == "مخيمي")
        return
    if tokens.gaps[first] == QUOTE and first in tokens.quoted:
        quoted = tokens.quoted[first]
        site = reading.base != "موقع" or not is_web(tokens, index, quoted.end)
        if quoted.end - first <= 3 and not _plain(tokens.words[first]) and site:
            if head.inside:
                yield candidate(
                    tokens, index, quoted.end, "LOC", "place noun and quotes", 0.75, reading.skip, quoted.stop
                )
            elif quoted.end - first <= 2:
                yield candidate(tokens, first, quoted.end, "LOC", "place noun before quotes", 0.6)
        return
    if tokens.gaps[first] != SPACE:
        return
    found = _name(tokens, first, head, reading.base)
    if found is None:
        return
    end, score = found
    if head.inside:
        yield candidate(tokens, index, end, "LOC", "place noun", score, reading.skip)
    else:
        yield candidate(tokens, first, end, "LOC", "after a place noun", score - 0.1)


def _name(tokens: Tokens, first: int, head: LocHead, noun: str) -> tuple[int, float] | None:
    """The end of the proper name that begins at `first`, and how sure it is."""
    word = tokens.words[first]
    best: tuple[int, float] | None = None
    if word.form in _COMPASS and noun in _REGIONAL and tokens.near(first + 1):
        return _name(tokens, first + 1, head, "")
    found = known.longest(tokens, first, word.readings[0], free=False)
    if found is not None and found[0].type == "LOC":
        best = found[1], 0.9
    if head.person:
        person = parts.announced(tokens, first)
        if person is not None and (best is None or person > best[0]):
            best = person, 0.8
    inner = lexicon().loc_heads.get(word.form)
    if (
        best is None
        and inner is not None
        and inner.inside
        and head.inside
        and tokens.near(first + 1)
        and noun not in _REGIONAL
    ):
        deeper = _name(tokens, first + 1, inner, word.form)
        if deeper is not None:
            best = deeper
    if best is None and not head.known:
        best = _unknown(tokens, first, head, noun)
    if best is None:
        return None
    end, score = best
    while head.inside and tokens.near(end) and tokens.words[end].form in _DIRECTIONS:
        end += 1
    return end, score


def _list(tokens: Tokens, first: int, pair: bool) -> Iterator[Candidate]:
    """Places one after the other behind a plural (في مناطق المنية، زغرتا، وبعلبك) or a dual."""
    at = first
    while at < min(len(tokens.words), first + _LONGEST_LIST) and tokens.gaps[at] in (SPACE, COMMA, QUOTE):
        word = tokens.words[at]
        conjoined = word.form.startswith("و") and len(word.readings) > 1
        if at == first and (tokens.gaps[at] == COMMA or conjoined):
            return
        joined = at > first and tokens.gaps[at] == SPACE
        if joined and not conjoined:
            return
        reading = word.readings[1 if at > first and conjoined and not word.readings[0].known else 0]
        found = known.longest(tokens, at, reading, free=False)
        if found is not None and found[0].type == "LOC":
            yield candidate(tokens, at, found[1], "LOC", "list of places", 0.85, reading.skip)
            at = found[1]
            continue
        if pair and joined and not reading.kind & (Kind.STOP | Kind.VERB) and not parts.verbal(reading.base):
            # بلدتي كفركلا والخيام: a pair has a second member, whatever word it is.
            yield candidate(tokens, at, at + 1, "LOC", "list of places", 0.6, reading.skip)
            return
        never = _NEVER | Kind.COMMON | Kind.FIELD | Kind.NAMING | Kind.GIVEN | Kind.LOC_HEAD
        if reading.kind & never or reading.base in _PLAIN or parts.verbal(reading.base):
            return
        listed = reading.kind & (Kind.FOREIGN | Kind.PLACE_WEAK | Kind.FAMILY) or reading.base.startswith("ال")
        if reading.base.endswith(("ه", "اء")) and not listed:
            # An adjective in the feminine (مناطق نائية).
            return
        if not reading.base.isalpha() or len(reading.base) < 3 or _clitic(word, reading):
            return
        end = at + 1
        while end < at + 3 and tokens.near(end) and _continues(tokens, end):
            end += 1
        yield candidate(tokens, at, end, "LOC", "list of places", 0.6, reading.skip)
        at = end


def _quoted(tokens: Tokens) -> Iterator[Candidate]:
    """Unknown names in quotes after في, and those that و joins to them: في "كفار بلوم" و"زرعيت"."""
    joined = -1
    for first, quoted in tokens.quoted.items():
        if first == 0 or quoted.end - first > 2 or tokens.gaps[first] != QUOTE:
            continue
        before = tokens.words[first - 1].form
        if before not in ("في", "وفي") and not (before == "و" and joined == first - 1):
            continue
        words = tokens.words[first : quoted.end]
        if all(proper(word) and not word.form.isascii() and not word.readings[0].known for word in words):
            yield candidate(tokens, first, quoted.end, "LOC", "in quotes after في", 0.55)
            joined = quoted.end


def _clitic(word: Word, reading: Reading) -> bool:
    """Whether an unknown reading hides a known word behind one more proclitic (بشمال)."""
    never = Kind.COMMON | Kind.STOP | Kind.VERB | Kind.FIELD | Kind.NAMING
    return (
        any(other.kind & never for other in word.readings if other.skip > reading.skip)
        and not reading.kind & Kind.PLACE_WEAK
    )


def _plain(word: Word) -> bool:
    return bool(word.kind & _NEVER) or word.form in _PLAIN


def _unknown(tokens: Tokens, first: int, head: LocHead, noun: str) -> tuple[int, float] | None:
    """A name in no list: a word that is not common, or after some nouns any definite word."""
    word = tokens.words[first]
    kind = word.kind
    if (
        _plain(word)
        or not word.form.isalpha()
        or len(word.form) < 3
        or word.form.isascii()
        or word.form.startswith(("لل", "بال", "وال"))
    ):
        return None
    if head.common == "-" and (word.form.startswith("ال") or word.form.endswith("يه")):
        return None
    if any(reading.kind & Kind.COMMON for reading in word.readings[1:]) and not kind & (
        Kind.FAMILY | Kind.GIVEN | Kind.PLACE_WEAK
    ):
        return None
    if word.form in _ELEMENTS and tokens.near(first + 1):
        follows = tokens.words[first + 1]
        if (
            not _plain(follows)
            and follows.form.isalpha()
            and not (follows.kind & Kind.COMMON and not follows.form.startswith("ال"))
        ):
            return first + 2, 0.75
    military = tokens.near(first + 1) and tokens.words[first + 1].form in ("الجويه", "البحريه", "العسكريه")
    if noun == "قاعده" and word.form.startswith("ال") and military:
        return first + 2, 0.75
    proper = not kind & (Kind.COMMON | Kind.FIELD | Kind.NAMING) or bool(kind & (Kind.PLACE_WEAK | Kind.FAMILY))
    if not proper:
        bare = lexicon().kinds.get(word.form[2:], 0)
        if (
            head.common == "1"
            and word.form.startswith("ال")
            and not kind & (Kind.NAMING | Kind.FIELD)
            and not bare & (Kind.LOC_HEAD | Kind.ORG_HEAD)
        ):
            return first + 1, 0.6
        return None
    if (
        word.form.startswith("ال")
        and word.form.endswith(("ين", "ون", "ات"))
        and not kind & (Kind.PLACE_WEAK | Kind.FAMILY)
        and head.common != "1"
    ):
        return None
    end = first + 1
    while end < first + 4 and tokens.near(end) and _continues(tokens, end):
        end += 1
    return end, 0.7


def _continues(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    never = _NEVER | Kind.COMMON | Kind.FIELD | Kind.NAMING | Kind.PLACE | Kind.LOC_HEAD
    if word.kind & never or not word.form.isalpha() or len(word.form) < 2 or word.form.startswith(("ال", "و")):
        return False
    # A word that is known once its proclitics are off is a word of the sentence, not of the name.
    return not any(reading.kind & (never | Kind.GIVEN) for reading in word.readings[1:])
