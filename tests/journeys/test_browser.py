"""The journeys' own instruments: they must be able to find something."""

from playwright.sync_api import Page

from tests.journeys.axe import findings


def test_axe_finds_a_picture_without_words(page: Page) -> None:
    page.goto("/healthz")
    page.set_content('<html lang="sv"><title>Hej</title><main><h1>Hej</h1><img src="data:,"></main>')
    assert any(finding.startswith("image-alt") for finding in findings(page))


def test_axe_is_content_with_a_plain_page(phone: Page) -> None:
    phone.goto("/healthz")
    phone.set_content('<html lang="sv"><title>Hej</title><main><h1>Hej</h1></main>')
    assert findings(phone) == []


def test_a_call_to_another_host_is_stopped_and_told(page: Page, complaints: list[str]) -> None:
    page.goto("/healthz")
    page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert any("https://example.org/" in said for said in complaints)
    complaints.clear()


def test_a_script_error_is_told(page: Page, complaints: list[str]) -> None:
    page.goto("/healthz")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') }, 0)")
    assert any("broken" in said for said in complaints)
    complaints.clear()
