"""Every week over the night on which the clock is put back: the same hour on the wall, on both sides."""

from datetime import date, time, timedelta

from handtag.kernel import clock
from tests.journeys.sample import Clock, Sample
from tests.journeys.steps import ask_for, calendar_address, events
from tests.journeys.visit import Visit, said

FIRST, LAST = date(2026, 10, 8), date(2026, 11, 12)
DAYS = [FIRST + timedelta(weeks=week) for week in range(6)]
TAKEN_AWAY = date(2026, 10, 29)


def test_a_weekly_errand_keeps_its_hour_over_the_change_of_the_clock(
    sample: Sample, time_of_day: Clock
) -> None:
    asker, helper = sample.visit("asker"), sample.visit("second_helper", width=390)
    ask = ask_for(asker, "dog_walk", need="En halvtimme", day=FIRST, last_on=LAST)
    take_all(helper, ask)

    asker.again()
    rows = asker.page.locator("ul.rows li", has=asker.page.locator("strong"))
    shown = " ".join(rows.all_inner_texts())
    for day in DAYS:
        assert f"{day.day} {MONTHS[day.month]}" in shown, f"{day} is missing in: {shown}"

    address = calendar_address(helper)
    found = [one for one in events(helper, address) if one["SUMMARY"].startswith(said("Dog walk"))]
    assert sorted(one.decoded("DTSTART") for one in found) == [clock.at(day, time(13)) for day in DAYS]
    assert {clock.local(one.decoded("DTEND")).time() for one in found} == {time(17)}
    assert len({one.decoded("DTSTART").hour for one in found}) == 2, "summer and winter differ in UTC"
    assert not any("Exempelvägen" in str(one) for one in found)

    row = asker.page.locator("ul.rows li", has_text=f"{TAKEN_AWAY.day} {MONTHS[TAKEN_AWAY.month]}")
    asker.click(row.get_by_role("button"))
    called_off = [one for one in events(helper, address) if one["STATUS"] == "CANCELLED"]
    assert [clock.local(one.decoded("DTSTART")).date() for one in called_off] == [TAKEN_AWAY]

    time_of_day.set(clock.at(date(2026, 11, 5), time(9)))
    helper.go("uppdrag/")
    helper.click(helper.page.locator("main li", has_text="5 november 2026").get_by_role("link"))
    assert "5 november 2026" in helper.words
    assert said("today") in helper.heading
    assert "13–17" in helper.words.replace("\u2060", "")
    helper.press("I am with %(name)s", name="Gun-Britt").press("It is done")
    left = asker.go(f"mina-fragor/{ask}/").page.locator("ul.rows li", has_text="12 november")
    assert left.count() >= 1, "one date done leaves the next as it was"


def take_all(helper: Visit, ask_id: str) -> None:
    """Say yes to every date of a series."""
    helper.go(f"hjalpa-till/{ask_id}/")
    for box in helper.page.locator('[name="occasions"]').all():
        box.check()
    helper.tick("accept").press("Yes, I will come")


MONTHS = {10: "oktober", 11: "november"}
