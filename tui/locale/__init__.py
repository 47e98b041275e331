"""The interface's languages: English and Arabic, through gettext."""

from __future__ import annotations

import gettext as _gettext
import locale as _locale
import os
from pathlib import Path

DOMAIN = "khabar"
LANGUAGES = ("en", "ar")
_FOLDER = Path(__file__).parent

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def preferred() -> str:
    """The language that the settings name, or else the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`), English if that
    is none of ours."""
    from tui.settings.force import InForce

    chosen = InForce().or_else("language").value
    if chosen in LANGUAGES:
        return str(chosen)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            code = _locale.normalize(value).split("_", 1)[0].split(".", 1)[0].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def use(language: str) -> None:
    """Speak `language` from now on; an unknown one is English."""
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    _current = _gettext.translation(DOMAIN, _FOLDER, languages=[_language], fallback=True)


def language() -> str:
    """The language spoken now."""
    return _language


def gettext(message: str) -> str:
    """`message` in the language spoken now."""
    return _current.gettext(message)


def in_both(message: str) -> tuple[str, str]:
    """`message` in English and in Arabic, whichever is spoken."""
    return message, _gettext.translation(DOMAIN, _FOLDER, languages=["ar"], fallback=True).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits `count` (Arabic has six)."""
    return _current.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802  the usual name of a mark for messages translated where they are shown
    """Mark a message for translation without translating it."""
    return message
