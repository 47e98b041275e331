"""The filters that every list takes, from what a person writes to a `Filter`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from tui.cli.running import Session, complain
from tui.locale import comma
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.answers import EntityRow, Filter, Sought
    from store.database.queries import Reader
    from store.models import MentionType, Modality, Precision

_Function = TypeVar("_Function", bound=Callable[..., Any])

MOST = 2**63 - 1
"""The largest number that an id or a limit can be."""


class Count(click.IntRange):
    """A number from `least` on; the largest that there can be goes without saying."""

    name = "number"

    def __init__(self, least: int) -> None:
        super().__init__(least, MOST)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Raises click.BadParameter."""
        try:
            number = int(str(value))
        except ValueError:
            self.fail(_("{written!r} is no number").format(written=value), param, ctx)
        return super().convert(number, param, ctx)

    def _describe_range(self) -> str:
        return f"x>={self.min}"


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Narrow(TypedDict):
    """The filters as they arrive from the command line."""

    entity: tuple[str, ...]
    type: MentionType | None
    since: str | None
    until: str | None
    outlet: str | None
    precision: Precision | None
    modality: Modality | None
    undated: bool
    copies: bool
    author: str | None
    section: str | None
    keyword: str | None
    language: str | None
    tag: tuple[str, ...]
    noted: bool
    bookmarked: bool


