"""What each line of a document is: title, body, caption, boilerplate …; nothing is deleted.

`STEPS` is the whole of it, in order. A step looks at the lines nobody has named yet and names those it is sure
of; what is left in the end is body.
"""

from __future__ import annotations

from collections.abc import Callable

from store.clean import given, keywords, language, outlet, titles
from store.clean.captions import mark_captions
from store.clean.chrome import mark_counters, mark_follow, mark_menus, mark_phrases, mark_signs
from store.clean.heads import cut_dateline, mark_bylines, mark_dates
from store.clean.page import Line, Page, split_lines
from store.clean.tails import mark_hashtags, mark_headings, mark_related, mark_signatures, mark_tags
from store.models import Block, Cleaned, Document

__all__ = ["STEPS", "clean"]

STEPS: tuple[tuple[str, Callable[[Page, Document], None]], ...] = (
    ("what the source gives away", given.mark_lines),
    ("the title that was given", titles.mark_given),
    ("phrases known anywhere", lambda page, _: mark_phrases(page, edge=False)),
    ("ornaments, copyright, addresses", lambda page, _: mark_signs(page)),
    ("calls to follow", lambda page, _: mark_follow(page)),
    ("lines of hashtags", lambda page, _: mark_hashtags(page)),
    ("bylines", lambda page, _: mark_bylines(page)),
    ("captions", lambda page, _: mark_captions(page)),
    ("date lines", lambda page, _: mark_dates(page)),
    ("counters", lambda page, _: mark_counters(page)),
    ("keywords after their label", lambda page, _: mark_tags(page)),
    ("phrases known outside the paragraphs", lambda page, _: mark_phrases(page, edge=True)),
    ("menus", lambda page, _: mark_menus(page)),
    ("agency lines", lambda page, _: mark_signatures(page)),
    ("the title", titles.mark_line),
    ("links to other articles", lambda page, _: mark_related(page)),
    ("headings", lambda page, _: mark_headings(page)),
)


def clean(document: Document) -> Cleaned:
    """Blocks over `document.text`, in order: every line that is not blank in exactly one (a dateline apart from the
    paragraph it begins), without surrounding white space; and the title, outlet and keywords they give.
    """
    lines, dateline = _lines(document)
    page = Page(document.text, lines)
    given.mark_labels(page, document)
    if dateline is not None:
        page.mark(dateline, "dateline", "dateline")
    for _, step in STEPS:
        step(page, document)
    for index, _ in list(page.open()):
        page.mark(index, "body", "body")
    blocks = tuple(
        Block(line.start, line.end, kind or "body", rule)
        for line, kind, rule in zip(page.lines, page.kinds, page.rules, strict=True)
    )
    name, reason = outlet.find(page, document)
    return Cleaned(
        blocks=blocks,
        title=titles.find(document.text, blocks, document),
        outlet=name,
        outlet_reason=reason,
        keywords=keywords.find(page),
        language=language.find(document, blocks),
    )


def _lines(document: Document) -> tuple[list[Line], int | None]:
    """The lines of a document with the dateline as one of its own, and its index; it stands where the source says
    nothing else of the line."""
    lines = split_lines(document.text)
    if not document.marks:
        return cut_dateline(lines)
    marked = given.by_line(document.marks, lines)
    free = [line for index, line in enumerate(lines) if index not in marked]
    cut, dateline = cut_dateline(free)
    if dateline is None:
        return lines, None
    whole = sorted([lines[index] for index in marked] + cut, key=lambda line: line.start)
    return whole, whole.index(cut[dateline])
