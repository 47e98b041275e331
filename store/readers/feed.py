"""News feeds (RSS, Atom) and exports of WordPress: an article an item, with its full text where the feed has it.

Nothing is ever fetched. An item's identity is its own content: a feed that is added again brings what is new in it.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from store.errors import InputError
from store.models import Document, Said, Source
from store.readers import moments
from store.readers.controls import REPLACEMENT, tame, tame_line
from store.readers.encoding import decode
from store.readers.fragments import text_of
from store.readers.leaving import RECORDS, LeftOut
from store.readers.source import ByteSource, unforeseen
from store.readers.text import LIMIT as TEXT_LIMIT
from store.readers.text import checked
from store.text.iso_dates import iso_date

NAME, VERSION = "feed", "1"
LIMIT = 32 << 20
"""Most bytes of a feed: it is read as a whole."""
TAGS = 1_000_000
"""Most tags: feedparser takes some 30 µs for one."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*?\?>")
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
# What may stand before the root element, but for a document type.
_PROLOGUE = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:rss|feed|rdf))\b", re.IGNORECASE)
_BEGINS = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENDS = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_POST_TYPE = "wp_post_type"
"""What an item of an export of WordPress (WXR) is; other feeds do not say."""
_NO_POSTS = frozenset((
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_font_face", "wp_font_family", "wp_global_styles", "wp_navigation", "wp_template",
    "wp_template_part", "acf-field", "acf-field-group", "wpcf7_contact_form",
))  # fmt: skip
"""Its types that are no articles; sites have more of their own that are."""
_Entry = dict[str, Any]
"""What feedparser has of an item or a feed; asked by `dict.get`, as its own way stands in for what is absent."""
_VALUE_LIMIT, _MARKUP = 1000, 10_000
"""Most characters of a field, and of one with its markup."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each item ("feed.xml:12" is the twelfth), in order; of a feed that is cut short those
    that are whole, and one error for the rest."""
    data = source.read(LIMIT)
    if data is None:
        yield InputError(f"is larger than {LIMIT >> 20} MB, too much for a feed", source.name, "split it")
        return
    text, encoding = _decoded(data, source.name)
    text, replaced = tame(text)
    text = _DECLARATION.sub("", text, count=1)
    if text.count("<") > TAGS:
        yield InputError(f"has more than {TAGS:,} elements, too much for a feed", source.name, "split it")
        return
    text, cut = _whole(_from_root(text))
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        # `fragments.text_of` leaves scripts out; the feed's own words are what an item is known by.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    name = _line(parsed.feed, "title")
    for number, entry in enumerate(parsed.entries, 1):
        where = Source(f"{source.name}:{number}", NAME, VERSION, encoding)
        if _string(entry, _POST_TYPE) in _NO_POSTS:
            yield LeftOut(RECORDS, where.path)
            continue
        try:
            yield _document(entry, parsed.feed, name, where, bool(replaced))
        except InputError as error:
            yield error
        except Exception as error:  # whatever feedparser made of it, one item must not end the others
            yield unforeseen(error, where.path)
    if cut:
        yield InputError("is cut short", source.name, "fetch it again; the items that are whole were read")
    elif not parsed.entries:
        yield InputError("is a feed without items", source.name, "check where it came from")


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    """The text of a feed: as Arabic is encoded, else as it says itself. Raises InputError."""
    try:
        return decode(data, where)
    except InputError as error:
        said = _DECLARED.match(data)
        declared = said[1].decode("ascii").lower() if said else ""
        if not declared or declared in ("utf-8", "utf8"):
            if "in the middle" not in error.what:
                raise
            # Cut within a character: all before it can be read.
            return data.decode("utf-8", "ignore"), "utf-8"
        try:
            return data.decode(declared), codecs.lookup(declared).name
        except (LookupError, UnicodeDecodeError):
            raise error from None


def _from_root(text: str) -> str:
    """A feed from its root element on. What stands before it says nothing, but may define entities in a document type,
    which feeds need none of: nobody may make them a billion, or name a file."""
    begun = _PROLOGUE.match(text)
    root = _ROOT.search(text, begun.end() if begun else 0)
    return text[root.start() :] if root else text


def _whole(text: str) -> tuple[str, bool]:
    """A feed up to its last whole item, and whether there was more of it."""
    root = _ROOT.search(text)
    if root is None or re.search(rf"</{re.escape(root[1])}\s*>\s*(?><!--.*?-->\s*)*+$", text[-2000:], re.DOTALL):
        return text, False
    ends = deque(_ENDS.finditer(text), maxlen=1)
    if not ends:
        begun = _BEGINS.search(text)
        return (text[: begun.start()] if begun else text) + f"</{root[1]}>", True
    channel = "" if root[1].lower().endswith(("feed", "rdf")) else "</channel>"
    return f"{text[: ends[0].end()]}{channel}</{root[1]}>", True


