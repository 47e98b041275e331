"""Names of persons: by given names, by a title or a verb before them, by بن and أبو, before a colon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.extract.entities import parts
from store.extract.entities.lexicon import Kind, lexicon, word_set
from store.extract.entities.parts import GIVEN, LISTED, ORDINARY, STRONG
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import COLON, COMMA, DASH, HYPHEN, PUNCT, QUOTE, SPACE, Reading, Tokens, Word

_LINKS = word_set("inside a title")
_AFTER_SUBJECT = word_set("after a subject")
_BEFORE_PLACE = word_set("before a place")
_BEGINS = Kind.GIVEN | Kind.GIVEN_WEAK | Kind.PARTICLE


def find(tokens: Tokens, claimed: Mapping[int, int]) -> Iterator[Candidate]:
    """Every name of a person; `claimed` maps the first word of a place or organisation to its end."""
    title, verb, foreign = Kind.TITLE, Kind.VERB, Kind.FOREIGN
    for index, word in enumerate(tokens.words):
        kinds = word.kinds
        if kinds & _BEGINS or word.form.startswith(("عبد", "وعبد")):
            yield from _by_given(tokens, index, word)
        if kinds & title:
            yield from _by_title(tokens, index, word, claimed)
        if kinds & verb:
            yield from _by_verb(tokens, index, word)
        if word.kind & foreign:
            yield from _foreign(tokens, index)
        if tokens.gaps[index] not in (SPACE, HYPHEN) and index + 1 < len(tokens.words):
            yield from _by_colon(tokens, index, word)


def _by_given(tokens: Tokens, index: int, word: Word) -> Iterator[Candidate]:
    for reading in word.readings:
        kind = reading.kind
        fatherly = reading.base in parts.FATHERLY or reading.base in ("بن", "عبد", "ابن")
        if not (kind & GIVEN or fatherly or reading.base.startswith("عبد")):
            continue
        if reading.skip and (word.readings[0].known or _titled(tokens, index)):
            continue
        if reading.kind & Kind.PLACE or (reading.skip and word.kind & (Kind.COMMON | Kind.STOP | Kind.PLACE | GIVEN)):
            continue
        name = parts.read(tokens, index, reading)
        if name is None:
            continue
        strong = bool(name.first & Kind.GIVEN)
        if name.listed < 3 and index and tokens.words[index - 1].form in _BEFORE_PLACE and tokens.gaps[index] == SPACE:
            second = tokens.words[name.end - 1]
            if not second.kind & LISTED:
                continue
        if name.parts >= 2 and (strong or name.listed >= 2):
            unsure = not strong and name.listed < 3 and not _expected(tokens, index, reading)
            score = 0.45 if unsure else 0.85 if name.listed >= 2 else 0.7
            yield candidate(tokens, index, name.end, "PER", "given name", score, reading.skip)
            return
        if reading.base in ("ابو", "ابي", "ابا") and name.parts == 1 and not tokens.words[index + 1].kind & Kind.COMMON:
            yield candidate(tokens, index, name.end, "PER", "name with أبو", 0.55, reading.skip)
            return


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a title stands right before a word, so that its first letter is no preposition (الأستاذ بجاد)."""
    if not index or tokens.gaps[index] != SPACE:
        return False
    before = tokens.words[index - 1].readings[0]
    return bool(before.kind & Kind.TITLE) and lexicon().titles[before.base] == "d"


def _whole(tokens: Tokens, index: int) -> bool:
    """Whether a word after a title is a name as it stands though a given name is left without its first letter."""
    if not _titled(tokens, index):
        return False
    rest = tokens.words[index].readings[1:]
    return any(one.kind & GIVEN for one in rest) and not any(one.kind & ORDINARY for one in rest)


def _expected(tokens: Tokens, index: int, reading: Reading) -> bool:
    """Whether what stands before a word lets a name begin there: a break, a verb, a title."""
    if tokens.gaps[index] not in (SPACE, HYPHEN):
        return True
    return not reading.skip and bool(tokens.words[index - 1].kinds & (Kind.VERB | Kind.TITLE))


