"""Placing the week: the proposal, a choice by hand and what it costs, and the press that asks them all."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, AskGroup, Invitation, Told
from handtag.groups.models import Group, Membership
from handtag.helpers.models import Availability, HelperProfile
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.outreach.actions.week import send_week
from handtag.outreach.queries import week as queries
from handtag.outreach.queries.week import proposal
from handtag.outreach.queries.week_placer import Placer
from handtag.outreach.rules import week as rules
from handtag.outreach.rules.week import Choices
from handtag.people.models import Block, Person
from handtag.permits.models import Permit, Service
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db
WEEK = "/helsingborg/oversikt/veckan/"


@pytest.fixture
def stage():
    stage = stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    return stage


@pytest.fixture
def karin(stage):
    return stage.actor("karin")


def at(days, hour):
    """So many days from now, at this hour."""
    return clock.at(clock.today() + timedelta(days=days), time(hour))


def coming(found):
    """Who comes to which ask."""
    return {line.ask_id: line.coming.name.split()[0] for line in found.lines}


def pairs(found):
    return rules.pairs(line.pair for line in found.lines)


def test_as_many_as_can_be_and_then_the_nearest(stage, karin):
    near, far = stage.ask("olle", start=at(2, 9)), stage.ask("maja", start=at(2, 9), languages=["ar"])
    stage.helper("leila", km=0.1, speaks=("sv", "ar"))
    stage.helper("marek", km=3)
    found = proposal(karin, Choices())
    # Leila is nearer to both, and alone speaks Arabic: greedily the first ask would have taken her.
    assert coming(found) == {near.id: "Marek", far.id: "Leila"}
    assert (found.sums.filled, found.left, found.proven) == (2, (), True)


def test_a_helper_is_never_in_two_places(stage, karin):
    for name, hour in (("olle", 9), ("maja", 10), ("stina", 11)):
        stage.ask(name, start=at(2, hour))  # two hours each
    stage.helper("leila")
    found = proposal(karin, Choices())
    assert [clock.local(line.start).hour for line in found.lines] == [9, 11]
    assert [line.could for line in found.left] == [1]


def test_nobody_gets_more_in_a_week_than_they_want(stage, karin):
    monday = (7 - clock.today().weekday()) % 7 or 7  # days: the coming week is cut by it
    days = [day for day in range(1, 7) if day < monday][:3] or [monday, monday + 1, monday + 2]
    for name, day in zip(("olle", "maja", "stina"), days, strict=False):
        stage.ask(name, start=at(day, 9))
    stage.helper("leila", most_in_week=1)
    assert len(proposal(karin, Choices()).lines) == 1
    HelperProfile.objects.of(stage.town.id).update(most_in_week=2)
    assert len(proposal(karin, Choices()).lines) == min(2, len(days))


def test_who_named_no_limit_is_asked_three_times_at_most(stage, karin):
    monday = (7 - clock.today().weekday()) % 7 or 7
    day = 2 if monday > 2 else monday  # a day with its week before it, whatever day it is
    for hour in (8, 10, 12, 14):
        stage.ask(f"asker{hour}", start=at(day, hour))
    stage.helper("leila")
    found = proposal(karin, Choices())
    assert (len(found.lines), len(found.left)) == (3, 1)


def test_work_is_shared_where_the_way_allows_it(stage, karin):
    for name, day in (("olle", 1), ("maja", 2)):
        stage.ask(name, start=at(day, 9))
    stage.helper("leila", km=0.1)
    stage.helper("marek", km=0.7)
    assert sorted(coming(proposal(karin, Choices())).values()) == ["Leila", "Marek"]
    HelperProfile.objects.of(stage.town.id).filter(person=stage.people["marek"]).update(
        latitude=stages.LAT + 2 / 111.195
    )
    assert sorted(coming(proposal(karin, Choices())).values()) == ["Leila", "Leila"]


def test_who_is_not_proposed(stage, karin):
    ask = stage.ask(start=at(2, 9))
    day = (clock.today() + timedelta(days=2)).weekday()
    for name in ("told_no", "asked_no", "waits", "booked", "outside", "inside"):
        stage.helper(name, any_time=name not in ("outside", "inside"))
    for name, start in (("outside", 10), ("inside", 9)):
        Availability.objects.create(
            profile=stage.profile(name), weekday=day, from_minute=start * 60, to_minute=17 * 60
        )
    people, occasion = stage.people, stage.occasion(ask)
    Told.objects.create(
        municipality=stage.town, ask=ask, person=people["told_no"], wave=1, declined_at=clock.now()
    )
    invited = meeting.invite(by=karin, occasion_id=occasion.id, person_id=people["asked_no"].id)
    meeting.answer_invitation(by=stage.actor("asked_no"), invitation_id=invited.id, yes=False)
    stage.errand(helper="booked", asker="olle", start=at(2, 10))
    other = stage.occasion(stage.ask("maja", start=at(2, 10)))
    meeting.invite(by=karin, occasion_id=other.id, person_id=people["waits"].id)
    found = proposal(karin, Choices())
    assert [line.could for line in (*found.lines, *found.left) if line.ask_id == ask.id] == [1]
    assert coming(found)[ask.id] == "Inside"
    assert found.asked == 1


def test_nobody_protected_is_in_it_even_for_the_officer(stage):
    stage.person("officer", role=Role.PROTECTED_IDENTITY_OFFICER)
    stage.ask("asker", start=at(2, 9))
    stage.helper("leila")
    officer = stage.actor("officer")
    assert len(proposal(officer, Choices()).lines) == 1
    Person.objects.filter(pk=stage.people["leila"].pk).update(protection="marked")
    assert [line.could for line in proposal(officer, Choices()).left] == [0]
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="marked")
    assert proposal(officer, Choices()).places == 0


def test_a_choice_by_hand_and_what_it_costs(stage, karin):
    one, other = stage.ask("olle", start=at(2, 9)), stage.ask("maja", start=at(2, 9), languages=["ar"])
    leila = stage.helper("leila", km=0, speaks=("sv", "ar"))
    stage.helper("marek", km=2)
    best = proposal(karin, Choices())
    seen = queries.move(karin, Choices(), stage.occasion(one).id, 0)
    assert (seen.line.coming.name, [each.coming and each.coming.name for each in seen.others]) == (
        "Marek Exempel",
        ["Leila Exempel", None],
    )
    by_hand = seen.others[0].choices
    found = proposal(karin, by_hand)
    assert coming(found) == {one.id: "Leila"}
    assert [line.ask_id for line in found.left] == [other.id]
    # What was said beforehand is what came of it, and is the difference of the two.
    assert found.change == seen.others[0].change
    assert (found.change.filled, found.change.metres) == (-1, -2000)
    assert found.change.points == found.sums.points - best.sums.points
    assert proposal(karin, by_hand.without(stage.occasion(one).id)).sums == best.sums
    Permit.objects.of(stage.town.id).filter(person=leila.person).update(state="revoked")
    assert proposal(karin, by_hand).lapsed == 1


def test_the_other_place_of_a_date_stays_as_it_was(stage, karin):
    ask = stage.ask(start=at(2, 9), wanted=2)
    for name, km in (("leila", 0.1), ("marek", 0.5), ("olle", 3)):
        stage.helper(name, km=km)
    occasion = stage.occasion(ask)
    seen = queries.move(karin, Choices(), occasion.id, 0)
    away, kept = seen.line.coming.name, proposal(karin, Choices()).lines[1].coming.name
    found = proposal(karin, next(each.choices for each in seen.others if each.coming))
    assert {line.coming.name for line in found.lines} == {kept, "Olle Exempel"} - {away}
    with pytest.raises(NotFound):
        queries.move(karin, Choices(), occasion.id, 2)


def test_everybody_is_asked_and_nobody_twice(stage, karin):
    for name, hour in (("olle", 9), ("maja", 12)):
        stage.ask(name, start=at(2, hour))
    stage.helper("leila")
    stage.helper("marek", km=2)
    chosen = pairs(proposal(karin, Choices()))
    sent = send_week(by=karin, pairs=chosen)
    assert (sent.asked, sent.unsent, sent.closed) == (2, (), 0)
    again = send_week(by=karin, pairs=chosen)
    assert (again.asked, again.unsent, again.closed) == (0, (), 2)
    assert Invitation.objects.of(stage.town.id).filter(state="sent").count() == 2
    assert Notice.objects.of(stage.town.id).filter(kind="invitation.sent").count() == 2
    written = Entry.objects.filter(municipality_id=stage.town.id, verb="invitation.sent")
    assert {entry.actor_id for entry in written} == {karin.person_id}
    found = proposal(karin, Choices())
    assert (found.places, found.asked) == (0, 2)


def test_whoever_was_taken_meanwhile_is_not_asked_and_the_others_are(stage, karin):
    stage.ask("olle", start=at(2, 9))
    stage.ask("maja", start=at(3, 9))
    stage.helper("leila")
    chosen = pairs(proposal(karin, Choices()))
    stage.errand(helper="leila", asker="stina", start=at(2, 9))
    sent = send_week(by=karin, pairs=chosen)
    assert (sent.asked, [clock.local(each.start) for each in sent.unsent]) == (1, [at(2, 9)])


@pytest.mark.parametrize(("hour", "most"), [(10, None), (14, 1)], ids=["two places", "more than enough"])
def test_a_form_made_up_by_hand_asks_nobody_for_what_is_too_much(stage, karin, hour, most):
    asks = stage.ask("olle", start=at(2, 9)), stage.ask("maja", start=at(2, hour))
    leila = stage.helper("leila", most_in_week=most).person
    chosen = [(stage.occasion(each).id, leila) for each in asks]
    _given, held = Placer(karin).settled(Choices({each: (who,) for each, who in chosen}))
    assert list(held.by_occasion) == [chosen[0][0]]
    sent = send_week(by=karin, pairs=chosen)
    assert (sent.asked, [clock.local(each.start).hour for each in sent.unsent]) == (1, [hour])


def test_a_form_made_up_by_hand_asks_nobody_it_may_not(stage, karin):
    ask, later = stage.ask("olle", start=at(2, 9)), stage.ask("maja", start=at(2, 10))
    leila, stranger = stage.helper("leila", most_in_week=1), stage.person("stranger")
    occasions = [stage.occasion(each).id for each in (ask, later)]
    sent = send_week(by=karin, pairs=[(each, leila.person) for each in occasions])
    assert (sent.asked, len(sent.unsent)) == (1, 1)
    sent = send_week(by=karin, pairs=[(occasions[1], stranger.id), (uuid4(), leila.person)])
    assert (sent.asked, len(sent.unsent), sent.closed) == (0, 1, 1)


def test_only_who_steers_asks(stage):
    by = stage.helper("leila")
    for deed in (
        lambda: proposal(by, Choices()),
        lambda: queries.move(by, Choices(), uuid4(), 0),
        lambda: send_week(by=by, pairs=[]),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert stage.browser("leila").get(WEEK).status_code == 403


def test_a_role_narrowed_to_other_services_sees_none_of_it(stage, karin):
    stage.ask("olle", start=at(2, 9))
    stage.helper("leila")
    chosen = pairs(proposal(karin, Choices()))
    other = Service.objects.of(stage.town.id).exclude(pk=stage.service.pk).first()
    hats = tuple(hat.__class__(hat.role, services=frozenset({other.id})) for hat in karin.hats)
    narrowed = karin.__class__(karin.person_id, stage.town.id, hats)
    assert proposal(narrowed, Choices()).places == 0
    assert send_week(by=narrowed, pairs=chosen).asked == 0


def test_the_neighbouring_town_has_a_week_of_its_own(stage, karin):
    bjuv = stages.build("1260")
    bjuv.person("bo", role=Role.COORDINATOR)
    ask = bjuv.ask(start=at(2, 9))
    bjuv.helper("berit")
    occasion, helper = bjuv.occasion(ask).id, bjuv.people["berit"].id
    assert proposal(karin, Choices()).places == 0
    with pytest.raises(NotFound):
        queries.move(karin, Choices(), occasion, 0)
    assert send_week(by=karin, pairs=[(occasion, helper)]).asked == 0
    assert Invitation.objects.of(bjuv.town.id).count() == 0


def test_what_is_no_choice_is_passed_over(stage, karin):
    occasion = stage.occasion(stage.ask(start=at(2, 9)))
    stage.helper("leila")
    words = ["", ".", "x.y", f"{occasion.id.hex}", f"{occasion.id.hex}.x", f"{uuid4().hex}.ingen"]
    found = proposal(karin, rules.read(words))
    assert (len(found.lines), found.lapsed) == (1, 1)
    kept = Choices().with_(occasion.id, [None])
    assert rules.read(str(kept).removeprefix("val=").split("&val=")) == kept
    assert rules.pairs(["", ".", f"{occasion.id.hex}.x"]) == []


def test_the_page_shows_it_and_sends_it_once(stage):
    ask = stage.ask("olle", start=at(2, 9), wanted=2)
    stage.helper("leila")
    browser = stage.browser("karin")
    page = browser.get(WEEK)
    words = page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Leila Exempel" in words
    assert "1 av 2" in words
    left = f"{WEEK}{stage.occasion(ask).id}/?plats=2"
    assert browser.get(left).status_code == 200
    key = words.rpartition("be-alla/")[2].partition('name="submission" value="')[2].partition('"')[0]
    pair = words.partition('name="par" value="')[2].partition('"')[0]
    for _press in range(2):
        answer = browser.post(f"{WEEK}be-alla/", {"par": pair, "submission": key})
        assert answer.headers["Location"] == WEEK
    assert Invitation.objects.of(stage.town.id).count() == 1
    after = browser.get(WEEK).content.decode()
    assert "En person är tillfrågad" in after
    assert "En plats till" in after


def test_an_ask_in_a_group_is_for_its_members(stage, karin):
    ask = stage.ask(start=at(2, 9))
    group = Group.objects.create(municipality=stage.town, name="Mörarps byalag")
    AskGroup.objects.create(ask=ask, group=group)
    stage.helper("leila", km=0.1)
    member = stage.helper("marek", km=3)
    Membership.objects.create(municipality=stage.town, group=group, person_id=member.person, state="member")
    assert coming(proposal(karin, Choices())) == {ask.id: "Marek"}
    Block.objects.create(municipality=stage.town, person_id=member.person, other=ask.asker)
    assert [line.could for line in proposal(karin, Choices()).left] == [0]


def test_only_the_coming_seven_days_and_what_is_open(stage, karin):
    for name, days in (("olle", 0), ("maja", 6), ("stina", 8)):
        stage.ask(name, start=clock.now() + timedelta(days=days, hours=1))
    closed = stage.ask("nils", start=at(3, 9))
    Ask.objects.of(stage.town.id).filter(pk=closed.pk).update(state="withdrawn")
    assert proposal(karin, Choices()).places == 2
    Service.objects.of(stage.town.id).update(is_on=False)
    assert proposal(karin, Choices()).places == 0
