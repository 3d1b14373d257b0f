"""Tables of logins: a login is not a person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Logins(BaseUserManager["User"]):
    """Fetches a login together with its person: who acts is asked on every request."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Each login with its person, in one query."""
        return super().get_queryset().select_related("person")


class User(AbstractBaseUser):
    """A login: an e-mail address that a code can be sent to, passkeys beside it, or an e-identity alone."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
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


class TownRules(models.Model):
    """What a municipality demands of logins; without a row, the product's defaults."""

    municipality = models.OneToOneField(
        "municipalities.Municipality", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    second_step = models.BooleanField()

    objects = TenantManager()

    def __str__(self) -> str:
        return str(self.municipality_id)


class Provider(models.Model):
    """Somebody outside who says who somebody is: an e-identity broker, or the staff's own directory."""

    class Kind(models.TextChoices):
        OIDC = "oidc"
        SAML = "saml"

    class Whom(models.TextChoices):
        RESIDENTS = "residents"
        STAFF = "staff"

    class Auth(models.TextChoices):
        BASIC = "client_secret_basic"
        POST = "client_secret_post"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    whom = models.CharField(max_length=10, choices=Whom.choices)
    name = models.CharField(max_length=60)
    is_on = models.BooleanField(default=True)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=300, blank=True)
    client_auth = models.CharField(max_length=30, choices=Auth.choices, default=Auth.BASIC)
    sealed_secret = models.TextField(blank=True)
    secret_variable = models.CharField(max_length=100, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    levels = models.JSONField(default=list)
    number_claim = models.CharField(max_length=200, blank=True)
    certainty_claim = models.CharField(max_length=200, blank=True)
    group_claim = models.CharField(max_length=200, blank=True)
    sso_url = models.CharField(max_length=300, blank=True)
    slo_url = models.CharField(max_length=300, blank=True)
    certificate = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="provider_key_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DirectoryKey(models.Model):
    """A key of ours towards one directory: signs what we ask there, reads what is encrypted for us."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="keys")
    sealed_private = models.TextField()
    certificate = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    signs_from = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class GroupMapping(models.Model):
    """A group in the staff's directory, and the role it gives here."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="mappings")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    is_protected_too = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "group", "role"], name="group_mapping_once"),
            # Nobody comes to see protected people by oversight: the row itself must say so.
            models.CheckConstraint(
                condition=~models.Q(role="protected_identity_officer") | models.Q(is_protected_too=True),
                name="group_mapping_says_protected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.role}"


class Identity(models.Model):
    """Somebody as one provider knows them: issuer and subject, nothing else of what it said."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    login = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="identities"
    )
    number_hash = models.CharField(max_length=64, blank=True)
    is_verified = models.BooleanField(default=False)
    is_adult = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(default=clock.now)

    hashes: tuple[str, ...] = ()  # of the number just heard, under older keys too; no column

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "issuer", "subject"], name="identity_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MappedRole(models.Model):
    """A role that came from the directory: what came from there may be taken away by it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "person", "role"], name="mapped_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.person_id}"


class Spent(models.Model):
    """A state, an answer or a logout token that was used: none of them counts twice."""

    hash = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.hash


class ProviderSession(models.Model):
    """A session at the provider from which somebody is logged in here: its end there is the end here."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="sessions")
    sid_hash = models.CharField(max_length=64)
    # Which session here it is, where that one alone is to be ended: found by its hash, kept sealed.
    session_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    sealed_session = models.TextField(blank=True, default="")
    began_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "sid_hash", "session_hash"], name="provider_session_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