def _foreign(tokens: Tokens, index: int) -> Iterator[Candidate]:
    """Two or three words in a row whose letters are those of foreign names."""
    if index and tokens.gaps[index] in (SPACE, QUOTE):
        before = tokens.words[index - 1]
        if before.form in _BEFORE_PLACE or before.kinds & (
            Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.MISC_HEAD | Kind.FOREIGN | GIVEN
        ):
            return
    if index in tokens.quoted or parts.splits(tokens.words[index]):
        return
    end = index + 1
    while (
        end < index + 4
        and tokens.near(end)
        and tokens.words[end].kind & (Kind.FOREIGN | STRONG)
        and not parts.splits(tokens.words[end])
    ):
        end += 1
    if 2 <= end - index <= 3 and any(tokens.words[at].kind & Kind.FOREIGN for at in range(index + 1, end)):
        yield candidate(tokens, index, end, "PER", "foreign words", 0.55)


def _context_score(name: parts.Name, single: float, many: float) -> float:
    if name.parts == 1:
        return single + 0.15 if name.listed else single
    return min(0.95, many + 0.1 * min(2, name.listed))


def _by_title(tokens: Tokens, index: int, word: Word, claimed: Mapping[int, int]) -> Iterator[Candidate]:
    base = next(reading.base for reading in word.readings if reading.kind & Kind.TITLE)
    kind = lexicon().titles[base]
    at = index + 1
    direct = kind in "dbqw"
    steps = 0
    linked = False
    while at < len(tokens.words) and steps < 12:
        gap = tokens.gaps[at]
        if gap not in (SPACE, QUOTE, COMMA, DASH):
            return
        found = _quoted_name(tokens, at, direct or steps > 0) if gap in (QUOTE, COMMA) and at in tokens.quoted else None
        if found is not None:
            yield found
            return
        if gap in (SPACE, COMMA, DASH) and (direct or steps or gap == COMMA) and not linked:
            name = _title_name(tokens, at, gap, direct and not steps, listed=kind == "w" and not steps)
            if name is not None:
                yield name
                return
        if gap != SPACE:
            return
        step = complement(tokens, at, claimed)
        if step is None:
            return
        linked = tokens.words[at].form in _LINKS
        at = step
        steps += 1


def _quoted_name(tokens: Tokens, at: int, sure: bool) -> Candidate | None:
    """A name in quotes after a title: the person so called, unless it is a list of plain words."""
    quoted = tokens.quoted[at]
    name = parts.read(tokens, at, tokens.words[at].readings[0])
    if name is None or name.end != quoted.end or not (sure or name.first & GIVEN):
        return None
    return candidate(tokens, at, quoted.end, "PER", "title before quotes", 0.9 if name.parts > 1 else 0.7)


def _title_name(tokens: Tokens, at: int, gap: int, direct: bool, listed: bool) -> Candidate | None:
    word = tokens.words[at]
    if listed and not word.kind & Kind.GIVEN and not parts.compound(tokens, at, word.form):
        return None
    if word.kind & Kind.TITLE and not word.kind & Kind.GIVEN:
        return None
    name = parts.read(tokens, at, word.readings[0])
    if name is None or (parts.splits(word) and not _whole(tokens, at)) or word.form in _LINKS:
        return None
    if (
        word.form.startswith("ال")
        and not word.kind & Kind.GIVEN
        and tokens.near(at + 1)
        and tokens.words[at + 1].kind & Kind.GIVEN
    ):
        # الجنرال المتقاعد كيث: an adjective of the title, the name comes after it.
        return None
    if gap != SPACE:
        # After a comma the name stands in apposition: bounded on both sides, or plainly a name.
        bounded = name.end < len(tokens.words) and tokens.gaps[name.end] in (COMMA, DASH, PUNCT, COLON)
        if name.parts < 2 or not (name.listed or bounded):
            return None
        return candidate(tokens, at, name.end, "PER", "title, name in apposition", _context_score(name, 0.5, 0.7))
    if name.parts == 1:
        if not name.first & STRONG and (not direct or name.first & Kind.COMMON):
            return None
        return candidate(tokens, at, name.end, "PER", "title", _context_score(name, 0.65 if direct else 0.55, 0.8))
    return candidate(tokens, at, name.end, "PER", "title", _context_score(name, 0.65, 0.75))


