"""The examples of docs/matching.md do what they say."""

import re

from tests.house.ground import ROOT


def test_the_examples_run():
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "matching.md").read_text(), re.M | re.S)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/matching.md", "exec"), names)
    assert len(blocks) >= 7
