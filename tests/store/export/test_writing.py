"""An export on the disk is whole or not there, and takes the place of nothing unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import InputError
from store.export.writing import write


def pieces(fault: bool = False) -> Iterator[str]:
    yield from ("خبر\n", "second\n")
    if fault:
        raise RuntimeError("no more")


def test_pieces_are_counted_and_written_as_they_are(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    count = write(
        tmp_path / "a.txt", pieces(), keep=tmp_path / "c.db", told=lambda count, size: told.append((count, size))
    )
    assert (count, told) == (2, [(2, 11)])
    assert (tmp_path / "a.txt").read_bytes() == "خبر\nsecond\n".encode()


@pytest.mark.parametrize("over", [True, False])
def test_what_fails_leaves_nothing_but_what_was_there(tmp_path: Path, over: bool) -> None:
    target = tmp_path / "a.txt"
    with pytest.raises(RuntimeError):
        write(target, pieces(fault=True), keep=tmp_path / "c.db", over=over)
    assert list(tmp_path.iterdir()) == []
    target.write_text("old")
    with pytest.raises(RuntimeError):
        write(target, pieces(fault=True), keep=tmp_path / "c.db")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_what_is_there_is_kept_unless_it_is_to_be_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(FileExistsError):
        write(target, pieces(), keep=tmp_path / "c.db", over=False)
    assert target.read_text() == "old"
    write(target, pieces(), keep=tmp_path / "c.db")
    assert target.read_text("utf-8").endswith("second\n")


def test_what_came_meanwhile_is_kept_too(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"

    def meanwhile() -> Iterator[str]:
        yield "mine"
        target.write_text("theirs")

    with pytest.raises(FileExistsError):
        write(target, meanwhile(), keep=tmp_path / "c.db", over=False)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "theirs")]


def test_the_corpus_is_refused_by_whatever_name(tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    corpus.write_text("precious")
    (tmp_path / "link.db").symlink_to(corpus)
    log = tmp_path / "c.db-wal"
    for _ in range(2):
        for name in ("c.db", "link.db", "c.db-wal", "c.db-shm"):
            for keep in (corpus, tmp_path / "link.db"):
                with pytest.raises(InputError, match="is the corpus itself"):
                    write(tmp_path / name, pieces(), keep=keep)
        log.write_text("precious")
    assert (corpus.read_text(), log.read_text()) == ("precious", "precious")


def test_a_pipe_is_written_to_by_the_name_it_was_given(tmp_path: Path) -> None:
    get, put = os.pipe()  # as /dev/stdout is, in a pipeline
    write(Path(f"/dev/fd/{put}"), pieces(), keep=tmp_path / "c.db")
    os.close(put)
    with os.fdopen(get, "rb") as file:
        assert file.read() == "خبر\nsecond\n".encode()


def test_links_that_lead_to_one_another_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    with pytest.raises(OSError, match="symbolic links") as said:
        write(tmp_path / "a.txt", pieces(), keep=tmp_path / "c.db")
    assert said.value.filename == str(tmp_path / "a.txt")