def complement(tokens: Tokens, at: int, claimed: Mapping[int, int]) -> int | None:
    """The end of a piece of what a title is a title of: an organisation, a place, an adjective, another title."""
    if at in claimed:
        return claimed[at]
    word = tokens.words[at]
    kind = word.kinds
    if word.kind & (
        Kind.NATIONALITY
        | Kind.TITLE
        | Kind.FIELD
        | Kind.NAMING
        | Kind.NATION
        | Kind.ORG_HEAD
        | Kind.IDAFA
        | Kind.LOC_HEAD
    ):
        return at + 1
    if word.form.startswith("ال") and word.kind & (Kind.COMMON | Kind.STOP):
        return at + 1
    if (
        word.form in _LINKS
        or kind & (Kind.FIELD | Kind.TITLE | Kind.NAMING)
        or word.form.startswith(("لل", "بال", "وال"))
    ):
        return at + 1
    return None


def _by_verb(tokens: Tokens, index: int, word: Word) -> Iterator[Candidate]:
    """A name right after a verb of saying: قال بايدن, وأكد الخفاجي أن."""
    at = index + 1
    if at >= len(tokens.words) or not any(reading.kind & Kind.VERB for reading in word.readings):
        return
    if tokens.gaps[at] == QUOTE and at in tokens.quoted:
        quoted = tokens.quoted[at]
        name = parts.read(tokens, at, tokens.words[at].readings[0])
        if name is not None and name.end == quoted.end and (name.first & LISTED or name.parts > 1):
            yield candidate(tokens, at, quoted.end, "PER", "verb before quotes", 0.55)
        return
    if tokens.gaps[at] != SPACE:
        return
    subject = tokens.words[at]
    if subject.kind & (Kind.TITLE | ORDINARY) and not subject.kind & STRONG:
        return
    if parts.splits(subject):
        return
    name = parts.read(tokens, at, subject.readings[0])
    if name is None:
        return
    if name.parts == 1:
        if not name.first & STRONG and not _ends_subject(tokens, name.end):
            return
        yield candidate(tokens, at, name.end, "PER", "verb", 0.6 if name.first & LISTED else 0.5)
    elif name.listed or _ends_subject(tokens, name.end):
        yield candidate(tokens, at, name.end, "PER", "verb", _context_score(name, 0.5, 0.6))


def _ends_subject(tokens: Tokens, end: int) -> bool:
    if end >= len(tokens.words) or tokens.gaps[end] != SPACE:
        return True
    return tokens.words[end].form in _AFTER_SUBJECT or bool(tokens.words[end].kind & Kind.STOP)


def _by_colon(tokens: Tokens, index: int, word: Word) -> Iterator[Candidate]:
    """A speaker before a colon at the beginning of a line or sentence: الكاظمي: لا دور قتالياً."""
    if (word.kind & (ORDINARY | Kind.TITLE) and not word.kind & STRONG) or parts.splits(word):
        return
    if word.form.isascii() or (word.form.startswith(("و", "ف")) and not word.kind & LISTED):
        return
    name = parts.read(tokens, index, word.readings[0])
    if name is None or name.end >= len(tokens.words) or tokens.gaps[name.end] != COLON:
        return
    if name.parts == 1:
        if not word.kind & (LISTED | Kind.FOREIGN) and not (word.form.startswith("ال") and word.form.endswith("ي")):
            return
        yield candidate(tokens, index, name.end, "PER", "speaker before a colon", 0.6)
    else:
        yield candidate(tokens, index, name.end, "PER", "speaker before a colon", 0.7)
