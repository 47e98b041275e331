"""What is written as Markdown or HTML shows just the text."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.export.markup import html, html_table, markdown, markdown_table
from store.export.plain import one_line

TRICKY = st.text(
    st.sampled_from("اب ج12.-+=)(#*_`~[]<>|\\&;!:/'\"\n\x1b\u202e") | st.characters(codec="utf-8"), max_size=40
)


class Reading(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("td", "p"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(TRICKY)
def test_html_shows_the_text(text: str) -> None:
    read = Reading(f'<td title="{html(text)}">{html(text)}</td>')
    assert read.tags == ["td"]
    assert read.cells == [one_line(text)]


@given(TRICKY)
def test_markdown_shows_the_text(text: str) -> None:
    rendered = Reading(MarkdownIt("commonmark").render(markdown(text)))
    assert squeezed("".join(rendered.cells)) == squeezed(one_line(text))
    assert set(rendered.tags) <= {"p"}


@given(TRICKY, TRICKY)
def test_a_markdown_cell_stays_in_its_cell(one: str, two: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render("".join(markdown_table(["a", "b"], [[one, two]])))
    read = Reading(page)
    assert [squeezed(cell) for cell in read.cells] == [squeezed(one_line(one)), squeezed(one_line(two))]
    assert set(read.tags) == {"table", "thead", "tbody", "tr", "th", "td"}


def test_an_html_table_is_a_page_from_right_to_left_that_runs_nothing() -> None:
    page = "".join(html_table("قائمة", ["a"], [["<script>x</script>"], [None], [3]]))
    assert [cell.strip() for cell in Reading(page).cells] == ["<script>x</script>", "", "3"]
    assert "<script>" not in page
    assert '<html lang="ar" dir="rtl">' in page
    assert "default-src 'none'" in page
