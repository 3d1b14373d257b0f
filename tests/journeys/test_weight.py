"""What a first visit weighs over the wire, with everything a page brings along."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.journeys.sample import Sample
from tests.journeys.test_everyone import kinds_of_page

FIRST_VISIT, HTML = 100_000, 20_000
# As long as what is held about one is; and the sheet of all the parts, for who draws pages.
LONG = {"my_data", "sample_states"}
PACKED = ("text/css", "javascript", "image/svg+xml")


def weight(answer: Response) -> int:
    """Bytes over the wire: what lies in static files is kept compressed, pages and fonts go as they are."""
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    packed = "/static/" in answer.url and any(one in kind for one in PACKED)
    return len(gzip.compress(body, 9) if packed else body)


@pytest.mark.parametrize("path", ["/", "/helsingborg/", "/helsingborg/be-om-hjalp/for-vem/", "/logga-in/"])
def test_a_first_visit_is_light(sample: Sample, path: str) -> None:
    visitor = sample.visit(width=390)
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.page.goto(path, wait_until="networkidle")
    weights = {answer.url: weight(answer) for answer in answers if answer.ok}
    assert any("woff2" in url for url in weights), "fonts are counted"
    assert sum(weights.values()) < FIRST_VISIT, weights


def test_every_page_of_residents_is_small(sample: Sample) -> None:
    heavy = {}
    for route, (key, path) in kinds_of_page(sample).items():
        size = len(sample.browser(key).get(path).content)
        if size >= HTML and route not in LONG:
            heavy[path] = size
    assert heavy == {}
