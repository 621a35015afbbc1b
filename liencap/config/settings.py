"""The only settings file. What may differ between machines comes from the environment (docs/reference/settings.md)."""

import os
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from liencap.config import env

env.refuse_unknown()
os.umask(0o077)

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(env.text("LIENCAP_HOME", "var")).resolve()
DEMO = env.flag("LIENCAP_DEMO")
DEBUG = env.flag("LIENCAP_DEBUG")
PORT = env.whole("LIENCAP_PORT", 8000, 1, 65535)
ALLOWED_HOSTS = env.text("LIENCAP_HOSTS", "localhost,127.0.0.1").split(",")
# Who speaks TLS: nobody (this machine alone), we with an own certificate, or a proxy before us.
TLS = env.text("LIENCAP_TLS", "", ("", "own", "proxy"))
KEYS = HOME / "keys"
FILES = HOME / "files"
MAX_UPLOAD_BYTES = env.whole("LIENCAP_MAX_UPLOAD_MB", 50, 1, 1000) * 1024 * 1024


def _secret(name: str) -> str:
    """Return a secret kept in a 0600 file of the key folder, made at the first start."""
    path = KEYS / name
    if not path.exists():
        KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = _secret("secret-key")
AUDIT_KEY = _secret("audit-key")
MFA_KEY = _secret("mfa-key")
OFFLINE_KEY = _secret("offline-key")
OIDC = env.oidc()
MAIL = env.mail()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "liencap.audit",
    "liencap.work",
    "liencap.printing",
    "liencap.ui",
    "liencap.search",
    "liencap.accounts",
    "liencap.units",
    "liencap.calendar",
    "liencap.notices",
    "liencap.documents",
    "liencap.bodies",
    "liencap.archive",
    "liencap.programmes",
    "liencap.communication",
    "liencap.plans",
    "liencap.reports",
    "liencap.offline",
    "liencap.reviews",
    "liencap.home",
    "liencap.founding",
    "liencap.guides",
    # After ours, so that our templates and our Vietnamese come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liencap.units.middleware.SeatMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "liencap.ui.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "liencap.config.urls"
WSGI_APPLICATION = "liencap.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "liencap.ui.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "liencap.ui.templatetags.ui",
            ],
        },
    }
]
DATABASES = {"default": env.database(str(HOME / "liencap.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["liencap.accounts.backend.LoginNameBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
# What guessing has used up and which codes were spent, known to every worker; nothing else is cached.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
ACCOUNT_ADAPTER = "liencap.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]  # nobody signs up; allauth's check asks for the field
ACCOUNT_USER_MODEL_USERNAME_FIELD = "key"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_DISPLAY = "liencap.accounts.queries.name_of"
ACCOUNT_EMAIL_VERIFICATION = "none"
# The way back from the sign-in service; a site with a name stands behind a proxy that speaks TLS.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = (
    "http" if not TLS and {*ALLOWED_HOSTS} <= {"localhost", "127.0.0.1"} else "https"
)
# By account, not by address: an office, or a proxy, is one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key", "reauthenticate": "30/m/user"}
MFA_ADAPTER = "liencap.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Liencap"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed
MFA_FORMS = {
    "add_webauthn": "liencap.accounts.forms.PasskeyForm",
    "edit_webauthn": "liencap.accounts.forms.PasskeyNameForm",
}
SOCIALACCOUNT_ADAPTER = "liencap.accounts.adapter.OtherSignInAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC.app] if OIDC else []},
}

# Django's own mail goes nowhere else than to the organisation's server, and nowhere without one.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 30
if MAIL:
    EMAIL_HOST, EMAIL_PORT, DEFAULT_FROM_EMAIL = MAIL.host, MAIL.port, MAIL.sender
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls == "start", MAIL.tls == "on"
# Where links in mails lead: the first name under which the site is served.
SITE = f"{ACCOUNT_DEFAULT_HTTP_PROTOCOL}://{ALLOWED_HOSTS[0].lstrip('.')}" + (
    f":{PORT}" if ACCOUNT_DEFAULT_HTTP_PROTOCOL == "http" else ""
)

LANGUAGE_CODE = env.text("LIENCAP_LANGUAGE", "vi", ("vi", "en"))
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
TIME_ZONE = env.text("LIENCAP_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
FORMAT_MODULE_PATH = ["liencap.ui.formats"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# A report form sends up to four fields for each number; a form of 200 indicators passes the usual thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(TLS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS == "proxy" else None
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([OIDC.origin] if OIDC else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CRASH_AT = env.text("LIENCAP_CRASH_AT", "")
