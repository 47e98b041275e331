"""The wheel, installed on its own, runs from anywhere with nothing of the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_packages_their_data_the_seeds_and_the_licences(wheel: Path, seeds: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for seed in seeds.glob("*.txt"):
            assert archive.read(f"store/seeds/{seed.name}") == seed.read_bytes()
    for package in ("store", "tui"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith(".data/data/share/man/man1/khabar.1") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_it_runs_from_another_folder_in_an_empty_home(wheel: Path, tmp_path: Path) -> None:
    place, home, elsewhere = tmp_path / "venv", tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    venv.create(place, with_pip=False, symlinks=True)
    binaries = place / "bin"
    install = [sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    # What it depends on comes from where the tests run, so that no network is needed; a path from a .pth file is
    # searched last and its own .pth files are not read, so that the checkout is not on the way.
    packages = next((place / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}

    def khabar(*args: str) -> str:
        done = subprocess.run(
            [str(binaries / "khabar"), *args], cwd=elsewhere, env=env, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    where = "import store, tui; print(store.__file__, tui.__file__)"
    imported = subprocess.run(
        [str(binaries / "python"), "-c", where], cwd=elsewhere, env=env, capture_output=True, text=True, check=True
    )
    assert all(path.startswith(str(packages)) for path in imported.stdout.split())
    assert len([json.loads(line) for line in khabar("articles", "--json").splitlines()]) == 5
    assert khabar().startswith("Sample corpus")
    assert "بغداد" in khabar("entities")
    assert khabar("verify").endswith("whole\n")
