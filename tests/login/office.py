"""Somebody of the staff at work, who logs in through the small directory."""

from typing import Any

from django.test import Client

from handtag.history.models import Entry
from handtag.login.models import DirectoryKey
from handtag.login.rules import ProviderWish
from tests.login import directory as directories
from tests.login.conftest import Town
from tests.login.directory import ENTITY, Directory


def saml_wish(**more: Any) -> ProviderWish:
    said: dict[str, Any] = {
        **{"key": "katalog", "kind": "saml", "whom": "staff", "name": "Helsingborgs konto"},
        **{"issuer": ENTITY, "sso_url": "https://directory.example.se/sso"},
        **{"certificate": directories.pair(0)[1]},
        **more,
    }
    return ProviderWish(**said)


class Office:
    """One browser, at work."""

    def __init__(self, town: Town) -> None:
        self.town, self.client, self.directory = town, Client(), Directory()
        self.path = f"/{town.slug}/logga-in/katalog/"

    def begin(self, **asked: str) -> directories.Asked:
        return directories.heard(self.client.get(self.path, asked)["Location"])

    def post(self, asked: directories.Asked, answer: str) -> Any:
        """The directory's page posts from its own site, without our cookies; the next step has them."""
        posted = Client().post(f"{self.path}svar/", {"SAMLResponse": answer, "RelayState": asked.state})
        assert posted.status_code == 302, posted.content
        return self.client.get(posted["Location"])

    def come(self, **lies: Any) -> Any:
        asked = self.begin()
        return self.post(asked, self.directory.response(asked, **lies))

    def come_in_groups(self, *groups: str) -> Any:
        self.client = Client()
        self.directory.attributes[directories.GROUPS] = list(groups)
        return self.come(name=f"_a{abs(hash(groups))}{Entry.objects.count()}")

    def certificate(self) -> str:
        """Ours, as the directory has read it."""
        return DirectoryKey.objects.order_by("-signs_from")[0].certificate

    @property
    def is_in(self) -> Any:
        return "_auth_user_id" in self.client.session
