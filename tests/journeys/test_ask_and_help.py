"""The main road: a resident asks, a helper comes, it is done, and each hears how it was."""

from datetime import timedelta

from django.core import mail

from handtag.kernel import clock
from tests.journeys.sample import Clock, Sample
from tests.journeys.steps import YES, agree, ask_for, code_at_the_door, only, say_yes, work
from tests.journeys.visit import Visit, letter

NEED = "Mjölk, bröd och kaffe, en kasse"
PLACE, PHONE = "Exempelvägen 4", "070-174 06 1"


def test_a_resident_asks_a_helper_comes_and_both_say_how_it_was(sample: Sample, time_of_day: Clock) -> None:
    asker, helper = sample.visit("asker", width=390), sample.visit("helper")
    only(sample, "helper")
    ask = ask_for(asker, "shopping", need=NEED, outlay=300)
    asker.sees("The code comes here when a neighbour has said yes.")

    work(time_of_day)
    mine = helper.go("hjalpa-till/").page.locator("ul.asks > li")
    mine = mine.filter(has=helper.page.locator(f'a[href*="{ask}"]'))
    assert mine.locator(".why li").count() >= 1, "no reasons are shown"
    errand = from_the_letter(helper, ask)
    assert PLACE in helper.words
    assert PHONE in helper.words

    asker.go(letter("asker@example.org", "errand.agreed").link)
    assert code_at_the_door(asker) == code_at_the_door(helper)
    asker.go(f"mina-fragor/{ask}/").follow("See who %(name)s is", name="Leila")
    asker.sees("Has shown an identity card to us")

    asker.go(f"uppdrag/{errand}/").write("text", "Ring på hos Alm").press("Send")
    helper.again().sees("Ring på hos Alm")
    helper.write("text", "Jag kommer vid två").press("Send")
    asker.again().sees("Jag kommer vid två")

    helper.press("I am with %(name)s", name="Gun-Britt")
    helper.sees("You are with %(name)s now", name="Gun-Britt")
    asker.again().sees("%(name)s is with you now", name="Leila")
    helper.write("spent", 301).press("Note the sum").sees("One thing needs mending")
    helper.write("spent", 214).press("Note the sum")
    asker.again().press("The money has been repaid")
    helper.again().press("It is done").sees("You have helped %(name)s", name="Gun-Britt")
    helper.sees("The money has been repaid.")

    both_say_how_it_was(asker, helper)
    asker.go(f"mina-fragor/{ask}/")
    helper.go("uppdrag/")
    assert helper.page.locator(f'a[href*="{errand}"]').count() == 1
    gone_after_a_week(asker, helper, errand, time_of_day)


def from_the_letter(helper: Visit, ask: str) -> str:
    """The letter says nothing of who, what or where, and leads to the ask; gives back the errand's id."""
    told = letter("helper@example.org", "ask.open", ask)
    sent = next(one for one in mail.outbox if one.to == [told.address] and told.link in str(one.body))
    for secret in (NEED, "Gun-Britt", "Alm", "Ödåkra", "Exempelvägen"):
        assert secret not in f"{sent.subject} {sent.body}"
    helper.go(told.link).sees(NEED)
    assert helper.id == ask
    for secret in ("Alm", "Exempelvägen", PHONE):
        assert secret not in helper.source
    return agree(helper)


def both_say_how_it_was(asker: Visit, helper: Visit) -> None:
    """The asker thanks; what they say to the municipality is for it alone."""
    asker.again().choose("how", "good").write("thanks", "Tack snälla, kaffet blev gott!")
    asker.write("for_municipality", "Hon var tio minuter sen").press("Send")
    asker.sees("You have said how it was. Thank you!")
    helper.go(letter("helper@example.org", "feedback.given").link).sees("Tack snälla, kaffet blev gott!")
    assert "tio minuter sen" not in helper.source
    helper.choose("how", "good").press("Send").sees("You have said how it was. Thank you!")


def gone_after_a_week(asker: Visit, helper: Visit, errand: str, time_of_day: Clock) -> None:
    """Seven days after the end, place, phone and family name are shown no more, nor can one write."""
    assert PLACE in helper.go(f"uppdrag/{errand}/").words
    time_of_day.set(clock.now() + timedelta(days=8, hours=12))
    for visit in (asker, helper):
        visit.go(f"uppdrag/{errand}/")
        for secret in (PLACE, PHONE, "Gun-Britt Alm", "Leila Nasser"):
            assert secret not in visit.page.locator("main").inner_text()
        assert visit.button("Send").count() == 0


def test_an_ask_called_off_by_its_helper_is_taken_by_another(sample: Sample) -> None:
    asker, helper, other = (sample.visit(key) for key in ("asker", "helper", "second_helper"))
    ask = ask_for(asker, "shopping", need=NEED)
    say_yes(helper, ask)
    first = code_at_the_door(helper)
    assert other.go("hjalpa-till/?most=200").page.locator(f'a[href*="{ask}"]').count() == 0

    helper.follow("Something came up")
    helper.sees(
        "That happens to everybody. We tell %(name)s, and ask other neighbours at once.", name="Gun-Britt"
    )
    helper.press("I cannot come").sees("This is called off")
    asker.go(f"mina-fragor/{ask}/").sees("The code comes here when a neighbour has said yes.")
    assert first not in asker.words

    say_yes(other, ask)
    asker.again()
    assert "Marek" in asker.heading
    assert code_at_the_door(asker) == code_at_the_door(other)
    helper.go(f"hjalpa-till/{ask}/").sees("It has been settled already")
    assert helper.button(YES).count() == 0
