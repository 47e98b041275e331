"""The encoder of the accurate recogniser: what a small transformer, run by onnxruntime, makes of each word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from store.extract.entities.chunks import Chunk, chunks
from store.extract.entities.decode import Floats
from store.extract.entities.features import LABELS
from store.extract.entities.pieces import PAD, Pieces
from store.extract.entities.tokens import Tokens

if TYPE_CHECKING:
    import onnxruntime

_BATCH = 128
"""Pieces of one run, padding included: what a layer works on stays in the processor's cache, which is worth a fifth."""
MOST_WORDS = 20_000
"""So many words of a text are read, some six seconds' worth; names of the rest are those of the fast recogniser."""


class Encoder:
    """A model as `store.training.graph` wrote it, with its pieces. Holds some 100 MB."""

    def __init__(self, path: str, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"]
        )
        about = self._session.get_modelmeta().custom_metadata_map
        self.version: str = about["version"]
        stored = json.loads(about["pieces"])
        self.pieces = Pieces(stored["pieces"], stored["scores"])

    def emissions(self, tokens: Tokens) -> Floats:
        """The logarithm of the probability of each label of each word: words by `features.LABELS`.

        Words beyond MOST_WORDS have every label alike.
        """
        found = np.zeros((len(tokens.words), len(LABELS)), np.float32)
        for batch in _batches(chunks(tokens, self.pieces, MOST_WORDS)):
            longest = len(batch[0].ids)
            ids = np.full((len(batch), longest), PAD, np.int64)
            mask = np.zeros((len(batch), longest), np.int32)
            for row, chunk in enumerate(batch):
                ids[row, : len(chunk.ids)] = chunk.ids
                mask[row, : len(chunk.ids)] = 1
            logits: npt.NDArray[np.float32] = self._session.run(["logits"], {"ids": ids, "mask": mask})[0]
            for row, chunk in enumerate(batch):
                found[chunk.words] = logits[row, chunk.firsts]
        found -= found.max(1, keepdims=True)
        found -= np.log(np.exp(found).sum(1, keepdims=True))
        return found


def _batches(all_chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Stretches of like length together, the longest first of each batch."""
    ordered = sorted(all_chunks, key=lambda chunk: -len(chunk.ids))
    held: list[Chunk] = []
    for chunk in ordered:
        if held and len(held[0].ids) * (len(held) + 1) > _BATCH:
            yield held
            held = []
        held.append(chunk)
    if held:
        yield held


@cache
def encoder() -> Encoder:
    """The shipped encoder, loaded at the first call. Raises OSError when the installation lacks it."""
    with resources.as_file(resources.files(__package__).joinpath("models", "accurate.onnx")) as path:
        if not path.exists():
            raise FileNotFoundError(str(path))
        return Encoder(str(path))
