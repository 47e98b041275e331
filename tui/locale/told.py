"""What the store says, in the language spoken.

The store knows no screen and no language: its errors and reasons are sentences in English, and many of them are kept in
a corpus or come from another process. They are made from templates, which `tui.locale.collecting` reads out of the code
(`"is larger than {0} MB"`); here a sentence is taken back to its template, and what filled it fills the translation.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.errors import QueryError, StoreError
from tui.locale import comma, language, of_context
from tui.locale import gettext as _
from tui.locale.said import Said

CONTEXT = "store"
"""The context (msgctxt) of what the store says."""
_LONGEST = 1000
"""Code points of a sentence that are looked at; one that is longer quotes what came from outside."""
_HOLE = re.compile(r"\{(\d+)\}")
_ISOLATES = "\u2066\u2067\u2068\u2069"
_BY_ISOLATES = re.compile(f"([{_ISOLATES}])")
_DEEPEST = 3
"""So deep is what fills a template looked at itself."""


def told(text: str) -> str:
    """A sentence of the store in the language spoken; in English, or where it is not known, as it is."""
    return Said.by(lambda: _in_language(text))


def _in_language(text: str) -> str:
    if language() == "en" or not text or len(text) > _LONGEST:
        return text
    return _told(text, _DEEPEST)


def in_words(error: BaseException) -> str:
    """An error of the store as one sentence in the language spoken: where, what is wrong, what to do.

    In English it is `str(error)`.
    """
    return Said.by(lambda: _error_in_words(error))


def _error_in_words(error: BaseException) -> str:
    if language() == "en" or not isinstance(error, StoreError):
        return str(error)
    said: str = told(_shortened(error.what))
    if isinstance(error, QueryError) and error.position is not None:
        said += _(" (character {n})").format(n=error.position + 1)
    if error.where:
        said = f"{isolated(_shortened(error.where))}: {said}"
    return f"{said}؛ {told(error.remedy)}" if error.remedy else said


def _one_line(text: str) -> str:
    from store.export.plain import one_line  # not needed to start

    return one_line(text)


def sentence(text: str) -> str:
    """A whole sentence of the store (`news.txt: is empty; check where it came from`), as it came from another process
    or with what it is about before it, in the language spoken."""
    return Said.by(lambda: _sentence(text))


def _sentence(text: str) -> str:
    if language() == "en":
        return text
    begun = text.partition("; ")[0]
    if told(begun) != begun:
        return told(text)
    first, colon, rest = text.partition(": ")
    if colon and (said := told(first)) != first:
        return f"{said}: {sentence(rest)}"
    for found in re.finditer(": ", text[:_LONGEST]):
        rest = text[found.end() :]
        what = rest.partition("; ")[0]
        if told(what) != what:
            said = told(rest)
            return f"{isolated(_one_line(text[: found.start()]))}: {said}"
    return text


def _shortened(text: str) -> str:
    if isinstance(text, Said):  # said by the interface, whose isolates keep its parts in their places
        text = "".join(part if part in _ISOLATES else _one_line(part) for part in _BY_ISOLATES.split(text) if part)
    else:
        text = _one_line(text)
    return text if len(text) < _LONGEST else f"{text[: _LONGEST - 1]}…"


def isolated(text: str) -> str:
    """A path, a name or a number that keeps to itself within an Arabic sentence (U+2068 … U+2069)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if language() == "ar" else text


def _told(text: str, deep: int) -> str:
    plain, templates = _known(language())
    if text in plain:
        return plain[text]
    if text[:1].isupper() and (lower := text[0].lower() + text[1:]) in plain:
        return plain[lower]  # as the system says it
    if not deep:
        return text
    for begin, end, pattern, translated in templates:
        if not text.startswith(begin) or not text.endswith(end):
            continue
        found = pattern.fullmatch(text)
        if found:
            return _filled(translated, [_filling(one, deep - 1) for one in found.groups()])
    return _in_parts(text, deep)


def _filled(template: str, filling: list[str]) -> str:
    return _HOLE.sub(lambda hole: filling[int(hole[1])], template)


def _in_parts(text: str, deep: int) -> str:
    """Sentences that stand in a row, if each of them is known."""
    first, semicolon, rest = text.partition("; ")
    if semicolon:
        both = _told(first, deep - 1), _told(rest, deep - 1)
        if both != (first, rest):
            return f"{both[0]}؛ {both[1]}"
    return text


def _filling(text: str, deep: int) -> str:
    """What fills a template: something that the store says itself, or what is only quoted."""
    said = _told(text, deep)
    if said != text:
        return said
    parts = text.split(", ")
    if len(parts) > 1:
        return comma().join(_told(part, 0) for part in parts)
    return isolated(_one_line(text)) if re.search("[A-Za-z0-9]", text) else text


@lru_cache(maxsize=4)
def _known(_language: str) -> tuple[dict[str, str], list[tuple[str, str, re.Pattern[str], str]]]:
    """Sentences as they are with their translations; and templates, those that say most by themselves first."""
    plain: dict[str, str] = {}
    templates: list[tuple[str, str, re.Pattern[str], str]] = []
    for template, translated in of_context(CONTEXT).items():
        parts = _HOLE.split(template)
        words = [_unescaped(part) for part in parts[::2]]
        if len(words) == 1:
            plain[words[0]] = _unescaped(translated)
            continue
        pattern = re.compile("(.*?)".join(map(re.escape, words)), re.DOTALL)
        templates.append((words[0], words[-1], pattern, _unescaped(translated)))
    return plain, sorted(templates, key=_own_letters)


def _own_letters(one: tuple[str, str, re.Pattern[str], str]) -> int:
    return -len(one[2].pattern.replace("(.*?)", ""))


def _unescaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
