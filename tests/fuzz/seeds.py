"""Small valid inputs of each format, made by the libraries that write them, and what their grammars are made of."""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Callable
from pathlib import Path

from tests.store.readers import making, test_crawls, test_feeds, test_papers, test_saved_pages

PAGE = f"""<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>عنوان الخبر | الجزيرة</title>
<meta property="article:published_time" content="2021-12-14T06:17:00+03:00"><meta name=author content="زيد حسن">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"عنوان الخبر","datePublished":"2021-12-14",
"author":[{{"name":"زيد"}}]}}</script></head><body><nav><ul><li><a href="/">الرئيسية</a></li></ul></nav>
<article><h1>عنوان الخبر</h1><time datetime="2021-12-14">14/12/2021</time><p>{making.TEXT}</p>
<figure><img alt=x><figcaption>بغداد (رويترز)</figcaption></figure><p>{making.TEXT * 3}</p><table><tr><td>أ<td>ب
</table><div class=related><a href=/x>اقرأ أيضا: خبر آخر</a></div></article><footer>جميع الحقوق محفوظة</footer>
</body></html>""".encode()
ARTICLE = f"""عنوان الخبر
الجزيرة | 14 ديسمبر 2021 - 06:17
شارك
بغداد - {making.TEXT}
وأضاف مصطفى الكاظمي أن القوات الأمريكية ستغادر العراق في 31 كانون الأول/ديسمبر المقبل، منذ عام 1443 هـ.
صورة: رويترز
اقرأ أيضا: خبر آخر
الوسوم: العراق، سياسة
""".encode()
TABLE = (
    f'العنوان,النص,التاريخ,الكاتب\r\nعنوان,"{making.TEXT}",14/12/2021,زيد\r\nآخر,{making.TEXT},15/12/2021,\r\n'.encode()
)
RECORDS = making.record(title="عنوان", published="2021-12-14", author=["زيد"], url="https://a.b/c", id=7)
_DUMPS = Path(__file__).parents[1] / "cases" / "dumps"
_DUMPED = ("mongoexport-pretty.json", "elasticsearch-search.json", "telegram-all.json", "pandas-split.json",
           "pandas-columns.json", "wordpress-rest.json", "jsonfeed.json")  # fmt: skip

_MADE: dict[str, Callable[[], tuple[bytes, ...]]] = {
    "text": lambda: (ARTICLE, ARTICLE.decode().encode("cp1256"), ARTICLE.decode().encode("utf-16")),
    "jsonl": lambda: (RECORDS * 2, making.record(keywords="أ، ب", section={"name": "سياسة"})),
    "json": lambda: (
        b"[" + RECORDS.strip() + b"," + making.record().strip() + b"]",
        b'{"articles":[' + RECORDS.strip() + b'],"n":1}',
        *((_DUMPS / name).read_bytes() for name in _DUMPED),
    ),
    "table": lambda: (TABLE, TABLE.decode().replace(",", "\t").encode("utf-16"), TABLE.replace(b",", b";")),
    "feed": lambda: (
        test_feeds.rss(test_feeds.ITEM),
        test_feeds.ATOM,
        test_feeds.RDF,
        (_DUMPS / "wordpress-export.xml").read_bytes(),
    ),
    "html": lambda: (PAGE, PAGE.replace(b"<article>", b"<div>")),
    "mhtml": lambda: (test_saved_pages.saved(),),
    "warc": lambda: (
        test_crawls.crawl(
            ("https://example.org/a", "text/html", PAGE),
            ("https://example.org/f", "application/rss+xml", test_feeds.rss(test_feeds.ITEM)),
            packed=False,
        ),
        test_crawls.crawl(("https://example.org/a.txt", "text/plain", ARTICLE), packed=True),
    ),
    "packed": lambda: (gzip.compress(RECORDS), gzip.compress(ARTICLE) * 2),
    "zip": lambda: (
        making.zipped({"a.txt": ARTICLE, "b/c.jsonl": RECORDS, "d.html": PAGE}),
        making.zipped({"archive/a.warc": b"WARC/1.0\r\n", "datapackage.json": b"{}"}),
    ),
    "tar": lambda: (making.tarred({"a.txt": ARTICLE, "b/c.jsonl": RECORDS}),),
    "pdf": lambda: (test_papers.pdf([test_papers.drawn(test_papers.LINES)], {"/Title": "عنوان", "/Author": "زيد"}),),
    "docx": lambda: (test_papers.word("عنوان الخبر", making.TEXT),),
    "clean": lambda: (ARTICLE,),
    "language": lambda: (ARTICLE, b"The minister said on Tuesday that it was over."),
    "analyse": lambda: (ARTICLE,),
}
SEEDS = {target: functools.cache(made) for target, made in _MADE.items()}
"""Of each target (`tests.fuzz.targets`), made once: some have the time or a random name in them."""

_OF = {"jsonl": "json", "mhtml": "mail", "clean": "text", "language": "text", "analyse": "text", "docx": "feed"}


@functools.cache
def words(target: str) -> tuple[bytes, ...]:
    """What a grammar is made of, with what is dangerous anywhere."""
    rows = (Path(__file__).parent / "words.tsv").read_text("utf-8").splitlines()
    known = dict(row.split("\t") for row in rows if not row.startswith("#"))
    own = known.get(_OF.get(target, target), "").split()
    return tuple(_bytes(word) for word in (*own, *known["any"].split()))


def _bytes(word: str) -> bytes:
    """With escapes as what they stand for, but where JSON has them itself."""
    try:
        return json.loads(f'"{word}"').encode("utf-8", "surrogatepass") if "\\" in word else word.encode()
    except ValueError:
        return word.encode()
