"""The interface's languages: English and Arabic, through gettext."""

from __future__ import annotations

import gettext as _gettext
import locale as _locale
import os
from pathlib import Path
from typing import Any

from tui.locale.said import Said
from tui.locale.whole import whole

DOMAIN = "khabar"
LANGUAGES = ("en", "ar")
FOLDER = Path(__file__).parent

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def preferred() -> str:
    """The language that the settings name, or else the environment asks for, English if it is none of ours.

    As GNU gettext has it: `LC_ALL`, `LC_MESSAGES` and `LANG` say the locale; unless that is the plain C locale, the
    first of `LANGUAGE` (`ar:en`) that is ours goes before.
    """
    from tui.settings.force import InForce

    chosen = InForce().or_else("language").value
    if chosen in LANGUAGES:
        return str(chosen)
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "C")
    if said in ("C", "POSIX"):
        return "en"
    wanted = (*filter(None, os.environ.get("LANGUAGE", "").split(":")), said)
    return next((code for value in wanted if (code := _code(value)) in LANGUAGES), "en")


def _code(value: str) -> str:
    return _locale.normalize(value).split("_", 1)[0].split(".", 1)[0].lower()


def use(language: str) -> None:
    """Speak `language` from now on; an unknown one is English."""
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    _current = _gettext.translation(DOMAIN, FOLDER, languages=[_language], fallback=True)


def language() -> str:
    """The language spoken now."""
    return _language


def gettext(message: str) -> str:
    """`message` in the language spoken now."""
    return Said.by(lambda: _whole(_current.gettext(message)))


def in_both(message: str) -> tuple[str, str]:
    """`message` in English and in Arabic, whichever is spoken."""
    return message, _gettext.translation(DOMAIN, FOLDER, languages=["ar"], fallback=True).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits `count` (Arabic has six)."""
    return Said.by(lambda: _whole(_current.ngettext(singular, plural, count)))


def pgettext(context: str, message: str) -> str:
    """`message` as it is said in a context, in the language spoken now; the message itself where it is not known."""
    return _whole(_current.pgettext(context, message))


def _whole(text: str) -> str:
    return whole(text) if _language == "ar" else text


def of_context(context: str) -> dict[str, str]:
    """All messages of a context with their translations into the language spoken now."""
    known: dict[Any, str] = getattr(_current, "_catalog", {})
    prefix = f"{context}\x04"
    found = {key[len(prefix) :]: said for key, said in known.items() if isinstance(key, str) and key.startswith(prefix)}
    return {message: _whole(said) for message, said in found.items()}


def comma() -> str:
    """What stands between the parts of a list, the blank included."""
    return Said.by(lambda: "، " if _language == "ar" else ", ")


def semicolon() -> str:
    """What stands between sentences that belong together, the blank included."""
    return Said.by(lambda: "؛ " if _language == "ar" else "; ")


def N_(message: str) -> str:  # noqa: N802  the usual name of a mark for messages translated where they are shown
    """Mark a message for translation without translating it."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  named like N_, for the same reason
    """Mark a message that is counted, for translation where it is shown."""
    return singular, plural
