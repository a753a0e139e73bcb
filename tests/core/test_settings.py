from pathlib import Path

import pytest

from backend.core.settings import Settings, SettingsError, load_settings

DATA = {"TOCSIN_DATA_DIR": "/data"}


def load(**variables: str) -> Settings:
    return load_settings(DATA | variables)


def test_without_variables_everything_is_embedded_and_local() -> None:
    settings = load()
    assert (settings.server.host, settings.server.port, settings.server.public_url) == ("127.0.0.1", 8000, None)
    assert (settings.stores.data_dir, settings.stores.database_url) == (Path("/data"), None)
    assert settings.timezone.key == "Europe/Luxembourg"
    assert settings.is_demo


@pytest.mark.parametrize(
    ("variables", "is_demo"),
    [
        ({"TOCSIN_DATABASE_URL": "postgresql://db/tocsin"}, False),
        ({"TOCSIN_DATABASE_URL": "postgresql://db/tocsin", "TOCSIN_DEMO": "1"}, True),
        ({"TOCSIN_DEMO": "0"}, False),
    ],
)
def test_the_demo_is_for_the_embedded_database_unless_it_is_said(variables: dict[str, str], *, is_demo: bool) -> None:
    assert load(**variables).is_demo == is_demo


@pytest.mark.parametrize(
    ("given", "kept", "is_https"),
    [
        ("HTTPS://Tocsin.Example/", "https://Tocsin.Example", True),
        ("http://tocsin.example:8080/path/", "http://tocsin.example:8080/path", False),
        ("https://[::1]:8443", "https://[::1]:8443", True),
    ],
)
def test_a_public_url_is_kept_in_its_normal_form(given: str, kept: str, *, is_https: bool) -> None:
    server = load(TOCSIN_PUBLIC_URL=given).server
    assert (server.public_url, server.is_https) == (kept, is_https)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOCSIN_PUBLIC_URL", "tocsin.example"),
        ("TOCSIN_PUBLIC_URL", "ftp://tocsin.example"),
        ("TOCSIN_PUBLIC_URL", "https://"),
        ("TOCSIN_PUBLIC_URL", "https://:8000"),
        ("TOCSIN_PUBLIC_URL", "http://tocsin.example:abc"),
        ("TOCSIN_PUBLIC_URL", "http://tocsin.example:70000"),
        ("TOCSIN_PUBLIC_URL", "http://tocsin.example:0"),
        ("TOCSIN_PUBLIC_URL", "http://[::1"),
        ("TOCSIN_DATABASE_URL", "mysql://user:s3cr3t@db/tocsin"),
        ("TOCSIN_REDIS_URL", "amqp://user:s3cr3t@queue"),
        ("TOCSIN_PORT", "0"),
        ("TOCSIN_PORT", "65536"),
        ("TOCSIN_PORT", "http"),
        ("TOCSIN_MAX_UPLOAD", "-1"),
        ("TOCSIN_STREAMS_PER_ADMIN", "0"),
        ("TOCSIN_JOB_LEASE", "0"),
        ("TOCSIN_DEMO", "yes"),
        ("TOCSIN_TIMEZONE", "Luxembourg/Nowhere"),
        ("TOCSIN_TIMEZONE", "../etc/passwd"),
        ("TOCSIN_EGRESS_ALLOW", "10.0.0.1/8"),
        ("TOCSIN_SMTP_URL", "http://user:s3cr3t@mail.example"),
        ("TOCSIN_SMTP_URL", "smtp://user:s3cr3t/@mail.example"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_that_names_the_variable_and_no_secret(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        load(**{name: value})
    assert "s3cr3t" not in str(caught.value)


def test_secrets_are_not_shown_with_the_settings() -> None:
    settings = load(
        TOCSIN_ADMIN_PASSWORD="s3cr3t one",
        TOCSIN_SECRET_KEY="s3cr3t,other",
        TOCSIN_SMTP_URL="smtp://anne:s3cr3t@mail",
        TOCSIN_DATABASE_URL="postgresql://anne:s3cr3t@db/tocsin",
        TOCSIN_REDIS_URL="redis://:s3cr3t@cache/0",
    )
    assert "s3cr3t" not in repr(settings)
