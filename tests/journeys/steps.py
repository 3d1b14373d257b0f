"""What several journeys do: sign up, ask for something, say yes to it, place it, look in a calendar."""

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Locator, expect

from handtag.errands.models import Ask, Invitation, Told
from handtag.helpers.models import HelperProfile
from handtag.helpers.rules import UNTIL_I_SAY
from handtag.jobs import actions as jobs
from handtag.jobs.models import Duty
from handtag.kernel import clock
from tests.journeys.sample import Clock, Sample
from tests.journeys.visit import Visit, code_in_the_post

YES = "Yes, I will come"


def work(time_of_day: Clock) -> None:
    """Let the worker do everything that is due, twice: what one duty writes another sends."""
    jobs.prepare()
    for _turn in range(2):
        jobs.run_due()
        time_of_day.set(clock.now() + timedelta(minutes=1))
    assert list(Duty.objects.exclude(last_error="").values_list("name", "last_error")) == []


def only(sample: Sample, key: str) -> None:
    """Of the helpers the others rest; this one has not been asked for a week, nor is for what is there."""
    mine = sample.cast[key]["person_id"]
    HelperProfile.objects.everywhere().exclude(person_id=mine).update(paused_until=UNTIL_I_SAY)
    Ask.objects.everywhere().update(announce_at=None)
    before = clock.now() - timedelta(days=8)
    Told.objects.everywhere().filter(person_id=mine).update(told_at=before)
    Invitation.objects.everywhere().filter(person_id=mine).update(sent_at=before)


def log_in(visit: Visit, email: str) -> None:
    """From the page that asks for an address: the code comes by e-mail and is written."""
    visit.write("email", email).press("Send me a code")
    visit.write("code", code_in_the_post(email)).press("Log in")


def introduce(visit: Visit, given_name: str, family_name: str, *, place: str) -> None:
    """The one page of questions to a new member."""
    visit.write("given_name", given_name).write("family_name", family_name)
    visit.choose("age", "adult").pick("place", place).click(visit.page.locator("main form .btn"))


def sign_up_to_help(visit: Visit, given_name: str, family_name: str, *, place: str = "Ödåkra") -> str:
    """From the front page to the first of a helper's four steps; gives back the new member's address."""
    email = f"{given_name}.{family_name}@example.se".lower()
    log_in(visit.go().click(visit.page.locator(".doors a").nth(1)), email)
    introduce(visit, given_name, family_name, place=place)
    if "/borja/" not in visit.page.url:
        visit.follow("Tell us how you want to help")
    return email


def get_ready(visit: Visit, *kinds: str) -> None:
    """The four steps of a helper."""
    for kind in kinds:
        picture(visit, kind).get_by_role("checkbox").check()
    visit.press("Go on").press("Go on").tick("any_time").press("Go on").press("Done")


def find_at_the_counter(staff: Visit, name: str) -> None:
    """Somebody stands there with their card: find them by the whole name on it."""
    staff.go("behorigheter/disken/").write("namn", name).press("Search")
    staff.click(staff.page.locator("main ul.rows a", has_text=name))


def note_as_met(staff: Visit, kind: str) -> None:
    """Note one demand as met, on the page of whoever stands there."""
    form = staff.page.locator("main details").filter(
        has=staff.page.locator(f'input[type="hidden"][name="kind"][value="{kind}"]')
    )
    form.locator("summary").click()
    if kind == "identity":
        form.locator('[name="adult"][value="yes"]').check()
    staff.click(form.get_by_role("button"))


def find_permit(staff: Visit, name: str, *, tab: str = "waiting", service: str = "") -> Visit:
    """Open somebody's application, or what they hold, from the list of permits."""
    staff.go(f"behorigheter/?visa={tab}").write("namn", name).press("Search")
    lines = staff.page.locator("main ul.rows a", has_text=name)
    return staff.click(lines.filter(has_text=service) if service else lines)


def ask_for(visit: Visit, kind: str, *, need: str = "", day: date | None = None, **more: Any) -> str:
    """Ask for a service through the four steps; gives back the id of the ask.

    `more`: part, last_on, outlay, language, and where: a place by its name, or a deed that says it; what is
    not said is as it usually is.
    """
    visit.go("be-om-hjalp/for-vem/").choose("for_whom", "self")
    if more.get("language"):
        visit.unfold("Languages").choose("languages", more["language"])
    visit.press("Go on")
    choose_service(visit, kind)
    visit.write("need", need)
    if more.get("outlay"):
        visit.choose("outlay_how", "swish").write("outlay_ceiling", more["outlay"])
    visit.press("Go on")
    say_when(visit, day, part=more.get("part", "afternoon"), last_on=more.get("last_on"))
    say_where(visit, more.get("where"))
    visit.press("Go on").tick("accepted").press("Send the question")
    return visit.id