PRECISIONS = ("time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "range")
MODALITIES = ("asserted", "planned", "predicted", "denied")
_Callback = Callable[[click.Context, click.Parameter, str | None], str | None]


def _day(*, last: bool) -> _Callback:
    """Reads a day, month or year as the first (or the last) day that it means: `YYYY-MM-DD`."""

    def read(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
        if value is None:
            return None
        match = _DAY.fullmatch(value.strip())
        if match is not None:
            try:
                return _end(match, last).isoformat()
            except ValueError:
                pass
        raise click.BadParameter(_("{value!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD").format(value=value))

    return read


def _end(match: re.Match[str], last: bool) -> datetime.date:
    year, month, day = (int(part) if part else None for part in match.groups())
    first = datetime.date(year or 0, month or 1, day or 1)
    if not last or day:
        return first
    if month is None or month == 12:
        return first.replace(month=12, day=31)
    return first.replace(month=month + 1) - datetime.timedelta(days=1)


def moment(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Reads a publication date as a person gives it: `2021`, `2021-12`, `2021-12-14` or `2021-12-14T06:17`."""
    from store.text.iso_dates import LATEST, OLDEST, date_given

    if value is None:
        return None
    read = date_given(value)
    if read is None:
        raise click.BadParameter(
            _(
                "{value!r} is no date: write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM (years {first} to {last})"
            ).format(value=value, first=f"{OLDEST:04}", last=LATEST)
        )
    return read


def columns(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Reads which column or field holds what: `text=body,published=date`."""
    read: dict[str, str] = {}
    if not values:
        return read
    from store.models import SAID
    from store.readers.records import FIELDS

    known = tuple(dict.fromkeys((*FIELDS, *SAID)))
    for pair in (pair for value in values for pair in value.split(",") if pair.strip()):
        what, is_pair, name = (part.strip() for part in pair.partition("="))
        if not is_pair:
            raise click.BadParameter(_("{pair!r} says not what it holds: write text=COLUMN").format(pair=pair))
        if what not in known:
            raise click.BadParameter(
                _("{what!r} is nothing that a column can hold; these are: {known}").format(
                    what=what, known=comma().join(known)
                )
            )
        if what == "text" and not name:
            raise click.BadParameter(_("without text there is no article: write text=COLUMN"))
        read[what] = name
    return read


def narrowing(function: _Function) -> _Function:
    """Add the filter options to a command; they arrive as the fields of `Narrow`."""
    options = (
        click.option(
            "--entity", multiple=True, metavar="NAME", help="Only with this entity; given again: and with this one."
        ),
        click.option(
            "--type",
            type=click.Choice(("PER", "ORG", "LOC", "MISC"), case_sensitive=False),
            help="Only people, organisations, places, or other names.",
        ),
        click.option(
            "--from", "since", callback=_day(last=False), metavar="DATE", help="From this day, month or year on."
        ),
        click.option(
            "--to", "until", callback=_day(last=True), metavar="DATE", help="Up to the end of this day, month or year."
        ),
        click.option("--outlet", metavar="NAME", help="Only from this outlet."),
        click.option("--author", metavar="NAME", help="Only by this author, as the source has it."),
        click.option("--section", metavar="NAME", help="Only from this section of an outlet."),
        click.option("--keyword", metavar="WORD", help="Only with this keyword of the editors."),
        click.option("--language", metavar="CODE", help="Only in this language: ar, fa, ckb … or its name."),
        click.option("--tag", multiple=True, metavar="TAG", help="Only with this tag of yours; given again: and that."),
        click.option("--noted", is_flag=True, help="Only what you wrote a note on."),
        click.option("--bookmarked", is_flag=True, help="Only what you bookmarked."),
        click.option("--precision", type=click.Choice(PRECISIONS), help="Only events whose date is known so exactly."),
        click.option(
            "--modality",
            type=click.Choice(MODALITIES),
            help="Only events told as a fact, a plan, a forecast or denied.",
        ),
        click.option("--undated", is_flag=True, help="Only articles whose date of publication is unknown."),
        click.option("--copies", is_flag=True, help="Each copy of a story by itself, not the newest for all of them."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _usual_recogniser() -> str:
    """What the settings say. Raises StoreError where that cannot be."""
    from tui.settings.force import InForce

    context = click.get_current_context()
    session = context.find_object(Session)
    settings = session.settings if session is not None else InForce()
    return str(settings.or_else("entities").value if context.resilient_parsing else settings.value("entities"))


recogniser = click.option(
    "--entities",
    "recogniser",
    type=click.Choice(("fast", "accurate")),
    default=_usual_recogniser,
    show_default="accurate",
    envvar="KHABAR_ENTITIES",
    help="How names are found: at once, or with an encoder too, twenty times slower [env: KHABAR_ENTITIES].",
)
mapped = click.option(
    "--map",
    "columns",
    multiple=True,
    callback=columns,
    metavar="FIELD=COLUMN,…",
    help="What columns of tables and fields of JSON hold: text=body,published=date.",
)
limited = click.option("-n", "--limit", type=Count(0), metavar="N", help="At most this many.")
by_option = click.option(
    "--by", type=click.Choice(("day", "month", "year", "decade")), help="The unit of trends; else one that fits."
)
lang_option = click.option(
    "--lang", type=click.Choice(("ar", "en")), help="The language around the texts of a brief, a report and trends."
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def selection(reader: Reader, narrow: Narrow, query: str = "") -> Filter:
    """The filter that the options ask for; a field of the query that there is not is told. Raises click.UsageError when
    a name is unknown or may be several."""
    from store.answers import Filter
    from tui.unknown_fields import unknown_fields

    since, until = narrow["since"], narrow["until"]
    if since and until and since > until:
        raise click.UsageError(
            _("--from {since} is later than --to {until}").format(since=since, until=until),
            click.get_current_context(silent=True),
        )
    for said in unknown_fields(query):
        complain(said)
    return Filter(
        query=query,
        entities=entities_named(reader, narrow["entity"]),
        type=narrow["type"],
        since=since,
        until=until,
        outlet=outlet_called(reader, narrow["outlet"]) if narrow["outlet"] is not None else None,
        bookmarked=narrow["bookmarked"],
        undated=narrow["undated"],
        said=_said(reader, narrow),
        precision=narrow["precision"],
        modality=narrow["modality"],
        copies=narrow["copies"],
    )


def entities_named(reader: Reader, names: Sequence[str]) -> tuple[int, ...]:
    """The ids of entities by their names, each once. Raises click.UsageError as `selection`."""
    return tuple(dict.fromkeys(entity_called(reader, name).id for name in names))


def _said(reader: Reader, narrow: Narrow) -> tuple[tuple[Sought, str], ...]:
    from store.answers import Filter
    from store.text.fields import language_code

    language = narrow["language"]
    asked: tuple[tuple[Sought, str | None], ...] = (
        ("author", narrow["author"]),
        ("section", narrow["section"]),
        ("keyword", narrow["keyword"]),
        ("language", None if language is None else language_code(language)),
    )
    found: tuple[tuple[Sought, str], ...] = tuple((what, value) for what, value in asked if value is not None)
    found += tuple(("tag", tag) for tag in narrow["tag"])
    for what, value in found:
        if not reader.count(Filter(said=((what, value),))):
            raise click.UsageError(_("no article here has the {what} {value!r}").format(what=_(what), value=value))
    return (*found, ("has", "note")) if narrow["noted"] else found


def entity_called(reader: Reader, name: str, option: str = "--entity ") -> EntityRow:
    """The entity of that name, or of that number: `#12`. Raises click.UsageError where it is unknown or may be several,
    which are told as `option` takes them."""
    from store.text.fold import fold

    if re.fullmatch(r"#\d{1,18}", name):
        found = [entity for entity in (reader.entity(int(name[1:])),) if entity is not None]
    else:
        found = list(reader.find_entities(name))
    if not found:
        raise click.UsageError(_("no entity is called {name!r} here; `khabar entities` lists them").format(name=name))
    exact = [entity for entity in found if entity.name == name]
    # What a Latin name was read as may be the whole name as well.
    same = [entity for entity in found if fold(entity.name).split() == fold(entity.read_as or name).split()]
    for candidates in (exact, same, found):
        if len(candidates) == 1:
            chosen = candidates[0]
            if chosen.read_as is not None:
                whole = "" if chosen.read_as == chosen.name else f" ({chosen.name})"
                complain(_("{name} is read as {read_as}{whole}").format(name=name, read_as=chosen.read_as, whole=whole))
            return chosen
        if candidates:
            raise click.UsageError(
                _("{name!r} may be {candidates}; say which").format(name=name, candidates=_choice(candidates, option))
            )
    raise AssertionError


def _choice(candidates: Sequence[EntityRow], option: str) -> str:
    several = [f"{option}'#{entity.id}' ({entity.name}, {entity.type})" for entity in candidates[:5]]
    if len(candidates) > 5:
        several.append(_("one of {n} more").format(n=len(candidates) - 5))
    return _(" or ").join(several)


def outlet_called(reader: Reader, name: str) -> str:
    """The outlet of that name as the corpus has it. Raises click.UsageError where it is unknown or may be several."""
    from store.text.fold import fold

    known = [outlet for outlet, _articles in reader.outlets()]
    if name in known:
        return name
    alike = [outlet for outlet in known if fold(outlet).split() == fold(name).split()]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise click.UsageError(
            _("{name!r} may be one of the outlets {alike}; say which").format(name=name, alike=comma().join(alike))
        )
    raise click.UsageError(_("no outlet is called {name!r} here; `khabar outlets` lists them").format(name=name))
