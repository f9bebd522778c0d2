"""What the README promises to front ends is what they find."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import api
from tests.clients.workbench import CLIENTS

README = (CLIENTS.parents[1] / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"[A-Z]+(_[A-Z]+)*")


def codes(tree: ast.AST) -> Iterator[str]:
    """What a module gives as an error's code: by that name, or as the last word of `_saying`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = [one.value for one in node.keywords if one.arg == "code"]
            given += node.args[2:] if getattr(node.func, "id", "") == "_saying" else []
        elif isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.kwonlyargs]
            defaults = dict(zip(names, node.args.kw_defaults, strict=True))
            given = [one for name, one in defaults.items() if name == "code" and one]
        elif isinstance(node, ast.Assign):
            named = [one.id for one in node.targets if isinstance(one, ast.Name)]
            given = [node.value] if named == ["code"] else []
        else:
            continue
        for one in given:
            if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value)):
                yield str(one.value)


def test_the_page_in_the_readme_is_the_one_that_is_run() -> None:
    (shown,) = re.findall(r"```ts\n(.*?)```", README, re.DOTALL)
    assert shown == (CLIENTS / "page" / "following.ts").read_text(encoding="utf-8")


def test_every_code_of_an_error_is_explained_and_no_other() -> None:
    modules = Path(api.__file__).parent.rglob("*.py")
    given = {code for file in modules for code in codes(ast.parse(file.read_text("utf-8")))}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == given
