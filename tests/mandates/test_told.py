"""Who is told: the helped by a channel of their own, the proxy beside them where the mandate says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from handtag.errands.actions import meeting, taking_back
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.mandates import queries, rules
from handtag.mandates.actions import ask_renewal, end_mandate, make_mandate, remind
from handtag.notices.actions.sending import CLAIMED, fail
from handtag.notices.models import Notice
from handtag.notices.queries import Sealed, unreached
from handtag.people.actions import mark_protected
from handtag.people.models import Person
from handtag.permits.models import Service
from tests.mandates.conftest import MandateTown, new


def notices(town: MandateTown, kind: str) -> list[Notice]:
    return list(Notice.objects.of(town.id).filter(kind=kind))


def lends(town: MandateTown, **columns: str) -> None:
    """What is on record for Greta is her daughter's."""
    anna = Person.objects.get(pk=town.anna.person)
    shared = {name: getattr(anna, name) for name in ("email", "phone")}
    Person.objects.filter(pk=town.greta.person).update(**(shared | columns))


def test_the_proxys_address_does_not_count_as_the_helped_ones(town: MandateTown) -> None:
    lends(town, address="Storgatan 1", postcode="252 23", post_town="Helsingborg")
    town.mandate()
    made = notices(town, "mandate.made")[0]
    assert (made.channel, made.address) == (Notice.Channel.LETTER, "Storgatan 1, 252 23 Helsingborg")


def test_where_nothing_else_is_known_staff_see_whom_to_ring(town: MandateTown) -> None:
    lends(town, address="")
    mandate = town.mandate()
    assert notices(town, "mandate.made")[0].state == Notice.State.UNREACHABLE
    maria = town.staff(Role.COORDINATOR)
    assert town.greta.person_id in {each.person_id for each in unreached(maria)}
    end_mandate(by=town.anna, mandate_id=mandate.id)
    assert notices(town, "mandate.ended")[0].state == Notice.State.UNREACHABLE


def test_what_fails_does_not_fall_over_to_the_proxy(town: MandateTown, settings: Any) -> None:
    settings.SMS_URL = "fake:"
    Person.objects.filter(pk=town.anna.person).update(phone="+46701740611")
    Person.objects.filter(pk=town.greta.person).update(phone="+46701740611", email="greta@example.org")
    town.mandate()
    made = notices(town, "mandate.made")[0]
    assert (made.channel, made.address) == ("email", "greta@example.org")
    fail(made, from_states=[Notice.State.WAITING, *CLAIMED], problem="away")
    assert {each.address for each in notices(town, "mandate.made")} == {"greta@example.org"}


def test_other_news_still_goes_where_it_always_went(town: MandateTown) -> None:
    lends(town, address="")
    town.mandate()
    agreed = town.agree(town.ask(town.greta), town.helper())
    assert agreed
    assert {each.address for each in notices(town, "errand.agreed")} == {
        Person.objects.get(pk=town.anna.person).email
    }


@pytest.mark.parametrize(
    ("told", "services", "hears"),
    [(True, "all", True), (True, "same", True), (True, "other", False), (False, "all", False)],
)
def test_the_proxy_hears_what_the_mandate_says(
    town: MandateTown, told: bool, services: str, hears: bool
) -> None:
    chosen = {"all": (), "same": (town.service().id,), "other": (town.service("library").id,)}[services]
    town.mandate(proxy_told=told, services=chosen)
    ask = town.ask(town.greta)
    meeting.make_offer(by=town.helper(), occasion_id=ask.occasions.get().id)
    beside = notices(town, "beside.errand.agreed")
    assert [each.person_id for each in beside] == ([town.anna.person_id] if hears else [])
    assert not [each for each in beside if "Greta" in each.subject + each.body]


def test_of_a_withdrawal_by_staff_too_and_never_once_it_is_over(town: MandateTown) -> None:
    mandate = town.mandate(proxy_told=True)
    first, second = town.ask(town.greta), town.ask(town.greta, service_id=town.service("library").id)
    maria = town.staff(Role.COORDINATOR)
    taking_back.withdraw_ask(by=maria, ask_id=first.id)
    assert len(notices(town, "beside.ask.withdrawn")) == 1
    end_mandate(by=town.greta, mandate_id=mandate.id)
    taking_back.withdraw_ask(by=maria, ask_id=second.id)
    assert len(notices(town, "beside.ask.withdrawn")) == 1


def test_the_proxy_of_one_is_not_told_of_what_they_do_as_a_helper(town: MandateTown) -> None:
    """Greta helps a neighbour too: that is no business of who asks for her."""
    town.mandate(proxy_told=True)
    greta_helps = town.helper("Gerd")
    town.mandate(greta_helps, town.anna, proxy_told=True)
    town.agree(town.ask(town.person("Sven")), greta_helps)
    assert not Notice.objects.of(town.id).filter(kind__startswith="beside.").exists()


def test_reminded_a_month_and_a_week_ahead(town: MandateTown) -> None:
    town.mandate(ends_on=clock.today() + timedelta(days=100))
    start = clock.now()
    for days, answers in ((60, (0, 0)), (75, (1, 0)), (80, (0, 0)), (94, (0, 1)), (95, (0, 0))):
        with clock.travelling(start + timedelta(days=days)):
            assert (ask_renewal(), remind()) == answers, days
    for kind in ("mandate.renewal", "mandate.renewal_proxy", "mandate.reminder", "mandate.reminder_proxy"):
        assert len(notices(town, kind)) == 1, kind


def test_what_is_short_is_not_asked_about_the_same_day(town: MandateTown) -> None:
    town.mandate(ends_on=clock.today() + timedelta(days=5))
    assert (ask_renewal(), remind()) == (0, 0)


