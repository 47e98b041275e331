"""Names of organisations: a head noun and the noun phrase that hangs on it, or a quoted name after it.

Where such a name ends is grammar: after the head come a chain of genitives (هيئة حقوق الإنسان), adjectives in
agreement (المحكمة الدستورية العليا), a further field of work after و (وزارة التربية والتعليم), a purpose after ل
(الهيئة العامة للطيران المدني), and a place in the genitive (شرطة إربد).
"""

from __future__ import annotations

from collections.abc import Iterator

from store.extract.entities import phrases
from store.extract.entities.lexicon import Kind, OrgHead, lexicon, word_set
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import PUNCT, QUOTE, SPACE, Reading, Tokens, Word

_BOTH = Kind.NATIONALITY | Kind.NAMING
_NUMBERED = word_set("numbered organisations")
_BRANCHES = word_set("branches of the armed forces")
_SURE_MINISTRIES = word_set("fields that are mostly ministries")
_COMMON_PHRASES = word_set("nouns whose العسكرية is no name")
_TWO_WORDS = word_set("common nouns in two words")
_NO_NATION = word_set("adjectives of no one nation")
_SERVICES = word_set("services with patrols")
_PATROLS = word_set("what patrols")
_MOST = 9


def find(tokens: Tokens) -> Iterator[Candidate]:
    """Every organisation that a head noun or a short form announces."""
    lists = lexicon()
    for index, word in enumerate(tokens.words):
        if word.kinds & Kind.ORG_HEAD:
            for reading in word.readings:
                if reading.base in _NUMBERED:
                    yield from _numbered(tokens, index, reading)
                head = lists.org_heads.get(reading.base)
                if head is not None:
                    if reading.base == "جيش":
                        yield from _occupation(tokens, index, reading)
                    yield from _after_head(tokens, index, reading, head)
                    break
                if reading.base.startswith("ال"):
                    head = lists.org_heads.get(reading.base[2:])
                    if head is not None:
                        if reading.base == "القوات":
                            yield from _forces(tokens, index, reading)
                        else:
                            yield from _definite(tokens, index, reading, head)
                        break
        if (
            word.form in _SERVICES
            and tokens.near(index)
            and any(one.base in _PATROLS for one in tokens.words[index - 1].readings)
        ):
            yield candidate(tokens, index, index + 1, "ORG", "service after its patrols", 0.7)
        if word.kinds & Kind.SHORT_FORM:
            yield from _short_ministry(tokens, index, word)


def _after_head(tokens: Tokens, index: int, reading: Reading, head: OrgHead) -> Iterator[Candidate]:
    first = index + 1
    if first >= len(tokens.words):
        return
    if tokens.gaps[first] == QUOTE and first in tokens.quoted:
        yield from _quoted(tokens, index, first, reading, head)
        return
    if tokens.gaps[first] != SPACE or head.strength == "N":
        return
    found = phrases.chain(tokens, first, head, reading.base)
    if found is None:
        return
    end, score = found
    if (
        tokens.words[first].kind & Kind.PLACE
        and end == first + 1
        and head.strength not in "PS"
        and reading.base != "جيش"
    ):
        return
    yield candidate(tokens, index, end, "ORG", "head noun", score, reading.skip)


def _quoted(tokens: Tokens, index: int, first: int, reading: Reading, head: OrgHead) -> Iterator[Candidate]:
    """A quoted name: the noun before it stays out, unless the name goes on after the quotes."""
    quoted = tokens.quoted[first]
    if quoted.end - first > 6:
        return
    alone = quoted.end == first + 1
    never = Kind.ORG_HEAD | Kind.NATION | Kind.NATIONALITY | (0 if head.kind == "media" else Kind.STOP)
    if alone and tokens.words[first].kind & never and not tokens.words[first].readings[0].known:
        return
    if reading.base == "موقع" and not phrases.is_web(tokens, index, quoted.end):
        return
    end = phrases.purpose(tokens, quoted.end)
    if end > quoted.end and head.kind in ("company", "body", "media", "school") and tokens.gaps[quoted.end] == QUOTE:
        yield candidate(tokens, index, end, "ORG", "head noun, quotes and purpose", 0.8, reading.skip)
    yield candidate(tokens, first, quoted.end, "ORG", "head noun before quotes", 0.9)


