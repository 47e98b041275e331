"""Where the name of an organisation ends: the noun phrase that hangs on its head noun."""

from __future__ import annotations

from store.extract.entities import known, parts
from store.extract.entities.lexicon import Kind, OrgHead, lexicon, word_set
from store.extract.entities.tokens import HYPHEN, QUOTE, SPACE, Tokens, Word

_NEVER = Kind.STOP | Kind.VERB | Kind.TITLE | Kind.NATIONALITY | Kind.NATION
# What a definite noun after a head does not name: the head is then a common noun (شركة الطيران, حزب المعارضة).
_PLAIN = word_set("plain after an organisation noun")
_ARMED = word_set("nouns of armed men")
_BEFORE_WEB = word_set("before a web site")
_WITH_PLACE = word_set("places that head an organisation")


def chain(tokens: Tokens, first: int, head: OrgHead, noun: str) -> tuple[int, float] | None:
    """The end of the noun phrase after an indefinite head, and how sure it is to be a name."""
    word = tokens.words[first]
    form, kind = word.form, word.kind
    place_or_org = known.longest(tokens, first, word.readings[0])
    if (
        place_or_org is not None
        and place_or_org[0].type != "LOC"
        and place_or_org[0].source != "body"
        and head.strength in ("WF" if place_or_org[0].type == "PER" else "WMF")
    ):
        # تنظيم داعش, إدارة بايدن: the name is complete without the noun.
        return None
    if kind & _NEVER and not kind & (Kind.FIELD | Kind.IDAFA) and not (form == "الملك" or form == "الامير"):
        return None
    if place_or_org is not None and place_or_org[0].type == "ORG" and head.strength == "S":
        return purpose(tokens, place_or_org[1]), 0.85
    place = place_or_org
    if place is not None and place[0].type == "LOC":
        if head.strength in "PS" or noun in _WITH_PLACE:
            return purpose(
                tokens, adjectives(tokens, place[1], naming=True), loose=head.kind in ("body", "school")
            ), 0.75
        return None
    if word.kind & Kind.LOC_HEAD and tokens.near(first + 1) and head.strength in "PS":
        inner = known.longest(tokens, first + 1, tokens.words[first + 1].readings[0], free=False)
        if inner is not None and inner[0].type == "LOC":
            return inner[1], 0.75
    if head.strength in "SM" and noun not in ("حزب", "سرايا", "كتايب"):
        person = parts.announced(tokens, first)
        if person is not None:
            return purpose(tokens, adjectives(tokens, person, naming=True)), 0.75
    if head.strength == "P":
        return None
    if form.startswith("ال") and len(form) > 3:
        return _definite_chain(tokens, first, head)
    if kind & Kind.IDAFA and head.strength in "SMF":
        return _genitive(tokens, first)
    if noun in _ARMED and kind & (Kind.GIVEN | Kind.FAMILY):
        # قوات صالح: the person whose forces they are.
        return None
    if proper(word) and head.strength != "F":
        end = first + 1
        while end < first + 4 and _goes_on(tokens, end):
            end += 1
        end = adjectives(tokens, end, naming=True)
        score = (
            0.7
            if head.strength in "SW" and head.kind in ("company", "media", "party", "force", "club", "school")
            else 0.6
        )
        if head.kind == "media" and noun in ("موقع", "شبكه", "منصه") and not _latin(word):
            score = 0.55
        return purpose(tokens, end, loose=head.kind in ("body", "school")), score
    return None


def _definite_chain(tokens: Tokens, first: int, head: OrgHead) -> tuple[int, float] | None:
    word = tokens.words[first]
    form, kind = word.form, word.kind
    if form in _PLAIN or (kind & Kind.NAMING and not kind & Kind.FIELD and head.strength != "S"):
        return None
    common = bool(kind & (Kind.COMMON | Kind.NAMING))
    if kind & Kind.FIELD and head.strength != "W":
        score = 0.85 if head.strength == "S" else 0.75
    elif not common and (head.strength in "SM" or kind & (Kind.FAMILY | Kind.PLACE_WEAK) or head.kind == "force"):
        score = 0.75 if head.strength in "SW" else 0.65
    elif (head.strength == "S" and head.kind in ("media", "party", "club", "force")) or (
        head.strength == "S" and head.kind == "body"
    ):
        score = 0.65
    else:
        return None
    end = _fields(tokens, first + 1)
    generic = bool(kind & Kind.FIELD)
    end = adjectives(tokens, end, naming=True, nationality=generic or head.kind in ("force", "body"))
    end = _fields(tokens, end)
    if form == "الانباء" and end == first + 1:
        return None
    return purpose(tokens, end), score


def _genitive(tokens: Tokens, first: int) -> tuple[int, float] | None:
    """A chain of indefinite nouns that a definite one or a name must close (هيئة شؤون الأسرى)."""
    at = first
    while (
        at < first + 3
        and tokens.near(at + 1)
        and tokens.words[at].kind & Kind.IDAFA
        and not tokens.words[at].form.startswith("ال")
    ):
        at += 1
    word = tokens.words[at]
    if at == first and not word.form.startswith("ال"):
        return None
    place = known.longest(tokens, at, word.readings[0])
    if place is not None and place[0].type != "PER":
        return place[1], 0.75
    if word.kind & Kind.LOC_HEAD and tokens.near(at + 1):
        return at + 2, 0.7
    if word.kind & (Kind.STOP | Kind.VERB) or not (word.form.startswith("ال") or proper(word)):
        return None
    end = _fields(tokens, at + 1)
    end = adjectives(tokens, end, naming=True, nationality=True)
    return purpose(tokens, end), 0.75


