"""Everything khabar finds in a text, storing nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tui.cli.once import Command
from tui.cli.options import moment, recogniser
from tui.cli.running import REJECTED, Session, complain, tell
from tui.locale import gettext as _
from tui.locale.told import in_words

if TYPE_CHECKING:
    from store.errors import InputError
    from store.models import Document, Recogniser


@click.command(cls=Command)
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option("--published", callback=moment, metavar="DATE", help="When it was published: YYYY[-MM[-DD[THH:MM]]].")
@recogniser
@click.option("--jsonl", is_flag=True, help='Read {"id", "text", "published"} lines.')
@click.pass_obj
def analyse(session: Session, file: str, published: str | None, recogniser: Recogniser, jsonl: bool) -> int:
    """Print all that is found in a text as JSON.

    Nothing is stored. One object for each text, in order: title, publication date, blocks, sentences, mentions,
    dates, events. Offsets count code points of the text. With --jsonl, a line that cannot be used is answered
    too, with its "id" and an "error"; the exit code is then 1.

    \b
      khabar analyse article.txt --published 2021-12-14
      khabar analyse --jsonl < texts.jsonl > found.jsonl
    """
    from store.errors import InputError
    from store.export import plain, records
    from store.ingest import analyse as whole

    if file == "-" and sys.stdin is not None and sys.stdin.isatty():
        tell(_("Reading from the terminal; end with Ctrl+D."))
    code = 0
    for identity, document in _lines(file) if jsonl else _texts(file):
        if isinstance(document, InputError):
            code = REJECTED
            complain(in_words(document))
            if jsonl:
                print(
                    plain.dumps({"id": identity, "error": f"{document.what}; {document.remedy}".strip("; ")}),
                    flush=True,
                )
            continue
        given = published or (document.published if jsonl else None)
        if given:
            document = replace(document, published=given, published_basis="given")
        record = records.analysis(whole(document, recogniser))
        if jsonl:
            record["id"] = identity
        print(plain.dumps(record), flush=True)
    return code


def _texts(file: str) -> Iterator[tuple[object, Document | InputError]]:
    from store import readers

    for document in readers.read(file):
        yield None, document


def _lines(file: str) -> Iterator[tuple[object, Document | InputError]]:
    """For each line that is not blank, what it gives as its id, and its document."""
    from store.errors import InputError
    from store.readers.jsonl import record
    from store.readers.moments import expected
    from store.readers.records import unread_date

    name = "stdin" if file == "-" else file
    with click.open_file(file, "rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            identity: object = None
            try:
                fields = json.loads(line, parse_constant=_refuse)
            except (ValueError, RecursionError):
                fields = None  # `record` says what is wrong with it
            if isinstance(fields, dict):
                identity = fields.pop("id", None)
                if isinstance(fields.get("text"), str):
                    # Offsets count the code points of the text as it was given: a line end of two keeps its two.
                    fields["text"] = fields["text"].replace("\r\n", " \n")
                line = json.dumps(fields).encode()
            document = record(line, f"{name}:{number}")
            if not isinstance(document, InputError):
                identity = document.id if identity is None else identity
                if (unread := unread_date(document)) is not None:
                    document = expected("published", unread, f"{name}:{number}")
            yield identity, document


def _refuse(constant: str) -> None:
    raise ValueError(constant)