def _definite(tokens: Tokens, index: int, reading: Reading, head: OrgHead) -> Iterator[Candidate]:
    """A definite head needs adjectives that name: المجلس الأعلى للقضاء, السفارة الأميركية."""
    end = index + 1
    naming = nations = 0
    while tokens.near(end) and end - index < _MOST:
        word = tokens.words[end]
        if not word.form.startswith("ال") or not word.kind & _BOTH:
            break
        if word.kind & Kind.NATIONALITY:
            nations += 1
        else:
            naming += 1
        end += 1
    if end == index + 1:
        yield from _quoted_adjective(tokens, index, reading, head)
        return
    if end == index + 2 and f"{reading.base}_{tokens.words[index + 1].form}" in _TWO_WORDS:
        return
    if reading.base in _COMMON_PHRASES and tokens.words[index + 1].form in ("العسكريه", "السياسيه"):
        return
    if nations > 1:
        # Two nationalities say between whom, not what it is called.
        end -= nations
        nations = 0
    longer = phrases.purpose(tokens, end, loose=head.kind in ("body", "company", "school"))
    meant = longer > end
    if (
        naming >= head.adjectives > 0
        or (naming and meant and head.adjectives)
        or (naming and nations and head.adjectives)
    ):
        score = 0.75 if naming + nations + meant > 1 or head.adjectives == 1 else 0.6
    elif nations and (head.nationality or (meant and head.strength != "W")):
        score = 0.8 if head.nationality else 0.7
    else:
        return
    yield candidate(tokens, index, longer, "ORG", "definite head and adjectives", score, reading.skip)


def _quoted_adjective(tokens: Tokens, index: int, reading: Reading, head: OrgHead) -> Iterator[Candidate]:
    """ "الجيش" الإسرائيلي: the noun alone in quotes, its nationality after them, are one name with its quotes."""
    after = index + 1
    quoted = tokens.quoted.get(index)
    if quoted is None or quoted.end != after or not head.nationality or after >= len(tokens.words):
        return
    if tokens.gaps[after] == QUOTE and tokens.words[after].kind & Kind.NATIONALITY:
        start = quoted.start if not reading.skip else tokens.offset(index, reading.skip)
        yield Candidate(index, after + 1, start, tokens.ends[after], "ORG", "quoted head and nationality", 0.8, 1.6)


def _short_ministry(tokens: Tokens, index: int, word: Word) -> Iterator[Candidate]:
    """A ministry by its field and nationality alone: الخارجية العراقية, not السياسة الخارجية الأميركية."""
    for reading in word.readings:
        if not reading.kind & Kind.SHORT_FORM:
            continue
        after = index + 1
        if not tokens.near(after):
            return
        follows = tokens.words[after]
        if not (follows.kind & Kind.NATIONALITY and follows.form.endswith("ه")) or follows.form in _NO_NATION:
            return
        if index and tokens.gaps[index] == SPACE and not reading.skip:
            before = tokens.words[index - 1]
            definite = any(other.base.startswith("ال") for other in before.readings)
            if definite and before.kinds & (Kind.COMMON | Kind.FIELD | Kind.TITLE | Kind.NAMING | Kind.ORG_HEAD):
                return
            sure = reading.base in _SURE_MINISTRIES or before.kinds & (Kind.VERB | Kind.STOP | Kind.ORG_HEAD)
            if not sure and before.kind & Kind.COMMON:
                # حفارات النفط الأمريكية: the field itself and not its ministry.
                return
            if before.kinds & (Kind.TITLE | Kind.LOC_HEAD) and not before.kinds & Kind.VERB:
                return
        yield candidate(tokens, index, after + 1, "ORG", "field and nationality", 0.75, reading.skip)
        return


def _forces(tokens: Tokens, index: int, reading: Reading) -> Iterator[Candidate]:
    """Armed forces with a branch and a nationality (القوات المسلحة العراقية); the branch alone is no name."""
    if not tokens.near(index + 1) or tokens.words[index + 1].form not in _BRANCHES:
        return
    end = phrases.adjectives(tokens, index + 2, naming=False, nationality=True)
    if end > index + 2:
        yield candidate(tokens, index, end, "ORG", "branch of the armed forces", 0.9, reading.skip)


def _occupation(tokens: Tokens, index: int, reading: Reading) -> Iterator[Candidate]:
    """جيش with الاحتلال and a nationality is one name, quotation marks around its first word included."""
    after = index + 1
    if after >= len(tokens.words) or tokens.words[after].form != "الاحتلال":
        return
    quoted = tokens.quoted.get(index)
    if tokens.gaps[after] != SPACE and (quoted is None or quoted.end != after or tokens.gaps[after] != QUOTE):
        return
    end = phrases.adjectives(tokens, index + 2, naming=False, nationality=True)
    if end > index + 2:
        start = tokens.offset(index, reading.skip) if quoted is None or reading.skip else quoted.start
        yield Candidate(
            index, end, start, tokens.ends[end - 1], "ORG", "army of an occupation", 0.9, 0.9 * (end - index)
        )


def _numbered(tokens: Tokens, index: int, reading: Reading) -> Iterator[Candidate]:
    """Channels and their like that are called by a number: القناة 12, اللواء 188."""
    after = index + 1
    if after >= len(tokens.words) or not (tokens.words[after].form.isdigit() and len(tokens.words[after].form) <= 3):
        return
    quoted = tokens.quoted.get(after)
    if tokens.gaps[after] == SPACE:
        yield candidate(tokens, index, after + 1, "ORG", "head noun and number", 0.75, reading.skip)
    elif tokens.gaps[after] in (QUOTE, PUNCT) and quoted is not None and quoted.end == after + 1:
        yield candidate(tokens, index, after + 1, "ORG", "head noun and number", 0.75, reading.skip, quoted.stop)
