"""When two counted nouns are the same: one stem, or a singular and its broken plural."""

from __future__ import annotations

from functools import cache
from importlib import resources

from store.text.fold import fold
from store.text.stems import stem


@cache
def _singulars() -> dict[str, str]:
    text = resources.files(__package__).joinpath("data", "plurals.tsv").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            singular, plurals = fold(line).split("\t")
            for form in (singular, *plurals.split()):
                found[form] = found[stem(form)] = singular
    return found


def listed(word: str) -> bool:
    """Whether a folded word is one of the nouns that are counted often, in the singular or a broken plural."""
    return word in _singulars()


def unit(noun: str) -> str:
    """What the forms of a counted noun have in common (جندي, جندياً, الجنود).

    >>> unit("جنود") == unit("جندياً") == unit("الجنديين")
    True
    """
    word = fold(noun).strip()
    known = _singulars()
    for form in (word, word.removeprefix("ال"), word.removesuffix("ا"), stem(word), stem(word).removeprefix("ال")):
        if form in known:
            return known[form]
        if form.endswith(("ين", "ان", "ون")) and form[:-2] in known:
            return known[form[:-2]]
    return stem(word.removeprefix("ال").removesuffix("ا"))
