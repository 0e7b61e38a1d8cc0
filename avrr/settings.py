"""All settings, from the environment only; .env.example names each variable, docs/operations.md explains it.

Without DATABASE_URL and REDIS_URL, `manage.py up` starts servers of its own and sets both (avrr.servers).
"""

from pathlib import Path

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from avrr.database.logins import logins

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What kind of installation this is ---
PRODUCTION = env.bool("AVRR_PRODUCTION", default=True)
DEMO = env.bool("AVRR_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
DATA = Path(env.str("AVRR_DATA", default=str(BASE_DIR / "var"))).resolve()
DEFAULT_SECRET = "not-a-secret-only-for-tests-and-checks-on-one-machine"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET)
HTTPS = env.bool("AVRR_HTTPS", default=PRODUCTION)
if PRODUCTION and (DEBUG or SECRET_KEY == DEFAULT_SECRET or len(SECRET_KEY) < 40):
    raise ImproperlyConfigured(
        "Production refuses to start: set SECRET_KEY to at least 40 random characters and leave DEBUG unset."
    )
if PRODUCTION and DEMO:
    raise ImproperlyConfigured("The demo's passwords are public: set AVRR_DEMO=0, or AVRR_PRODUCTION=0 to try it out.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Name and face (docs/decisions: the product is Homeward, a deployment may say otherwise) ---
PRODUCT_NAME = env.str("AVRR_NAME", default="Homeward")
ADDRESS = env.str("AVRR_ADDRESS", default="").rstrip("/")  # https://homeward.example, for links in mails

# --- Parts ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "avrr.apps.ServedFiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "template_partials",
    "accounts",
    "cases",
    "reintegration",
    "referrals",
    "reports",
    "avrr",
]

MIDDLEWARE = [
    "avrr.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.PrincipalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "avrr.errors.ErrorsMiddleware",
]

ROOT_URLCONF = "avrr.urls"
WSGI_APPLICATION = "avrr.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.frame",
            ],
            "builtins": ["accounts.templatetags.page"],
        },
    }
]
FORM_RENDERER = "accounts.renderer.FieldRenderer"

# --- Data ---
DATABASE, DATABASE_OWNER = logins(env, production=PRODUCTION, secret=SECRET_KEY)
DATABASES = {"default": {**DATABASE}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
# The shared cache holds sign-in rate limits only. It lives in the database: no page ever waits for Redis.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}  # nobody pushes the counters of others out by trying much

# --- Celery: a bell, never the truth (docs/decisions/0004-messages.md) ---
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "visibility_timeout": 3600,
    "global_keyprefix": env.str("AVRR_QUEUE_PREFIX", default=""),
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- People ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = ACCOUNT_SESSION_REMEMBER = ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
PASSWORD_RESET_TIMEOUT = 60 * 60
# A whole office shares one address: many sign in from it, and few wrong passwords are left to each account.
ACCOUNT_RATE_LIMITS = {"login": "100/m/ip", "login_failed": "60/5m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address, and the invitation went to it
MFA_TOTP_ISSUER = PRODUCT_NAME
MFA_TOTP_TOLERANCE = 1  # a code typed while its half minute ends still counts
SECOND_FACTOR_REQUIRED = env.bool("AVRR_SECOND_FACTOR", default=PRODUCTION)
SESSION_COOKIE_AGE = env.int("AVRR_SESSION_SECONDS", default=30 * 60)
SESSION_SAVE_EVERY_REQUEST = False  # accounts.middleware renews it at most once a minute
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "avrr_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "avrr_csrf"
CSRF_FAILURE_VIEW = "avrr.errors.csrf_failure"

# --- Headers (those not named here are right by Django's defaults) ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(["default-src", "base-uri", "frame-ancestors"], [NONE]),
        **dict.fromkeys(["script-src", "style-src", "font-src", "form-action", "manifest-src"], [SELF]),
        **dict.fromkeys(["connect-src", "worker-src"], [SELF]),
        "img-src": [SELF, "data:", "blob:"],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = env.bool("AVRR_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("AVRR_PROXIES", default=1) if BEHIND_PROXY else 0  # who counts tries by address

# --- Languages and time ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
DOCUMENT_LANGUAGES = [*LANGUAGES, ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "avrr_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.str("AVRR_TIME_ZONE", default="Europe/Paris")

# --- Files ---
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("AVRR_STATIC", default=str(DATA / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "ttf", "woff", "woff2", "png", "jpg", "ico", "gz", "br"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes, per file
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_TEMP_DIR = env.str("AVRR_UPLOAD_TEMP", default=None)

# --- Mail ---
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("AVRR_MAIL_FROM", default="homeward@localhost")

# --- API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.tokens.TokenAuthentication", "accounts.tokens.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "accounts.schema.Schema",
    "EXCEPTION_HANDLER": "avrr.errors.problem_json",
}
SPECTACULAR_SETTINGS = {
    "POSTPROCESSING_HOOKS": [],
    "TITLE": f"{PRODUCT_NAME} API",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "VERSION": "1",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- History ---
PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", related_query_name="history")

LOGGING_CONFIG = "avrr.logs.configure"
LOGGING = {"level": env.str("AVRR_LOG_LEVEL", default="INFO")}