def test_the_wording_is_kept_by_version_and_shown_in_two_languages(town: MandateTown) -> None:
    Person.objects.filter(pk=town.greta.person).update(language="ar")
    mandate = town.mandate(consent_language="ar")
    assert (mandate.consent_version, mandate.consent_language) == (rules.LATEST, "ar")
    page = town.client(town.petra).get(f"/{town.slug}/fullmakter/{mandate.id}/utskrift/").content.decode()
    assert rules.CONSENT in page.replace("&#x27;", "'")
    assert 'lang="ar" dir="rtl"' in page
    own = town.mandate(consent="Jag vill att Anna frågar åt mig om mat, och ingenting annat, tack.")
    assert own.consent_version == rules.OWN_WORDS


def test_the_make_page_reads_in_the_language_of_who_says_yes(town: MandateTown) -> None:
    Person.objects.filter(pk=town.greta.person).update(language="uk")
    path = f"/{town.slug}/personer/{town.greta.person}/fullmakter/ny/{town.anna.person}/"
    page = town.client(town.petra).get(path).content.decode()
    found = queries.wording(rules.LATEST, "uk")
    assert found is not None
    assert (found.words in page, rules.CONSENT[:40] in page) == (True, True)


@pytest.mark.parametrize("version", sorted(rules.CONSENTS))
def test_the_swedish_of_the_catalogue_is_the_wording_that_is_kept(version: int) -> None:
    with translation.override("sv"):
        assert str(queries.CONSENTS[version]) == rules.CONSENTS[version]
    assert new(consent=rules.CONSENTS[version]).consent_version == version


def test_it_stands_before_anybody_says_yes(town: MandateTown) -> None:
    """The asker sees it at the offer and on who comes, the coordinator before asking a helper."""
    Service.objects.of(town.id).filter(pk=town.service().pk).update(agreement="asker")
    ask, anna = town.ask(town.greta), town.helper("Annika")
    town.mandate(proxy=anna)
    maria = town.staff(Role.COORDINATOR)
    warning = "Den som kommer får också göra saker i namn av den som får hjälp"
    proposed = town.client(maria).get(f"/{town.slug}/oversikt/fraga/{ask.id}/foresla/").content.decode()
    assert "fullmakt för den som frågar" in proposed
    offer = meeting.make_offer(by=anna, occasion_id=ask.occasions.get().id)
    greta = town.client(town.greta)
    assert warning in greta.get(f"/{town.slug}/mina-fragor/{ask.id}/").content.decode()
    agreed = meeting.accept_offer(by=town.greta, offer_id=offer.id)
    for path in (f"mina-fragor/{ask.id}/vem/{agreed.id}/", f"uppdrag/{agreed.id}/"):
        assert warning in greta.get(f"/{town.slug}/{path}").content.decode(), path


def test_a_letter_says_who_and_until_when(town: MandateTown) -> None:
    """Who reads it at a kitchen table has no page to look at."""
    mandate = town.mandate(services=(town.service("library").id,))
    told = {
        who.person: queries.sealed(town.id, who.person, "mandate.made", mandate.id)
        for who in (town.greta, town.anna)
    }
    for who, other in ((town.greta, town.anna), (town.anna, town.greta)):
        sealed = told[who.person]
        assert sealed is not None
        assert ("Anna Berg" in dict(sealed.facts).values(), sealed.tells_of) == (True, (other.person,))
    assert queries.sealed(town.id, town.petra.person, "mandate.made", mandate.id) == Sealed()
    assert queries.sealed(town.id, town.greta.person, "mandate.ended", mandate.id) is None
    assert not queries.is_pointless("mandate.renewal", mandate.id)
    end_mandate(by=town.greta, mandate_id=mandate.id)
    assert queries.sealed(town.id, town.greta.person, "mandate.made", mandate.id) == Sealed()
    assert queries.is_pointless("mandate.renewal", mandate.id)
    assert not queries.is_pointless("mandate.made", mandate.id)


def test_on_paper_with_the_words_in_both_languages(town: MandateTown, neighbour: MandateTown) -> None:
    Person.objects.filter(pk=town.greta.person).update(language="ar")
    mandate = town.mandate(consent_language="ar")
    found = queries.wording(rules.LATEST, "ar")
    made = queries.paper(town.petra, mandate.id)
    assert found is not None
    assert (made.language, made.paragraphs[:2]) == ("ar", (found.words, rules.CONSENT))
    for who, path, status in (
        (town.greta, f"jag-hjalper-nagon/{mandate.id}/fullmakt.pdf", 200),
        (town.petra, f"fullmakter/{mandate.id}/fullmakt.pdf", 200),
        (town.helper(), f"jag-hjalper-nagon/{mandate.id}/fullmakt.pdf", 404),
        (neighbour.greta, f"jag-hjalper-nagon/{mandate.id}/fullmakt.pdf", 403),
    ):
        answer = town.client(who).get(f"/{town.slug}/{path}")
        assert answer.status_code == status, path
        if status == 200:
            assert answer.content.startswith(b"%PDF-")
            assert answer["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(verb="person.read", actor_id=town.petra.person).count() >= 2


def test_of_a_protected_person_staff_print_nothing(town: MandateTown) -> None:
    per, hidden = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per"), town.person("Frida")
    mark_protected(by=per, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    made = make_mandate(by=per, helped_id=hidden.person, proxy_id=town.anna.person, new=new())
    for by in (per, town.petra):
        assert town.client(by).get(f"/{town.slug}/fullmakter/{made.id}/fullmakt.pdf").status_code == 404
