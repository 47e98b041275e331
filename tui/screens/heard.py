"""What is said where the reader's cursor stands: statements, roles and numbers of a sentence, each with its rule."""

from __future__ import annotations

from bisect import bisect_right

from store.answers import Article
from store.models import About, Quantity, Quote, Role
from store.resolve.spoken import Spoken
from tui.locale import N_
from tui.locale import gettext as _
from tui.screens.statements import KINDS, rule_in_words

_ABOUT: dict[About, str] = {
    "exact": N_("as it is"), "approximate": N_("about so many"), "more": N_("more than that"),
    "less": N_("less than that"),
}  # fmt: skip


def around(said: Spoken | None, article: Article, at: int) -> list[str]:
    """What is said in the sentence of an offset, or goes through it, in the order of the text."""
    if said is None:
        return []
    place = bisect_right(article.sentences, at, key=lambda sentence: sentence.start) - 1
    if place < 0:
        return []
    start, end = article.sentences[place].start, article.sentences[place].end
    text = article.document.text
    found: list[tuple[int, str]] = []
    found += [(one.start, _statement(one, text)) for one in said.quotes if one.start < end and start < one.end]
    found += [(one.start, _role(one)) for one in said.roles if one.start < end and start < one.end]
    found += [(one.start, _number(one)) for one in said.quantities if one.start < end and start < one.end]
    return [line for _start, line in sorted(found)]


def _statement(one: Quote, text: str) -> str:
    words = text[one.start : one.end].replace("\n", " ")
    return _("{who} {kind} (by «{verb}», rule {rule}): {words}").format(
        who=one.speaker.name if one.speaker else "–", kind=_(KINDS[one.kind]), verb=one.verb or "–",
        rule=rule_in_words(one.rule), words=f"«{words}»" if one.direct else words,
    )  # fmt: skip


def _role(one: Role) -> str:
    held = one.holder or "–"
    return _("{name} is {role}, of {holder} (rule {rule})").format(
        name=one.person, role=one.text, holder=held, rule=rule_in_words(one.rule)
    )


def _number(one: Quantity) -> str:
    low, high = (f"{value:,.10g}" if value is not None else "–" for value in (one.low, one.high))
    return _("number {text}: {value} of {unit}, {about} (rule {rule})").format(
        text=one.text, value=low if low == high else f"{low}–{high}", unit=one.unit, about=_(_ABOUT[one.about]),
        rule=rule_in_words(one.rule),
    )  # fmt: skip
