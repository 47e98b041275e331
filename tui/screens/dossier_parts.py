"""The sections of a dossier: what each asks, of whom it is asked, and the lines that it makes of the answer.

A section to come is one more row of `PARTS`: a heading, a question, and lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store.annotations import Annotation
from store.answers import Filter, place_of_mention
from store.database import dossiers
from store.database.queries import Reader
from store.dossiers import (
    Companion,
    Events,
    How,
    Noted,
    Role,
    Roles,
    Sighting,
    Spelling,
    Spoken,
    Stretch,
    Subject,
    Summary,
    Teller,
    Together,
    Told,
    by_year,
)
from store.models import MentionType
from store.spoken import Differing, Wanted
from tui.locale import N_, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import told
from tui.panes.annotated import BOOKMARK, NOTE, tag_label
from tui.panes.articles import date_label
from tui.panes.dossier import Line
from tui.panes.entities import type_name
from tui.panes.timeline import event_label
from tui.screens.differing import said as differently
from tui.screens.differing import who
from tui.screens.dossier_lists import Chosen, Spelled
from tui.screens.history import Place
from tui.screens.lists import Mentions, Statements
from tui.screens.statements import KINDS, said

_MONTHS = 24
"""So many months are shown one by one; more as years."""
_PAIRS = 6
"""So many pairs that may differ are shown."""
_SHOWN = 12
"""So many spellings and roles are shown."""
_HOW: dict[How, str] = {
    "alone": N_("told by it alone"),
    "first": N_("told before all others"),
    "level": N_("told at the moment of the first"),
    "later": N_("told after others"),
}
_TELLERS = {"outlet": N_("outlets"), "section": N_("sections"), "author": N_("authors")}

Section = tuple[str, Sequence[Line]]
"""A heading and what stands below it."""
Goal = Filter | Place | Subject | Mentions | Statements | Spelled | Chosen | tuple[int, ...]
"""Where a line leads: articles under a filter, a place in one, another dossier, mentions, statements, or some articles
by ids."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question and what is shown of its answer."""

    name: str
    ask: Callable[[Reader, Subject], Any]
    show: Callable[[Any, Subject], Sequence[Section]]
    about: Callable[[Subject], bool] = lambda _: True
    """Whether it is asked of a subject."""
    soon: bool = False
    """Whether its answer comes at once, and with the others of which that is so."""


# -- what is shown -----------------------------------------------------------------------------------------


def _summary(found: Summary, about: Subject) -> list[Section]:
    shown = [
        Line(f"{found.articles:,}", ngettext("article in all", "articles in all", found.articles), goal=about.filter)
    ]
    for row, times in zip(about.entities, found.mentions, strict=True):
        name = "" if len(about.entities) == 1 else row.name
        shown.append(
            Line(
                f"{times:,}",
                ngettext("mention in all", "mentions in all", times),
                name,
                goal=Mentions(row.id, about.filter),
            )
        )
    if found.undated:
        shown.append(Line(f"{found.undated:,}", _("undated"), goal=replace(about.filter, undated=True)))
    for which, one in ((_("first"), found.first), (_("last"), found.last)):
        if one is not None:
            shown.append(Line(date_label(one.article), one.article.title, which, goal=_place(one, about)))
    return [("", shown)]


def _place(one: Sighting, about: Subject) -> Place:
    entity = about.entities[0].id if about.entities else None
    return Place(one.article.id, entity=entity, mark=one.start)


def _notes(found: Noted, about: Subject) -> list[Section]:
    """What people put on it; then on its articles and events, each leading there."""
    name = about.entities[0].name if len(about.entities) == 1 else ""
    own = [_noted(one, name) for one in found.own]
    told = [_noted(one, "") for one in found.told]
    if found.count > len(found.told):
        told.insert(0, Line(f"{found.count:,}", _("all of them"), goal=found.articles))
    return [(_("noted"), own), (_("noted of its articles and events"), told)]


def _noted(one: Annotation, name: str) -> Line:
    """An annotation of one's own: its day, what it says, and what it is on if that is not `name`."""
    said = {"tag": tag_label(one.text), "note": f"{NOTE} {' / '.join(one.text.split(chr(10)))}"}.get(one.kind, BOOKMARK)
    on = one.quote if one.quote != name else ""
    text, note = (f"{said} {on}".rstrip(), "") if one.kind == "bookmark" else (said, on)
    return Line(one.made[:10], text, note, goal=_goal_of(one))


