"""Corpora as khabar made them before, for tests of what brings them up to date."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from store.database.files import connect_to_write
from store.database.later import migrations

_SAME = (
    "outlets", "extractors", "names", "forms", "name_words", "entities", "sentences", "waiting",
    "last_event", "word_forms", "sounds", "article_words_data", "article_words_idx",
    "article_words_docsize", "article_words_config",
)  # fmt: skip
_MADE = {
    "bookmarks": """
        SELECT d.article_id, a.made FROM now.annotations a JOIN now.documents d ON d.digest = a.digest
        WHERE a.kind = 'bookmark' AND a.target = 'article'""",
    "revision": "SELECT max(number) FROM now.revisions",
    "edits": "SELECT id, made, action, what, undone FROM now.edits",
    "articles": "SELECT id, moment, outlet_id, title, path, published, basis, reason FROM now.articles",
    "documents": """
        SELECT d.article_id, d.digest, d.id, iif(same & 1, a.title, d.title), iif(same & 16, a.published, d.published),
        g.published_basis, iif(same & 4, o.name, d.outlet), d.url, d.replaced, g.reader, g.reader_version, g.encoding,
        iif(same & 2, a.title, d.clean_title), d.clean_title_start, d.clean_title_end, g.clean_title_basis,
        iif(same & 8, o.name, d.clean_outlet), g.outlet_reason, coalesce(d.keywords, '[]'),
        iif(same & 32, a.published, d.found_published), iif(same & 64, a.basis, d.found_basis),
        iif(same & 128, a.reason, d.found_reason), d.by_others,
        strftime('%Y-%m-%dT%H:%M:%S+00:00', d.added, 'unixepoch'), d.recogniser FROM now.documents d
        JOIN now.articles a ON a.id = d.article_id LEFT JOIN now.outlets o ON o.id = a.outlet_id
        JOIN now.origins g ON g.id = d.origin_id""",
    "texts": "SELECT article_id, unpacked(packed) FROM now.packed_texts",
    "blocks": """
        SELECT b.article_id, b.start, b."end", r.kind, r.rule FROM now.blocks b
        JOIN now.block_rules r ON r.id = b.rule_id""",
    "mentions": """
        SELECT m.article_id, m.start, m."end", w.form, f.name_id, f.id, g.score, g.extractor_id, g.rule, g.reason
        FROM now.mentions m JOIN now.forms f ON f.id = m.form_id JOIN now.grounds g ON g.id = m.ground_id
        JOIN now.forms w ON w.id = coalesce(m.surface_id, m.form_id)""",
    "article_entities": """
        SELECT n.root, a.moment, a.id, count(*) FROM now.mentions m JOIN now.articles a ON a.id = m.article_id
        JOIN now.forms f ON f.id = m.form_id JOIN now.names n ON n.id = f.name_id GROUP BY n.root, a.id""",
    "dates": """
        SELECT d.article_id, d.start, d."end", t.text, s.type, s.value, s.mod, s.earliest, s.latest, s.precision,
        s.modality, d.anchor, g.rule, g.extractor_id, s.bound FROM now.dates d
        JOIN now.expressions t ON t.id = d.expression_id JOIN now.meanings s ON s.id = d.meaning_id
        JOIN now.grounds g ON g.id = d.ground_id""",
    "events": """
        SELECT id, value, earliest, latest, precision, modality, bucket, sentences, bound, outlets FROM now.events""",
    "event_mentions": """
        SELECT m.id, m.article_id, m.event_id, m.start, m."end", s.value, s.earliest, s.latest, s.precision,
        s.modality, coalesce(m.names, (SELECT json_group_array(form) FROM (SELECT DISTINCT f.form FROM now.mentions l
        JOIN now.forms f ON f.id = l.form_id WHERE l.article_id = m.article_id AND l.start >= m.start
        AND l."end" <= m."end" ORDER BY l.start))), m.date_start, m.date_end, s.bound, m.apart, m.together, m.sentence
        FROM now.event_mentions m JOIN now.meanings s ON s.id = m.meaning_id""",
    "event_names": """
        SELECT DISTINCT f.name_id, d.earliest, m.id FROM now.event_mentions m
        JOIN now.stretches d ON d.id = m.stretch_id JOIN now.mentions l ON l.article_id = m.article_id
        AND l.start >= m.start AND l."end" <= m."end" JOIN now.forms f ON f.id = l.form_id""",
}


def version_7(path: Path) -> None:
    """Turns a corpus into what it would have been before texts were packed and what repeats was kept once."""
    older = path.with_name("older.db")
    connection = connect_to_write(older)
    connection.isolation_level = None
    migrations.apply(Database(connection), stop_before="version_8")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("ATTACH ? AS now", (str(path),))
    connection.execute("BEGIN")
    for table in (*_SAME, *_MADE):
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} {_MADE.get(table, f'SELECT * FROM now.{table}')}")
    connection.execute("COMMIT")
    assert connection.execute("PRAGMA main.foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA user_version").fetchone() == (7,)
    connection.close()
    older.replace(path)
