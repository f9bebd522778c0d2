"""The README's questions, asked of the demo that its command makes."""

import json
import os
import re
from pathlib import Path

from tests.journeys.conftest import Installation

README = Path(__file__).parents[2] / "README.md"
EXAMPLE = re.compile(r"```graphql\n(?P<query>.*?)```\n+```json\n(?P<answer>.*?)```", re.DOTALL)
WIDTH = 100


def test_every_question_in_the_readme_has_the_answer_that_stands_there(demo: Installation) -> None:
    readme = README.read_text(encoding="utf-8")
    answered = EXAMPLE.sub(lambda example: _answered(example, demo), readme)

    if os.environ.get("UPDATE_README"):
        README.write_text(answered, encoding="utf-8")

    assert len(EXAMPLE.findall(readme)) == 13
    assert answered == readme


def _answered(example: re.Match[str], demo: Installation) -> str:
    answer = demo.ask(example["query"])
    assert "errors" not in answer, answer["errors"]
    return f"```graphql\n{example['query']}```\n```json\n{_folded(answer['data'])}\n```"


def _folded(value: object, indent: str = "") -> str:
    """JSON as a person writes it: what fits on a line stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [
            f"{deeper}{json.dumps(name)}: {_folded(part, deeper)}" for name, part in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _folded(part, deeper) for part in value) + f"\n{indent}]"
