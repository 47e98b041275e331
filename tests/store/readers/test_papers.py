"""PDF and Word documents: their text as it is read, and an end to those that take too much."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.readers import docx_text, pdf_text, visual, worker
from tests.store.readers.making import TEXT, documents, errors, found, said, zipped

LINES = ["الكاظمي: لا دور للقوات الأجنبية", TEXT, "وأضاف (NATO) أن 95.5 في المئة من 31/12/2021 انتهت"]


def pdf(pages: list[list[tuple[int, int, str]]], info: dict[str, str] | None = None, password: str = "") -> bytes:
    """A PDF that draws glyphs as they are given, from left to right: (x, y, text) each; the font says what they are."""
    writer = pypdf.PdfWriter()
    ranges = b"<0020> <007e> <0020> <00a0> <00ff> <00a0> <0600> <06ff> <0600> <fe70> <fefc> <fe70>"
    cmap = (
        b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 4 beginbfrange %s endbfrange endcmap" % ranges
    )
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    def entry(**items: object) -> DictionaryObject:
        made = DictionaryObject()
        for name, value in items.items():
            made[NameObject(f"/{name}")] = NameObject(value) if isinstance(value, str) else value
        return made

    table = DecodedStreamObject()
    table.set_data(cmap)
    inner = entry(Type="/Font", Subtype="/CIDFontType2", BaseFont="/F", DW=NumberObject(500))
    font = entry(
        Type="/Font",
        Subtype="/Type0",
        BaseFont="/F",
        Encoding="/Identity-H",
        DescendantFonts=ArrayObject([writer._add_object(inner)]),
        ToUnicode=writer._add_object(table),
    )
    for drawn in pages:
        page = writer.add_blank_page(600, 800)
        content = DecodedStreamObject()
        content.set_data(
            b"\n".join(
                b"BT /F1 12 Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (x, y, text.encode("utf-16-be").hex().encode())
                for x, y, text in drawn
            )
        )
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = entry(Font=entry(F1=writer._add_object(font)))
    writer.add_metadata(info or {})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(lines: list[str], x: int = 50, y: int = 700) -> list[tuple[int, int, str]]:
    """Lines below each other."""
    return [(x, y - 20 * number, line) for number, line in enumerate(lines)]


def word(*paragraphs: str) -> bytes:
    """A Word document with a table."""
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "رأس الجدول"
    table.cell(1, 0).text, table.cell(1, 1).text = "بغداد", "2021"
    made.core_properties.author = "زيد حسن"
    made.core_properties.title = "عنوان الخبر"
    made.core_properties.keywords = "العراق; سياسة"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def forms(text: str) -> str:
    """As a PDF has it: joining forms, in the order in which they are drawn."""
    import arabic_reshaper  # type: ignore[import-untyped]
    from bidi.algorithm import get_display  # type: ignore[import-untyped]

    return str(get_display(arabic_reshaper.reshape(text), base_dir="R"))


@pytest.mark.parametrize("how", [str, forms], ids=["as written", "as drawn"])
def test_arabic_comes_out_as_it_is_read(how: Callable[[str], str]) -> None:
    (item,) = documents(found(pdf([drawn([how(line) for line in LINES])]), "a.pdf"))
    for line in LINES:
        assert line in item.text
    assert item.source.encoding == (None if how is str else "visual order, joining forms")
    assert item.source.reader == "pdf"


def test_latin_texts_are_left_alone() -> None:
    (item,) = documents(found(pdf([drawn(["The minister said (on 9 December 2021)", "that it was over."])]), "a.pdf"))
    assert " ".join(item.text.split()) == "The minister said (on 9 December 2021) that it was over."
    assert item.source.encoding is None


def test_columns_are_read_from_the_right_and_what_goes_across_stays() -> None:
    right = [forms(f"سطر في العمود الأيمن رقم {number}") for number in range(10)]
    left = [forms(f"سطر في العمود الأيسر رقم {number}") for number in range(10)]
    heading = [(50, 760, forms("عنوان كبير يمتد فوق العمودين كليهما من أول الصفحة إلى آخرها دون أن ينقطع"))]
    (item,) = documents(found(pdf([[*heading, *drawn(right, 350), *drawn(left, 50)]]), "a.pdf"))
    places = [item.text.index(words) for words in ("عنوان كبير", "الأيمن رقم 0", "الأيمن رقم 9", "الأيسر رقم 0")]
    assert places == sorted(places)


def test_what_a_pdf_says_of_itself() -> None:
    info = {
        "/Title": "عنوان الخبر",
        "/Author": "زيد",
        "/Keywords": "العراق, سياسة",
        "/CreationDate": "D:20211214061700+03'00'",
    }
    (item,) = documents(found(pdf([drawn(LINES)], info), "a.pdf"))
    assert item.title == "عنوان الخبر"
    assert item.published is None
    assert said(item, "author") == [("زيد", "PDF Author")]
    assert said(item, "keyword") == [("العراق", "PDF Keywords"), ("سياسة", "PDF Keywords")]
    assert said(item, "published") == [("2021-12-14T06:17", "PDF CreationDate")]
    for title in ("Microsoft Word - x.docx", "untitled", "a.pdf", "x", ""):
        (item,) = documents(found(pdf([drawn(LINES)], {"/Title": title}), "a.pdf"))
        assert item.title is None


def test_pdfs_that_cannot_be_read_say_why() -> None:
    (error,) = errors(found(pdf([[], []]), "a.pdf"))
    assert error == "a.pdf: has no text, only pictures of it; run OCR over it first"
    (error,) = errors(found(pdf([drawn(LINES)], password="geheim"), "a.pdf"))
    assert error == "a.pdf: is encrypted; save it without its password and add that"
    (error,) = errors(found(pdf([drawn(LINES)])[:300], "a.pdf"))
    assert error.startswith("a.pdf: is damaged (")


def test_word_documents() -> None:
    (item,) = documents(found(word(*LINES), "a.docx"))
    assert item.text.split("\n") == [*LINES, "رأس الجدول", "بغداد\t2021"]
    assert (item.title, item.published, item.source.reader) == ("عنوان الخبر", None, "docx")
    assert said(item, "author") == [("زيد حسن", "Word author")]
    assert [value for value, _ in said(item, "keyword")] == ["العراق", "سياسة"]
    # By content, within an archive too.
    (item,) = documents(found(zipped({"folder/paper": word(*LINES)}), "all.zip"))
    assert item.source.path == "all.zip/folder/paper"


def test_word_documents_that_are_broken() -> None:
    (error,) = errors(found(zipped({"word/document.xml": b"<x"}), "a.docx"))
    assert error.startswith("a.docx: is damaged (")
    (error,) = errors(found(word(), "a.docx")[:0] or found(word(*LINES)[:2000], "a.docx"))
    assert error.startswith("a.docx: is a damaged ZIP archive")
    deep = b"<w:p>" * 100_000
    document = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + deep
    assert errors(found(zipped({"word/document.xml": document}), "a.docx"))


def test_a_document_that_takes_too_long_or_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys; sys.stdin.buffer.read(); {}"
    with monkeypatch.context() as patch:
        patch.setattr(worker, "SECONDS", 0.3)
        patch.setattr(worker, "_CHILD", script.format("import threading; threading.Event().wait()"))
        (error,) = errors(found(b"%PDF-1.7\n", "a.pdf"))
        assert "seconds to read" in error
    fills = "from store.readers import worker; worker._limit(); held = [bytearray(1 << 28) for _ in range(99)]"
    for program in (fills, "import os; os.abort()", "print('[')", "sys.exit(3)"):
        with monkeypatch.context() as patch:
            patch.setattr(worker, "_CHILD", script.format(program))
            (error,) = errors(found(b"%PDF-1.7\n", "a.pdf"))
            assert error.startswith("a.pdf: cannot be read: its reader needs too much time or memory, or fails")


def test_large_libraries_stay_out_of_the_process() -> None:
    import sys

    program = (
        "import sys; from store.readers import read; list(read(sys.argv[1])); "
        "print([name for name in ('pypdf', 'docx', 'feedparser', 'warcio', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parents[3] / "seeds")],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("written", "drawn_as"),
    [
        ("9 ديسمبر 2021", "2021 ربمسيد 9"),
        ("بنسبة 95.5% في", "يف %95.5 ةبسنب"),
        ("بحلول 31/12/2021، وأضاف", "فاضأو ،31/12/2021 لولحب"),
        ("القوات (NATO) ستغادر", "رداغتس (NATO) تاوقلا"),
        ("قال: COVID-19 لا يزال", "لازي ال COVID-19 :لاق"),
        ("شركة Apple Inc. أعلنت", "تنلعأ .Apple Inc ةكرش"),
        ("«التحالف» أنهى", "ىهنأ «فلاحتلا»"),
        ("no Arabic at all (1)", "no Arabic at all (1)"),
    ],
)
def test_lines_as_drawn(written: str, drawn_as: str) -> None:
    assert visual.logical(drawn_as) == written


def test_joining_forms() -> None:
    assert visual.letters("ﻻ ﺔﻴﺑﺮﻋ ﷲ ﱞ ﬁ ½") == "لا ةيبرع الله ﱞ ﬁ ½".replace("ﱞ", visual.letters("ﱞ"))


@given(st.text(max_size=60))
def test_a_line_loses_nothing(line: str) -> None:
    # But for the brackets that are turned: each may be the other.
    kept = visual.logical(line).translate(visual._MIRRORED)
    either = str.maketrans(dict(zip("([{<«‹", ")]}>»›", strict=True)))
    assert sorted(kept.translate(either)) == sorted(line.translate(either))
    visual.letters(line)
    visual.is_visual([line])


_WORDS = st.lists(
    st.sampled_from(["بغداد", "قال", "الوزير", "9", "2021", "31/12/2021", "(NATO)", "أن", "95.5"]), min_size=1
)


@given(_WORDS)
def test_what_is_laid_out_is_taken_apart_again(words: list[str]) -> None:
    # A number or a Latin word needs Arabic around it to be told apart from its neighbours.
    line = " ثم ".join(["قال", *words, "انتهى"])
    assert visual.letters(visual.logical(forms(line))) == line


@given(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=8))
@settings(max_examples=60)
def test_whatever_happens_to_a_paper_only_what_is_foreseen_is_raised(at: int, instead: bytes) -> None:
    # In this process: a process each would take too long. What is raised here is told of there.
    for data, reader in ((_PDF, pdf_text.read), (_WORD, docx_text.read)):
        place = at % len(data)
        try:
            reader(data[:place] + instead + data[place + len(instead) :])
        except ImportError:
            raise
        except Exception as error:  # libraries fail in ways of their own; `worker.main` says so
            str(error)


_PDF, _WORD = pdf([drawn(LINES)]), word(*LINES)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not here")
@pytest.mark.slow
def test_a_page_that_a_browser_printed(tmp_path: Path) -> None:
    page = "".join(f"<p>{line}</p>" for line in LINES)
    (tmp_path / "a.html").write_text(f"<html lang=ar dir=rtl><meta charset=utf-8><body>{page}</body></html>", "utf-8")
    subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--print-to-pdf=a.pdf",
            "a.html",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=120,
    )
    (item,) = documents(found((tmp_path / "a.pdf").read_bytes(), "a.pdf"))
    words = item.text.replace("( ", "(").split()
    assert len(set(words) & set(" ".join(LINES).split())) >= 0.9 * len(set(" ".join(LINES).split()))
