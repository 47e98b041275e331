"""Latin words of a search that may be Arabic names: each also finds the Arabic words that it may stand for.

What a word may stand for depends on the names of a corpus: whoever asks gives a `Look`. A word after `=`, one with `*`,
and one that has other letters than Latin ones stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from store.text.latin import is_spelling
from store.text.latin_names import known, longest_known, of_words, only_joins, spans
from store.text.nodes import All, Any, Node, Term, Titled


@dataclass(frozen=True, slots=True)
class Meaning:
    """Arabic words that Latin ones may stand for."""

    shown: str
    """As texts mostly have them."""
    ways: tuple[tuple[str, ...], ...]
    """Folded, as names have them: with an article, without one."""


Look = Callable[[tuple[str, ...]], Sequence[Meaning]]
"""From folded Latin words to what they may stand for, the likeliest first."""


@dataclass(frozen=True, slots=True)
class LatinReading:
    """What some Latin words of a search were taken for."""

    latin: str
    arabic: tuple[str, ...]
    """As texts have them, the likeliest first."""


def understand(node: Node, look: Look) -> tuple[Node, tuple[LatinReading, ...]]:
    """A search that finds Arabic names too, and what was read as what."""
    understanding = _Understanding(look)
    return understanding.of(node), tuple(dict.fromkeys(understanding.readings))


class _Understanding:
    def __init__(self, look: Look) -> None:
        self._look = look
        self.readings: list[LatinReading] = []

    def of(self, node: Node) -> Node:
        if isinstance(node, Term):
            return self._read((node,)) or node
        if isinstance(node, Titled):
            return replace(node, node=self.of(node.node))
        if isinstance(node, Any):
            return replace(node, nodes=tuple(self.of(one) for one in node.nodes))
        if isinstance(node, All):
            wanted = tuple(self._in_turn(node.wanted))
            return replace(node, wanted=wanted, unwanted=tuple(self.of(one) for one in node.unwanted))
        return node

    def _in_turn(self, nodes: Sequence[Node]) -> list[Node]:
        """Words next to each other may be one name: united nations, abdel nasser, al kadhimi."""
        found: list[Node] = []
        at = 0
        while at < len(nodes):
            together = _together(nodes[at:])
            read = self._read(together) if len(together) > 1 else None
            found.append(read or self.of(nodes[at]))
            at += len(together) if read else 1
        return found

    def _read(self, terms: Sequence[Term]) -> Node | None:
        """What some terms or the Arabic words for them find; None where they are no name."""
        words = tuple(word for term in terms for word in term.words)
        if not all(_may_be_read(term) for term in terms) or not (among := self._look(words)):
            return None
        self.readings.append(LatinReading(" ".join(words), tuple(meaning.shown for meaning in among)))
        itself: Node = terms[0] if len(terms) == 1 else All(tuple(terms))
        # Names as phrases, of one word too: they carry proclitics, but are not inflected.
        names = dict.fromkeys(way for meaning in among for way in meaning.ways)
        return Any((itself, *(Term(way, "phrase", False) for way in names)))


def _may_be_read(term: Term) -> bool:
    return term.mode != "exact" and not term.prefix and any(map(is_spelling, term.words))


def _together(nodes: Sequence[Node]) -> tuple[Term, ...]:
    """As many of the first nodes as are to be read as one name, none or one where there is no such."""
    terms: list[Term] = []
    for node in nodes[: longest_known()]:
        if not isinstance(node, Term) or len(node.words) > 1 or node.prefix or node.mode != "plain":
            break
        terms.append(node)
    words = [term.words[0] for term in terms]
    for end in range(len(terms), 1, -1):
        if known(words[:end]):
            return tuple(terms[:end])
    for end in (3, 2):
        if len(terms) >= end and _is_one(words[:end]):
            return tuple(terms[:end])
    return tuple(terms[:1])


def _is_one(words: Sequence[str]) -> bool:
    """Whether some words are one part of a name: an article and what follows, a word that joins and what follows."""
    parts = of_words(words)
    return (
        len(parts) == 1
        or (len(parts) == 2 and any(span.end == 2 for span in spans(parts) if span.start == 0))
        or (len(parts) == 2 and only_joins(parts[0].latin))
    )
