"""Saying how one helps: which services, where, when, in which languages; resting and coming back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handtag.geo.points import Point, snap
from handtag.groups import actions as groups
from handtag.groups import queries as group_queries
from handtag.helpers import messages, queries, rules
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService, Posting
from handtag.history.actions import record
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.kernel.tongues import TONGUES
from handtag.municipalities import queries as municipalities
from handtag.notices.actions import Heard
from handtag.notices.rules.heard import Word
from handtag.people.models import Person
from handtag.permits import actions as permits
from handtag.permits import queries as permit_queries

PERFORM = "perform"
AT_A_TIME = 500


@transaction.atomic
def save_profile(*, by: Actor, wish: rules.Wish) -> HelperProfile:
    """Everything at once, ready to help; the four steps of the page do the same one by one."""
    set_services(by=by, service_ids=wish.service_ids)
    set_where(by=by, place_id=wish.place_id, reach=wish.reach, group_ids=wish.group_ids)
    set_availability(by=by, any_time=wish.any_time, ticks=wish.ticks)
    set_amount(by=by, languages=wish.languages, most_in_week=wish.most_in_week)
    return finish(by=by)


@transaction.atomic
def set_services(*, by: Actor, service_ids: Iterable[UUID]) -> HelperProfile:
    """Which services one wants to help with; who is ready applies for the new ones at once."""
    by.must(Right.TAKE_PART)
    wanted = set(service_ids)
    if not wanted:
        raise Problem(gettext_lazy("Choose at least one thing to help with."), field="services")
    if wanted - {row.id for row in permit_queries.services(by.tenant)}:
        raise NotFound("service")
    if HelperProfile.objects.of(by.tenant).filter(person_id=by.whose, is_active=True).exists():
        _apply(by, wanted)
    profile = _begun(by)
    held = HelperService.objects.filter(profile=profile)
    held.exclude(service_id__in=wanted).delete()
    fresh = [HelperService(profile=profile, service_id=one) for one in sorted(wanted)]
    HelperService.objects.bulk_create(fresh, ignore_conflicts=True)
    _post_if_ready(profile)
    _note(by, profile, "services_set", len(wanted))
    return profile


@transaction.atomic
def set_where(
    *, by: Actor, place_id: UUID, reach: int, group_ids: Iterable[UUID] | None = None
) -> HelperProfile:
    """From which place, how far, and in which groups; None leaves the groups as they are."""
    profile = _locked(by)
    place = municipalities.place(by.tenant, place_id)
    if reach not in rules.REACHES:
        raise Problem(gettext_lazy("Choose how far from the list."), field="reach")
    _move(profile, snap(Point(place.longitude, place.latitude)))
    profile.place_id, profile.reach = place.id, reach
    profile.save(update_fields=["place", "reach", "longitude", "latitude", "moves"])
    _post_if_ready(profile)
    _note(by, profile, "where_set", reach)
    if group_ids is not None:
        _be_in(by, set(group_ids))
    return profile


@transaction.atomic
def set_availability(*, by: Actor, any_time: bool, ticks: Iterable[rules.Tick]) -> HelperProfile:
    """When one can help: at any time, or in the parts of the week that are ticked."""
    profile = _locked(by)
    windows = rules.windows(ticks)
    if not any_time and not windows:
        raise Problem(gettext_lazy("Tick when it suits you, or choose any time."), field="any_time")
    Availability.objects.filter(profile=profile).delete()
    Availability.objects.bulk_create(Availability(profile=profile, **row._asdict()) for row in windows)
    profile.any_time = any_time
    profile.save(update_fields=["any_time"])
    _post_if_ready(profile)
    _note(by, profile, "availability_set", len(windows))
    return profile


@transaction.atomic
def set_amount(*, by: Actor, languages: Iterable[str], most_in_week: int | None) -> HelperProfile:
    """Which languages one speaks, and how many times a week one wants to help at most."""
    profile = _locked(by)
    spoken_ones = set(languages)
    if not spoken_ones or spoken_ones - set(TONGUES):
        raise Problem(gettext_lazy("Choose at least one language you speak."), field="languages")
    if most_in_week is not None and most_in_week not in rules.AMOUNTS:
        raise Problem(gettext_lazy("Choose how often from the list."), field="most_in_week")
    HelperLanguage.objects.filter(profile=profile).exclude(language__in=spoken_ones).delete()
    fresh = [HelperLanguage(profile=profile, language=code) for code in sorted(spoken_ones)]
    HelperLanguage.objects.bulk_create(fresh, ignore_conflicts=True)
    profile.most_in_week = most_in_week
    profile.save(update_fields=["most_in_week"])
    _post_if_ready(profile)
    _note(by, profile, "amount_set", len(spoken_ones))
    return profile


@transaction.atomic
def finish(*, by: Actor) -> HelperProfile:
    """Ready: apply for each chosen service, and be seen by those who ask. Twice changes nothing."""
    by.must(Right.TAKE_PART)
    chosen = HelperService.objects.filter(profile__municipality_id=by.tenant, profile__person_id=by.whose)
    wanted = set(chosen.values_list("service_id", flat=True))
    if not wanted:
        raise Problem(gettext_lazy("Choose at least one thing to help with."), field="services")
    _apply(by, wanted)
    profile = _locked(by)
    if profile.place_id is None:
        raise Problem(gettext_lazy("Choose the place you help from."), field="place")
    if not profile.is_active:
        profile.is_active = True
        profile.save(update_fields=["is_active"])
        _post([profile.id])
        _note(by, profile, "finished")
    return profile


@transaction.atomic
def pause(*, by: Actor, until: datetime | None = None) -> HelperProfile:
    """Rest until a day, or until one says otherwise. What is agreed already stays agreed."""
    profile = _locked(by)
    if until is not None and until <= clock.now():
        raise Problem(gettext_lazy("That day has passed. Choose one to come."), field="until")
    profile.paused_until = until or rules.UNTIL_I_SAY
    profile.save(update_fields=["paused_until"])
    _note(by, profile, "paused")
    return profile


@transaction.atomic
def resume(*, by: Actor) -> HelperProfile:
    """Back from a rest; twice changes nothing."""
    profile = _locked(by)
    if profile.paused_until is not None:
        profile.paused_until = None
        profile.save(update_fields=["paused_until"])
        _note(by, profile, "resumed")
    return profile


def rest_by_text(by: Actor, heard: Heard) -> str | None:
    """STOPP: the helper rests; START: is back. Who is no helper, or rests already, is answered elsewhere."""
    profile = HelperProfile.objects.of(by.tenant).filter(person_id=by.whose).first()
    rests = profile is not None and profile.paused_until is not None and profile.paused_until > clock.now()
    if profile is not None and heard.word == Word.STOP and not rests:
        pause(by=by)
        return messages.paused()
    if rests and heard.word == Word.START:
        resume(by=by)
        return messages.back_again()
    return None


def forget_person(by: Actor, person_id: UUID) -> None:
    """Whoever is erased helps nobody."""
    HelperProfile.objects.everywhere().filter(person_id=person_id).delete()


def rebuild_postings() -> int:
    """Make the postings what profiles and services say; returns how many differed. Twice changes nothing.

    A few profiles at a time, each held: helpers may go on changing theirs meanwhile.
    """
    differed, last = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            held = HelperProfile.objects.everywhere().select_for_update().filter(id__gt=last).order_by("id")
            found = list(held.values_list("id", flat=True)[:AT_A_TIME])
            differed += _post(found)
        if not found:
            return differed
        last = found[-1]


def _post(profile_ids: list[UUID]) -> int:
    """Let the postings of these profiles, which are held, say what the profiles do; how many differed."""
    due = set(queries.postings_due(profile_ids))
    rows = Posting.objects.filter(profile_id__in=profile_ids).values_list("id", *queries.POSTED)
    kept = {queries.Posted._make(row): number for number, *row in rows}
    gone = [number for row, number in kept.items() if row not in due]
    Posting.objects.filter(id__in=gone).delete()
    fresh = sorted(due - kept.keys())
    Posting.objects.bulk_create(Posting(**dict(zip(queries.POSTED, row, strict=True))) for row in fresh)
    return len({row.key for row in fresh} | {row.key for row in kept.keys() - due})


def _post_if_ready(profile: HelperProfile) -> None:
    """Who is not ready yet stands in no list, and is posted when they are."""
    if profile.is_active:
        _post([profile.id])


def _begun(by: Actor) -> HelperProfile:
    """One's profile, locked; made on the first answer, at one's own place or the middle of the town."""
    person = Person.objects.select_related("place").get(pk=by.whose)
    town = municipalities.by_id(by.tenant)
    place = person.place if person.place and person.place.municipality_id == by.tenant else None
    middle = place or town
    if middle is None:
        raise NotFound("municipality")
    point = snap(Point(middle.longitude, middle.latitude))
    fresh = HelperProfile(
        municipality_id=by.tenant,
        person=person,
        place=place,
        longitude=point.lon,
        latitude=point.lat,
        is_active=False,
    )
    HelperProfile.objects.bulk_create([fresh], ignore_conflicts=True)
    profile = _locked(by)
    if profile.pk == fresh.pk:
        languages = [code for code in person.speaks or [person.language] if code in TONGUES]
        HelperLanguage.objects.bulk_create(
            HelperLanguage(profile=profile, language=code) for code in languages
        )
        _note(by, profile, "begun")
    return profile


def _locked(by: Actor) -> HelperProfile:
    by.must(Right.TAKE_PART)
    profile = HelperProfile.objects.of(by.tenant).select_for_update().filter(person_id=by.whose).first()
    if profile is None:
        raise NotFound("profile")
    return profile


def _move(profile: HelperProfile, point: Point) -> None:
    """Another square is a move, and there are two in a month; before one is ready nobody is measured yet."""
    if (profile.longitude, profile.latitude) == (point.lon, point.lat):
        return
    if profile.is_active:
        now = clock.now()
        moves = [datetime.fromisoformat(move) for move in profile.moves]
        free_at = rules.next_move(moves, now)
        if free_at is not None:
            words = _(
                "You can change place twice in a month, so that nobody can be found by moving about. "
                "You can change it again %(day)s (%(date)s)."
            )
            said = {"day": spoken.day(free_at), "date": spoken.full_date(free_at)}
            raise Problem(words % said, field="place")
        profile.moves = [move.isoformat() for move in (*moves, now) if move > now - rules.MONTH]
    profile.longitude, profile.latitude = point.lon, point.lat


def _be_in(by: Actor, wanted: set[UUID]) -> None:
    """Join what is ticked and leave what is not; groups one cannot see are left alone."""
    for row in group_queries.for_person(by):
        if row.id in wanted and row.state != "member":
            groups.join(by=by, group_id=row.id)
        elif row.id not in wanted and row.state in ("member", "asked"):
            groups.leave(by=by, group_id=row.id)


def _apply(by: Actor, wanted: set[UUID]) -> None:
    """Apply for what is not applied for yet, before the profile is locked: a permit's lock comes first."""
    for service_id, stands in permit_queries.standings(by.whose, by.tenant, PERFORM).items():
        untouched = stands.state in ("none", "lapsed") and not stands.youth_closed
        if service_id in wanted and untouched:
            permits.apply(by=by, service_id=service_id, side=PERFORM)


def _note(by: Actor, profile: HelperProfile, what: str, number: int | None = None) -> None:
    whom = profile.person_id
    record(by=by, verb=f"profile.{what}", kind="profile", object_id=profile.id, about=whom, number=number)
