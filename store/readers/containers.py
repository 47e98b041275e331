"""Where the records of a JSON document are: lists, within objects or not, and frames of columns as pandas writes them.

Objects that say who published all of their records are known by `data/containers.tsv`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from store.errors import InputError
from store.readers import records, wrapped

_DEEPEST = 3
"""Objects within which a list is looked for."""
_SAMPLE = 100
"""Records looked at to tell whether there is a text in them."""
_NAMES = 1000
"""Names looked at of one record."""
_TO_JSONL = 'write one JSON object with a "text" field on each line and name the file .jsonl'


@dataclass(frozen=True, slots=True)
class Container:
    """Records, who published all of them where their container says so, and what tells one that is no article."""

    records: Iterable[object]
    outlet: str | None = None
    left: tuple[str, str] | None = None
    """A field and its value; where there is one, records without a word are left out too."""

    def is_index(self) -> bool:
        """Whether they are several, and each names a page whose text is elsewhere."""
        listed = self.records if isinstance(self.records, list) else []
        return len(listed) > 1 and all(records.names_page(wrapped.record(record)) for record in listed)

    def leaves(self, record: object) -> bool:
        """Whether a record is no article: a message that says who joined, or holds a picture or signs alone."""
        if self.left is None or not isinstance(record, dict):
            return False
        name, value = self.left
        text = record.get("text")
        text = wrapped.joined(text) if isinstance(text, list) else text
        wordless = text is None or (isinstance(text, str) and not any(char.isalpha() for char in text))
        return record.get(name) == value or wordless


def find(found: object, where: str, mapped: str | None = None) -> list[Container] | None:
    """The records of a document; None where it is one itself. `mapped` is the field that holds the text, where a person
    said so. Raises InputError where they can't be told."""
    if isinstance(found, list):
        return [Container(_named_by_first(found, where, mapped))]
    if not isinstance(found, dict):
        raise InputError(f"is {records.kind_of(found)}, not a list of articles", where, _TO_JSONL)
    if wrapped.record(found) is not found:
        return None
    if (rows := _frame(found, mapped)) is not None:
        return [Container(rows)]
    if (known := marked(found)) is not None:
        return [known]
    lists = [value for value in found.values() if _objects(value)]
    # An article may have lists of its own: of its authors, of its pictures.
    if has_text(found, mapped):
        return None
    texts = [some for some in lists if are_articles(some, mapped)]
    several = [Container(some) for some in texts] or list(_within(found, mapped)) or [Container(some) for some in lists]
    if len(several) > 1 and not all(container.left for container in several):
        raise InputError(f"has {len(several)} lists of objects, of which one must be chosen", where, _TO_JSONL)
    return several or None


def _objects(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(value, dict) for value in values)


def has_text(found: dict[str, object], mapped: str | None) -> bool:
    """Whether an object has a text of its own, so that it is an article."""
    return any((name == mapped or records.field(name) == "text") and _is_text(value) for name, value in found.items())


def _is_text(value: object) -> bool:
    return isinstance(wrapped.plain(value), str) or wrapped.joined(value, runs_only=True) is not None


def _article(value: object, mapped: str | None) -> bool:
    """Whether a record has a field for the text, and one for something else that is known."""
    value = wrapped.record(value)
    return isinstance(value, dict) and _heading(value, mapped)


def are_articles(values: object, mapped: str | None) -> bool:
    """Whether they are a list with an article among its first values."""
    return isinstance(values, list) and any(_article(value, mapped) for value in values[:_SAMPLE])


def _within(found: dict[str, object], mapped: str | None) -> Iterator[Container]:
    """The records in the objects within an object that is no article."""
    if any(records.field(name) in ("title", "url", "published", "author") for name in found):
        return
    values = list(found.values())
    if all(isinstance(value, dict) and _article(value, mapped) for value in values):
        yield Container(values)  # by their numbers or keys
        return
    yield from _deeper(values, mapped, _DEEPEST)


