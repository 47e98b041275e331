"""The interface's Arabic: complete, and compiled from what is in the file of translations."""

from __future__ import annotations

import ast
import io
import re
import string
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from rich.style import Style

import tui
from tui.locale import ngettext, use
from tui.locale.collecting import within_strings
from tui.locale.whole import whole
from tui.widgets.paint import one_line, segments

ROOT = Path(tui.__file__).parent
CASES = Path(__file__).parents[1] / "cases"
FOLDER = ROOT / "locale" / "ar" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def _translations() -> Catalog:
    with (FOLDER / "khabar.po").open("rb") as stream:
        return read_po(stream, locale="ar")


def _strings(catalog: Catalog) -> dict[str, object]:
    return {str(message.id): message.string for message in catalog if message.id}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_message_of_the_code_has_an_arabic_translation() -> None:
    catalog = _translations()
    wanted = [message for _, _, message, _, _ in extract_from_dir(ROOT, [("**.py", "python")], keywords=KEYWORDS)]
    assert len(wanted) > 100
    missing = []
    for message in wanted:
        found = catalog.get(message if isinstance(message, str) else message[0])
        forms = () if found is None else found.string if isinstance(found.string, (tuple, list)) else (found.string,)
        if not forms or not all(forms) or (found is not None and found.fuzzy):
            missing.append(message)
    assert missing == []


def test_every_message_in_the_braces_of_an_f_string_has_one_too() -> None:
    catalog = _translations()
    trees = (ast.parse(path.read_bytes()) for path in ROOT.rglob("*.py"))
    wanted = {said for tree in trees for _line, _kind, said, _comments in within_strings(tree)}
    assert len(wanted) > 10
    found = {said: catalog.get(said if isinstance(said, str) else said[0]) for said in wanted}
    assert [said for said, message in found.items() if message is None or not message.string] == []


def test_translations_fill_in_what_the_messages_fill_in() -> None:
    for message in _translations():
        assert isinstance(message, Message)
        if isinstance(message.id, tuple):
            assert isinstance(message.string, (tuple, list))
            assert len(message.string) == 6
            assert all(_fields(form) <= _fields(message.id[1]) for form in message.string)
        elif isinstance(message.id, str) and message.id:
            assert isinstance(message.string, str)
            assert _fields(message.string) == _fields(message.id), message.id


def test_eleven_of_something_are_in_the_singular_and_a_hundred_are_not_in_the_accusative() -> None:
    """The order of Arabic forms 4 (100 to 102) and 5 (11 to 99) is Babel's, the reverse of most other catalogues."""
    catalog = _translations()
    assert catalog.plural_expr.endswith("n%100>=0 && n%100<=2 ? 4 : 5)")
    noun = re.compile(r"\{n\} ([\w\u064b]+)")
    for message in catalog:
        if isinstance(message.id, tuple) and isinstance(message.string, (tuple, list)):
            hundred, eleven = (noun.search(message.string[form]) for form in (4, 5))
            if hundred and eleven and hundred[1] != eleven[1]:
                assert not hundred[1].rstrip("\u064b").endswith("ا"), message.id
                assert eleven[1].rstrip("\u064b").endswith("ا") or eleven[1] == "آخر", message.id


def test_what_is_compiled_is_what_was_translated() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _translations())
    compiled.seek(0)
    with (FOLDER / "khabar.mo").open("rb") as stream:
        assert _strings(read_mo(compiled)) == _strings(read_mo(stream))


NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111)
"""One or more for each of the six forms: none, one, two, few (3 to 10, 103), many (11 to 99, 111), hundreds."""
_FORMS = {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 103: 3, 100: 4, 101: 4, 102: 4, 11: 5, 99: 5, 111: 5}


def test_each_number_takes_its_form() -> None:
    catalog = _translations()
    use("ar")
    try:
        for message in catalog:
            if not isinstance(message.id, tuple) or not isinstance(message.string, (tuple, list)):
                continue
            said = [str(ngettext(message.id[0], message.id[1], number)) for number in NUMBERS]
            assert said == [whole(message.string[_FORMS[number]]) for number in NUMBERS], message.id
            assert message.string[1] != message.string[3] or "{n}" not in message.string[3], message.id
    finally:
        use("en")


def test_what_counts_is_counted() -> None:
    """A number with what it counts behind it has its forms; a number alone, or one that is a name, needs none."""
    allowed = {line.split("\t")[0] for line in (CASES / "uncounted.tsv").read_text("utf-8").splitlines()}
    counted = re.compile(r"\{n(?::,)?\} (?:[a-z]+ )?[a-z]+s\b")
    found = {str(message.id) for message in _translations()
             if isinstance(message.id, str) and message.context is None and counted.search(message.id)}  # fmt: skip
    assert found - allowed == set()


FIELD = re.compile(r"\{[^}]*\}")
COMMAND = re.compile(r"`[^`\u0600-\u06ff]+`")
TYPED = re.compile(r"[#-]*[A-Za-z0-9](?:[-A-Za-z0-9=.:/]*[A-Za-z0-9])?")
"""What is typed as it stands in a message: words, options, dates."""


def test_what_is_typed_keeps_its_order_in_arabic_sentences() -> None:
    """`--by` is no `by--`, and 2021-12-09 does not begin with its day."""
    use("ar")
    try:
        wrong = []
        for message in _translations():
            forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            for form in filter(None, forms if message.id else ()):
                text = FIELD.sub("7", whole(str(form)))
                shown = "".join(segment.text for segment in segments(one_line(text, 4000, 1), Style()))
                wrong += [typed for typed in TYPED.findall(text) if len(typed) > 1 and typed not in shown]
                wrong += [typed for typed in COMMAND.findall(text) if typed not in shown]
        assert wrong == []
    finally:
        use("en")
