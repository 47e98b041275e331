"""The word lists of statements, read once from `data/`; words are compared folded (`store.text.fold`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

from store.models import StatementKind
from store.text.fold import fold
from store.values import value_class

VerbClass = Literal["v", "p", "n", "r", "i"]
SourceClass = Literal["s", "d", "o", "t"]
_FRAMES = ("a", "o", "!", "-")
"""How content follows, other than by a preposition."""


@value_class(frozen=True, slots=True)
class Verb:
    """A word that gives what somebody says, and how its content may follow; see the head of `data/verbs.tsv`."""

    kind: StatementKind
    klass: VerbClass
    noun: bool
    """Whether what is said may follow as a noun at once."""
    prepositions: frozenset[str]
    """Folded prepositions after which it may follow as a noun."""
    clause: bool = True
    """Whether it may follow by أن, in marks or after a colon."""
    doubtful: bool = False
    """Whether it is often another word (بين)."""


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def verbs() -> dict[str, Verb]:
    """Verbs by their folded forms, without proclitics."""
    found: dict[str, Verb] = {}
    kinds = get_args(StatementKind)
    for kind, klass, frames, words in _rows("verbs.tsv"):
        if kind not in kinds:
            raise ValueError(f"verbs.tsv: unknown kind {kind!r}")
        marks = frames.split()
        prepositions = frozenset(fold(mark) for mark in marks if mark not in _FRAMES)
        for word in map(fold, words.split()):
            clause, doubtful = "-" not in marks, "!" in marks
            one = Verb(cast(StatementKind, kind), cast(VerbClass, klass), "o" in marks, prepositions, clause, doubtful)
            known = found.get(word)
            if known is not None:  # listed under several frames
                if (known.kind, known.klass) != (one.kind, one.klass):
                    raise ValueError(f"verbs.tsv: {word} is {known.kind} and {kind}")
                both, clause = known.prepositions | prepositions, known.clause or clause
                doubtful = known.doubtful and doubtful
                one = Verb(known.kind, known.klass, known.noun or one.noun, both, clause, doubtful)
            found[word] = one
    return found


class _Forms(dict[str, tuple[Verb, int] | None]):
    """What each folded word is, with و, ف or س before it or not; worked out once."""

    def __missing__(self, form: str) -> tuple[Verb, int] | None:
        known = verbs()
        found = known.get(form)
        said = None if found is None else (found, 0)
        if found is None and form[:1] in "وفس" and len(form) > (2 if form[:1] == "و" else 3):  # وحث
            found = known.get(form[1:])
            said = None if found is None else (found, 1)
        if len(self) > _KEPT:
            self.clear()
        if len(form) < _LONGEST:
            self[form] = said
        return said


_KEPT, _LONGEST = 50_000, 40
FORMS = _Forms()
"""By folded word: the verb of saying that it is and how many letters before it are proclitics; None for any other."""


@cache
def attributions() -> frozenset[str]:
    """Words that an attribution begins with, with و or ف before them or not."""
    words = word_set("attributions") | word_set("speaker's own")
    return frozenset(before + word for word in words for before in ("", "و", "ف"))


_ON = fold("علي")
"""على, which begins an attribution before ما: على ما أفاد"""


class _Telling(dict[str, bool]):
    """Whether a statement may hang on a folded word; worked out once."""

    def __missing__(self, form: str) -> bool:
        said = FORMS[form] is not None or form in attributions() or form == _ON
        if len(self) > _KEPT:
            self.clear()
        if len(form) < _LONGEST:
            self[form] = said
        return said


TELLING = _Telling()
"""By folded word: whether it is a verb of saying or begins an attribution."""


@cache
def sources() -> dict[str, SourceClass]:
    """Nouns of sources without a name by their folded forms."""
    return {
        word: cast(SourceClass, klass)
        for klass, words in reversed(list(_rows("sources.tsv")))
        for word in fold(words).split()
    }


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(fold(word).replace("_", " ") for word in words.split()) for name, words in _rows("words.tsv")
    }


@cache
def word_set(name: str) -> frozenset[str]:
    """The folded words of a row of `data/words.tsv`."""
    return _sets()[name]
