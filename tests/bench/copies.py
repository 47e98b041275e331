"""How well copies are told, on pairs of real articles and on made ones; how long signatures take, rensa beside
datasketch."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from store.clean import clean
from store.models import Block
from store.resolve.copies import VALUES, body_words, is_copy, signature
from store.resolve.near import near
from tests.store.resolve.copied import Pair, articles, body, judged, made, measure

MADE = 500
"""So many real articles are made copies and look-alikes of."""
SIGNED = 1_000


def main() -> None:
    """Print the figures; those of quality need the real articles."""
    if not articles():
        print("copies: real articles need KHABAR_DATA")
        return
    pairs = judged()
    _print("judged by a reader", pairs)
    others = [*pairs]
    everything = made(MADE)
    for kind in dict.fromkeys(pair.kind for pair in everything):
        _print(kind, [pair for pair in everything if pair.kind == kind])
    others += everything
    found = measure(others)
    rate = 1000 * found.wrong / found.others
    print(f"copies: of all pairs that are none {rate:.2f} in 1,000 taken for copies ({found.wrong} of {found.others})")
    _whole(pairs)
    _time()


def _print(kind: str, pairs: Sequence[Pair]) -> None:
    found = measure(pairs)
    said = [f"{found.right} of {found.same} copies found ({found.recall:.3f})"] if found.same else []
    said += [f"{found.wrong} of {found.others} others taken for copies"] if found.others else []
    print(f"copies: {kind}: {', '.join(said)}")


def _whole(pairs: Sequence[Pair]) -> None:
    """All the articles as one corpus: who is found by signatures, and what of it no reader has called a copy."""
    documents = list(articles().values())
    bodies = [body(document) for document in documents]
    begun = time.process_time()
    signed = [signature(document.text, clean(document).blocks) for document in documents]
    took = time.process_time() - begun
    rows = [at for at, one in enumerate(signed) if one]
    matrix = np.frombuffer(b"".join(signed), "<u2").reshape(-1, VALUES)
    begun = time.process_time()
    looked = near(matrix, np.arange(len(matrix)))
    taken = {(rows[a], rows[b]) for a, b in looked.tolist() if is_copy(bodies[rows[a]], bodies[rows[b]])}
    words = {
        frozenset((one.words, other.words)): same for one, other, same in ((p.one, p.other, p.same) for p in pairs)
    }
    judged_of = [words.get(frozenset((bodies[a].words, bodies[b].words))) for a, b in taken]
    wrong, unread = judged_of.count(False), judged_of.count(None)
    copies = sum(word is True for word in words.values())
    found = judged_of.count(True)
    print(
        f"copies: {len(documents)} articles: {len(looked)} pairs looked at, {len(taken)} taken for copies,"
        f" {wrong} of them wrongly, {unread} unread; {found} of {copies} that a reader called copies;"
        f" {took:.1f} s to clean and sign, {time.process_time() - begun:.1f} s to find"
    )


def _time() -> None:
    texts: list[tuple[str, Sequence[Block]]] = [
        (document.text, clean(document).blocks) for document in islice(articles().values(), SIGNED)
    ]
    rensa = _of_all(lambda text, blocks: signature(text, blocks), texts)
    print(f"copies: a signature with rensa {rensa:.0f} µs, ", end="")
    words = _of_all(lambda text, blocks: body_words(text, blocks), texts)
    print(f"of which words {words:.0f}")
    try:
        MinHash = importlib.import_module("datasketch").MinHash  # noqa: N806  a class
    except ImportError:
        print("copies: datasketch is not there to compare with")
        return

    def with_datasketch(text: str, blocks: Sequence[Block]) -> object:
        words = body_words(text, blocks)
        sketch = MinHash(VALUES, seed=1)
        sketch.update_batch([" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))])
        return sketch.hashvalues

    print(f"copies: a signature with datasketch {_of_all(with_datasketch, texts):.0f} µs")


def _of_all(make: Callable[[str, Sequence[Block]], object], texts: Sequence[tuple[str, Sequence[Block]]]) -> float:
    """Microseconds of CPU a text."""
    begun = time.process_time()
    for text, blocks in texts:
        make(text, blocks)
    return (time.process_time() - begun) / len(texts) * 1e6


if __name__ == "__main__":
    main()
