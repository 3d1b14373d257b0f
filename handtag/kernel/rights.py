"""Roles and what each may do: the whole table on one screen."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Right(StrEnum):
    """One thing a person may do in one municipality."""

    TAKE_PART = "take_part"  # ask, help, see what is one's own
    ANSWER_CALLS = "answer_calls"  # do for a caller what they could do themselves; ring back
    VERIFY_HELPERS = "verify_helpers"  # answer whether a helper is who they say
    SEE_ASKS = "see_asks"  # the asks of the municipality, without contact details
    STEER_ASKS = "steer_asks"  # widen, invite, place, withdraw for somebody
    SEE_PEOPLE = "see_people"  # open a person's page; every reading is logged
    REGISTER_PEOPLE = "register_people"  # register somebody without a login
    RECORD_CHECKS = "record_checks"  # note that a demand was met, seen in person
    DECIDE_PERMITS = "decide_permits"  # grant, refuse, suspend, revoke
    HANDLE_CASES = "handle_cases"  # reports and what they lead to
    SEE_FIGURES = "see_figures"  # numbers about the whole, never about one
    MANAGE_GROUPS = "manage_groups"  # make groups, let people in
    MANAGE_PLACES = "manage_places"  # areas, places, addresses
    SET_SERVICES = "set_services"  # services, their rules and frames
    SET_UP = "set_up"  # look, texts, languages, statements
    GIVE_ROLES = "give_roles"  # who is coordinator, caseworker, …
    SET_LOGINS = "set_logins"  # through whom one logs in, and which groups give roles
    KEEP_MANDATES = "keep_mandates"  # who may act for whom; made and ended for either
    ASK_FOR_OTHERS = "ask_for_others"  # for those one meets in one's work, who said yes; for nobody else
    LEARN = "learn"  # the short course and the material about how to raise the question
    KEEP_PROTECTED = "keep_protected"  # see and mark protected identities
    KEEP_RECORDS = "keep_records"  # history, retention, erasure
    FOLLOW_PROGRAMME = "follow_programme"  # figures across a partnership


class Role(StrEnum):
    """What a person is in one municipality, or in a partnership."""

    RESIDENT = "resident"
    GROUP_COORDINATOR = "group_coordinator"
    COORDINATOR = "coordinator"
    CASEWORKER = "caseworker"
    CONTACT_CENTRE_AGENT = "contact_centre_agent"
    AMBASSADOR = "ambassador"
    SERVICE_POINT_HOST = "service_point_host"
    EVALUATOR = "evaluator"
    PROTECTED_IDENTITY_OFFICER = "protected_identity_officer"
    ADMINISTRATOR = "administrator"
    PROGRAMME_LEADER = "programme_leader"
    STEERING_GROUP = "steering_group"
    SYSTEM = "system"  # the product itself: the worker and the commands; held by nobody


_R = Right
ROLES: dict[Role, frozenset[Right]] = {
    Role.RESIDENT: frozenset({_R.TAKE_PART}),
    Role.GROUP_COORDINATOR: frozenset({_R.SEE_ASKS, _R.MANAGE_GROUPS, _R.LEARN}),
    Role.COORDINATOR: frozenset(
        {
            *(_R.SEE_ASKS, _R.STEER_ASKS, _R.SEE_PEOPLE, _R.REGISTER_PEOPLE, _R.RECORD_CHECKS),
            *(_R.DECIDE_PERMITS, _R.HANDLE_CASES, _R.SEE_FIGURES, _R.MANAGE_GROUPS, _R.MANAGE_PLACES),
            *(_R.SET_SERVICES, _R.SET_UP, _R.GIVE_ROLES, _R.VERIFY_HELPERS, _R.KEEP_MANDATES, _R.LEARN),
            _R.ANSWER_CALLS,
        }
    ),
    Role.CASEWORKER: frozenset(
        {_R.SEE_PEOPLE, _R.RECORD_CHECKS, _R.DECIDE_PERMITS, _R.VERIFY_HELPERS, _R.LEARN}
    ),
    Role.CONTACT_CENTRE_AGENT: frozenset(
        {
            *(_R.ANSWER_CALLS, _R.SEE_PEOPLE, _R.REGISTER_PEOPLE, _R.VERIFY_HELPERS, _R.KEEP_MANDATES),
            _R.LEARN,
        }
    ),
    Role.AMBASSADOR: frozenset({_R.ASK_FOR_OTHERS, _R.VERIFY_HELPERS, _R.LEARN}),
    Role.SERVICE_POINT_HOST: frozenset({_R.REGISTER_PEOPLE, _R.RECORD_CHECKS, _R.VERIFY_HELPERS, _R.LEARN}),
    Role.EVALUATOR: frozenset({_R.SEE_FIGURES, _R.LEARN}),
    Role.PROTECTED_IDENTITY_OFFICER: frozenset(
        {
            *(_R.KEEP_PROTECTED, _R.SEE_PEOPLE, _R.SEE_ASKS, _R.STEER_ASKS, _R.HANDLE_CASES),
            *(_R.RECORD_CHECKS, _R.DECIDE_PERMITS, _R.VERIFY_HELPERS, _R.KEEP_MANDATES, _R.LEARN),
            _R.ANSWER_CALLS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            *(_R.SET_UP, _R.SET_SERVICES, _R.MANAGE_PLACES, _R.GIVE_ROLES, _R.KEEP_RECORDS, _R.SEE_FIGURES),
            *(_R.KEEP_MANDATES, _R.LEARN, _R.SET_LOGINS),
        }
    ),
    Role.PROGRAMME_LEADER: frozenset({_R.SEE_FIGURES, _R.FOLLOW_PROGRAMME}),
    Role.STEERING_GROUP: frozenset({_R.FOLLOW_PROGRAMME}),
    Role.SYSTEM: frozenset(Right),
}

IN_PARTNERSHIP = frozenset({Role.PROGRAMME_LEADER, Role.STEERING_GROUP})
STAFF = frozenset(Role) - {Role.RESIDENT, Role.SYSTEM}

WORDS = {
    Role.RESIDENT: _("resident"),
    Role.GROUP_COORDINATOR: _("group coordinator"),
    Role.COORDINATOR: _("coordinator"),
    Role.CASEWORKER: _("caseworker"),
    Role.CONTACT_CENTRE_AGENT: _("contact-centre agent"),
    Role.AMBASSADOR: _("ambassador"),
    Role.SERVICE_POINT_HOST: _("service-point host"),
    Role.EVALUATOR: _("evaluator"),
    Role.PROTECTED_IDENTITY_OFFICER: _("protected-identity officer"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.PROGRAMME_LEADER: _("programme leader"),
    Role.STEERING_GROUP: _("steering group"),
    Role.SYSTEM: pgettext_lazy("who did it", "the service itself"),
}