def ask_as_a_visitor(
    visit: Visit,
    email: str,
    given_name: str,
    family_name: str,
    *,
    place: str = "",
    need: str = "Mjölk och bröd",
) -> str:
    """From the front page to a sent ask, logging in on the way; gives back its id.

    Where no place is named, the second of the list is taken.
    """
    visit.go().click(visit.page.locator(".doors a").first)
    visit.choose("for_whom", "self").press("Go on")
    choose_service(visit, "shopping")
    visit.write("need", need).press("Go on")
    say_when(visit, None, part="afternoon", last_on=None)
    places = visit.page.locator('select[name="place"] option').all_inner_texts()
    visit.pick("place", place or places[2]).write("address", "Storgatan 1").press("Go on")
    visit.follow("Log in and send")
    log_in(visit, email)
    introduce(visit, given_name, family_name, place=place or places[2])
    visit.tick("accepted").press("Send the question")
    visit.sees("Your code at the door")
    return visit.id


def choose_service(visit: Visit, kind: str) -> None:
    """Choose the service by its picture and go on."""
    picture(visit, kind).get_by_role("radio").check()
    visit.press("Go on")


def picture(visit: Visit, kind: str) -> Locator:
    """The choice of a service, known by its picture."""
    sign = visit.page.locator(f"use[href*='#{PICTURES[kind]}']")
    return visit.page.locator("label.pick", has=sign)


def say_when(visit: Visit, day: date | None, *, part: str, last_on: date | None) -> None:
    """Say which day and time, and until when if it is every week; go on."""
    if day is None:
        visit.choose("when", "tomorrow")
    else:
        visit.choose("when", "day").write("day", day.isoformat())
    visit.choose("part", "own" if "–" in part else part)
    if "–" in part:
        begins, _dash, ends = part.partition("–")
        visit.write("from_time", begins).write("to_time", ends)
    if last_on:
        visit.unfold("Every week, or more than one helper").choose("often", "weekly")
        visit.write("last_on", last_on.isoformat())
    visit.press("Go on")


def say_where(visit: Visit, where: Any) -> None:
    """At home, at a place by its name, or as the deed given says."""
    if callable(where):
        where(visit)
    elif where:
        visit.choose("where", "else").pick("place", where).write("address", "Exempelvägen 8")
    else:
        visit.choose("where", "home")


def put_on_the_map(visit: Visit) -> tuple[str, str]:
    """Press somewhere on the map instead of naming a place; gives back longitude and latitude."""
    elsewhere = visit.page.locator('[name="where"][value="else"]')
    if elsewhere.count():
        visit.choose("where", "else")
    visit.follow("Show it on a map instead")
    if elsewhere.count():
        visit.choose("where", "else")
    visit.page.locator(".map").click()
    longitude, latitude = (
        visit.page.locator(f'[name="{name}"]').input_value() for name in ("longitude", "latitude")
    )
    assert longitude, "nothing came of pressing on the map"
    assert latitude, "nothing came of pressing on the map"
    return longitude, latitude


def say_yes(visit: Visit, ask_id: str) -> str:
    """Take the ask from the list of those who would like a hand; gives back the id of the errand."""
    visit.go("hjalpa-till/?most=200")
    visit.click(visit.page.locator(f'main a.btn[href*="{ask_id}"]').first)
    return agree(visit)


def agree(visit: Visit) -> str:
    """Say yes on the page of an ask; gives back the id of the errand."""
    visit.tick("accept").press(YES)
    expect(visit.page.locator(".plate")).to_be_visible()
    return visit.id


def open_in_queue(staff: Visit, ask_id: str) -> Visit:
    """Choose an ask among those that wait in the overview."""
    staff.go("oversikt/")
    line = staff.page.locator(f'nav.queue a[href*="{ask_id}"]')
    if not line.is_visible():
        folded = staff.page.locator("details", has=staff.page.locator(f'a[href*="{ask_id}"]'))
        folded.locator("summary").click()
    return staff.click(line)


def proposed(staff: Visit, ask_id: str, name: str) -> Locator:
    """The line of a helper among those proposed for an ask."""
    open_in_queue(staff, ask_id).follow("Choose a person")
    return staff.page.locator("ol.asks > li", has_text=name)


def place_by_hand(staff: Visit, ask_id: str, name: str) -> Visit:
    """Staff have rung a helper, who comes: the two are agreed at once."""
    line = proposed(staff, ask_id, name)
    line.locator("summary").click()
    return staff.click(line.locator('form[action$="/placera/"] button'))


def calendar_address(helper: Visit) -> str:
    """The secret address of a helper's own calendar, made anew."""
    return helper.go("kalender/").press("Make my address").page.locator("#address").input_value()


def events(helper: Visit, address: str) -> list[Any]:
    """What the calendar at this address says."""
    answer = helper.page.request.get(address)
    assert answer.ok
    assert answer.headers["content-type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.body()).walk("VEVENT"))


def code_at_the_door(visit: Visit) -> str:
    """The four digits that stand on the page."""
    code: str = visit.page.locator(".plate").first.inner_text()
    assert len(code) == 4, f"{code!r} is no code"
    assert code.isdigit(), f"{code!r} is no code"
    return code


PICTURES = {
    "shopping": "shopping-basket",
    "library": "library",
    "dog_walk": "dog",
    "care_companion": "stethoscope",
}
