"""Tables of logins: a login is not a person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from handtag.kernel import clock, ids


class Logins(BaseUserManager["User"]):
    """Fetches a login together with its person: who acts is asked on every request."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Each login with its person, in one query."""
        return super().get_queryset().select_related("person")


class User(AbstractBaseUser):
    """A login: an e-mail address that a code can be sent to, and passkeys beside it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(unique=True)
    username = models.CharField(max_length=60, unique=True, null=True, blank=True)  # in the sample only
    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)
    signed_out_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    objects = Logins()

    def __str__(self) -> str:
        return str(self.id)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Sessions from before `signed_out_at` no longer fit: that is how one logs out everywhere.
        said = f"{self.password} {self.signed_out_at}"
        return salted_hmac("handtag.login.session", said, secret=secret, algorithm="sha256").hexdigest()


class SignInLink(models.Model):
    """A link that signs one person in, once; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    leads_to = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)
