"""What a page says of itself outside its text, each thing with its origin: title, times, author, outlet, address."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from store.models import SAID, Said
from store.readers.controls import tame_line
from store.readers.html import jsonld
from store.readers.html.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_LONGEST, _MOST, _KEYWORDS = 500, 120, 40
_METAS = 2000
_SPLIT = re.compile(r"[,،;؛|\n]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]{1,20})?$")
_LANGUAGES = {"arabic": "ar", "english": "en", "persian": "fa", "farsi": "fa", "french": "fr", "kurdish": "ku"}
_JSON: tuple[tuple[str, str], ...] = (
    ("headline", "title"),
    ("datepublished", "published"),
    ("datemodified", "updated"),
    ("author", "author"),
    ("creator", "author"),
    ("articlesection", "section"),
    ("keywords", "keyword"),
    ("inlanguage", "language"),
    ("description", "description"),
    ("publisher", "site"),
)
_ITEM_PROPS = ("datepublished", "datemodified", "headline", "author", "articlesection", "keywords", "publisher")
_SPELLED = {"datepublished": "datePublished", "datemodified": "dateModified", "articlesection": "articleSection"}
_ADDRESS = re.compile(r"/(20[012]\d)[/-](?:[a-z_-]{2,40}/)?(0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_COMPANY = ("meta publisher", "meta application-name")
_EVIDENCE = frozenset(("datetime", "title", "content", "data-date", "data-time", "data-published", "data-timestamp"))


@dataclass(slots=True)
class Metadata:
    """What a page says, in the order in which it counts; `titles` are candidates with their origins."""

    said: list[Said] = field(default_factory=list)
    titles: list[Said] = field(default_factory=list)
    published: str | None = None
    """As `moment` has it, from the first time that says when it was published."""
    body: str | None = None
    """The article's text where JSON-LD has it."""

    def say(self, name: str, value: str, origin: str) -> None:
        """Keep what was found, once a value."""
        for part in _SPLIT.split(value) if name == "keyword" else [value]:
            value = tame_line(part[: 4 * _LONGEST])[:_LONGEST].strip()
            if not value or len(self.said) >= _MOST or not _plausible(name, value):
                continue
            if name == "title":
                self.titles.append(Said(name, value, origin))
                continue
            if name == "language":
                value = _LANGUAGES.get(value.lower(), value)
            same = [said for said in self.said if said.name == name]
            if any(said.value == value for said in same) or (name == "keyword" and len(same) >= _KEYWORDS):
                continue
            self.said.append(Said(name, value, origin))
            if name == "published" and self.published is None:
                self.published = moment(value)

    def say_site(self, name: str) -> None:
        """Keep the site's name that stood behind the title; a company or an application may be called otherwise."""
        at = next((at for at, said in enumerate(self.said) if said.origin in _COMPANY), len(self.said))
        if all(said.value != name for said in self.said if said.name == "site"):
            self.said.insert(at, Said("site", name, "title"))


def metadata(tree: HtmlElement) -> Metadata:
    """What a page says of its article. JSON-LD goes before meta elements, these before microdata and `<time>`."""
    found = Metadata()
    for node in jsonld.articles(tree)[:3]:
        for key, name in _JSON:
            for value in jsonld.strings(node.get(key)):
                found.say(name, value, f"JSON-LD {_SPELLED.get(key, key)}")
        body = node.get("articlebody")
        if found.body is None and isinstance(body, str):
            found.body = body[: 1 << 20]
    metas = _metas(tree)
    for key, name in _names().items():
        for value in metas.get(key, ()):
            found.say(name, value, f"meta {key}")
    _microdata(tree, found)
    root = tree.getroottree().getroot()
    found.say("language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang")
    for link in list(tree.iter("link"))[:_METAS]:
        if (link.get("rel") or "").lower() == "canonical":
            address = tame_line(link.get("href") or "")[:2000]
            found.said = [said for said in found.said if said.name != "canonical" or not _same(said.value, address)]
            found.said.insert(0, Said("canonical", address, "link canonical"))
            break
    title = next(iter(tree.iter("title")), None)
    if title is not None:
        found.titles.append(Said("title", tame_line("".join(title.itertext())[:_LONGEST]), "title"))
    return found


def sorted_said(said: Iterable[Said]) -> list[Said]:
    """What was said, in the order in which it is shown."""
    order = {name: at for at, name in enumerate(SAID)}
    return sorted((one for one in said if one.value), key=lambda one: order[one.name])


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Contents of meta elements by name, property and itemprop, in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in list(tree.iter("meta"))[:_METAS]:
        content = (meta.get("content") or "").strip()
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                for name in (meta.get(key) or "").lower().split()[:4]:
                    if content not in (values := metas.setdefault(name, [])):
                        values.append(content)
    return metas


