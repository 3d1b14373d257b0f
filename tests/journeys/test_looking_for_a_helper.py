"""The product looks for the helper: late in the evening, in haste, and no more than somebody wants."""

from datetime import timedelta

from handtag.errands.models import Ask, Told
from handtag.helpers.models import HelperProfile
from handtag.helpers.rules import UNTIL_I_SAY
from handtag.kernel import clock
from handtag.notices.models import Notice
from tests.journeys.sample import MONDAY, Clock, Sample
from tests.journeys.steps import agree, ask_for, only, open_in_queue, proposed, work
from tests.journeys.visit import letter


def told(ask: str) -> int:
    return Told.objects.everywhere().filter(ask_id=ask).count()


def test_asked_at_ten_to_ten_in_the_evening_for_the_next_morning(sample: Sample, time_of_day: Clock) -> None:
    asker, helper = sample.visit("asker", width=390), sample.visit("helper", width=390)
    only(sample, "helper")
    time_of_day.set(MONDAY + timedelta(hours=12, minutes=20))
    ask = ask_for(asker, "shopping", need="Frukostbröd", part="10:00–11:30")
    work(time_of_day)
    assert told(ask) == 0
    asker.again().sees("We are finding out which neighbours can come. You need not do anything now.")

    time_of_day.set(MONDAY + timedelta(hours=22, minutes=31))  # a minute past eight
    work(time_of_day)
    asker.again().sees("Nobody has answered yet.")
    assert asker.heading.startswith("En granne har fått din fråga")
    helper.go(letter("helper@example.org", "ask.open", ask).link)
    assert helper.page.locator(".why li").count() >= 1
    agree(helper)
    asker.again()
    assert "Leila" in asker.heading


def test_in_haste_and_nobody_answers(sample: Sample, time_of_day: Clock) -> None:
    asker, coordinator = sample.visit("asker", width=390), sample.visit("coordinator")
    only(sample, "helper")
    ask = ask_for(asker, "shopping", need="Mjölk", day=clock.today(), part="afternoon")
    begins = Ask.objects.everywhere().get(pk=ask).occasions.get().starts_at
    work(time_of_day)
    assert told(ask) == 1
    while clock.now() < begins - (begins - MONDAY) / 2 + timedelta(minutes=5):
        time_of_day.set(clock.now() + timedelta(minutes=20))
        work(time_of_day)
    asker.again().sees("The municipality is helping to look.")

    who = sample.cast["coordinator"]["person_id"]
    brought = Notice.objects.everywhere().get(kind="ask.urgent", about_id=ask, person_id=who)
    coordinator.go(brought.link).sees("Yours to see to")
    coordinator.follow("Every step, and who was asked").sees("It came to the coordinators")
    coordinator.sees("Leila Nasser").press("Stop asking").sees("Nobody more is asked just now.")
    coordinator.press("Go on asking").press("Hurry").sees("The search was hurried")
    line = proposed(coordinator, ask, "Leila Nasser")
    line.locator("summary").click()
    coordinator.click(line.locator('form[action$="/placera/"] button'))
    asker.again()
    assert "Leila" in asker.heading


def test_a_helper_who_wants_less(sample: Sample, time_of_day: Clock) -> None:
    asker, helper = sample.visit("asker"), sample.visit("helper", width=390)
    only(sample, "helper")
    helper.go("min-profil/").follow("How often we ask you").sees("What we reckon with")
    helper.click(helper.page.locator('main a.btn[href$="/borja/hur/"]'))
    helper.choose("most_in_week", "2").press("Save")
    first = ask_for(asker, "shopping", need="Bröd")
    work(time_of_day)
    agree(helper.go(letter("helper@example.org", "ask.open", first).link))
    second = ask_for(asker, "shopping", need="Smör")
    for _hour in range(4):
        time_of_day.set(clock.now() + timedelta(hours=1))
        work(time_of_day)
    assert told(second) == 0

    helper.go(f"hjalpa-till/{second}/").press("Rest").sees("You are resting.")
    mine = HelperProfile.objects.everywhere().get(person_id=sample.cast["helper"]["person_id"])
    assert mine.paused_until == UNTIL_I_SAY
    open_in_queue(sample.visit("coordinator"), second)
