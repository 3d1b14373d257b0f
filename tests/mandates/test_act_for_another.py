"""Acting for somebody through the ordinary pages: within the scope, with both names, until it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handtag.errands.actions import drafting, errand, meeting, taking_back, words
from handtag.errands.actions.asking import change_ask, open_ask, tell_more
from handtag.errands.models import Ask, Draft
from handtag.errands.queries.drafts import Where
from handtag.errands.queries.errands import errand_page
from handtag.errands.queries.mine import mine
from handtag.history.models import Entry
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.mandates.actions import end_mandate
from handtag.mandates.models import Mandate
from handtag.notices.models import Notice
from handtag.permits.models import Service
from tests.errands.asked import next_thursday
from tests.mandates.conftest import MandateTown


def post(client: Client, path: str, acting: Mandate | None, **said: Any) -> Any:
    """Send a form as a page would that was opened in this name."""
    name = {"in_name_of": str(acting.helped_id)} if acting else {}
    return client.post(path, {**said, **name})


def ask_by_pages(town: MandateTown, client: Client, acting: Mandate | None) -> str:
    """Every step of asking but the last; answers where the last one is."""
    base = f"/{town.slug}/be-om-hjalp/"
    steps: dict[str, dict[str, Any]] = {
        "for-vem": {"for_whom": "self"},
        "vad": {"service": str(town.service().id)},
        "mer": {"need": "Mjölk", "outlay_how": "swish", "outlay_ceiling": "400"},
        "nar": {
            **{"when": "day", "day": next_thursday().isoformat(), "part": "own"},
            **{"from_time": "14:00", "to_time": "16:00", "wanted": "1"},
        },
        "var": {"where": "else", "place": str(town.place().id), "address": "Storgatan 1"},
    }
    for path, said in steps.items():
        answer = post(client, f"{base}{path}/", acting, **said)
        assert answer.status_code == 302, (path, answer.content.decode()[:3000])
    return f"{base}skicka/"


def test_from_the_choice_to_the_sent_ask(town: MandateTown) -> None:
    mandate = town.mandate()
    client = town.begin(mandate)
    send = ask_by_pages(town, client, mandate)
    page = client.get(send).content.decode()
    assert ("Greta Berg" in page, f'name="in_name_of" value="{mandate.helped_id}"' in page) == (True, True)
    answer = post(client, send, mandate, accepted="on")
    assert answer.status_code == 302, answer.content.decode()
    ask = Ask.objects.of(town.id).get()
    assert answer["Location"] == f"/{town.slug}/mina-fragor/{ask.id}/"
    assert (ask.asker_id, ask.filed_by_id) == (town.greta.person_id, town.anna.person_id)
    line = Entry.objects.get(verb="ask.opened")
    assert (line.actor_id, line.behalf_of) == (town.anna.person_id, town.greta.person_id)
    shown = town.client(town.greta).get(f"/{town.slug}/mina-fragor/{ask.id}/").content.decode()
    assert "Anna åt Greta Berg" in shown
    assert Notice.objects.of(town.id).get(kind="ask.opened_for").person_id == town.greta.person_id


def test_the_banner_is_on_every_page_and_stops_it(town: MandateTown) -> None:
    client = town.begin(town.mandate())
    for path in (
        "mina-fragor/",
        "be-om-hjalp/for-vem/",
        "mina-uppgifter/",
        "hjalpa-till/",
        "jag-hjalper-nagon/",
    ):
        assert (
            "jag-hjalper-nagon/sluta/" in client.get(f"/{town.slug}/{path}", follow=True).content.decode()
        ), path
    client.post(f"/{town.slug}/jag-hjalper-nagon/sluta/")
    assert "jag-hjalper-nagon/sluta/" not in client.get(f"/{town.slug}/mina-fragor/").content.decode()


def test_all_other_pages_are_ones_own(town: MandateTown) -> None:
    """Not the helped person's data, details, permits, blocks nor errands as a helper."""
    client = town.begin(town.mandate())
    email = town_email(town.greta)
    for path in (
        "mina-uppgifter/",
        "mina-uppgifter/andra/",
        "uppdrag/",
        "hjalpa-till/",
        "behorigheter/mina/",
    ):
        page = client.get(f"/{town.slug}/{path}", follow=True).content.decode()
        assert email not in page, path
    held = client.get(f"/{town.slug}/mina-uppgifter/").content.decode()
    assert town_email(town.anna) in held


def town_email(by: Actor) -> str:
    from handtag.people.models import Person

    return Person.objects.get(pk=by.person).email


