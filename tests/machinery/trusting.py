"""A Chromium that trusts one more authority, as somebody who installed it does: in a store of its own, of a home of
its own. Written with the library that Chromium itself reads it with."""

from __future__ import annotations

import ssl
import subprocess
import sys
from pathlib import Path

IMPORT = """
import ctypes, sys
content = open(sys.argv[2], "rb").read()
security, mail, handle = ctypes.CDLL("libnss3.so"), ctypes.CDLL("libsmime3.so"), ctypes.c_void_p
for library, name in (security, "PK11_GetInternalKeySlot"), (security, "CERT_GetDefaultCertDB"), (
    mail, "CERT_DecodeCertFromPackage"
):
    getattr(library, name).restype = handle
class Trust(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint) for name in ("pages", "mail", "programs")]
assert security.NSS_InitReadWrite(("sql:" + sys.argv[1]).encode()) == 0
slot = handle(security.PK11_GetInternalKeySlot())
assert security.PK11_InitPin(slot, None, b"") == 0
certificate = handle(mail.CERT_DecodeCertFromPackage(content, len(content)))
assert security.PK11_ImportCert(slot, certificate, ctypes.c_ulong(0), b"installed", 0) == 0
trusted = Trust(8 | 16 | 128, 0, 0)
assert security.CERT_ChangeCertTrust(handle(security.CERT_GetDefaultCertDB()), certificate, ctypes.byref(trusted)) == 0
security.CERT_DestroyCertificate(certificate)
security.PK11_FreeSlot(slot)
assert security.NSS_Shutdown() == 0
"""
"""8, 16, 128: an authority, trusted for servers, trusted for clients (certt.h of NSS). In a process of its own: the
library keeps one store a process."""


def home_that_trusts(home: Path, authority: Path) -> Path:
    """Make a home whose Chromium trusts this authority (PEM); `HOME` of a browser that is started."""
    store, plain = home / ".pki" / "nssdb", home / "authority.der"
    store.mkdir(parents=True)
    plain.write_bytes(ssl.PEM_cert_to_DER_cert(authority.read_text(encoding="ascii")))
    done = subprocess.run([sys.executable, "-c", IMPORT, store, plain], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return home
