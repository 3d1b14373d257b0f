"""Asking to have a decision looked at again: once, and answered by somebody else where there is one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handtag.history.models import Entry
from handtag.kernel.actor import system
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.people.actions import erase_person, mark_protected
from handtag.permits.actions import apply, ask_review, decide, revoke, suspend
from handtag.permits.models import Permit, Review
from handtag.permits.queries import wrong_states
from handtag.permits.queries.cases import case
from handtag.permits.queries.own import own
from handtag.permits.queries.queue import queue


@pytest.fixture
def waiting(town, helper, meets):
    """An application for which all demands are met."""
    meets(helper, "identity", "interview", "reference")
    return apply(by=helper, service_id=town.service("care_companion").id, side="perform")


@pytest.fixture
def refused(waiting, caseworker):
    return decide(by=caseworker, permit_id=waiting.id, verb="refused")


@pytest.fixture
def granted(waiting, caseworker):
    return decide(by=caseworker, permit_id=waiting.id, verb="granted")


def now(permit):
    return Permit.objects.everywhere().get(id=permit.id)


def body(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


# --- it works


def test_it_stands_first_in_the_queue_with_a_mark_and_in_the_book(town, helper, coordinator, refused, meets):
    ready = town.person("Bertil")
    meets(ready, "identity", "interview", "reference")
    apply(by=ready, service_id=town.service("care_companion").id, side="perform")
    before = queue(coordinator).counts["waiting"]
    ask_review(by=helper, permit_id=refused.id, words="You mixed me up")
    found = queue(coordinator)
    assert [line.permit_id for line in found.reviews] == [refused.id]
    assert refused.id not in {line.permit_id for line in (*found.ready, *found.rest)}
    assert found.counts["waiting"] == before + 1
    page = body(town.client_of(coordinator).get(town.url("permits")))
    assert page.index("Nadja") < page.index("Bertil")
    assert 'aria-labelledby="reviews"' in page
    entry = Entry.objects.get(verb="permit.review_asked")
    assert (entry.object_id, entry.about_id, entry.actor_id) == (refused.id, helper.person, helper.person)
    assert "mixed" not in str(entry.facts)
    opened = body(town.client_of(coordinator).get(town.url("permit", refused.id)))
    assert "You mixed me up" in opened
    assert " checked" not in opened


@pytest.mark.parametrize(
    ("loss", "verb", "state"),
    [
        ("refused", "granted", "granted"),
        ("refused", "upheld", "refused"),
        ("suspended", "reinstated", "granted"),
        ("suspended", "revoked", "revoked"),
        ("suspended", "upheld", "suspended"),
        ("revoked", "reinstated", "granted"),
        ("revoked", "upheld", "revoked"),
    ],
)
def test_a_new_decision_answers_it(town, helper, caseworker, coordinator, waiting, loss, verb, state):
    if loss != "refused":
        decide(by=caseworker, permit_id=waiting.id, verb="granted")
    decide(by=caseworker, permit_id=waiting.id, verb=loss)
    ask_review(by=helper, permit_id=waiting.id)
    decide(by=coordinator, permit_id=waiting.id, verb=verb)
    assert now(waiting).state == state
    assert Review.objects.of(town.id).get().answered_at is not None
    assert queue(coordinator).reviews == []
    assert town.letters().order_by("-created_at").first().kind == f"permit.{verb}"
    assert wrong_states(town.id) == []


def test_what_is_still_missing_can_be_asked_for_and_opens_the_case(town, helper, caseworker, coordinator):
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    ask_review(by=helper, permit_id=permit.id)
    assert case(coordinator, permit.id).blocked_verbs == ["granted"]
    with pytest.raises(Problem):
        decide(by=coordinator, permit_id=permit.id, verb="granted")
    decide(by=coordinator, permit_id=permit.id, verb="asked_for_more")
    assert now(permit).state == "applied"


def test_the_letter_names_the_page_and_the_phone(town, refused):
    letter = town.letters().get(kind="permit.refused")
    assert letter.link.endswith(town.url("my_permits"))
    assert "på din sida" in letter.body.lower() or "on your page" in letter.body.lower()
    assert "ring" in letter.body.lower()


# --- on one's own page


def test_asking_on_the_page_and_then_seeing_that_one_asked(town, helper, refused):
    client = town.client_of(helper)
    address = town.url("ask_review", refused.id)
    page = body(client.get(town.url("my_permits")))
    assert address in page
    assert town.url("apply_permit", refused.service_id, "perform") in page
    answer = client.post(address, {"words": "Look again"})
    assert answer.status_code == 302
    page = body(client.get(town.url("my_permits")))
    assert address not in page
    assert town.url("apply_permit", refused.service_id, "perform") not in page
    [mine] = own(helper).perform
    assert (mine.asked_at, mine.may_ask_review) == (Review.objects.of(town.id).get().asked_at, False)


def test_too_many_words_are_said_beside_the_field_and_kept(town, helper, refused):
    page = body(town.client_of(helper).post(town.url("ask_review", refused.id), {"words": "x" * 1001}))
    assert 'role="alert"' in page
    assert f'id="id_{refused.id}_words_error"' in page
    assert "x" * 1001 in page
    assert not Review.objects.of(town.id).exists()


def test_what_stands_after_a_review_is_said_and_asked_no_more(town, helper, coordinator, refused):
    ask_review(by=helper, permit_id=refused.id)
    decide(by=coordinator, permit_id=refused.id, verb="upheld")
    [mine] = own(helper).perform
    assert (mine.asked_at, mine.may_ask_review) == (None, False)
    assert town.url("ask_review", refused.id) not in body(town.client_of(helper).get(town.url("my_permits")))
    with pytest.raises(TooLate):
        ask_review(by=helper, permit_id=refused.id)


# --- not allowed, other town, missing


def test_nobody_asks_for_somebody_else(town, neighbour, refused, caseworker):
    for who in (town.person("Bertil"), caseworker):
        with pytest.raises(NotFound):
            ask_review(by=who, permit_id=refused.id)
    stranger = neighbour.person("Sture")
    with pytest.raises(NotFound):
        ask_review(by=stranger, permit_id=refused.id)
    assert neighbour.client_of(stranger).post(neighbour.url("ask_review", refused.id)).status_code == 404
    assert Client().post(town.url("ask_review", refused.id)).status_code in (302, 403)
    assert not Review.objects.of(town.id).exists()


def test_the_neighbours_staff_see_and_answer_nothing(neighbour, helper, refused):
    ask_review(by=helper, permit_id=refused.id)
    elsewhere = neighbour.staff(Role.COORDINATOR, "Eva")
    assert queue(elsewhere).reviews == []
    with pytest.raises(NotFound):
        decide(by=elsewhere, permit_id=refused.id, verb="granted")


@pytest.mark.parametrize("verb", ["", "granted", "asked_for_more"])
def test_what_took_nothing_away_is_not_looked_at_again(helper, waiting, caseworker, meets, verb):
    if verb:
        decide(by=caseworker, permit_id=waiting.id, verb=verb)
    with pytest.raises(TooLate):
        ask_review(by=helper, permit_id=waiting.id)


@pytest.mark.parametrize(
    ("loss", "verbs"),
    [
        ("refused", ("granted", "upheld", "asked_for_more")),
        ("suspended", ("upheld",)),
        ("revoked", ("reinstated", "upheld", "asked_for_more")),
    ],
)
def test_what_belongs_to_a_review_is_decided_in_one_alone(waiting, caseworker, coordinator, loss, verbs):
    if loss != "refused":
        decide(by=caseworker, permit_id=waiting.id, verb="granted")
    decide(by=caseworker, permit_id=waiting.id, verb=loss)
    assert not set(verbs) & set(case(coordinator, waiting.id).verbs)
    for verb in verbs:
        with pytest.raises(TooLate):
            decide(by=coordinator, permit_id=waiting.id, verb=verb)


# --- somebody else, where there is one


def test_who_took_the_decision_does_not_look_at_it_again(town, helper, caseworker, coordinator, granted):
    suspend(by=caseworker, permit_id=granted.id)
    ask_review(by=helper, permit_id=granted.id)
    for verb in ("upheld", "reinstated", "revoked"):
        with pytest.raises(Problem):
            decide(by=caseworker, permit_id=granted.id, verb=verb)
    client = town.client_of(caseworker)
    assert town.url("permit_decide", granted.id) not in body(client.get(town.url("permit", granted.id)))
    client.post(town.url("permit_decide", granted.id), {"verb": "upheld", "reason_code": "", "seen": "2"})
    assert now(granted).state == "suspended"
    decide(by=coordinator, permit_id=granted.id, verb="reinstated")


def test_where_there_is_nobody_else_the_same_person_does(town, helper, caseworker, refused):
    town.staff(Role.SERVICE_POINT_HOST, "Eva")
    town.staff(name="Ann", services=[town.service("dog_walk").id])
    ask_review(by=helper, permit_id=refused.id)
    assert case(caseworker, refused.id).review.is_for_another is False
    decide(by=caseworker, permit_id=refused.id, verb="granted")


def test_the_applicant_is_no_colleague_in_their_own_case(town, caseworker):
    own_case = town.staff(name="Ida")
    permit = apply(by=own_case, service_id=town.service("care_companion").id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    ask_review(by=own_case, permit_id=permit.id)
    with pytest.raises(NotAllowed):
        decide(by=own_case, permit_id=permit.id, verb="upheld")
    decide(by=caseworker, permit_id=permit.id, verb="upheld")


def test_of_a_protected_person_only_an_officer_is_a_colleague(town, helper, coordinator, waiting):
    olga = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Olga")
    decide(by=olga, permit_id=waiting.id, verb="refused")
    ask_review(by=helper, permit_id=waiting.id)
    mark_protected(by=olga, person_id=helper.person, kind="secrecy_mark", reason="decision seen")
    assert (queue(coordinator).reviews, queue(coordinator).counts["waiting"]) == ([], 0)
    with pytest.raises(NotFound):
        decide(by=coordinator, permit_id=waiting.id, verb="upheld")
    assert [line.permit_id for line in queue(olga).reviews] == [waiting.id]
    vera = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Vera")
    with pytest.raises(Problem):
        decide(by=olga, permit_id=waiting.id, verb="upheld")
    decide(by=vera, permit_id=waiting.id, verb="upheld")


# --- twice, at the same moment, meanwhile


def test_twice_is_once(town, helper, refused):
    first = ask_review(by=helper, permit_id=refused.id, words="Once")
    assert ask_review(by=helper, permit_id=refused.id, words="Twice").id == first.id
    assert Review.objects.of(town.id).get().words == "Once"
    assert Entry.objects.filter(verb="permit.review_asked").count() == 1


@pytest.mark.race
def test_at_the_same_moment_is_once(town, helper, caseworker, meets, at_once):
    meets(helper, "identity", "interview", "reference")
    permit = apply(by=helper, service_id=town.service("care_companion").id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    results = at_once(*[lambda: ask_review(by=helper, permit_id=permit.id)] * 3)
    assert {type(each).__name__ for each in results} == {"Review"}
    assert Review.objects.of(town.id).count() == 1


def test_while_it_waits_applying_again_changes_nothing(helper, refused):
    ask_review(by=helper, permit_id=refused.id)
    assert apply(by=helper, service_id=refused.service_id, side="perform").state == "refused"
    assert refused.decisions.count() == 1


def test_each_new_loss_may_be_looked_at_again(town, helper, caseworker, coordinator, granted):
    suspend(by=caseworker, permit_id=granted.id)
    ask_review(by=helper, permit_id=granted.id)
    revoke(by=coordinator, permit_id=granted.id)
    ask_review(by=helper, permit_id=granted.id)
    with pytest.raises(Problem):
        decide(by=coordinator, permit_id=granted.id, verb="upheld")
    decide(by=caseworker, permit_id=granted.id, verb="reinstated")
    assert Review.objects.of(town.id).exclude(answered_at=None).count() == 2


# --- what is kept


def test_where_an_extract_is_demanded_it_stands_without_words(town, helper, caseworker, coordinator):
    permit = apply(by=helper, service_id=town.service("homework").id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    ask_review(by=helper, permit_id=permit.id)
    with pytest.raises(Problem) as refusal:
        decide(by=coordinator, permit_id=permit.id, verb="upheld", motivation="What I saw")
    assert refusal.value.field == "motivation"
    decide(by=coordinator, permit_id=permit.id, verb="upheld")


def test_an_erased_persons_words_go_and_nobody_is_waited_for(town, helper, coordinator, refused):
    ask_review(by=helper, permit_id=refused.id, words="Secret")
    erase_person(by=system(town.id), person_id=helper.person)
    review = Review.objects.of(town.id).get()
    assert (review.words, review.answered_at is None) == ("", False)
    assert queue(coordinator).reviews == []


def test_pages_with_reviews_cost_at_most_12_queries(town, helper, caseworker, coordinator, refused):
    ask_review(by=helper, permit_id=refused.id)
    for who, page in (
        (coordinator, town.url("permits")),
        (caseworker, town.url("permit", refused.id)),
        (helper, town.url("my_permits")),
    ):
        client = town.client_of(who)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            body(client.get(page))
        assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) <= 12, page
