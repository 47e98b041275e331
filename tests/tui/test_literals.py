"""No text that a person sees stands in the code without being a message."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import tui
from tui.locale.collecting import ERRORS, helps

ROOT = Path(tui.__file__).parent
CASES = Path(__file__).parents[1] / "cases"
MARKS = {"_", "N_", "NN_", "gettext", "ngettext", "pgettext"}
STYLES = {"DEFAULT_CSS", "CSS", "SHEET_CSS"}
PROGRAMMERS = {"AssertionError", "ValueError", "TypeError", "KeyError", "AttributeError", "IndexError"}
_TEXT = re.compile(r"[A-Za-z]{2,}['’]?[ ,:;.…]+[A-Za-z{]{2,}|^[A-Z][a-z]{2,}[.:…]?$|[A-Za-z]{2,}[.:;…?!]?\s*$")
_IDENTIFIER = re.compile(r"[\w.#:\-/{}\[\]@*%&=+|,^$\\()?<>!~'\"\x1b]*")


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of strings that read as words and are neither messages nor collected in another way."""
    collected = {text for _line, text in helps(tree)}
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        inner: list[ast.AST] = []
        if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
            inner = list(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner = [node.value]
        elif isinstance(node, ast.Call) and _name(node.func) in MARKS | PROGRAMMERS:
            inner = list(ast.walk(node))
        elif isinstance(node, ast.Call) and _name(node.func) in ("command", "group", "option", "argument"):
            inner = [one for keyword in node.keywords if keyword.arg == "help" for one in ast.walk(keyword)]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inner = list(ast.walk(node)) if any(_name(target) in STYLES for target in targets) else []
        skipped.update(inner)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in skipped:
            continue
        text = node.value
        if text in collected or (_IDENTIFIER.fullmatch(text) and not re.search(r"^[A-Z][a-z]{2,}[.:…]?$", text)):
            continue
        if _TEXT.search(text):
            yield node.lineno, text


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _allowed() -> dict[tuple[str, str], str]:
    """Module and text, with the reason why it is no message."""
    lines = (CASES / "literals.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(module, json.loads(text)): why for module, text, why in rows}


def _found() -> dict[tuple[str, str], int]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for line, text in literals(ast.parse(path.read_text("utf-8"))):
            found[module, text] = line
    return found


def test_what_a_person_sees_is_a_message() -> None:
    allowed = _allowed()
    forgotten = [f"tui/{module}:{line}: {text!r}" for (module, text), line in _found().items()
                 if (module, text) not in allowed]  # fmt: skip
    assert forgotten == []


def test_what_is_allowed_to_be_none_is_still_there_and_says_why() -> None:
    allowed = _allowed()
    assert sorted(allowed.keys() - _found().keys()) == []
    assert all(len(why.split()) > 2 for why in allowed.values())


def test_a_text_without_a_mark_is_found() -> None:
    code = (
        'def f(x):\n    """Say."""\n    x.tell("no such thing here")\n    x.tell(_("a"))\n    x.say(f"{x} are here")\n'
    )
    assert [text for _line, text in literals(ast.parse(code))] == ["no such thing here", " are here"]