def _goal_of(one: Annotation) -> Goal | None:
    """Where what it is on is read: of an entity its sentences, of an event the one that was annotated."""
    target = one.target
    if target is not None and target.on == "entity":
        return Mentions(target.id, Filter(entities=(target.id,)))
    if one.article is None:
        return None
    if target is None or target.on == "article":
        return Place(one.article)
    if target.start is not None and target.end is not None:
        return Place(one.article, (target.start, target.end))
    return Place(one.article, mark=one.key.start)


def _spellings(found: list[tuple[int, str, list[Spelling]]], about: Subject) -> list[Section]:
    sections: list[Section] = []
    for entity, name, some in found:
        heading = _("spellings") if len(found) == 1 else _("spellings of {name}").format(name=name)
        shown = [
            Line(f"{one.mentions:,}", one.form, told(one.reason), goal=Spelled(entity, one.form))
            for one in some[:_SHOWN]
        ]
        sections.append((heading, shown))
    return sections


def _ask_spellings(reader: Reader, about: Subject) -> list[tuple[int, str, list[Spelling]]]:
    return [(row.id, row.name, dossiers.spellings(reader, row.id)) for row in about.entities]


def _roles(found: Roles, about: Subject) -> list[Section]:
    (entity,) = about.entities
    heading = ngettext("roles, in the newest mention", "roles, in the newest {n} mentions", found.sampled)
    shown = [
        Line(f"{len(role.mentions):,}", role.text, _held(role), goal=Chosen(entity.id, role.mentions))
        for role in found.roles[:_SHOWN]
    ]
    return [(heading.format(n=found.sampled), shown)]


def _held(role: Role) -> str:
    """When it is said, from the first to the last day, and where it is held."""
    # days are read from left to right, also within Arabic, as everywhere else
    days = "…".join(dict.fromkeys(filter(None, (role.first, role.last))))
    days = f"\u2066{days}\u2069" if days else ""
    return joined(" · ", filter(None, (days, role.holder)))


def _spoken(found: Spoken, about: Subject) -> list[Section]:
    (entity,) = about.entities
    shown = [Line(f"{found.count:,}", _("all of them"), goal=Statements(Wanted(entity.id), about.filter))]
    shown += [
        Line(f"{number:,}", _(KINDS[kind]), goal=Statements(Wanted(entity.id, (kind,)), about.filter))
        for kind, number in found.kinds
    ]
    shown += [
        Line(
            date_label(row.article),
            said(row),
            _(KINDS[row.quote.kind]),
            goal=Place(row.article.id, (row.sentence.start, row.sentence.end)),
        )
        for row in found.latest
    ]
    return [(_("statements"), shown if found.count else [])]


def _differing(found: Differing, about: Subject) -> list[Section]:
    shown = []
    for row in found.rows[:_PAIRS]:
        for side in (row.one, row.other):
            goal = Place(side.article.id, (side.sentence.start, side.sentence.end))
            shown.append(Line(date_label(side.article), differently(side), who(side), goal=goal))
    heading = ngettext(
        "said differently? in the newest article", "said differently? in the newest {n} articles", found.looked
    )
    return [(heading.format(n=f"{found.looked:,}"), shown)]


def _trend(found: list[Stretch], about: Subject) -> list[Section]:
    stretches = found if len(found) <= _MONTHS else by_year(found)
    most = max((one.articles for one in stretches), default=1)
    picture = [Line("", heights=tuple(_continuous(found)), goal=about.filter)] if len(found) > 2 else []
    rows = [
        Line(
            one.value,
            note=f"{one.articles:,}",
            bar=one.articles / most,
            goal=replace(about.filter, since=one.value, until=one.value),
        )
        for one in reversed(stretches)
    ]
    return [(_("articles when"), [*picture, *rows])]