def _microdata(tree: HtmlElement, found: Metadata) -> None:
    """What elements of the body say by `itemprop`, `<time datetime>` and `rel=author`."""
    names = {**_names(), "publisher": "site"}
    times: list[tuple[str, str]] = []
    for element in tree.body.iter() if tree.body is not None else ():
        if not isinstance(element.tag, str):
            continue
        if prop := (element.get("itemprop") or "").strip().lower():
            for name in prop.split()[:4]:
                if name in _ITEM_PROPS and element.tag != "meta":
                    value = element.get("content") or element.get("datetime") or _named(element)
                    found.say(names.get(name, ""), value, f"itemprop {_SPELLED.get(name, name)}")
        elif element.tag == "time" and element.get("datetime"):
            classes = f"{element.get('class') or ''} {element.get('pubdate', '')}".lower()
            published = "pubdate" in element.attrib or "publish" in classes or "entry-date" in classes
            times.append(
                ("updated" if "updat" in classes or "modif" in classes else "published", element.get("datetime"))
            )
            if published:
                times.insert(0, times.pop())
        elif element.tag == "a" and "author" in (element.get("rel") or "").lower().split():
            found.say("author", _short(element), "rel author")
    if found.published is None:
        for name, value in times[:1]:
            found.say(name, value, "time datetime")


def _named(element: HtmlElement) -> str:
    """What an element of microdata says: the name within it, else its text."""
    for inner in element.iter():
        if (inner.get("itemprop") or "").strip().lower() == "name":
            return inner.get("content") or _short(inner)
    return _short(element)


def _short(element: HtmlElement) -> str:
    text = "".join(element.itertext())
    return text if len(text) <= 200 else ""


def _plausible(name: str, value: str) -> bool:
    """Whether a value can be what it is said to be: an author is no address, a language a code."""
    if name in ("published", "updated"):
        return any(char.isdigit() for char in value) and len(value) <= 60
    if name == "language":
        return bool(_LANGUAGE.match(value)) or value.lower() in _LANGUAGES
    if name in ("author", "site", "section"):
        return not re.match(r"https?://|www\.|@|\d+$|-+$", value) and len(value) <= 200
    return name in ("title", *SAID)


@functools.cache
def _names() -> dict[str, str]:
    table = (resources.files(__package__) / "data" / "metas.tsv").read_text("utf-8")
    return {
        key.lower(): name for key, name in csv.reader((r for r in table.splitlines() if r[:1] != "#"), delimiter="\t")
    }


def addressed_date(url: str | None) -> Said | None:
    """The day in an address such as `/2021/12/14/` or `/2013/world/8/3/`."""
    match = _ADDRESS.search(url or "")
    day = moment("-".join(match.groups())) if match else None
    return Said("published", day, "address") if day else None


def guessed_date(tree: HtmlElement, url: str | None) -> Said | None:
    """What htmldate takes for the day of publication, where an element of the page holds that very day."""
    from htmldate import find_date

    try:
        day = find_date(tree, extensive_search=False, original_date=True, url=url)
    except Exception:  # whatever it makes of a page from anywhere, the page is read without
        return None
    if not day or moment(day) is None:
        return None
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            if key in _EVIDENCE and (moment(value) or "")[:10] == day:
                name = element.get("name") or element.get("property") if element.tag == "meta" else None
                where = tame_line(f"{element.tag} {name or key}")[:60]  # names of a page are anything
                return Said("published", tame_line(value)[:60], f"{where} (htmldate)")
    return None


def address(found: Metadata, url: str | None, saved: str | None) -> str | None:
    """Where a page is: what it calls canonical, else where it says it is, where it was saved from or fetched.

    A canonical address that is only the site's first page says nothing.
    """
    base = next((one for one in (url, saved) if one and _is_url(one)), None)
    for value in [*(said.value for said in found.said if said.name == "canonical"), saved, url]:
        if not value:
            continue
        try:
            whole = urljoin(base or "", value.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        front = parts.path.strip("/") == "" and not parts.query
        if _is_url(whole) and not (front and base and value not in (saved, url)):
            return tame_line(whole)[:2000]
    return None


def _same(one: str, other: str) -> bool:
    """Whether two addresses are written differently only."""
    return unquote(one).rstrip("/") == unquote(other).rstrip("/")


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
