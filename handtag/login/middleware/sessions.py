"""How Django is told of our ways: what it asks on every request, it asks by questions put together once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from handtag.login import actions, queries


class Backend(AuthenticationBackend):
    """Finds the login of a session."""

    def get_user(self, user_id: Any) -> Any:
        """The login with its person; None where it is gone or closed."""
        login = queries.login(user_id)
        return login if login is not None and self.user_can_authenticate(login) else None


class SessionStore(DatabaseStore):
    """Sessions as Django keeps them."""

    def cycle_key(self) -> None:
        """Go on under another key; what a directory may end it by goes along."""
        before = self.session_key
        super().cycle_key()
        if before and self.session_key:
            actions.follow_session(before=before, after=self.session_key)

    def _get_session_from_db(self) -> Any:
        found = queries.session(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
        return found
