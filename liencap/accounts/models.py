"""Who signs in, and by which names."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Find users by their key."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this key."""
        return self.get(key=username)


class User(AbstractBaseUser):
    """An account: rights come from seats, never from here."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="vi")
    renewed_on = models.DateField(null=True)
    renewed_by = models.CharField(max_length=400, blank=True, help_text="the seat that renewed the access")
    renewed_told = models.BooleanField(default=True, help_text="the person has signed in since")
    last_login = None  # nobody needs it, so nobody's hours are kept

    USERNAME_FIELD = "key"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class LoginName(models.Model):
    """A name by which an account signs in: e-mail, phone number or unit code, folded."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone number")
        CODE = "code", _("unit code")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_names")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class FailedSignIn(models.Model):
    """A failed attempt, kept for a quarter of an hour to slow guessing down."""

    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="failed_sign_in")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M}"


class Device(models.Model):
    """A browser that opens an account by a short PIN: it keeps a secret, and only a hash of that is kept here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    secret_hash = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=200, help_text="slow hash")
    name = models.CharField(max_length=60)
    since = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong PINs since the last right one")

    def __str__(self) -> str:
        return self.name


class OpenSession(models.Model):
    """A browser in which an account is signed in; the day is kept, no hour and no address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    since = models.DateField()

    def __str__(self) -> str:
        return self.name
