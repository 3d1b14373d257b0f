"""The main road: a resident asks, a helper comes, it is done, and each hears how it was."""

from tests.journeys.sample import Sample
from tests.journeys.steps import YES, ask_for, code_at_the_door, say_yes

NEED = "Mjölk, bröd och kaffe, en kasse"


def test_a_resident_asks_a_helper_comes_and_both_say_how_it_was(sample: Sample) -> None:
    asker, helper = sample.visit("asker", width=390), sample.visit("helper")

    ask = ask_for(asker, "shopping", need=NEED, outlay=300)
    asker.sees("The code comes here when a neighbour has said yes.")

    helper.go("hjalpa-till/")
    mine = helper.page.locator("ul.asks > li").filter(has=helper.page.locator(f'a[href*="{ask}"]'))
    assert mine.locator(".why li").count() >= 1, "no reasons are shown"
    assert "Exempelvägen" not in helper.source
    assert "Alm" not in helper.source
    errand = say_yes(helper, ask)
    assert "Exempelvägen 4" in helper.words

    asker.again()
    assert code_at_the_door(asker) == code_at_the_door(helper)
    asker.follow("See who %(name)s is", name="Leila").sees("Has shown an identity card to us")

    asker.go(f"uppdrag/{errand}/").write("text", "Ring på hos Alm").press("Send")
    helper.again().sees("Ring på hos Alm")
    helper.write("text", "Jag kommer vid två").press("Send")
    asker.again().sees("Jag kommer vid två")

    helper.press("I am with %(name)s", name="Gun-Britt")
    helper.sees("You are with %(name)s now", name="Gun-Britt")
    asker.again().sees("%(name)s is with you now", name="Leila")
    helper.press("It is done").sees("You have helped %(name)s", name="Gun-Britt")

    asker.again().choose("how", "good").write("thanks", "Tack snälla, kaffet blev gott!").press("Send")
    asker.sees("You have said how it was. Thank you!")
    helper.again().sees("Tack snälla, kaffet blev gott!")
    helper.choose("how", "good").press("Send").sees("You have said how it was. Thank you!")
    asker.go(f"mina-fragor/{ask}/")
    helper.go("uppdrag/")
    assert helper.page.locator(f'a[href*="{errand}"]').count() == 1


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
