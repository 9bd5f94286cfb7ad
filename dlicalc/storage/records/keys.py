"""The key of the records: made once, kept apart from them, protected by the operating system or by a passphrase."""

import base64
import hashlib
import hmac
import json
import os
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from dlicalc.services.problem import Problem, Refused

_SIZE: Final = 32
_NONCE: Final = 12
_SCRYPT: Final = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": _SIZE}
FILE: Final = "file"
DPAPI: Final = "dpapi"
PASSPHRASE: Final = "passphrase"


class Keys(NamedTuple):
    """The key and what follows from it, each for one purpose."""

    master: bytes

    @property
    def chain(self) -> bytes:
        """Closes entries."""
        return self._for("chain")

    @property
    def seal(self) -> bytes:
        """Encrypts what is in them."""
        return self._for("seal")

    @property
    def search(self) -> bytes:
        """Hashes what they are found by."""
        return self._for("search")

    @property
    def head(self) -> bytes:
        """Closes what lies beside the key."""
        return self._for("head")

    @property
    def note(self) -> bytes:
        """Seals what is noted beside the records until they take it."""
        return self._for("note")

    @property
    def paper(self) -> str:
        """By what it is known later that this key is on paper."""
        return self._for("paper").hex()

    def check(self, store: str) -> str:
        """What a store keeps to know its key by."""
        return hmac.digest(self._for("check"), store.encode(), "sha256").hex()

    def _for(self, purpose: str) -> bytes:
        return hmac.digest(self.master, f"dlicalc records 1 {purpose}".encode(), "sha256")


def new_keys() -> Keys:
    """A key that nobody has had."""
    return Keys(os.urandom(_SIZE))


def load_keys(path: Path, passphrase: str | None = None) -> Keys:
    """The key in ``path``; raises :class:`Refused` if it is missing, damaged, or locked by another passphrase."""
    try:
        content = json.loads(path.read_bytes())
        blob = base64.b64decode(content["key"], validate=True)
        protection = content["protection"]
    except FileNotFoundError as error:
        raise Refused(Problem("records", "records_key_missing")) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(Problem("records", "records_key_wrong")) from error
    if protection == PASSPHRASE:
        if passphrase is None:
            raise Refused(Problem("records", "records_passphrase"))
        master = _unlocked(blob, content, passphrase)
    else:
        master = _unbound(blob) if protection == DPAPI else blob
    if len(master) != _SIZE:
        raise Refused(Problem("records", "records_key_wrong"))
    return Keys(master)


def is_locked(path: Path) -> bool:
    """Whether the key in ``path`` is locked by a passphrase."""
    try:
        return bool(json.loads(path.read_bytes())["protection"] == PASSPHRASE)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def replace_keys(path: Path, keys: Keys, passphrase: str | None) -> None:
    """Protect the key that lies in ``path`` otherwise; it is read back before it takes the place of the one there."""
    try:
        beside = _written(path, keys, passphrase)
        try:
            if load_keys(beside, passphrase) != keys:
                raise Refused(Problem("records", "records_key_wrong"))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(Problem("records", "records_folder", {"text": error.strerror or str(error)})) from error


def save_keys(path: Path, keys: Keys, passphrase: str | None = None) -> Keys:
    """Keep ``keys`` in ``path`` unless a key is there already; returns those that are there."""
    try:
        beside = _written(path, keys, passphrase)
        try:
            _name(beside, path)
        except FileExistsError:  # another window was first
            return load_keys(path, passphrase)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(Problem("records", "records_folder", {"text": error.strerror or str(error)})) from error
    return keys


def _name(beside: Path, path: Path) -> None:
    """Let the file ``beside`` be called ``path``; raises :class:`FileExistsError` if another is."""
    if sys.platform == "win32":
        beside.rename(path)  # which takes no other's place there
        return
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # as on a stick with FAT, which knows no links
        with path.open("xb") as file:
            file.write(beside.read_bytes())
            file.flush()
            os.fsync(file.fileno())


def _written(path: Path, keys: Keys, passphrase: str | None) -> Path:
    """A new file beside ``path`` with the key, on the disk; it is this user's alone."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(_protected_form(keys.master, passphrase)).encode())
        file.flush()
        os.fsync(file.fileno())
    return beside


def _protected_form(master: bytes, passphrase: str | None) -> dict[str, Any]:
    if passphrase is not None:
        salt, nonce = os.urandom(16), os.urandom(_NONCE)
        blob = nonce + _cipher(passphrase, salt).encrypt(nonce, master, b"dlicalc key")
        return {"format": 1, "protection": PASSPHRASE, "salt": _text(salt), "key": _text(blob)}
    protection, blob = _bound(master)
    return {"format": 1, "protection": protection, "key": _text(blob)}


def _unlocked(blob: bytes, content: dict[str, Any], passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  30 ms, only where a passphrase is used

    try:
        salt = base64.b64decode(content["salt"], validate=True)
        return bytes(_cipher(passphrase, salt).decrypt(blob[:_NONCE], blob[_NONCE:], b"dlicalc key"))
    except (InvalidTag, ValueError, KeyError) as error:
        raise Refused(Problem("records", "records_key_wrong")) from error


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    return ChaCha20Poly1305(hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def _dpapi(content: bytes, *, protect: bool) -> bytes:
        """``content`` bound to, or freed by, the Windows user who is logged on; no question on the screen."""
        crypt = ctypes.windll.crypt32
        call = crypt.CryptProtectData if protect else crypt.CryptUnprotectData
        given = _Blob(len(content), ctypes.cast(ctypes.c_char_p(content), ctypes.POINTER(ctypes.c_char)))
        got = _Blob()
        if not call(ctypes.byref(given), None, None, None, None, 1, ctypes.byref(got)):
            raise Refused(Problem("records", "records_key_wrong"))
        try:
            return ctypes.string_at(got.data, got.size)
        finally:
            ctypes.windll.kernel32.LocalFree(got.data)

    def _bound(master: bytes) -> tuple[str, bytes]:
        return DPAPI, _dpapi(master, protect=True)

    def _unbound(blob: bytes) -> bytes:
        return _dpapi(blob, protect=False)

else:

    def _bound(master: bytes) -> tuple[str, bytes]:
        return FILE, master

    def _unbound(_blob: bytes) -> bytes:
        raise Refused(Problem("records", "records_key_wrong"))
