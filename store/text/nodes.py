"""What a query asks for, as a tree, and what its words may look like in a text. No SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from store.answers import Sought
from store.models import MentionType
from store.text.proclitics import definite_forms, forms
from store.text.spelling import spellings

MAX_FORMS = 200
"""Most ways of writing one phrase that are looked for."""
MAX_NEAR = 144
"""Most pairs (or triples …) of ways of writing that NEAR is looked for with."""

Mode = Literal["plain", "phrase", "exact"]
Expand = Callable[[str, int], Sequence[str]]
"""What a plain word is looked for as: at most so many forms, the commonest, itself first. A corpus knows its own."""


def expand_without_corpus(word: str, most: int = MAX_FORMS) -> Sequence[str]:
    """A word's spellings, each with every proclitic it may carry: what it is looked for as without a corpus."""
    return _itself_first(word, {form for spelling in spellings(word) for form in forms(spelling)})[:most]


def _itself_first(word: str, found: set[str]) -> list[str]:
    return sorted(found, key=lambda form: (form != word, form))


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words next to each other; the last one may be the beginning of a word."""

    words: tuple[str, ...]
    mode: Mode
    prefix: bool

    def forms(self, expand: Expand = expand_without_corpus, most: int = MAX_FORMS) -> list[Sequence[str]]:
        """What each word may look like in a text, in at most so many ways together.

        A plain word alone is inflected, by `expand`; the first word of a phrase and the beginning of a word have their
        proclitics, and all but exact ones the spellings that newspapers do not agree on.
        """
        first = self.words[0]
        if self.mode == "exact":
            return [(word,) for word in self.words]
        if len(self.words) == 1 and self.mode == "plain":
            return [expand_without_corpus(first, most) if self.prefix else expand(first, most)]
        heads = {form for spelling in spellings(first) for form in definite_forms(spelling)}
        columns: list[Sequence[str]] = [_itself_first(first, heads)[:most]]
        ways = len(columns[0])
        for word in self.words[1:]:
            # Of a long phrase only the first words are varied, so that no expression grows without bound.
            written = spellings(word) if ways * len(spellings(word)) <= most else (word,)
            ways *= len(written)
            columns.append(written)
        return columns


@dataclass(frozen=True, slots=True)
class Near:
    """All of these in one field, with at most `distance` words between the end of the first and the beginning of the
    last, in any order."""

    terms: tuple[Term, ...]
    distance: int

    def ways(self, expand: Expand = expand_without_corpus) -> list[list[tuple[str, ...]]]:
        """For each term the ways of writing it that are looked for: the commonest, where all would be too many."""
        found = [list(product(*term.forms(expand))) for term in self.terms]
        left = MAX_NEAR
        # Those of few ways first: what they leave is for the others.
        for place, at in enumerate(sorted(range(len(found)), key=lambda at: len(found[at]))):
            share = int(left ** (1 / (len(found) - place)) + 1e-9)
            if len(found[at]) > share:
                found[at] = list(product(*self.terms[at].forms(expand, share)))
            left //= len(found[at])
        return found


@dataclass(frozen=True, slots=True)
class Titled:
    """The same, in the title."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `wanted`, none of `unwanted`."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet, or an entity mentioned, by a name that only the corpus knows."""

    what: Literal["outlet", "entity"]
    name: str
    position: int = field(compare=False, default=0)
    """Where the name stands in the query, in code points."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A source says of the article, under this name, something with these words; or it is in this language."""

    what: Sought
    value: str
    position: int = field(compare=False, default=0)
    """Where the value stands in the query, in code points."""


@dataclass(frozen=True, slots=True)
class Typed:
    """An entity of this type is mentioned."""

    type: MentionType


@dataclass(frozen=True, slots=True)
class Dated:
    """Published within these days, `YYYY-MM-DD`, inclusive; None where the stretch is open."""

    since: str | None
    until: str | None


Node = Term | Near | Titled | All | Any | Named | Saying | Typed | Dated
Fact = Named | Saying | Typed | Dated
"""What is asked about an article, not about its words."""


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of, the unwanted included."""
    if isinstance(node, All):
        return (*node.wanted, *node.unwanted)
    if isinstance(node, Any):
        return node.nodes
    return (node.node,) if isinstance(node, Titled) else ()


def facts(node: Node) -> Iterator[Fact]:
    """Everything that a query asks about an article besides its words."""
    if isinstance(node, Fact):
        yield node
    for part in parts(node):
        yield from facts(part)


def about_words(node: Node) -> bool:
    """Whether a query is about words alone, and wants some: then the index can answer it alone."""
    return not any(facts(node)) and not (isinstance(node, All) and not node.wanted)


def wanted_words(node: Node) -> Node | None:
    """The words of a query that are to be there, any of them: by these its articles are ranked; None without any."""
    if isinstance(node, Term | Near | Titled):
        return node
    nodes = node.wanted if isinstance(node, All) else node.nodes if isinstance(node, Any) else ()
    found = tuple(part for part in map(wanted_words, nodes) if part is not None)
    return Any(found) if len(found) > 1 else found[0] if found else None


def fts(node: Node, expand: Expand = expand_without_corpus) -> str:
    """A query about words as an expression of SQLite's FTS5 over the columns title and body.

    Every word is quoted, so no text of a query is ever syntax.
    """
    if isinstance(node, Term):
        return _any(_phrase(words, node) for words in product(*node.forms(expand)))
    if isinstance(node, Near):
        return _any(
            f"NEAR({' '.join(map(_phrase, way, node.terms))}, {node.distance})" for way in product(*node.ways(expand))
        )
    if isinstance(node, Titled):
        return f"{{title}} : ({fts(node.node, expand)})"
    if isinstance(node, Any):
        return _any(fts(part, expand) for part in node.nodes)
    if not isinstance(node, All) or not node.wanted:
        raise ValueError(f"not about words alone: {node}")
    wanted = " AND ".join(fts(part, expand) for part in node.wanted)
    if not node.unwanted:
        return f"({wanted})"
    return f"(({wanted}) NOT {_any(fts(part, expand) for part in node.unwanted)})"


def _phrase(words: tuple[str, ...], term: Term) -> str:
    return f'"{" ".join(words)}"{" *" if term.prefix else ""}'


def _any(expressions: Iterator[str]) -> str:
    found = list(expressions)
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"
