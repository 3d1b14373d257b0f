"""Who acts for whom in the sample: a daughter, a trustee, staff near residents; one ended, one soon over."""

from datetime import timedelta

from handtag.front.actions.sample.scenes import Stage, attempt
from handtag.front.actions.sample.world import World
from handtag.kernel import clock
from handtag.kernel.actor import Via
from handtag.kernel.rights import Role
from handtag.mandates import actions as mandates
from handtag.mandates import rules
from handtag.mandates.models import Mandate


def play(world: World) -> None:
    """Every mandate of the sample."""
    for scene in (_daughter, _trustee, _home_care, _ended):
        attempt(scene, Stage(world))


def _daughter(stage: Stage) -> None:
    """Lena asks for her mother Gun-Britt."""
    with clock.travelling(stage.moment(-2, 10)):
        _make(stage, "asker", "proxy", kind="relative", how="by_phone", evidence="Körkort")


def _trustee(stage: Stage) -> None:
    """Tomas is Aino's trustee; it soon runs out."""
    with clock.travelling(stage.moment(-2, 11)):
        seen = "Överförmyndarens beslut"
        _make(stage, "caller", "guardian", kind="guardian", how="on_paper", evidence=seen, days=22)


def _home_care(stage: Stage) -> None:
    """Anders of the home care asks for two whom he meets in his work."""
    with clock.travelling(stage.moment(-2, 13)):
        seen = "Tjänstelegitimation"
        for key, reads in (("caller", "sv"), ("client", "ar")):
            _make(stage, key, "ambassador", kind="staff", how="in_person", evidence=seen, reads=reads)


def _ended(stage: Stage) -> None:
    """Yusuf let Leila ask for him, and rang when it was needed no more."""
    with clock.travelling(stage.moment(-2, 14)):
        made = _make(stage, "second_asker", "helper", kind="relative", how="in_person", evidence="Pass")
    with clock.travelling(stage.moment(-1, 9, 30)):
        mandates.end_mandate(by=stage.by("second_asker", Via.PHONE), mandate_id=made.id)


def _make(
    stage: Stage,
    helped: str,
    proxy: str,
    *,
    kind: str,
    how: str,
    evidence: str,
    days: int = 300,
    reads: str = "sv",
) -> Mandate:
    today = clock.today()
    new = rules.NewMandate(
        kind=kind,
        evidence=evidence,
        evidence_on=today,
        consent=rules.CONSENT,
        consent_how=how,
        consent_on=today,
        starts_on=today,
        ends_on=today + timedelta(days=days),
        consent_language=reads,
    )
    people = stage.world.people
    by = stage.town.officer(Role.CONTACT_CENTRE_AGENT)
    return mandates.make_mandate(by=by, helped_id=people[helped], proxy_id=people[proxy], new=new)
