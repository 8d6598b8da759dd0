"""Certificate of the https listener: made on first use, kept in the state folder."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest_emulator.files import StateFolder, write_private

if TYPE_CHECKING:
    from cryptography import x509

_LIFETIME = timedelta(days=825)
_RENEWED_BEFORE_END = timedelta(days=30)


def server_context(folder: StateFolder) -> ssl.SSLContext:
    """Return the TLS settings of the listener; the certificate is made or renewed if necessary.

    ``ca.pem`` of the folder has this certificate and those that clients trust anyway, for
    ``REQUESTS_CA_BUNDLE``.
    """
    if not (folder.trusted.exists() and _is_current(folder.certificate)):
        certificate, key = _make()
        write_private(folder.certificate, certificate + key)
        write_private(folder.trusted, certificate + _trusted_anyway())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder.certificate)
    return context


def _is_current(path: Path) -> bool:
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return False
    return certificate.not_valid_after_utc > datetime.now(UTC) + _RENEWED_BEFORE_END


def _make() -> tuple[bytes, bytes]:
    """Return a certificate for this machine's loopback names, and its private key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "amlrest local workspace")])
    now = datetime.now(UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(_names(), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), secret


def _names() -> x509.SubjectAlternativeName:
    from cryptography import x509

    address = ipaddress.ip_address("127.0.0.1")
    return x509.SubjectAlternativeName([x509.IPAddress(address), x509.DNSName("localhost")])


def _trusted_anyway() -> bytes:
    import certifi

    return Path(certifi.where()).read_bytes()