def _deeper(values: Iterable[object], mapped: str | None, depth: int) -> Iterator[Container]:
    for value in values:
        if _objects(value):
            assert isinstance(value, list)
            held = [container for one in value if (container := marked(one)) is not None]
            if held:
                yield from held
            elif are_articles(value, mapped):
                yield Container(value)
        elif isinstance(value, dict):
            if _article(value, mapped):
                yield Container([value])
            elif (known := marked(value)) is not None:
                yield known
            elif depth > 1:
                yield from _deeper(value.values(), mapped, depth - 1)


def marked(found: object) -> Container | None:
    """The records of an object that is known as a container."""
    if not isinstance(found, dict):
        return None
    for name, told_by, values, outlet, left in _table():
        if _objects(found.get(name)) and found.get(told_by) in values:
            publisher = found.get(outlet)
            return Container(found[name], publisher if isinstance(publisher, str) else None, left)
    return None


def _frame(found: dict[str, object], mapped: str | None) -> Iterable[object] | None:
    """The rows of a frame: names apart from rows, or each column by itself (as objects or lists of one length)."""
    names, data = found.get("columns"), found.get("data")
    if isinstance(names, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        return _rows(names, data) if _heading(names, mapped) else None
    columns = list(found.values())
    if not _heading(found, mapped):
        return None
    if all(isinstance(column, dict) and column for column in columns):
        numbers = [list(column) for column in columns if isinstance(column, dict)]
        if any(one != numbers[0] for one in numbers) or any(map(wrapped.is_wrapped, columns)):
            return None
        if any(records.field(number) for number in numbers[0][:_SAMPLE]):
            return None  # objects of their own
        cells = [column.values() for column in columns if isinstance(column, dict)]
        return (dict(zip(found, row, strict=True)) for row in zip(*cells, strict=True))
    if all(isinstance(column, list) and len(column) > 1 for column in columns):
        lists = [column for column in columns if isinstance(column, list)]
        if any(len(column) != len(lists[0]) for column in lists):
            return None
        return (dict(zip(found, row, strict=True)) for row in zip(*lists, strict=True))
    return None


def _named_by_first(found: list[object], where: str, mapped: str | None) -> Iterable[object]:
    """The records of a list; of a list of rows each with the names that the first one has."""
    if len(found) < 2 or not all(isinstance(row, list) for row in found):
        return found
    return named(iter(found), where, mapped)


def named(rows: Iterator[object], where: str, mapped: str | None) -> Iterator[object]:
    """Rows as records, each with the names that the first one has. Raises InputError where it has none."""
    names = next(rows, None)
    if not isinstance(names, list) or not _heading(names, mapped):
        raise InputError("is a list of rows without the names of their columns", where, _TO_JSONL)
    return _rows(names, rows)


def _rows(names: list[object], rows: Iterable[object]) -> Iterator[object]:
    known = [str(name) for name in names]
    return (dict(zip(known, row, strict=False)) if isinstance(row, list) else row for row in rows)


def _heading(names: Iterable[object], mapped: str | None) -> bool:
    """Whether they are names of fields, one of them of the text and one of something else that is known."""
    some = list(itertools.islice((name for name in names if isinstance(name, str)), _NAMES))
    known = {"text" if name == mapped else records.field(name) for name in some}
    return "text" in known and (len(known - {None}) > 1 or mapped in some)


@functools.cache
def _table() -> list[tuple[str, str, tuple[str, ...], str, tuple[str, str] | None]]:
    text = (resources.files(__package__) / "data" / "containers.tsv").read_text("utf-8")
    table = []
    for row in text.splitlines():
        if row.startswith("#"):
            continue
        name, told_by, values, outlet, left = row.split("\t")
        field, _, value = left.partition("=")
        table.append((name, told_by, tuple(values.split()), outlet, (field, value) if value else None))
    return table