def test_only_within_the_services(town: MandateTown) -> None:
    library = town.service("library")
    theirs, ours = town.ask(town.greta), town.ask(town.greta, service_id=library.id)
    mandate = town.mandate(services=(library.id,))
    acting = town.acting(mandate)
    assert [line.id for line in mine(acting).live] == [ours.id]
    client = town.begin(mandate)
    assert client.get(f"/{town.slug}/mina-fragor/{ours.id}/").status_code == 200
    assert client.get(f"/{town.slug}/mina-fragor/{theirs.id}/").status_code == 404
    offered = client.get(f"/{town.slug}/be-om-hjalp/vad/").content.decode()
    assert (str(library.id) in offered, str(town.service().id) in offered) == (True, False)
    with pytest.raises(Problem):
        open_ask(by=acting, wish=town.wish())
    for deed in (taking_back.withdraw_ask, taking_back.restore_ask):
        with pytest.raises(NotFound):
            deed(by=acting, ask_id=theirs.id)
    agreed = town.agree(theirs, town.helper())
    with pytest.raises(NotFound):
        errand_page(acting, agreed.id)


def test_what_one_began_oneself_is_nobody_elses(town: MandateTown) -> None:
    """Neither the draft nor where somebody lives comes with the mandate."""
    where = Where(town.id)
    drafting.keep(by=town.greta, where=where, step="whom", answers={"for_whom": "self", "languages": ["ar"]})
    acting = town.acting(town.mandate())
    drafting.keep(by=acting, where=where, step="whom", answers={"for_whom": "self", "languages": ["fi"]})
    found = Draft.objects.of(town.id).filter(person_id=town.greta.person).order_by("changed_at")
    assert [each.words["languages"] for each in found] == [["ar"], ["fi"]]


def test_both_names_stand_where_one_writes_for_another(town: MandateTown) -> None:
    ask, helper = town.ask(town.greta), town.helper("Leila")
    agreed = town.agree(ask, helper)
    acting = town.acting(town.mandate())
    words.write_message(by=acting, errand_id=agreed.id, text="Ring på två gånger")
    for reader, who, own in (
        (helper, "Anna åt Greta", False),
        (town.greta, "Anna åt Greta Berg", True),
        (acting, "", True),
    ):
        said = errand_page(reader, agreed.id).messages[0]
        assert (said.who, said.is_mine) == (who, own)
    errand.cancel(by=acting, errand_id=agreed.id)
    assert any("Anna åt Greta" in step.words for step in errand_page(helper, agreed.id).steps)


def test_nobody_chooses_themselves_and_it_shows_when_two_tasks_meet(town: MandateTown) -> None:
    Service.objects.of(town.id).filter(pk=town.service().pk).update(agreement="asker")
    ask, anna = town.ask(town.greta), town.helper("Annika")
    mandate = town.mandate(proxy=anna)
    occasion = ask.occasions.get()
    offer = meeting.make_offer(by=anna, occasion_id=occasion.id)
    with pytest.raises(Problem):
        meeting.accept_offer(by=town.acting(mandate), offer_id=offer.id)
    agreed = meeting.accept_offer(by=town.greta, offer_id=offer.id)
    assert errand_page(town.greta, agreed.id).is_helped_by_proxy
    assert errand_page(town.acting(mandate), agreed.id).side == "asker"
    end_mandate(by=town.greta, mandate_id=mandate.id)
    assert not errand_page(town.greta, agreed.id).is_helped_by_proxy


def test_ended_in_the_middle_of_asking_nothing_is_sent(town: MandateTown) -> None:
    mandate = town.mandate()
    client = town.begin(mandate)
    send = ask_by_pages(town, client, mandate)
    end_mandate(by=town.greta, mandate_id=mandate.id)
    answer = post(client, send, mandate, accepted="on")
    assert answer["Location"] == f"/{town.slug}/jag-hjalper-nagon/"
    assert not Ask.objects.of(town.id).exists()
    assert not Draft.objects.of(town.id).filter(person_id=town.greta.person).exists()
    assert client.get(f"/{town.slug}/mina-fragor/").status_code == 200


def test_a_page_opened_in_another_name_sends_nothing(town: MandateTown) -> None:
    """Two windows: begun for Greta, sent as oneself; and the other way round."""
    mandate = town.mandate()
    client = town.begin(mandate)
    send = ask_by_pages(town, client, mandate)
    client.post(f"/{town.slug}/jag-hjalper-nagon/sluta/")
    send = ask_by_pages(town, client, None)
    assert post(client, send, mandate, accepted="on")["Location"] == f"/{town.slug}/jag-hjalper-nagon/"
    client.post(f"/{town.slug}/jag-hjalper-nagon/{mandate.id}/borja/")
    assert post(client, send, None, accepted="on")["Location"] == f"/{town.slug}/jag-hjalper-nagon/"
    assert not Ask.objects.of(town.id).exists()


