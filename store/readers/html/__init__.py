"""Pages of the web: the text a reader sees, a line a block, and which lines are the article.

Nothing of a page is deleted (law 2): what stands around the article is marked, each line with the rule that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.errors import InputError
from store.models import Document, Said, Source
from store.readers.html import article, lines, metadata, titles, tree
from store.readers.source import ByteSource
from store.readers.text import checked

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME, VERSION = "html", "1"
_LINKS = 0.7
"""Share of a page in links above which, without any paragraph, it is a list of links."""
_LEAST = 8
"""Words below which what was found is no article."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """The one document of a page, or why it cannot be one."""
    data = source.read(tree.LIMIT)
    if data is None:
        yield InputError(
            f"is a page of more than {tree.LIMIT >> 20} MB", source.name, "save the article alone and add that"
        )
        return
    yield from page(data, source.name)


def page(
    data: bytes, where: str, url: str | None = None, said: tuple[Said, ...] = (), charset: str | None = None
) -> Iterator[Document | InputError]:
    """The one document of the bytes of a page, or why it cannot be one; never more than one of them.

    `where` names it to a person, `url` is where it was fetched, `said` what is known of it from elsewhere (an archive's
    record), `charset` what its server declared.
    """
    try:
        yield _document(data, where, url, said, charset)
    except InputError as error:
        yield error


def _document(data: bytes, where: str, url: str | None, said: tuple[Said, ...], charset: str | None) -> Document:
    if not data.strip():
        raise InputError("is empty", where, "check where it came from")
    characters, encoding = tree.decoded(data, where, charset)
    root = tree.parse(characters, where)
    text, rows, replaced = lines.lines_of(root.body)
    if not rows:
        raise InputError(_without_text(root), where, "save the page again when it is shown in full")
    checked(text, replaced, where)
    meta = metadata.metadata(root)
    headings = [row.text for row in rows if row.tag == "h1"][:10]
    sites = [one.value for one in meta.said if one.name == "site"]
    title, tail = titles.choose(meta.titles, headings, sites, [row.text for row in rows])
    if tail:
        meta.say_site(tail)
    address = metadata.address(meta, url, tree.saved_from(characters))
    if meta.published is None:
        guess = metadata.addressed_date(address) or metadata.guessed_date(root, address)
        if guess is not None:
            meta.say("published", guess.value, guess.origin)
    found = article.find(rows, article.extract(root), meta.body, title)
    if not found.kept:
        raise InputError(*_no_article(rows, where))
    published = meta.published
    return Document(
        text=text,
        source=Source(where, NAME, VERSION, encoding),
        digest=hashlib.sha256(data).hexdigest(),
        title=title,
        published=published,
        published_basis="metadata" if published else "unknown",
        url=address,
        replaced=replaced,
        said=(*said, *metadata.sorted_said(one for one in meta.said if one not in said)),
        marks=tuple(found.marks),
    )


def _without_text(root: HtmlElement) -> str:
    """Why a page shows nothing."""
    for tag, fault in (
        ("frameset", "is a frame around other pages"),
        ("iframe", "is a frame around other pages"),
        ("script", "is a page without text: a script would have filled it"),
    ):
        if next(root.iter(tag), None) is not None:
            return fault
    return "is an empty page"


def _no_article(rows: list[lines.Row], where: str) -> tuple[str, str, str]:
    total = sum(len(row.text) for row in rows)
    linked = sum(row.linked for row in rows)
    if len(rows) >= 10 and linked >= _LINKS * total:
        return "is a page of links, not an article", where, "add the pages it leads to"
    return "is an HTML page without an article", where, "save the article's text as plain text and add that"
