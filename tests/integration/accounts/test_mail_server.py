"""The mail client: over TLS that it checks, with the login that it was given, or not at all."""

from __future__ import annotations

import base64
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.mail import MailNotSent, MailRefused, send_mail
from core.secret import Secret
from tests.integration.accounts.post_office import post_office

LOGIN = base64.b64encode(b"\0nexus\0of the mail server").decode()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that only whoever is told so trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    place = tmp_path / "post.pem"
    place.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return place


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


def a_mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "nexus@crm.example", "ana@example.com", "Hola"
    message.set_content("Hola")
    return message


async def test_starttls_comes_before_the_login(
    context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with post_office() as office:
        office.upgrade, office.login = context, LOGIN
        smtp = replace(office.smtp(), security="starttls", user="nexus", password=Secret("of the mail server"))
        await send_mail(smtp, a_mail())
        assert (office.secured, office.let_in, len(office.taken)) == (1, 1, 1)
        with pytest.raises(MailNotSent, match="does not take the user and password"):
            await send_mail(replace(smtp, password=Secret("another")), a_mail())
        assert len(office.taken) == 1


async def test_tls_from_the_first_byte(
    context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with post_office(tls=context) as office:
        await send_mail(replace(office.smtp(), security="tls"), a_mail())
        assert len(office.taken) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(context: ssl.SSLContext, security: str) -> None:
    async with post_office(tls=context if security == "tls" else None) as office:
        office.upgrade = context
        chosen = replace(office.smtp(), security="tls" if security == "tls" else "starttls")
        with pytest.raises(MailNotSent, match="SSLCertVerificationError"):
            await send_mail(chosen, a_mail())
        assert office.taken == []


async def test_a_no_for_good_is_told_from_one_for_now() -> None:
    async with post_office() as office:
        for answer, error in ((550, MailRefused), (451, MailNotSent)):
            office.answer = answer
            with pytest.raises(error):
                await send_mail(office.smtp(), a_mail())
