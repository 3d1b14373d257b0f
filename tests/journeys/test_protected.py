"""Somebody with a protected identity: known by name to themselves and the officer, to nobody else."""

from tests.journeys.sample import Sample


def test_search_at_the_desk_and_at_the_counter_finds_nobody(sample: Sample) -> None:
    for key in ("coordinator", "caseworker", "agent", "both"):
        staff = sample.visit(key).go("personer/")
        for words in ("Kanarie", "Vera Kanarie", sample.canary("phone"), sample.canary("email")):
            staff.write("words", words).press("Search").sees("Nobody found")
            assert not any(value in staff.words for value in sample.canaries if value != words)
    counter = sample.visit("caseworker").go("behorigheter/disken/")
    counter.write("namn", "Kanariefrida Kanariesson").press("Search")
    counter.sees("Nobody with that name has signed up here")


def test_the_officer_gives_a_reason_and_the_person_sees_who_looked(sample: Sample) -> None:
    officer, person = sample.visit("officer"), sample.visit("protected", width=390)
    person.go("mina-fragor/")
    officer.go("personer/").write("words", "Kanarie").press("Search")
    officer.click(officer.page.locator("main ul.rows a").first)
    officer.sees("This record is protected")
    assert not any(value in officer.words for value in sample.canaries)
    officer.write("reason", "Vi ska placera en fråga").press("Open the record")
    assert "Kanariesson" in officer.words
    person.go("mina-uppgifter/").sees("Who has looked")
    assert person.page.locator("section[aria-labelledby=looks] li").count() >= 1