def _fields(tokens: Tokens, end: int, *, loose: bool = False) -> int:
    """Further fields of work joined by و (وزارة التربية والتعليم), with adjectives; if `loose`, one common noun."""
    while end < len(tokens.words) and tokens.gaps[end] == SPACE:
        word = tokens.words[end]
        if not (word.form.startswith("وال") and len(word.readings) > 1):
            return end
        kind = word.readings[1].kind
        never = (
            Kind.ORG_HEAD
            | Kind.TITLE
            | Kind.PLACE
            | Kind.NATIONALITY
            | Kind.NATION
            | Kind.STOP
            | Kind.GIVEN
            | Kind.FAMILY
        )
        if not kind & Kind.FIELD and not (loose and kind & Kind.COMMON and not kind & never):
            return end
        loose = False
        if (
            tokens.near(end + 1)
            and tokens.words[end + 1].kind & Kind.NATIONALITY
            and word.readings[1].base in ("الجيش",)
        ):
            return end
        end = adjectives(tokens, end + 1, naming=True)
    return end


def adjectives(tokens: Tokens, end: int, *, naming: bool, nationality: bool = False) -> int:
    """Definite adjectives in agreement; nationalities only where they belong to the name."""
    while tokens.near(end):
        word = tokens.words[end]
        if not word.form.startswith("ال"):
            break
        if word.kind & Kind.NATIONALITY:
            if not nationality:
                break
        elif not (naming and word.kind & Kind.NAMING) and not _of_affairs(tokens, end):
            break
        end += 1
    return end


def _of_affairs(tokens: Tokens, index: int) -> bool:
    """Whether a field stands as the adjective of affairs: الشؤون الخارجية."""
    return bool(tokens.words[index].kind & Kind.FIELD) and tokens.words[index - 1].form.endswith("الشوون")


def purpose(tokens: Tokens, end: int, *, loose: bool = False) -> int:
    """A purpose after ل: للطيران المدني, لمكافحة الإرهاب, لشؤون اللاجئين; with `loose` any definite noun."""
    if not tokens.near(end) and not (end < len(tokens.words) and tokens.gaps[end] == QUOTE):
        return end
    start = end
    word = tokens.words[end]
    if not word.form.startswith("ل") or len(word.readings) < 2:
        return end
    base, kind = word.readings[-1].base, word.readings[-1].kind
    if word.form.startswith("لل"):
        base, kind = word.readings[1].base, word.readings[1].kind
        bare = lexicon().kinds.get(base[2:], 0)
        field = kind & Kind.FIELD or bare & (Kind.AFTER_LAM | Kind.IDAFA | Kind.FIELD)
        never = Kind.PLACE | Kind.NATION | Kind.NATIONALITY | Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.TITLE
        other = loose and not any(reading.kind & never for reading in word.readings[1:])
        if not (field or other) or (word.kind | kind) & Kind.STOP:
            return end
        return _fields(tokens, adjectives(tokens, end + 1, naming=True), loose=True)
    if not kind & Kind.AFTER_LAM or not tokens.near(end + 1):
        return end
    follows = tokens.words[end + 1]
    if follows.form.startswith("و") and not follows.form.startswith("وال") and tokens.near(end + 2):
        # لإغاثة وتشغيل اللاجئين: two purposes with one object.
        end += 1
        follows = tokens.words[end + 1]
    if not follows.form.startswith("ال") or follows.kind & (Kind.STOP | Kind.VERB):
        return start
    end += 2
    if tokens.near(end) and tokens.words[end].kind & Kind.NATION and tokens.words[end].form.endswith("ين"):
        end += 1
    return _fields(tokens, adjectives(tokens, end, naming=True), loose=True)


def _latin(word: Word) -> bool:
    return word.form.isascii()


def proper(word: Word) -> bool:
    """A word that is no common one: a proper name as far as the lists know."""
    if _latin(word):
        return word.form[:1].isalpha() and len(word.form) > 1
    if (
        not word.form.isalpha()
        or len(word.form) < 2
        or word.form.endswith("يه")
        or word.form.startswith(("لل", "بال", "وال"))
    ):
        return False
    ordinary = Kind.COMMON | Kind.FIELD | Kind.IDAFA | Kind.NAMING | Kind.LOC_HEAD | Kind.ORG_HEAD | Kind.MISC_HEAD
    if word.kind & (_NEVER | ordinary):
        return False
    return not any(reading.kind & (_NEVER | ordinary | Kind.PLACE) for reading in word.readings[1:]) or bool(
        word.kind & (Kind.GIVEN | Kind.FAMILY)
    )


def _goes_on(tokens: Tokens, index: int) -> bool:
    if index >= len(tokens.words) or tokens.gaps[index] not in (SPACE, HYPHEN):
        return False
    word = tokens.words[index]
    if word.form.isdigit() and len(word.form) <= 3:
        return True
    return proper(word) and not word.form.startswith("ال") and not word.kind & Kind.PLACE


def is_web(tokens: Tokens, index: int, end: int) -> bool:
    """Whether موقع with a quoted name is a web site and not a military site."""
    if tokens.words[index + 1].form.isascii() or tokens.words[index + 1].kind & Kind.FOREIGN:
        return True
    if any(one.type == "ORG" for one in tokens.words[index + 1].readings[0].known):
        return True
    if end < len(tokens.words) and tokens.words[end].kind & Kind.NATIONALITY:
        return True
    before = tokens.words[index - 1] if index else None
    return before is not None and (before.form in _BEFORE_WEB or bool(before.kinds & Kind.VERB))
