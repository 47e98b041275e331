"""Pages that a browser saved into one file (MHTML): the page itself, without the pictures it carries along."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from store.errors import InputError
from store.models import Document
from store.readers.controls import tame_line
from store.readers.html import page
from store.readers.source import ByteSource

NAME, VERSION = "mhtml", "1"
LIMIT = 64 << 20
"""Most bytes of one file, pictures included."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """The document of the first page in the file, as the reader of pages has it."""
    data = source.read(LIMIT)
    if data is None:
        yield InputError(f"is larger than {LIMIT >> 20} MB", source.name, "save the page as HTML only and add that")
        return
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes):
        yield InputError("is a saved page without a page in it", source.name, "save the page again")
        return
    charset = part.get_content_charset()
    yield from page(body, source.name, _address(message, part), (), charset)


def _address(message: Message, part: Message) -> str | None:
    """Where the page came from."""
    for found in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        address = tame_line(str(found or ""))
        if address.startswith(("http://", "https://")):
            return address
    return None
