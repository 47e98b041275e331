"""Words that are used alike: the vocabulary of the articles in a few hundred classes.

Positive pointwise mutual information with the words around, reduced by a truncated singular value decomposition
(Levy and Goldberg 2014), then k-means. What a class says of a name is left to the recogniser to learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from store.text.fold import fold
from store.text.tokens import words

_WORDS = 40_000
_CONTEXTS = 3_000
_RARE = 4
_AROUND = (-2, -1, 1, 2)
_DIMENSIONS = 64


def learn(texts: Iterable[str], classes: int, seed: int) -> dict[str, int]:
    """The class of each frequent word (folded, as it stands with its proclitics) of `texts`."""
    from scipy.sparse import coo_matrix
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD

    read = [[fold(text[start:end]) for start, end in words(text)] for text in texts]
    counts = Counter(word for text in read for word in text)
    vocabulary = [word for word, count in counts.most_common(_WORDS) if count >= _RARE]
    number = {word: at for at, word in enumerate(vocabulary)}
    context = {word: at for at, word in enumerate(vocabulary[:_CONTEXTS])}
    pairs: Counter[tuple[int, int]] = Counter()
    for text in read:
        rows = [number.get(word, -1) for word in text]
        columns = [context.get(word, -1) for word in text]
        for side, step in enumerate(_AROUND):
            for at, row in enumerate(rows):
                other = at + step
                if row >= 0 and 0 <= other < len(rows) and columns[other] >= 0:
                    pairs[row, side * _CONTEXTS + columns[other]] += 1
    keys = np.array(list(pairs), dtype=np.int64)
    values = np.array(list(pairs.values()), dtype=np.float64)
    shape = (len(vocabulary), len(_AROUND) * _CONTEXTS)
    matrix = coo_matrix((values, (keys[:, 0], keys[:, 1])), shape=shape).tocsr()
    total = values.sum()
    by_row = np.asarray(matrix.sum(1)).ravel()
    # Context distribution smoothed by the power 0.75, so that rare contexts do not outweigh all others.
    by_column = np.asarray(matrix.sum(0)).ravel() ** 0.75
    by_column *= total / by_column.sum()
    matrix = matrix.tocoo()
    mutual = np.log(np.maximum(matrix.data * total / (by_row[matrix.row] * by_column[matrix.col]), 1.0))
    matrix = coo_matrix((mutual, (matrix.row, matrix.col)), shape=shape).tocsr()
    matrix.eliminate_zeros()
    reduced = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(matrix)
    reduced /= np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)
    means = MiniBatchKMeans(classes, random_state=seed, batch_size=4096, n_init=3)
    return dict(zip(vocabulary, means.fit_predict(reduced).tolist(), strict=True))