def _document(entry: _Entry, feed: _Entry, name: str, where: Source, tamed: bool) -> Document:
    contents = [str(content.get("value") or "") for content in dict.get(entry, "content") or ()]
    post = _string(entry, _POST_TYPE)
    summary = _string(entry, "summary") or (_string(entry, "excerpt_encoded") if post else "")
    full = max((text_of(_with_breaks(content) if post else content) for content in contents), key=len, default="")
    short = text_of(summary)
    text, _ = tame(full if len(full) >= len(short) else short)
    title = _line(entry, "title") or None
    if not text and title:
        raise InputError("has a title and no text", where.path, "fetch its page and add that")
    if len(text) > TEXT_LIMIT:
        raise InputError(f"has more than {TEXT_LIMIT >> 20} million characters", where.path, "split it")
    checked(text, 0, where.path)
    link = tame_line(_string(entry, "link")) or None
    published, raw = _moment(entry, "published")
    updated, raw_updated = _moment(entry, "wp_post_modified" if post else "updated")
    # WordPress gives the moment out in UTC, and on the site's own clock beside it.
    local = _moment(entry, "wp_post_date")[0] if post else None
    date = local or published or updated
    origin = dict.get(entry, "source") or {}
    outlet = _line(origin, "title") or name or None
    said = [
        *_people(entry),
        *(Said("keyword", term, "feed category") for term in _terms(entry)),
        *_one("language", _string(entry, "language") or _string(feed, "language"), "feed language"),
        *(_one("published", raw, "feed published") if raw != date else ()),
        *_one("updated", raw_updated, "feed updated"),
        *_one("site", name, "feed title"),
        *(_one("description", short, "feed description") if full and short and short != text else ()),
    ]
    return Document(
        text=text,
        source=where,
        digest=_digest(entry, contents),
        id=tame_line(_string(entry, "id")) or None,
        title=title,
        published=date,
        published_basis="metadata" if date else "unknown",
        outlet=outlet,
        url=link,
        replaced=text.count(REPLACEMENT) if tamed else 0,
        said=tuple(said),
    )


def _with_breaks(content: str) -> str:
    """What WordPress keeps of a post: where it has no paragraphs, its lines are those that the site shows."""
    return content if _PARAGRAPH.search(content) else content.replace("\n", "<br>\n")


def _digest(entry: _Entry, contents: list[str]) -> str:
    """SHA-256 of what an item has of its own, wherever and in whatever feed it stands."""
    names = ("id", "link", "title", "published", "updated", "author", "summary")
    own = [*(_string(entry, name) for name in names), contents]
    return hashlib.sha256(json.dumps(own, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _string(entry: _Entry, name: str) -> str:
    value = dict.get(entry, name)
    return value if isinstance(value, str) else ""


def _line(entry: _Entry, name: str) -> str:
    """A field that may have markup, as one line. Short: that of a feed is repeated with each of its items."""
    return tame_line(text_of(_string(entry, name)[:_MARKUP]))[:_VALUE_LIMIT].strip()


def _moment(entry: _Entry, name: str) -> tuple[str | None, str]:
    """A time on the publisher's own clock, and as the feed has it."""
    raw = tame_line(_string(entry, name)[:_VALUE_LIMIT])
    return (iso_date(raw) or moments.mail(raw) or moments.read(raw) if raw else None), raw


def _people(entry: _Entry) -> Iterator[Said]:
    names = [str(author.get("name") or "") for author in dict.get(entry, "authors") or ()]
    seen = dict.fromkeys(line for name in [*names, _string(entry, "author")] if (line := tame_line(name)))
    for name in list(seen)[:20]:
        yield Said("author", name[:_VALUE_LIMIT], "feed author")


def _terms(entry: _Entry) -> list[str]:
    tags = dict.get(entry, "tags") or ()
    terms = (tame_line(text_of(str(tag.get("label") or tag.get("term") or "")[:_MARKUP])) for tag in tags)
    return list(dict.fromkeys(term[:_VALUE_LIMIT] for term in terms if term))[:200]


def _one(name: str, value: str, origin: str) -> Iterator[Said]:
    if line := tame_line(value[:_MARKUP])[:_VALUE_LIMIT]:
        yield Said(name, line, origin)