def test_what_begins_later_or_is_over_lets_nobody_in(town: MandateTown) -> None:
    later = town.mandate(starts_on=clock.today() + timedelta(days=3))
    client = town.client(town.anna)
    path = f"/{town.slug}/jag-hjalper-nagon/{later.id}/borja/"
    assert client.post(path).status_code == 404
    end_mandate(by=town.anna, mandate_id=later.id)
    assert client.post(path).status_code == 404
    assert client.post(f"/{town.slug}/jag-hjalper-nagon/{ids.new()}/borja/").status_code == 404


def test_every_deed_asks_for_the_mandate_again(town: MandateTown) -> None:
    """An actor who was let in a moment ago is refused by each verb once the mandate has ended."""
    ask = town.ask(town.greta)
    agreed = town.agree(town.ask(town.greta), town.helper())
    mandate = town.mandate()
    acting, where = town.acting(mandate), Where(town.id)
    deeds: list[Callable[[], Any]] = [
        lambda: open_ask(by=acting, wish=town.wish()),
        lambda: change_ask(by=acting, ask_id=ask.id, wish=town.wish()),
        lambda: tell_more(by=acting, ask_id=ask.id, need="x", know=""),
        lambda: drafting.keep(by=acting, where=where, step="whom", answers={"for_whom": "self"}),
        lambda: drafting.send(by=acting, where=where, accepted=True),
        lambda: drafting.drop(by=acting, where=where),
        lambda: drafting.prepare(by=acting, where=where),
        lambda: taking_back.withdraw_ask(by=acting, ask_id=ask.id),
        lambda: taking_back.restore_ask(by=acting, ask_id=ask.id),
        lambda: taking_back.except_date(by=acting, ask_id=ask.id, occasion_id=ids.new()),
        lambda: taking_back.include_date(by=acting, ask_id=ask.id, occasion_id=ids.new()),
        lambda: meeting.accept_offer(by=acting, offer_id=ids.new()),
        lambda: meeting.decline_offer(by=acting, offer_id=ids.new()),
        lambda: errand.start(by=acting, errand_id=agreed.id),
        lambda: errand.complete(by=acting, errand_id=agreed.id),
        lambda: errand.undo(by=acting, errand_id=agreed.id),
        lambda: errand.cancel(by=acting, errand_id=agreed.id),
        lambda: errand.miss(by=acting, errand_id=agreed.id, missed_by="helper"),
        lambda: errand.report(by=acting, errand_id=agreed.id, concern="other", words="x"),
        lambda: words.write_message(by=acting, errand_id=agreed.id, text="x"),
        lambda: words.note_repaid(by=acting, errand_id=agreed.id),
        lambda: words.give_feedback(by=acting, errand_id=agreed.id, how="good"),
    ]
    end_mandate(by=town.greta, mandate_id=mandate.id)
    for deed in deeds:
        with pytest.raises(NotAllowed, match="mandate"):
            deed()


@pytest.mark.race
def test_ended_and_sent_at_the_same_moment(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    """The end waits for a deed that has begun, or the deed is refused: never sent after it has ended."""
    town = MandateTown().cast()
    sent = refused = 0
    control = town.mandate()
    open_ask(by=town.acting(control), wish=town.wish())  # while it holds it is sent
    for _time in range(4):
        mandate = town.mandate()
        acting = town.acting(mandate)
        answers = at_once(
            lambda acting=acting: open_ask(by=acting, wish=town.wish()),
            lambda mandate=mandate: end_mandate(by=town.greta, mandate_id=mandate.id),
        )
        mandate.refresh_from_db()
        lines = Entry.objects.filter(verb="ask.opened", at__gte=mandate.made_at)
        assert mandate.ended_at is not None
        opened = list(lines)
        sent, refused = sent + len(opened), refused + (not opened)
        assert [each for each in answers if isinstance(each, Ask | NotAllowed)], answers
        # What was sent was sent before it ended.
        assert all(line.at <= mandate.ended_at for line in opened)
        with pytest.raises(NotAllowed):
            open_ask(by=acting, wish=town.wish())
    assert sent + refused == 4
    assert Ask.objects.of(town.id).count() == Entry.objects.filter(verb="ask.opened").count()


def test_a_town_of_ones_own(town: MandateTown, neighbour: MandateTown) -> None:
    """Whom one acts for here is nobody in the next town."""
    client = town.begin(town.mandate())
    page = client.get(f"/{neighbour.slug}/", follow=True).content.decode()
    assert "jag-hjalper-nagon/sluta/" not in page
