"""Tables of logins: a login is not a person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from handtag.kernel import clock, ids


class User(AbstractBaseUser):
    """A login: an e-mail address that a code can be sent to, and passkeys beside it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    def __str__(self) -> str:
        return str(self.id)


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
