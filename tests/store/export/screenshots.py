"""Pictures that a headless browser takes of a page, as arrays."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.store.export.test_page_in_browser import BROWSER, FLAGS

Picture = npt.NDArray[np.uint8]
"""Rows of pixels of red, green and blue."""


def taken(page: Path, folder: Path, width: int, height: int, *flags: str) -> Picture:
    """What a window of this size shows of a page."""
    target = folder / "shot.png"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height}"]
    command += [*flags, f"--screenshot={target}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return decoded(target.read_bytes())


def decoded(data: bytes) -> Picture:
    """A PNG of eight bits a channel, not interlaced, as browsers write it."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, width, height, channels = 8, b"", 0, 0, 3
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", body)
            assert (depth, interlaced) == (8, 0)
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    raw, step = zlib.decompress(packed), width * channels
    rows, above = [], bytearray(step)
    for row in range(height):
        begin = row * (step + 1)
        above = _unfiltered(raw[begin], bytearray(raw[begin + 1 : begin + 1 + step]), above, channels)
        rows.append(bytes(above))
    return np.frombuffer(b"".join(rows), np.uint8).reshape(height, width, channels)[:, :, :3]


def _unfiltered(kind: int, line: bytearray, above: bytearray, channels: int) -> bytearray:
    for at in range(len(line)) if kind else ():
        left = line[at - channels] if at >= channels else 0
        corner = above[at - channels] if at >= channels else 0
        up = above[at]
        guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]
        line[at] = (line[at] + guess) & 255
    return line


def _nearest(left: int, up: int, corner: int) -> int:
    aim = left + up - corner
    return min((left, up, corner), key=lambda one: abs(aim - one))
