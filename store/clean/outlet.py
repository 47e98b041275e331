"""Who published an article, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from store.clean.lexicon import domains, outlets, places, words
from store.clean.page import Page, normal
from store.clean.tails import label_end
from store.models import Document

_PARTS = re.compile(r"[+،,/|()\[\]«»\"“”؛;]|\s[-–—]+\s|\sو(?=\S)")
# "in a statement Shafaq News received": what an article calls its own newsroom.
_RECEIVED = re.compile(
    r"\b(?:ورد|وردت|وصل|وصلت)\s+(?:إلى\s+|الى\s+)?(?P<to>ل?[^\n،,.؛:(]{2,40})"
    r"|\b(?:تلقت|تسلمت|تلقى)\s+(?P<who>[^\n،,.؛:(]{2,40}?)\s+(?:نسخة|نسخه|صورة) (?:منه|منها|عنه|عنها)"
    r"|\b(?:خص|خصت)\s+(?:به|بها)\s+(?P<given>[^\n،,.؛:(]{2,40})"
)
# The same with a newsroom the list does not have: a noun says that it is one, a sign or a particle where it ends.
_RECEIVED_BY = re.compile(
    r"\b(?:ورد|وردت|وصل|وصلت)\s+(?:إلى |الى )?ل?(?P<name>(?:وكالة|موقع|شبكة|صحيفة|جريدة|قناة)\s+[^\s،,.؛:()]+"
    r"(?:\s+[^\s،,.؛:()]+){0,2}?)(?=\s*[،,.؛(]|\s+(?:إن|ان|أن|أنه|انه|نسخة|نسخه)\b)"
)
_VERBS = ("ورد", "وصل", "تلقت", "تسلمت", "تلقى", "خص")
"""Without one of them in it a line is not looked through for either."""
_RESERVED_FOR = re.compile(
    r"محفوظة\s+(?:©\s*)?(?:\d{4}\s*)?(?:لدى\s+|ل(?=موقع|وكالة|صحيفة|جريدة|قناة|شبكة|مؤسسة|بوابة|مجلة|دار))"
    r"(?P<name>[^\d©|\n.،\-–—]{3,40})"
)
_QUOTES = re.compile(r"[«»\"“”()]")
_YEAR = re.compile(r"\d{4}")
# A site's name and what it says of itself behind it.
_SITE_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·»]\s*|(?<!\s)\s+[-–—:]+\s+")
_SITE_WORDS = 5


def find(page: Page, document: Document) -> tuple[str | None, str]:
    """The outlet and the reason in words; None where nothing says it."""
    if document.outlet:
        return document.outlet, "given with the document"
    for clue in _CLUES:
        found = clue(page, document)
        if found:
            return found
    return None, "nothing in the text says who published it"


def _known(text: str) -> str | None:
    """The outlet a text names and nothing else, by its usual name."""
    outlet = outlets().get(normal(text))
    return outlet.name if outlet and outlet.kind in ("outlet", "agency") else None


def _source_line(page: Page, _: Document) -> tuple[str, str] | None:
    for line, kind, rule in zip(page.lines, page.kinds, page.rules, strict=True):
        if kind != "source":
            continue
        start = (label_end(line, "source") or 0) if rule == "source line" else 0
        content = line.text[start:].strip()
        named = []
        for part in _PARTS.split(content):
            name = normal(part)
            outlet = outlets().get(name)
            if not name or name in places() or (outlet and outlet.kind in ("generic", "photo")):
                continue
            named.append((outlet.kind if outlet else "unknown", outlet.name if outlet else part.strip(" .:")))
        # An agency beside an outlet is where the outlet has it from.
        named.sort(key=lambda pair: pair[0] == "agency")
        if named and len(named[0][1].split()) <= 6:
            return named[0][1], f"the source line says “{line.text}”"
    return None


def _received(page: Page, _: Document) -> tuple[str, str] | None:
    for line, kind in zip(page.lines, page.kinds, strict=True):
        if kind != "body" or not any(verb in line.text for verb in _VERBS):
            continue
        for match in _RECEIVED.finditer(line.text[:1000]):
            name = _QUOTES.sub(" ", match["to"] or match["who"] or match["given"]).strip()
            tokens = (name.removeprefix("ل").removeprefix("ـ") if match["to"] else name).split()
            for size in range(min(4, len(tokens)), 0, -1):
                name_of = " ".join(tokens[:size])
                known = _known(name_of)
                # "It arrived today": alone and without quotes a name may be a common word.
                sure = match["who"] or size > 1 or re.search(rf"[«\"“]{re.escape(name_of)}", match.group())
                if known and sure:
                    # The surface that names it, for a person to check.
                    end = match.start() + match.group().find(tokens[size - 1]) + len(tokens[size - 1])
                    return known, f"the article says “{line.text[match.start() : end]}”"
        unlisted = _RECEIVED_BY.search(line.text[:1000])
        if unlisted:
            return unlisted["name"].strip('«»"“” '), f"the article says “{unlisted.group()}”"
    return None


def _follow(page: Page, _: Document) -> tuple[str, str] | None:
    skipped = words("generic") | words("follow") | words("follow_maybe") | words("platform")
    for line, rule in zip(page.lines, page.rules, strict=True):
        if rule != "follow":
            continue
        tokens = [token for token in re.split(r"[\s«»\"“”،:]+", line.text) if token and normal(token)]
        runs: list[list[str]] = [[]]
        for token in tokens:
            if normal(token) in skipped:
                runs.append([])
            else:
                runs[-1].append(token)
        for run in sorted(runs, key=len, reverse=True):
            name = " ".join(run)
            known = _known(name)
            if known:
                return known, f"the page says “{line.text}”"
    return None


def _copyright(page: Page, _: Document) -> tuple[str, str] | None:
    for line, rule in zip(page.lines, page.rules, strict=True):
        if rule != "copyright":
            continue
        tokens = line.words
        for start in range(len(tokens)):
            for size in range(4, 0, -1):
                name = " ".join(tokens[start : start + size])
                known = _known(name) or _known(name.removeprefix("ل"))
                if known and not _YEAR.fullmatch(name):
                    return known, f"the page says “{line.text}”"
        unlisted = _RESERVED_FOR.search(line.text)
        if unlisted and len(unlisted["name"].split()) <= 5:
            return unlisted["name"].strip(), f"the page says “{line.text}”"
    return None


def _title_tail(page: Page, _: Document) -> tuple[str, str] | None:
    for line, kind in zip(page.lines, page.kinds, strict=True):
        if kind == "title":
            for separator in (" | ", " - ", " – ", " — "):
                known = _known(line.text.rpartition(separator)[2]) if separator in line.text else None
                if known:
                    return known, f"the title ends with “{known}”"
    return None


def _byline(page: Page, _: Document) -> tuple[str, str] | None:
    for line, kind in zip(page.lines, page.kinds, strict=True):
        if kind in ("header", "dateline"):
            for part in _PARTS.split(line.text.strip(" -–—:")):
                outlet = outlets().get(normal(part))
                if outlet and outlet.kind == "outlet" and normal(part) not in places():
                    return outlet.name, f"the line above the article says “{line.text}”"
    return None


def _address(_: Page, document: Document) -> tuple[str, str] | None:
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        if domain in domains():
            return domains()[domain], f"the address is at {domain}"
    return None


def _site(_: Page, document: Document) -> tuple[str, str] | None:
    """What a page calls its site: a name of the list, else the first that is short enough for a name."""
    sites = [said for said in document.said if said.name == "site"]
    for said in sites:
        if known := _known(said.value):
            return known, f"{said.origin} says “{said.value}”"
    for said in sites:
        name = _SITE_PARTS.split(said.value)[0].strip()
        if name and len(name.split()) <= _SITE_WORDS:
            return name, f"{said.origin} says “{said.value}”"
    return None


_CLUES: tuple[Callable[[Page, Document], tuple[str, str] | None], ...] = (
    _address,
    _site,
    _source_line,
    _received,
    _follow,
    _title_tail,
    _copyright,
    _byline,
)
