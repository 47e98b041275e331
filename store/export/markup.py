"""Markdown and HTML: tables, and articles as a person reads them. Everything from a text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from store.answers import Article, ArticleRow
from store.export.plain import one_line

READ = ("dateline", "heading", "caption", "body")
"""Kinds of blocks that belong to the article proper; the title stands apart."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#$])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")
_STYLE = (
    "body{font-family:serif;line-height:1.7;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.2em .6em;text-align:start;vertical-align:top}"
    ".about{color:#666}"
)


def markdown(text: str) -> str:
    """`text` as a line of Markdown that shows just that."""
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def html(text: str) -> str:
    """`text` as HTML that shows just that, within an element or in a quoted attribute."""
    return escape(one_line(text))


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of GitHub's Markdown, a line at a time."""
    yield f"| {' | '.join(columns)} |\n"
    yield f"|{'|'.join(' --- ' for _ in columns)}|\n"
    for row in rows:
        yield f"| {' | '.join(markdown(_said(cell)) for cell in row)} |\n"


def html_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A page with one table, a row at a time."""
    yield _head(title)
    yield f"<table>\n<tr>{''.join(f'<th>{html(column)}</th>' for column in columns)}</tr>\n"
    for row in rows:
        cells = "".join(f'<td dir="auto">{html(_said(cell))}</td>' for cell in row)
        yield f"<tr>{cells}</tr>\n"
    yield "</table>\n</body>\n</html>\n"


def markdown_articles(articles: Iterable[Article]) -> Iterator[str]:
    """Articles to read, one after the other."""
    for article in articles:
        yield f"## {markdown(article.row.title)}\n\n{markdown(about(article.row))}\n\n"
        for kind, paragraph in paragraphs(article):
            yield f"{'### ' if kind == 'heading' else ''}{markdown(paragraph)}\n\n"


def html_articles(title: str, articles: Iterable[Article]) -> Iterator[str]:
    """A page of articles to read, one after the other."""
    yield _head(title)
    for article in articles:
        yield f'<article id="article-{article.row.id}">\n<h2 dir="auto">{html(article.row.title)}</h2>\n'
        yield f'<p class="about" dir="auto">{html(about(article.row))}</p>\n'
        for kind, paragraph in paragraphs(article):
            tag = "h3" if kind == "heading" else "p"
            yield f'<{tag} dir="auto">{html(paragraph)}</{tag}>\n'
        yield "</article>\n"
    yield "</body>\n</html>\n"


def about(row: ArticleRow) -> str:
    """When, by whom and where from, on one line."""
    published = f"{row.published.value} ({row.published.basis})" if row.published.value else "no date known"
    return " · ".join(part for part in (published, row.outlet, row.path) if part)


def paragraphs(article: Article) -> Iterator[tuple[str, str]]:
    """The lines of the article proper with the kind of their block; its title and what surrounds it left out."""
    for block in article.cleaned.blocks:
        if block.kind in READ:
            for line in article.document.text[block.start : block.end].splitlines():
                if line.strip():
                    yield block.kind, line.strip()


def _said(cell: object) -> str:
    return "" if cell is None else str(cell)


def _head(title: str) -> str:
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
