"""In what a role is held: the organisation or place that its words name, or the country of a nationality."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from store.extract.entities.lexicon import Kind, lexicon
from store.extract.entities.tokens import Tokens
from store.models import Mention
from store.resolve import names
from store.text.fold import fold

_OF_A_BODY = {"الاممي": "الأمم المتحدة", "الامميه": "الأمم المتحدة", "اممي": "الأمم المتحدة", "امميه": "الأمم المتحدة"}
_ENDINGS = ("يين", "يون", "يات", "يه", "ي")


def of(tokens: Tokens, inside: Mapping[int, Mention], first: int, end: int) -> str | None:
    """The display name of what words `[first, end)` say a role is held in; an organisation before a place before a
    nationality (`العراقي` → `العراق`); None where they don't."""
    for kind in ("ORG", "LOC"):
        for at in range(first, end):
            mention = inside.get(at)
            if mention is not None and mention.type == kind and not _about(tokens, at, first):
                if kind == "LOC" and _there(tokens, mention, at) and (nation := _nation(tokens, first, at)) is not None:
                    return nation
                return mention.name
    return _nation(tokens, first, end)


def _nation(tokens: Tokens, first: int, end: int) -> str | None:
    """The country of the last nationality among words `[first, end)`."""
    for at in range(end - 1, first - 1, -1):
        word = tokens.words[at]
        if word.form in _OF_A_BODY:
            return _OF_A_BODY[word.form]
        if word.kinds & (Kind.NATIONALITY | Kind.NATION) and (country := _country(word.form)) is not None:
            return country
    return None


def _there(tokens: Tokens, mention: Mention, at: int) -> bool:
    """Whether a preposition says that a place is only where somebody works: السفير الإيراني في سوريا."""
    return mention.start > tokens.starts[at] or tokens.words[at - 1].form in ("في", "لدي", "الي")


def _about(tokens: Tokens, at: int, first: int) -> bool:
    """Whether a place is what somebody deals with: المنسق الأمريكي لشؤون الشرق الأوسط وشمال أفريقيا."""
    forms = [tokens.words[one].form for one in range(first, at)]
    return any(form.endswith("شوون") for form in forms) or (bool(forms) and forms[-1] in ("لدي", "الي"))


@cache
def _places() -> dict[str, str]:
    """Usual names of places of one word by their folded spellings."""
    found: dict[str, str] = {}
    for alias in names.aliases():
        if alias.type == "LOC":
            for spelling in alias.spellings:
                found.setdefault(names.variant(fold(spelling.lstrip("~"))), alias.name)
    return found


@cache
def _country(form: str) -> str | None:
    """The country of a nationality adjective, by what is left without its ending."""
    word = names.variant(form[1:] if form[:1] in "وفبل" and form[1:3] == "ال" else form)
    word = word.removeprefix("لل").removeprefix("ال")
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 2), None)
    if ending is None:
        return None
    stem = word[: -len(ending)]
    places = _places()
    for candidate in (stem, "ال" + stem, stem + "ا", stem + "يا", "ال" + stem + "يه", stem + "ه", stem + "يه"):
        if candidate in places:
            return places[candidate]
    known = lexicon().kinds
    return next((one for one in (stem, "ال" + stem, stem + "ا", stem + "يا") if known.get(one, 0) & Kind.PLACE), None)
