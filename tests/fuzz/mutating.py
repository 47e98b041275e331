"""Valid inputs made into hostile ones, so that they get past the first look: what is packed is packed again."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile

from tests.fuzz.seeds import SEEDS, words

LONGEST = 1 << 14
"""Most bytes of what is made."""
_TIMES = (1, 2, 3, 5, 20, 300, 2000)


def mutated(data: bytes, target: str, chance: random.Random) -> bytes:
    """Another input of the target's format: mostly what is inside a container is changed, now and then itself."""
    if chance.random() < 0.8:
        inside = _inside(data, target, chance)
        if inside is not None:
            return inside[: 4 * LONGEST]
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _changed(data, target, chance)
    return data[:LONGEST]


def _changed(data: bytes, target: str, chance: random.Random) -> bytes:
    at, to = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    if chance.random() < 0.7:
        to = min(to, at + chance.choice((1, 2, 8, 40)))
    word = chance.choice(words(target))
    match chance.randint(0, 7):
        case 0:
            return data[:at] + data[to:]
        case 1:
            return data[:at] + word + data[at:]
        case 2:
            return data[:at] + word + data[to:]
        case 3:
            times = min(chance.choice(_TIMES), LONGEST // max(len(word), 1))
            return data[:at] + word * times + data[at:]
        case 4:
            piece = data[at:to]
            return data[:at] + piece * min(chance.choice(_TIMES), LONGEST // max(len(piece), 1)) + data[to:]
        case 5:
            return data[:at] + bytes((chance.randint(0, 255),)) + data[at + 1 :]
        case 6:
            other = chance.choice(SEEDS[target]())
            begins = chance.randint(0, len(other))
            return data[:at] + other[begins : begins + chance.choice((10, 200, 5000))] + data[to:]
        case _:
            return data[:at]


def _inside(data: bytes, target: str, chance: random.Random) -> bytes | None:
    """The same container with one of its members changed; None where it is none, or a broken one."""
    try:
        if target in ("zip", "docx"):
            return _zip(data, target, chance)
        if target == "tar":
            return _tar(data, chance)
        if target == "packed" or data.startswith(b"\x1f\x8b"):
            inner = gzip.decompress(data)
            return gzip.compress(mutated(inner, "warc" if target == "warc" else "jsonl", chance), 1)
    except Exception:  # whatever a container that was broken before makes of it
        return None
    return None


def _kind(name: str) -> str:
    return {"html": "html", "jsonl": "jsonl", "xml": "feed", "rels": "feed"}.get(name.rpartition(".")[2], "text")


def _name(name: str, chance: random.Random) -> str:
    if chance.random() < 0.9:
        return name
    return chance.choice(
        ("../" * 9 + "etc/passwd", "/tmp/x.txt", "a\x1b[31m.txt", "\u202etxt.exe", "C:\\x", "a" * 9000, name + "/")
    )


def _zip(data: bytes, target: str, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        # What a Word document is about is in one member of a dozen.
        changed = "word/document.xml" if target == "docx" and chance.random() < 0.6 else chance.choice(names)
        for name in names:
            content = old.read(name)
            if name == changed:
                content = mutated(content, _kind(name), chance)
            new.writestr(zipfile.ZipInfo(name if target == "docx" else _name(name, chance)), content)
    return out.getvalue()


def _tar(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(fileobj=out, mode="w") as new:
        for info in old.getmembers():
            opened = old.extractfile(info)
            content = opened.read() if opened else b""
            if chance.random() < 0.7:
                content = mutated(content, _kind(info.name), chance)
            made = tarfile.TarInfo(_name(info.name, chance))
            made.size = len(content)
            made.type = chance.choice(
                (tarfile.REGTYPE,) * 8 + (tarfile.SYMTYPE, tarfile.GNUTYPE_SPARSE, tarfile.CHRTYPE)
            )
            new.addfile(made, io.BytesIO(content) if made.isreg() else None)
    return out.getvalue()
