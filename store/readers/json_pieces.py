"""JSON too large to be read as a whole: its records one after another, in bounded memory.

Python's own decoder reads one value at a time from a buffer that is filled as need be. What is short is taken as in
small documents (`containers`); a list longer than `LONG` is handed on while it is read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from store.errors import InputError
from store.readers import containers
from store.readers.containers import Container

LIMIT = 64 << 20
"""Most characters of one value, and of all that is kept of an object while its lists are read."""
LONG = 1000
"""Records of a list that are kept to tell what it is."""
_SHORT = 8 << 20
"""Characters of such records."""
_EACH = 64
"""What each value that is kept counts beside its characters: an empty one takes memory, too."""
_DEEPEST = 3
"""Objects within which a list is looked for."""
_MARGIN = 16
"""Characters at the end of what has been read, in which what looks wrong may only be cut."""
PIECE = 1 << 18
"""Bytes decoded at once."""
_DROPPED = 1 << 17
"""Characters that have been read, after which they are let go."""
_SPACE = re.compile(r"[ \t\r\n]*")
_REMEDY = 'write one JSON object with a "text" field on each line and name the file .jsonl'


def find(pieces: Iterable[bytes], where: str, mapped: str | None = None) -> Iterator[Container]:
    """The records of a document in UTF-8 as `containers.find` has them, each container to be read before the next.

    `mapped` is the field that holds the text, where a person said so. A document that is a record itself is a container
    of one. Raises InputError where it goes on as no JSON does.
    """
    text = _Text(pieces, where)
    while text.peek():  # several values one after another are read like a list of them
        yield from _top(text, mapped)


def _top(text: _Text, mapped: str | None) -> Iterator[Container]:
    if text.peek() == "[":
        sample, rest = _list(text)
        if rest is None:
            yield from containers.find(sample, text.where, mapped) or []
        elif all(isinstance(row, list) for row in sample):
            yield Container(containers.named(chain(sample, rest), text.where, mapped))
        else:
            yield from _long({}, "", sample, rest, mapped)
    elif text.peek() == "{":
        whole = yield from _object(text, mapped, _DEEPEST)
        if whole is not None:
            yield from containers.find(whole, text.where, mapped) or [Container([whole])]
    else:
        containers.find(text.value(), text.where, mapped)  # which says what it is


def _object(text: _Text, mapped: str | None, depth: int) -> Generator[Container, None, dict[str, object] | None]:
    """Reads an object: hands on the long lists in it, and returns it where it has none."""
    text.take("{")
    held: dict[str, object] = {}
    whole = True
    if text.peek() == "}":
        text.take("}")
        return held
    while True:
        name = text.value()
        if not isinstance(name, str):
            raise text.wrong()
        text.keep()
        text.take(":")
        if text.peek() == "[":
            sample, rest = _list(text)
            if rest is None:
                held[name] = sample
            elif not containers.has_text(held, mapped):  # else it is of its article
                for container in _long(held, name, sample, rest, mapped):
                    whole = False
                    yield container
            for _ in rest or ():  # what nobody wanted
                pass
        elif text.peek() == "{" and depth > 1:
            inner = yield from _object(text, mapped, depth - 1)
            whole = whole and inner is not None
            held[name] = inner
        else:
            held[name] = text.value()
        text.keep()
        if text.peek() != ",":
            text.take("}")
            return held if whole else None
        text.take(",")


def _long(
    before: dict[str, object], name: str, sample: list[object], rest: Iterator[object], mapped: str | None
) -> Iterator[Container]:
    """The records of a long list, or of the objects in it; `before` is what its object has said so far."""
    values = chain(sample, rest)
    if (marked := containers.marked({**before, name: sample})) is not None:
        yield Container(values, marked.outlet, marked.left)
    elif containers.are_articles(sample, mapped):
        yield Container(values)
    else:
        yield from (marked for value in values if (marked := containers.marked(value)) is not None)


def _list(text: _Text) -> tuple[list[object], Iterator[object] | None]:
    """The first values of a list, and where these are not all the others."""
    text.take("[")
    values = _values(text)
    sample: list[object] = []
    before = text.kept
    for value in values:
        text.keep()
        sample.append(value)
        if len(sample) == LONG or text.kept - before > _SHORT:
            text.kept = before  # it is handed on
            return sample, values
    return sample, None


def _values(text: _Text) -> Iterator[object]:
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.peek() != ",":
            text.take("]")
            return
        text.take(",")


class _Text:
    """Text that is decoded as it is read."""

    def __init__(self, pieces: Iterable[bytes], where: str) -> None:
        self.where = where
        self._pieces = (piece[at : at + PIECE] for piece in pieces for at in range(0, len(piece), PIECE))
        self._utf8 = codecs.getincrementaldecoder("utf-8")("surrogatepass")
        self._decoder = json.JSONDecoder()
        self._buffer, self._at = "", 0
        self._ended = False
        self._last = 0
        self.kept = 0
        """What is kept of what has been read, in characters."""

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(1):
                return ""

    def take(self, sign: str) -> None:
        """Passes over a character that must come next."""
        if self.peek() != sign:
            raise self.wrong()
        self._at += 1

    def value(self) -> object:
        """The value that comes next."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise InputError("is not JSON that can be read (too deep or too long)", self.where, _REMEDY) from None
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos >= len(self._buffer) - _MARGIN
                if not cut or not self._more(len(self._buffer) - self._at):
                    raise self.wrong(cut) from None
                continue
            except ValueError:  # a number too long for Python
                raise InputError("is not JSON that can be read (too deep or too long)", self.where, _REMEDY) from None
            # A number may go on in what has not been read.
            if end < len(self._buffer) or not self._more(1):
                self._last, self._at = end - self._at, end
                if self._at > _DROPPED:
                    self._buffer, self._at = self._buffer[self._at :], 0
                return found

    def keep(self) -> None:
        """Counts the last value among what is kept."""
        self.kept += self._last + _EACH
        self._last = 0
        if self.kept > LIMIT:
            raise self._large()

    def wrong(self, cut: bool = False) -> InputError:
        """What to say where something else comes next than JSON has there, or nothing any more (`cut`)."""
        if cut or (self._ended and self._at >= len(self._buffer) - _MARGIN):
            return InputError("is cut short", self.where, "fetch it again; the items that are whole were read")
        return InputError("goes on as no JSON does", self.where, "mend it there; the items before were read")

    def _large(self) -> InputError:
        return InputError(f"has more than {LIMIT >> 20} MB in one value", self.where, _REMEDY)

    def _more(self, least: int) -> bool:
        """Reads on, at least so many bytes if there are; whether there were any."""
        if self._ended:
            return False
        if len(self._buffer) - self._at > LIMIT:
            raise self._large()
        found, size = [self._buffer[self._at :]], 0
        self._at = 0
        try:
            while size < least:
                piece = next(self._pieces, None)
                if piece is None:
                    self._ended = True
                    found.append(self._utf8.decode(b"", final=True))
                    break
                size += len(piece)
                found.append(self._utf8.decode(piece))
        except UnicodeDecodeError:
            raise InputError("is not UTF-8, as large JSON must be", self.where, "save it as UTF-8") from None
        self._buffer = "".join(found)
        return size > 0 or not self._ended
