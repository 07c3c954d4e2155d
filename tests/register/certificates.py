"""Certificates for a server of the tests: an authority of their own, and one that it signs for a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def authority(folder: Path, name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """An authority that signs for itself; its certificate is in the folder as <name>.crt."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _certificate(name, key, name, key, x509.BasicConstraints(ca=True, path_length=None))
    (folder / f"{name}.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made, key


def certify(folder: Path, host: str, by: tuple[x509.Certificate, ec.EllipticCurvePrivateKey]) -> None:
    """server.crt and server.key in the folder, for a host's name."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = by[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    made = _certificate(host, key, str(issuer), by[1], x509.SubjectAlternativeName([x509.DNSName(host)]))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(private)


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signer: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(_named(issuer), _named(name), key.public_key(), x509.random_serial_number())
    lasting = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    return lasting.add_extension(extension, critical=True).sign(signer, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
