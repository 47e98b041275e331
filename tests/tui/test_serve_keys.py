"""Lines of authorized_keys: honoured, or not used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("asyncssh", reason="needs asyncssh (khabar[serve])")

from store.errors import StoreError
from tui.serve.keys import Keys, Refused, line

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPB9ctqsJq2e5UjFMMQOlGZ+mJEmf0FTMuXyVYf1Sn7w"
NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "address", "admitted"),
    [
        ("", "192.0.2.7", True),
        ('from="192.0.2.7" ', "192.0.2.7", True),
        ('from="192.0.2.7" ', "192.0.2.8", False),
        ('from="192.0.2.0/24,!192.0.2.9" ', "192.0.2.8", True),
        ('from="192.0.2.0/24,!192.0.2.9" ', "192.0.2.9", False),
        ('from="!192.0.2.9" ', "192.0.2.8", False),
        ('from="192.0.2.*" ', "::ffff:192.0.2.8", True),
        ('from="2001:db8::/32" ', "2001:db8::1", True),
        ('from="2001:db8::/32" ', "192.0.2.8", False),
        ('expiry-time="20261125" ', "192.0.2.8", False),
        ('expiry-time="202611270000Z" ', "192.0.2.8", True),
        ('expiry-time="20261125",expiry-time="20261225" ', "192.0.2.8", False),
        ('restrict,pty,no-X11-forwarding,from="192.0.2.8" ', "192.0.2.8", True),
    ],
)
def test_options_that_are_honoured(options: str, address: str, admitted: bool) -> None:
    one = line(f"{options}{KEY} amal")
    assert one.user == "amal"
    assert one.admits(address, NOW) is admitted


@pytest.mark.parametrize(
    "text",
    [
        f'command="ls" {KEY} amal',
        f'environment="A=b" {KEY} amal',
        f"cert-authority {KEY} amal",
        f'permitopen="host:22" {KEY} amal',
        f"restrict {KEY} amal",
        f"pty,restrict {KEY} amal",
        f"no-pty {KEY} amal",
        f'from="*.example.org" {KEY} amal',
        f'from="192.0.2.0/24,!evil.example" {KEY} amal',
        f'from="" {KEY} amal',
        f'from="192.0.2.7",from="*" {KEY} amal',
        f'from="*,!192.0.*/16" {KEY} amal',
        f"from {KEY} amal",
        f'expiry-time="tomorrow" {KEY} amal',
        f'from="192.0.2.7 {KEY} amal',
        "ssh-ed25519 AAAA amal",
        "ssh-dss AAAAB3NzaC1kc3MAAACBAP amal",
        "nonsense",
    ],
)
def test_lines_that_are_not_used(text: str) -> None:
    with pytest.raises(Refused):
        line(text)


def test_parts_of_a_line_stand_apart_by_any_white_space() -> None:
    assert line(KEY.replace(" ", "\t") + "\tamal").user == "amal"
    assert line(KEY.replace(" ", "  ") + " \t amal").user == "amal"


def test_a_key_without_a_comment_is_its_fingerprint() -> None:
    assert line(KEY).user == line(KEY).fingerprint
    assert line(f"{KEY} a\x1b[31m\u202eb").user == "a [31m b"


def test_a_key_that_stands_twice_is_who_stands_first(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    said: list[str] = []
    file.write_text(f'# ours\n\n{KEY} nour\n{KEY} amal\ncommand="x" {KEY} root\n')
    file.chmod(0o600)
    keys = Keys(file, said.append)
    data = line(KEY).data
    found = keys.find(data, "192.0.2.7")
    assert found is not None
    assert found.user == "nour"
    assert [text.partition(": ")[0] for text in said] == [f"{file}:4", f"{file}:5"]


def test_a_file_that_others_may_write_or_that_is_gone_lets_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY} nour\n")
    file.chmod(0o600)
    keys = Keys(file, lambda _said: None)
    data = line(KEY).data
    assert keys.find(data, "192.0.2.7")
    file.chmod(0o622)
    assert keys.find(data, "192.0.2.7") is None
    with pytest.raises(StoreError):
        Keys(file, lambda _said: None)
    file.chmod(0o600)
    assert keys.find(data, "192.0.2.7")
    file.unlink()
    assert keys.find(data, "192.0.2.7") is None


def test_an_expiry_without_a_zone_is_local(tmp_path: Path) -> None:
    later = (datetime.now() + timedelta(days=2)).strftime("%Y%m%d%H%M")
    assert line(f'expiry-time="{later}" {KEY}').admits("192.0.2.7", datetime.now(UTC))