def _continuous(months: Sequence[Stretch]) -> list[int]:
    """The numbers of all months from the first to the last."""

    def number(month: str) -> int:
        return int(month[:-3]) * 12 + int(month[-2:]) - 1

    first, last = number(months[0].value), number(months[-1].value)
    numbers = [0] * (last - first + 1)
    for month in months:
        numbers[number(month.value) - first] = month.articles
    return numbers


def _companions(found: list[tuple[MentionType, list[Companion]]], about: Subject) -> list[Section]:
    sections: list[Section] = []
    for kind, some in found:
        heading = _("{type} along with it, × as often as by chance")
        shown = [
            Line(f"{one.row.articles:,}", one.row.name, f"× {one.lift:.1f}", goal=_both(about, one)) for one in some
        ]
        sections.append((heading.format(type=type_name(kind)), shown))
    return sections


def _both(about: Subject, one: Companion) -> Goal:
    """An entity with another is a pair; what is more than two has articles only."""
    if len(about.entities) == 1:
        return Subject((about.entities[0], one.row))
    return replace(about.filter, entities=(*about.filter.entities, one.row.id))


def _together(found: Together, about: Subject) -> list[Section]:
    shown = [
        Line(date_label(row.article), row.sentence.text, row.article.outlet or "", goal=_mentioned(row.id, about))
        for row in found.rows
    ]
    if len(found.keys) > len(found.rows):
        shown.insert(0, Line(f"{len(found.keys):,}", _("all of them"), goal=Chosen(about.entities[0].id, found.keys)))
    heading = ngettext(
        "sentences that name both, in the newest article",
        "sentences that name both, in the newest {n} articles",
        found.sampled,
    )
    return [(heading.format(n=f"{found.sampled:,}"), shown)]


def _mentioned(id: int, about: Subject) -> Place:
    article, start = place_of_mention(id)
    return Place(article, entity=about.entities[0].id, mark=start)


def _events(found: Events, about: Subject) -> list[Section]:
    shown = []
    for row in found.rows:
        if row.sentences:
            first = row.sentences[0]
            told = f"×{row.outlets}" if row.outlets > 1 else ""
            place = Place(first.article, (first.start, first.end))
            shown.append(Line(event_label(row)[4:], first.text, told, goal=place))
    heading = ngettext("{n} event", "{n} events", found.count).format(n=f"{found.count:,}")
    return [(heading, shown)]


def _tellers(found: list[Teller], about: Subject) -> list[Section]:
    sections: list[Section] = []
    for kind in _TELLERS:
        shown = [Line(f"{one.articles:,}", one.name, goal=_of(one, about)) for one in found if one.kind == kind]
        sections.append((_(_TELLERS[kind]), shown))
    return sections


def _of(one: Teller, about: Subject) -> Filter:
    if one.kind == "outlet":
        return replace(about.filter, outlet=one.name)
    return replace(about.filter, said=((one.kind, one.name),))


def _told(found: list[Told], about: Subject) -> list[Section]:
    shown = [Line(f"{one.stories:,}", _(_HOW[one.how]), goal=one.newest) for one in found if one.stories]
    return [(_("stories"), shown)]


PARTS: tuple[Part, ...] = (
    Part("summary", dossiers.summary, _summary, soon=True),
    Part("notes", dossiers.notes, _notes, soon=True),
    Part("spellings", _ask_spellings, _spellings, lambda about: bool(about.entities), soon=True),
    Part("roles", lambda reader, about: dossiers.roles(reader, about.entities[0].id), _roles, lambda a: a.is_person),
    Part("spoken", dossiers.spoken, _spoken, lambda about: len(about.entities) == 1),
    Part("told", lambda reader, about: dossiers.told(reader, about.outlet or ""), _told, lambda a: bool(a.outlet)),
    Part("trend", dossiers.trend, _trend, soon=True),
    Part("together", dossiers.together, _together, lambda about: len(about.entities) == 2),
    Part("companions", dossiers.companions, _companions),
    Part("events", dossiers.events, _events),
    Part("tellers", dossiers.tellers, _tellers),
    Part("differing", dossiers.differing, _differing, lambda about: len(about.entities) == 1),
)
"""The sections in the order in which they stand."""


def parts_of(about: Subject) -> list[Part]:
    """Those that are asked of a subject."""
    return [part for part in PARTS if part.about(about)]
