"""What a proxy is told beside the asker, where the mandate says that both are: that there is news."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.queries import reached
from handtag.kernel.errors import Words
from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, tell


def tell_beside(municipality_id: UUID, asker_id: UUID, kind: str, about_id: UUID, subject: Words) -> None:
    """Write to each proxy who is told; the page shows for whom, once they have begun to act."""
    for proxy_id in reached.beside(municipality_id, asker_id, about_id):
        tell(
            municipality_id=municipality_id,
            person_id=proxy_id,
            kind=f"beside.{kind}",
            write=lambda: _letter(_link(municipality_id), subject),
            about_id=about_id,
        )


def _link(municipality_id: UUID) -> str:
    town = by_id(municipality_id)
    return f"{settings.BASE_URL}{reverse('helping_somebody', args=[town.slug if town else ''])}"


def _letter(link: str, subject: Words) -> Letter:
    body = _("There is news about a question that you may look after for somebody. The page shows for whom.")
    return Letter(str(subject), body, link)


def beside_sample(kind: str, subject: Words, link: str) -> Sample:
    """The same with an invented link."""
    return Sample(f"beside.{kind}", lambda: _letter(link, subject))
