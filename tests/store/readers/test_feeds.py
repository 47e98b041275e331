"""News feeds: each item with all that is said of it, whatever became of the rest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import InputError
from store.models import Document
from store.readers import LeftOut, feed, records
from tests.store.readers.making import PAGES, TEXT, documents, errors, found, said

ITEM = f"""<item><title>عنوان &amp; آخر</title><link>https://example.org/a</link><guid>a-1</guid>
<pubDate>Thu, 25 May 2023 23:52:12 +0300</pubDate><dc:creator>زيد حسن</dc:creator>
<category>سياسة</category><category>العراق</category><description>ملخص الخبر</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>evil()</script><p>فقرة&nbsp;ثانية<br>وسطر ثالث</p>]]>
</content:encoded></item>"""


def rss(*items: str, encoding: str = "utf-8", end: str = "</channel></rss>") -> bytes:
    """A feed of RSS 2.0."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>الخليج الجديد</title>'
        f"<link>https://example.org</link><language>ar-iq</language>{''.join(items)}{end}"
    ).encode(encoding)


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>الشرق</title>
<entry><id>tag:1</id><title type="html">عنوان</title><link href="https://example.org/1"/>
<published>2021-12-14T06:17:00+03:00</published><updated>2021-12-15T08:00:00Z</updated>
<author><name>زيد</name></author><author><name>عمرو</name></author><category term="a" label="العراق"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>رأس</h2><p>{TEXT}</p></div></content></entry>
<entry><id>tag:2</id><title>بلا تاريخ نشر</title><updated>2021-12-16T08:00:00Z</updated>
<summary>{TEXT}</summary></entry>
</feed>""".encode()

RDF = f"""<?xml version="1.0"?><!-- made by hand --><?xml-stylesheet href="a.xsl"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>المدن</title></channel>
<item rdf:about="y"><title>عنوان</title><link>https://example.org/r</link><description>{TEXT}</description>
<dc:date>2021-12-14T06:17:00+03:00</dc:date></item></rdf:RDF>""".encode()


@pytest.mark.parametrize(
    ("dates", "published", "unread"),
    [
        ("<pubDate>03/04/2021</pubDate>", None, "03/04/2021"),
        ("<pubDate>أمس</pubDate>", None, "أمس"),
        ("<updated>أمس</updated>", None, "أمس"),
        ("<pubDate>أمس</pubDate><updated>2021-04-03</updated>", "2021-04-03", None),
        ("<pubDate>25/04/2021</pubDate>", "2021-04-25", None),
        ("<pubDate>1639440000</pubDate>", "2021-12-14T00:00", None),
        ("", None, None),
    ],
)
def test_a_date_that_cannot_be_read_is_told(dates: str, published: str | None, unread: str | None) -> None:
    (item,) = documents(found(rss(f"<item><description>{TEXT}</description>{dates}</item>"), "feed.xml"))
    assert (item.text, item.published, records.unread_date(item)) == (TEXT, published, unread)


def test_an_item_of_rss() -> None:
    (item,) = documents(found(rss(ITEM), "feed.xml"))
    assert item.text == f"{TEXT}\nفقرة ثانية\nوسطر ثالث"
    assert (item.title, item.outlet, item.url, item.id) == (
        "عنوان & آخر",
        "الخليج الجديد",
        "https://example.org/a",
        "a-1",
    )
    assert (item.published, item.published_basis) == ("2023-05-25T23:52", "metadata")
    assert said(item, "author") == [("زيد حسن", "feed author")]
    assert said(item, "keyword") == [("سياسة", "feed category"), ("العراق", "feed category")]
    assert said(item, "published") == [("Thu, 25 May 2023 23:52:12 +0300", "feed published")]
    assert said(item, "language") == [("ar-iq", "feed language")]
    assert said(item, "description") == [("ملخص الخبر", "feed description")]
    assert (item.source.path, item.source.reader, item.source.encoding) == ("feed.xml:1", "feed", "utf-8")


def test_entries_of_atom() -> None:
    first, second = documents(found(ATOM, "news"))
    assert first.text == f"رأس\n{TEXT}"
    assert (first.published, first.outlet, first.url) == ("2021-12-14T06:17", "الشرق", "https://example.org/1")
    assert [name for name, _ in said(first, "author")] == ["زيد", "عمرو"]
    assert said(first, "keyword") == [("العراق", "feed category")]
    assert said(first, "updated") == [("2021-12-15T08:00:00Z", "feed updated")]
    assert second.published == "2021-12-16T08:00"


def test_an_item_of_rss_1() -> None:
    (item,) = documents(found(RDF, "index.rdf"))
    assert (item.text, item.published, item.outlet) == (TEXT, "2021-12-14T06:17", "المدن")


def test_plain_descriptions_keep_their_lines_and_markup_gives_lines() -> None:
    plain = "<item><title>ا</title><description>سطر أول\n\nسطر &amp;quot;ثان&amp;quot;</description></item>"
    marked = "<item><title>ب</title><description>&lt;div&gt;سطر\nأول&lt;/div&gt;سطر ثان</description></item>"
    first, second = documents(found(rss(plain, marked), "f.xml"))
    assert first.text == 'سطر أول\nسطر "ثان"'
    assert second.text == "سطر أول\nسطر ثان"


def test_an_item_without_text_is_named_and_the_rest_goes_in() -> None:
    items = found(rss("<item><title>عنوان وحده</title></item>", ITEM), "f.xml")
    assert [type(item) for item in items] == [InputError, Document]
    assert errors(items) == ["f.xml:1: has a title and no text; fetch its page and add that"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256"])
@pytest.mark.parametrize("declared", ["right", "wrong", "none"])
def test_encodings_are_told_by_what_is_there(encoding: str, declared: str) -> None:
    text = rss(ITEM).decode()
    if declared == "right":
        text = text.replace("utf-8", encoding, 1)
    elif declared == "none":
        text = text.replace(' encoding="utf-8"', "", 1)
    (item,) = documents(found(text.encode(encoding), "f.xml"))
    assert item.text.startswith(TEXT)
    assert item.digest == documents(found(rss(ITEM), "other.xml"))[0].digest


def test_another_encoding_is_taken_at_its_word() -> None:
    items = "".join(f"<item><title>Ю</title><description>Президент прибыл {n}</description></item>" for n in range(3))
    russian = rss(items).decode().replace("utf-8", "koi8-r", 1).replace("الخليج الجديد", "Новости")
    first, *_ = documents(found(russian.encode("koi8-r"), "f.xml"))
    assert first.text == "Президент прибыл 0"


def test_a_feed_that_is_cut_gives_what_is_whole() -> None:
    whole = rss(ITEM, ITEM.replace("a-1", "a-2"), ITEM.replace("a-1", "a-3"))
    all_three = documents(found(whole, "f.xml"))
    at = whole.index("ديسمبر".encode(), whole.index(b"a-3"))
    for end in (at, at + 1, at + 2):
        items = found(whole[:end], "f.xml")
        assert documents(items[:2]) == all_three[:2]
        assert errors(items[2:]) == ["f.xml: is cut short; fetch it again; the items that are whole were read"]
    items = found(whole[: whole.index(b"<guid>")], "f.xml")
    assert errors(items) == ["f.xml: is cut short; fetch it again; the items that are whole were read"]


def test_adding_a_feed_again_brings_only_what_is_new() -> None:
    other = ITEM.replace("a-1", "a-2")
    before = {item.digest for item in documents(found(rss(ITEM, other), "f.xml"))}
    later = rss("<lastBuildDate>Fri, 26 May 2023 00:00:00 GMT</lastBuildDate>", ITEM.replace("a-1", "a-3"), other, ITEM)
    after = [item.digest for item in documents(found(later, "g.xml"))]
    assert len(before) == 2
    assert before == set(after[1:])
    assert after[0] not in before


def test_hostile_feeds() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (ord("b") + n, b"&%c;" % (ord("a") + n) * 10) for n in range(10))
        + b'<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>t</title><description>'
        + f"{TEXT} &k; &x;".encode()
        + b"</description></item></channel></rss>"
    )
    (item,) = documents(found(bomb, "f.xml"))
    assert item.text.startswith(TEXT)
    assert len(item.text) < 200
    deep = f"<item><title>t</title><description><![CDATA[{'<div>' * 5000}{TEXT}]]></description></item>"
    (item,) = documents(found(rss(deep), "f.xml"))
    assert item.text == TEXT
    escape = f"<item><title>t\x1b[2J</title><description>{TEXT}\x1b]0;x\x07 &#27;[31m</description></item>"
    (item,) = documents(found(rss(escape), "f.xml"))
    assert "\x1b" not in item.text + str(item.title)
    assert item.replaced >= 2


def test_a_feed_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LIMIT", 1 << 20)
    assert errors(found(rss(ITEM * 3000), "f.xml"))[0].startswith("f.xml: is larger than 1 MB")
    monkeypatch.setattr(feed, "TAGS", 1000)
    assert errors(found(rss("<a>" * 2000), "f.xml"))[0].startswith("f.xml: has more than 1,000 elements")


@given(st.integers(0, 3000), st.binary(max_size=4), st.sampled_from([rss(ITEM, ITEM), ATOM, RDF]))
@settings(max_examples=150)
def test_whatever_happens_to_a_feed_nothing_is_raised(at: int, instead: bytes, data: bytes) -> None:
    at %= len(data)
    items = found(data[:at] + instead + data[at + len(instead) :], "f.xml")
    assert items
    errors(items)


@given(st.permutations(range(4)), st.sampled_from(["utf-8", "utf-16", "windows-1256"]))
@settings(max_examples=30)
def test_what_an_item_is_does_not_hang_on_its_feed(order: list[int], encoding: str) -> None:
    items = [ITEM.replace("a-1", f"a-{number}") for number in range(4)]
    digests = {item.id: item.digest for item in documents(found(rss(*items), "f.xml"))}
    again = documents(found(rss(*(items[number] for number in order), encoding=encoding), "g.xml"))
    assert {item.id: item.digest for item in again} == digests


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real feeds are not here")
def test_real_feeds() -> None:
    one = documents(found((PAGES / "feed_utf8.xml").read_bytes(), "feed_utf8.xml"))
    other = documents(found((PAGES / "feed_cp1256.xml").read_bytes(), "feed_cp1256.xml"))
    assert len(one) == len(other) == 100
    assert {item.source.encoding for item in one} == {"utf-8"}
    assert {item.source.encoding for item in other} == {"windows-1256"}
    # windows-1256 lacks a few characters of the others.
    assert len({item.digest for item in one} & {item.digest for item in other}) > 80
    assert all(item.published and item.title and item.url and item.outlet == "الميادين نت" for item in one)
    assert not any(re.search("<[a-z]|&[a-z]+;", item.text) for item in one)


def _post(kind: str, text: str, date: str = "2021-07-26 01:30:00") -> str:
    return (
        "<item><title>عنوان</title><pubDate>Sun, 25 Jul 2021 22:30:00 +0000</pubDate><description></description>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded>ملخص</excerpt:encoded>"
        f"<wp:post_date>{date}</wp:post_date><wp:post_modified>2021-07-27 08:00:00</wp:post_modified>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{TEXT}\n\nقال <b>ناطق</b> ذلك.\nوأضاف.", f"{TEXT}\nقال ناطق ذلك.\nوأضاف."),
        (f"<!-- wp:paragraph -->\n<p>{TEXT}\nثم</p>\n<!-- /wp:paragraph -->", f"{TEXT} ثم"),
    ],
    ids=["classic", "blocks"],
)
def test_posts_of_wordpress(text: str, read: str) -> None:
    xml = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    posts = [_post("post", text), _post("attachment", text), _post("report", TEXT, "0000-00-00 00:00:00")]
    data = rss(*posts, _post("nav_menu_item", "")).replace(b"<rss ", f"<rss {xml} ".encode())
    post, picture, report, menu = found(data, "wordpress.xml")
    assert isinstance(post, Document)
    # On the site's own clock, which the feed has in UTC.
    assert (post.text, post.published) == (read, "2021-07-26T01:30")
    assert said(post, "description") == [("ملخص", "feed description")]
    assert said(post, "updated") == [("2021-07-27 08:00:00", "feed updated")]
    assert isinstance(report, Document)
    assert report.published == "2021-07-25T22:30"
    assert [type(item) for item in (picture, menu)] == [LeftOut, LeftOut]
    # Elements with attributes are objects to feedparser.
    odd = found(data.replace(b"<wp:post_type>", b'<wp:post_type a="b">'), "odd.xml")
    assert len(odd) == 4
    assert all("could not be read" not in str(item) for item in odd if isinstance(item, InputError))
