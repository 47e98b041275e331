"""Who may come: the lines of an authorized_keys file, with options that are honoured or that refuse the line.

A user is who the comment of the key says, which whoever keeps the file has written; the name that a client gives
itself is nobody's.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import asyncssh

from store.errors import StoreError
from store.people import plain
from tui.locale import gettext as _
from tui.locale.told import in_words, told

_TYPES = ("ssh-ed25519", "ssh-ed448", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-ed25519@", "sk-ecdsa-sha2-")
_OPTION = re.compile(r'([A-Za-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?')
_NOTHING_TO_DO = frozenset(("no-agent-forwarding", "no-port-forwarding", "no-x11-forwarding", "no-user-rc", "pty"))
"""Options that forbid what nobody has here, and the one thing that everybody has."""
_ADDRESS = re.compile(r"!?[0-9A-Fa-f.:*?]+(?:/\d{1,3})?")
_MOST_BYTES = 1 << 20
_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Allowed:
    """A line of the file: a key, whose it is, and from where and until when."""

    user: str
    fingerprint: str
    data: bytes
    """The public key as it is sent."""
    sources: tuple[str, ...] = ()
    """Patterns of addresses, one of which has to fit; those with a `!` must not."""
    until: datetime | None = None

    def admits(self, address: str, now: datetime) -> bool:
        """Whether the key may be used from an address at a moment."""
        if self.until is not None and now >= self.until:
            return False
        if not self.sources:
            return True
        if any(_fits(pattern[1:], address) for pattern in self.sources if pattern.startswith("!")):
            return False
        return any(_fits(pattern, address) for pattern in self.sources if not pattern.startswith("!"))


def _fits(pattern: str, address: str) -> bool:
    try:
        host = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(host, ipaddress.IPv6Address) and host.ipv4_mapped is not None:
        host = host.ipv4_mapped
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(str(host), pattern.lower())
    return host in ipaddress.ip_network(pattern)


class Refused(ValueError):  # noqa: N818  what became of a line
    """Why a line is not used."""


def line(text: str) -> Allowed:
    """A line of the file. Raises Refused with the reason."""
    options, rest = _options(text)
    kind, encoded, comment = (*rest.split(None, 2), "", "", "")[:3]
    if not kind.startswith(_TYPES) or "-cert-" in kind:
        raise Refused("no key of a kind that is taken")
    try:
        key = asyncssh.import_public_key(f"{kind} {encoded}")
    except asyncssh.KeyImportError as error:
        raise Refused(f"no key ({error})") from error
    if kind == "ssh-rsa" and getattr(key.pyca_key, "key_size", 0) < _RSA_BITS:
        raise Refused(f"an RSA key of less than {_RSA_BITS} bits")
    sources: tuple[str, ...] = ()
    until = None
    for name, value in options:
        if name == "from" and value:
            if sources:
                raise Refused("from stands twice: which of them counts?")
            sources = _sources(value)
        elif name == "expiry-time" and value:
            moment = _moment(value)
            until = moment if until is None else min(until, moment)
        elif name not in _NOTHING_TO_DO and name != "restrict":
            raise Refused(f"the option {plain(name)} cannot be honoured")
    names = [name for name, _value in options]
    if "restrict" in names and "pty" not in names[names.index("restrict") :]:
        raise Refused("restrict without pty leaves no terminal: write restrict,pty")
    fingerprint = key.get_fingerprint()
    return Allowed(plain(comment) or fingerprint, fingerprint, key.public_data, sources, until)


def _options(text: str) -> tuple[list[tuple[str, str | None]], str]:
    """The options before a key, and the rest of the line."""
    found: list[tuple[str, str | None]] = []
    if text.startswith(_TYPES):
        return found, text
    at = 0
    while True:
        match = _OPTION.match(text, at)
        if match is None:
            raise Refused("options that cannot be read")
        value = match[2]
        found.append((match[1].lower(), None if value is None else re.sub(r"\\(.)", r"\1", value)))
        at = match.end()
        if text[at : at + 1] == ",":
            at += 1
        elif text[at : at + 1] in (" ", "\t"):
            return found, text[at:].strip()
        else:
            raise Refused("options that cannot be read")


def _sources(value: str) -> tuple[str, ...]:
    patterns = tuple(part.strip() for part in value.split(","))
    for pattern in patterns:
        bare = pattern.removeprefix("!")
        try:
            if not _ADDRESS.fullmatch(pattern):
                raise ValueError
            if "*" not in bare and "?" not in bare:
                ipaddress.ip_network(bare)
            elif "/" in bare:  # it would fit nothing, and with a `!` keep nobody out
                raise ValueError
        except ValueError as error:
            raise Refused(f"from={plain(pattern)}: only addresses and networks are compared, no names") from error
    return patterns


def _moment(value: str) -> datetime:
    for form in ("%Y%m%d", "%Y%m%d%H%M", "%Y%m%d%H%M%S"):
        digits = value.removesuffix("Z")
        try:
            read = datetime.strptime(digits, form)
        except ValueError:
            continue
        if len(digits) == len(read.strftime(form)):
            return read.replace(tzinfo=UTC) if value.endswith("Z") else read.astimezone()
    raise Refused(f"expiry-time={plain(value)} is no time")


class Keys:
    """The file, read again when it has changed. `tell` is told of lines that are not used, and why.

    Raises StoreError where it cannot be read, or where others than its owner may write to it.
    """

    def __init__(self, path: Path, tell: Callable[[str], None]) -> None:
        self._path, self._tell = path, tell
        self._stood: tuple[int, int, int] | None = None
        self._allowed: dict[bytes, Allowed] = {}
        self._read()

    def __len__(self) -> int:
        return len(self._allowed)

    def find(self, data: bytes, address: str) -> Allowed | None:
        """Whose key that is, if it may be used from there now. A file that cannot be read any more lets nobody in."""
        try:
            self._read()
        except StoreError as error:
            if self._allowed:
                self._tell(in_words(error))
            self._allowed, self._stood = {}, None
        found = self._allowed.get(data)
        return found if found is not None and found.admits(address, datetime.now(UTC)) else None

    def _read(self) -> None:
        try:
            with self._path.open("rb") as file:
                about = os.fstat(file.fileno())
                stands = (about.st_ino, about.st_size, about.st_mtime_ns)
                if about.st_mode & 0o022:
                    raise StoreError("may be written by others", str(self._path), f"chmod go-w {self._path}")
                if stands == self._stood:
                    return
                text = file.read(_MOST_BYTES).decode("utf-8", "replace")
        except OSError as error:
            raise StoreError(f"cannot be read ({error.strerror})", str(self._path)) from error
        self._allowed = {one.data: one for one in self._lines(text)}
        self._stood = stands

    def _lines(self, text: str) -> Iterator[Allowed]:
        seen: set[bytes] = set()
        for number, raw in enumerate(text.splitlines(), 1):
            if not raw.strip() or raw.lstrip().startswith("#"):
                continue
            try:
                one = line(raw.strip())
            except Refused as error:
                self._tell(_("{place}: not used: {why}").format(place=f"{self._path}:{number}", why=told(str(error))))
                continue
            if one.data in seen:
                # Two lines for one key may say different things of it: the first counts, as with sshd.
                self._tell(_("{place}: not used: the key stands further up").format(place=f"{self._path}:{number}"))
                continue
            seen.add(one.data)
            yield one
