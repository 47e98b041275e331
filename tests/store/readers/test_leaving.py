"""What can be no article is left out where it was found, and refused where it was named."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from store.errors import InputError
from store.ingest import Added, Left, Progress, Rejected, add
from store.readers import leaving, read
from store.readers.leaving import KINDS, LeftOut, by_name


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.txt", None),
        ("خبر.html", None),
        ("photo.JPG", "pictures"),
        ("a/b/style.css", "styles and scripts"),
        ("Thumbs.db", "system files"),
        ("corpus.db", "databases"),
        ("__MACOSX/a/b.txt", "system files"),
        ("page_files/frame.html", "files of saved pages"),
        ("sub/خبر_files/a/frame.html", "files of saved pages"),
        ("alone_files/frame.html", None),
        ("_files/frame.html", None),
        ("photo.jpg.txt", None),
        (".jpg", None),
    ],
)
def test_kinds_by_name(path: str, kind: str | None) -> None:
    there = {PurePosixPath("page.html"), PurePosixPath("sub/خبر.htm")}
    assert by_name(PurePosixPath(path), there.__contains__) == kind


def test_the_table_has_known_kinds_only() -> None:
    names, suffixes, beside = leaving._table()
    assert {*names.values(), *suffixes.values()} < set(KINDS)
    assert all(not end.endswith("/") for end in beside)


def test_content_decides_too(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(b"\x89PNG\r\n\x1a\n")
    (found,) = read(tmp_path / "photo", folder=tmp_path)
    assert isinstance(found, LeftOut)
    assert found.kind == "pictures"
    (found,) = read(tmp_path / "photo")
    assert isinstance(found, InputError)
    assert not isinstance(found, LeftOut)


def test_what_was_named_is_refused_what_was_found_is_left_out(tmp_path: Path) -> None:
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(b"\xff\xd8\xff")

    def became(*paths: Path, folders: tuple[Path, ...] = ()) -> list[type[Progress]]:
        return [type(item) for item in add("", paths, folders=folders, dry_run=True)]

    assert became(tmp_path) == [Left]
    assert became(picture) == [Rejected]
    assert became(picture, folders=(tmp_path,)) == [Left]
    assert became(picture, folders=(tmp_path / "other",)) == [Rejected]


def test_a_shell_that_names_the_folder_of_a_page_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.txt").write_text("خبر من بغداد")
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / "page_files", Path("page_files")):
        assert [type(item) for item in add("", [folder], dry_run=True)] == [Added]
    (tmp_path / "page.html").write_text("خبر")
    for folder in (tmp_path / "page_files", Path("page_files"), Path()):
        assert Left in [type(item) for item in add("", [folder], dry_run=True)]
