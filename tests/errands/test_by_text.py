"""Helping and asking by text alone: JA, NEJ, KLAR and STOPP are the same deeds as on the pages."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest

from handtag.cases.models import Case
from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Invitation, Offer
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.notices.models import Notice
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db
NOON = clock.at(date(2026, 11, 26), time(12))
PHONES = {"leila": "+46701740601", "olle": "+46701740602", "asker": "+46701740603"}


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    with running() as server, clock.travelling(NOON):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    return built()


def built() -> Stage:
    """A town with a line; its people have telephones and no e-mail."""
    stage = stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    for name, phone in PHONES.items():
        stage.person(name)
        Person.objects.filter(pk=stage.people[name].pk).update(email="", phone=phone)
    for name in ("leila", "olle"):
        stage.helper(name)
    notices.open_line(by=system(stage.town.id), number="+46766861004")
    return stage


def text(stage: Stage, name: str, words: str, key: str = "") -> Any:
    """Somebody texts; what we answer is sent."""
    key = key or f"{name} {words} {Notice.objects.everywhere().count()}"
    came = notices.receive(
        by=system(stage.town.id, Via.SMS), provider_id=key, sender=PHONES[name], text=words
    )
    notices.send_due()
    return came


def invite(stage: Stage, name: str = "leila", **columns: Any) -> Invitation:
    """The municipality asks somebody, by text."""
    occasion = stage.occasion(stage.ask(agreement="coordinator", **columns))
    person_id = stage.people[name].id
    invitation = meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=person_id)
    notices.send_due()
    return invitation


def states(rows: Any) -> list[str]:
    return sorted(rows.values_list("state", flat=True))


def test_from_ja_to_klar(stage: Stage, elks: Elks) -> None:
    invite(stage)
    assert "Svara JA 1 eller NEJ 1." in elks.words[-1] or "Answer JA 1 or NEJ 1." in elks.words[-1]
    text(stage, "leila", "Ja!")
    assert "Ni hjälper varandra som grannar." in elks.words[-1]
    assert Errand.objects.of(stage.town.id).count() == 0
    text(stage, "leila", "JA TACK")
    errand = Errand.objects.of(stage.town.id).get()
    assert errand.helper_id == stage.people["leila"].id
    assert sorted(f"{errand.door_code}." in words for words in elks.words[-2:]) == [True, True]
    with clock.travelling(errand.starts_at + timedelta(hours=1)):
        text(stage, "leila", "klart")
        errand.refresh_from_db()
    assert errand.state == "completed"
    done = Entry.objects.filter(actor_id=stage.people["leila"].id, via="sms")
    assert {"errand.agreed", "errand.completed"} <= set(done.values_list("verb", flat=True))


def test_no_text_says_who_where_or_what(stage: Stage, elks: Elks) -> None:
    invite(stage)
    for name, words in (("leila", "ja"), ("leila", "ja"), ("asker", "hej"), ("olle", "stopp")):
        text(stage, name, words)
    said = "\n".join(elks.words)
    assert len(elks.words) > 4
    for canary in ("Exempel", "Leila", "Asker", "Exempelvägen", "2580", "kasse", "Ödåkra", "+4670"):
        assert canary not in said


def test_who_has_agreed_to_the_same_words_before_says_yes_once(stage: Stage) -> None:
    stage.errand(helper="leila")
    invite(stage, start=NOON + timedelta(days=3))
    text(stage, "leila", "ja")
    assert Errand.objects.of(stage.town.id).count() == 2


def test_no_is_a_no(stage: Stage) -> None:
    invitation = invite(stage)
    text(stage, "leila", "nej tack")
    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_with_two_open_the_number_is_needed(stage: Stage, elks: Elks) -> None:
    invite(stage)
    second = invite(stage, start=NOON + timedelta(days=3))
    text(stage, "leila", "nej")
    assert "JA 1, JA 2" in elks.words[-1]
    assert states(Invitation.objects.of(stage.town.id)) == ["sent", "sent"]
    text(stage, "leila", "NEJ 2")
    second.refresh_from_db()
    assert (second.state, states(Invitation.objects.of(stage.town.id))) == ("declined", ["declined", "sent"])


@pytest.mark.parametrize("words", ["ja 9", "nej 9"])
def test_a_number_never_asked_answers_nothing(stage: Stage, words: str) -> None:
    invite(stage)
    text(stage, "leila", words)
    assert states(Invitation.objects.of(stage.town.id)) == ["sent"]


def test_a_number_of_somebody_else_answers_nothing(stage: Stage) -> None:
    invite(stage, "olle")
    text(stage, "leila", "ja 1")
    assert states(Invitation.objects.of(stage.town.id)) == ["sent"]


def test_the_asker_chooses_by_text(stage: Stage, elks: Elks) -> None:
    occasion = stage.occasion(stage.ask(agreement="asker"))
    meeting.make_offer(by=stage.actor("leila"), occasion_id=occasion.id)
    notices.send_due()
    text(stage, "asker", "Ja tack")
    assert Errand.objects.of(stage.town.id).get().helper_id == stage.people["leila"].id


def test_the_asker_says_no_by_text(stage: Stage) -> None:
    occasion = stage.occasion(stage.ask(agreement="asker"))
    meeting.make_offer(by=stage.actor("leila"), occasion_id=occasion.id)
    text(stage, "asker", "nej")
    assert states(Offer.objects.of(stage.town.id)) == ["declined"]


def test_a_late_yes_is_told_so(stage: Stage, elks: Elks) -> None:
    invitation = invite(stage)
    Invitation.objects.of(stage.town.id).filter(pk=invitation.pk).update(state="superseded")
    text(stage, "leila", "ja 1")
    assert Errand.objects.of(stage.town.id).count() == 0
    assert elks.taken[-1].to == PHONES["leila"]


def test_the_same_yes_twice_is_one(stage: Stage) -> None:
    stage.errand(helper="leila")
    invite(stage, start=NOON + timedelta(days=3))
    assert text(stage, "leila", "ja", "s1") is not None
    assert text(stage, "leila", "ja", "s1") is None
    assert Errand.objects.of(stage.town.id).count() == 2


def test_klar_before_it_began_ends_nothing(stage: Stage) -> None:
    errand = stage.errand(helper="leila")
    text(stage, "leila", "klar")
    errand.refresh_from_db()
    assert errand.state == "agreed"


def test_stopp_is_a_pause(stage: Stage) -> None:
    text(stage, "leila", "Stopp")
    assert stage.profile("leila").paused_until is not None
    assert Case.objects.of(stage.town.id).count() == 0


def test_stopp_from_who_does_not_help_reaches_staff(stage: Stage) -> None:
    text(stage, "asker", "STOPP")
    assert Case.objects.of(stage.town.id).get().reported_by_id == stage.people["asker"].id


def test_without_a_line_no_number_is_promised(stage: Stage, elks: Elks) -> None:
    from handtag.notices.models import Line

    Line.objects.of(stage.town.id).delete()
    invite(stage)
    assert "JA" not in elks.words[-1]


@pytest.mark.race
def test_two_say_yes_to_one_place_at_the_same_moment(
    settings: Any, at_once: Callable[..., list[Any]]
) -> None:
    with running() as server:
        settings.SMS_URL = server.url
        stage = built()
        occasion = stage.occasion(stage.ask(agreement="coordinator", wanted=1))
        for name in ("leila", "olle"):
            Offer.objects.create(  # both have said yes to these words before
                municipality=stage.town,
                occasion=stage.occasion(stage.ask(start=clock.now() + timedelta(days=9))),
                person=stage.people[name],
                state="declined",
                responsibility_accepted_at=clock.now(),
            )
            who = stage.people[name].id
            meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=who)

        def say(name: str) -> Any:
            by: Actor = system(stage.town.id, Via.SMS)
            return notices.receive(by=by, provider_id=name, sender=PHONES[name], text="ja")

        came = at_once(*[lambda name=name: say(name) for name in ("leila", "olle", "leila", "olle")])
    assert not [each for each in came if isinstance(each, Exception)], came
    assert Errand.objects.of(stage.town.id).filter(occasion=occasion).count() == 1
