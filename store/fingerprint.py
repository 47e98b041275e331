"""What decides what is found in a document, so that two machines can be asked whether they would find the same."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
from collections.abc import Mapping
from pathlib import Path

# What reads pages and PDFs and finds names and dates; dask and distributed carry it there and back.
_PACKAGES = (
    "charset-normalizer", "courlan", "dask", "dateparser", "distributed", "hijridate", "htmldate", "justext", "lxml",
    "numpy", "onnxruntime", "py3langid", "pypdf", "python-dateutil", "rensa", "trafilatura",
)  # fmt: skip
_NOT_FOUND_BY = ("seeds", "training")
"""Folders of `store` that have no part in it."""


@functools.cache
def fingerprint() -> dict[str, str]:
    """By its name each thing that results hang on: khabar's own files (as a digest), Python, the processor's kind, and
    the versions of libraries. Takes a tenth of a second, once."""
    print_ = {
        "khabar": _digest(Path(__file__).parent),
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "processor": platform.machine(),
    }
    for package in _PACKAGES:
        try:
            print_[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            print_[package] = "none"
    return print_


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is another there, in words; empty when nothing is."""
    return ", ".join(
        f"{name} {there.get(name, 'none')} (here {here.get(name, 'none')})"
        for name in sorted({*here, *there}, key=str.casefold)
        if here.get(name) != there.get(name)
    )


def _digest(folder: Path) -> str:
    """Of all files in it, whatever machine they lie on."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if below.parts[0] in _NOT_FOUND_BY or "__pycache__" in below.parts or not path.is_file():
            continue
        digest.update(f"{below.as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
