"""The key of the data, and who can get at it. reliability.md 2.3 and decision 4.

One random data key opens the databases. Everybody who signs in has a slot in keys.json: argon2id of the password wraps
a private key, and the data key is sealed to its public key. The recovery key on paper has such a slot too. The file
names logins and names of users and nothing else about anybody.
"""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import Damaged, Refused
from app.process import attempts, disk, pointer, recovery_key

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

NAME = "keys.json"
SHORTEST_PASSWORD = 8
RECOVERY = ""  # login of the recovery slot: nobody can have an empty one
_MOST_MEMORY = 1 << 30  # a damaged file must not make the program ask for more


@dataclass(frozen=True)
class Cost:
    """How hard argon2id works: passes and bytes of memory."""

    passes: int
    memory: int


COST = Cost(3, 64 << 20)  # RFC 9106's second choice; tests set a smaller one


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    login: str
    name: str


@dataclass(frozen=True)
class NewKeys:
    """What a new data folder starts with: the data key, and the recovery key as it is printed."""

    data_key: bytes
    recovery_key: str


# looking ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """The door of one user in keys.json: the data key, sealed for whoever knows the password."""

    content: dict[str, Any] = field(repr=False)

    @property
    def mark(self) -> str:
        """Sixteen letters that tell this slot from every other; they say nothing about what it holds."""
        return _sha256(str(self.content["public"]).encode()).hexdigest()[:16]


def people(folder: Path) -> tuple[Person, ...]:
    """Who can sign in, by name. Reads one small file and needs no key. Raises Damaged keys_damaged, pointer_damaged."""
    slots = read(path(folder))["slots"]
    return tuple(sorted((Person(s["login"], s["name"]) for s in slots if s["login"] != RECOVERY), key=lambda p: p.name))


def founder(folder: Path) -> str:
    """The login of whoever can sign in longest: who set the folder up. Raises as `people`."""
    slots = read(path(folder))["slots"]
    return str(next((slot["login"] for slot in slots if slot["login"] != RECOVERY), ""))


def path(folder: Path) -> Path:
    """Where keys.json lies: in the generation in use, so that data and keys change together."""
    return pointer.current(folder) / NAME


def read(file: Path) -> dict[str, Any]:
    """The content of a keys.json. Raises Damaged keys_damaged when anything in it is not as it was written."""
    content = disk.read_json(file, "keys_damaged")
    given = content.pop("sum", None)
    slots = content.get("slots")
    if given != _sum(content) or not isinstance(slots, list) or content.get("format") != 1:
        raise Damaged("keys_damaged", name=file.name)
    return content


def unlock(folder: Path, login: str, password: str) -> bytes:
    """Give the data key for a user's password. Slow on purpose: call it off the window's thread.

    Raises Refused wrong_password(wait=seconds until the next try), locked_out(seconds), Damaged keys_damaged.
    The answer does not tell whether the login or the password was wrong.
    """
    file = path(folder)
    who = login if login.strip() and _slot(read(file), login) else attempts.UNKNOWN
    attempts.begin(folder, who)
    try:
        key = open_file(file, login, password)
    except Refused as refused:
        raise Refused("wrong_password", wait=attempts.wait(folder, who)) from refused
    attempts.succeeded(folder, who)
    return key


def unlock_with_recovery(folder: Path, text: str) -> bytes:
    """Give the data key for the recovery key on paper. Raises Refused wrong_recovery_key and those of its form."""
    return open_with_recovery(path(folder), text)


def open_file(file: Path, login: str, password: str) -> bytes:
    """Give the data key out of any keys.json (of a backup too). Raises Refused wrong_password, Damaged."""
    content = read(file)
    slot = _slot(content, login) if login.strip() else None
    # an unknown login costs as much time as a known one
    key = _open(slot or _decoy(), _password_bytes(password))
    if slot is None or key is None or not _same(_proof(key), content["proof"]):
        raise Refused("wrong_password", wait=0)
    return key


def open_with_recovery(file: Path, text: str) -> bytes:
    """As `open_file`, with the recovery key. Raises Refused wrong_recovery_key and those of its form, Damaged."""
    content = read(file)
    slot = _slot(content, RECOVERY)
    key = _open(slot, recovery_key.check(text).encode()) if slot else None
    if key is None or not _same(_proof(key), content["proof"]):
        raise Refused("wrong_recovery_key")
    return key


def belongs(file: Path, data_key: bytes) -> bool:
    """Whether a keys.json is one of this data key. Raises Damaged keys_damaged."""
    return _same(_proof(data_key), str(read(file).get("proof", "")))


def check_recovery_key(text: str) -> str:
    """Check the form of a typed recovery key, group by group, and give it in its plain form. Raises Refused."""
    return recovery_key.check(text)


def check_password(password: str) -> None:
    """Raises Refused password_short or password_only_digits (short digits are guessed in minutes)."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("password_short", least=SHORTEST_PASSWORD)
    if password.isdigit() and len(password) < SHORTEST_PASSWORD + 4:
        raise Refused("password_only_digits")


# changing -----------------------------------------------------------------------------------------------------------


def new_keyring(generation: Path, login: str, name: str, password: str) -> NewKeys:
    """Make a data key and write keys.json with the first user's slot and the recovery slot into a new generation."""
    data_key, printed = os.urandom(32), recovery_key.new()
    slots = [
        _new_slot(login, name, _password_bytes(password), data_key),
        _new_slot(RECOVERY, "", recovery_key.check(printed).encode(), data_key),
    ]
    _write(generation / NAME, {"format": 1, "proof": _proof(data_key), "slots": slots})
    return NewKeys(data_key, printed)


def slot_for(data_key: bytes, login: str, name: str, password: str) -> Slot:
    """What lets a user in with a password. Slow on purpose: call it off the window's thread. Writes nothing."""
    return Slot(_new_slot(login, name, _password_bytes(password), data_key))


def use_slot(folder: Path, slot: Slot) -> None:
    """From now on the user (or the paper) gets in by this one alone, and nothing that was tried before counts.

    An older slot of the same login is replaced.
    """
    login = str(slot.content["login"])
    _replace_slot(folder, login, slot.content)
    attempts.succeeded(folder, login)


def new_recovery_key() -> str:
    """A new recovery key as it is printed. It opens nothing before its slot (`recovery_slot_for`) is in use."""
    return recovery_key.new()


def recovery_slot_for(data_key: bytes, printed: str) -> Slot:
    """What lets somebody in with this recovery key. Slow on purpose, as `slot_for`. Writes nothing."""
    return Slot(_new_slot(RECOVERY, "", recovery_key.check(printed).encode(), data_key))


def recovery_mark(file: Path) -> str:
    """The mark of the recovery slot in a keys.json, or "" without one. Raises Damaged keys_damaged."""
    slot = _slot(read(file), RECOVERY)
    return Slot(slot).mark if slot else ""


def remove_slot(folder: Path, login: str) -> None:
    """Close the door for a user: the password opens nothing any more."""
    _replace_slot(folder, login, None)


def _replace_slot(folder: Path, login: str, slot: dict[str, Any] | None) -> None:
    file = path(folder)
    content = read(file)
    kept = [one for one in content["slots"] if one["login"].casefold() != login.casefold()]
    content["slots"] = [*kept, slot] if slot else kept
    _write(file, content)


def _write(file: Path, content: dict[str, Any]) -> None:
    disk.write_json(file, {**content, "sum": _sum(content)})


# slots --------------------------------------------------------------------------------------------------------------


def _slot(content: dict[str, Any], login: str) -> dict[str, Any] | None:
    wanted = login.strip().casefold()
    return next((slot for slot in content["slots"] if str(slot["login"]).casefold() == wanted), None)


def _new_slot(login: str, name: str, secret: bytes, data_key: bytes) -> dict[str, Any]:
    from nacl.public import PrivateKey, SealedBox  # not needed to show who can sign in
    from nacl.secret import SecretBox

    private, salt = PrivateKey.generate(), os.urandom(16)
    wrapped = SecretBox(_derive(secret, salt, COST)).encrypt(bytes(private))
    sealed = SealedBox(private.public_key).encrypt(data_key)
    return {
        "login": login, "name": name, "passes": COST.passes, "memory": COST.memory, "salt": _text(salt),
        "wrapped": _text(wrapped), "public": _text(bytes(private.public_key)), "sealed": _text(sealed),
    }  # fmt: skip


def _open(slot: dict[str, Any], secret: bytes) -> bytes | None:
    """The data key, or None when the secret is not this slot's. Raises Damaged when the slot makes no sense."""
    from nacl.exceptions import CryptoError  # as above
    from nacl.public import PrivateKey, SealedBox
    from nacl.secret import SecretBox

    try:
        cost, salt = Cost(int(slot["passes"]), int(slot["memory"])), b64decode(slot["salt"])
        wrapped, sealed = b64decode(slot["wrapped"]), b64decode(slot["sealed"])
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("keys_damaged", name=NAME) from error
    if not (0 < cost.passes <= 32 and 8192 <= cost.memory <= _MOST_MEMORY and len(salt) == 16):
        raise Damaged("keys_damaged", name=NAME)
    try:
        private = PrivateKey(SecretBox(_derive(secret, salt, cost)).decrypt(wrapped))
        return bytes(SealedBox(private).decrypt(sealed))
    except CryptoError:
        return None


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    from nacl.pwhash import argon2id  # as above

    return bytes(argon2id.kdf(32, secret, salt, opslimit=cost.passes, memlimit=cost.memory))


def _decoy() -> dict[str, Any]:
    blank = _text(bytes(80))
    return {"passes": COST.passes, "memory": COST.memory, "salt": _text(bytes(16)), "wrapped": blank, "sealed": blank}


def _password_bytes(password: str) -> bytes:
    import unicodedata  # the same password typed on another system must give the same bytes

    return unicodedata.normalize("NFKC", password).encode()


def _same(one: str, other: str) -> bool:
    """Compare in a time that says nothing about where they differ."""
    import hmac  # brings OpenSSL: 4 MB and 2 ms that the first window need not pay for

    return hmac.compare_digest(one, other)


def _proof(data_key: bytes) -> str:
    import hmac  # as above

    return hmac.digest(data_key, b"antuo keys.json", "sha256").hex()


def _sum(content: dict[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _sha256(content: bytes) -> "Hash":
    """SHA-256 by Python's own code where it is there: hashlib would bring OpenSSL, see `_same`."""
    for name in ("_sha256", "_sha2"):  # until Python 3.11, from 3.12
        try:
            made: Hash = import_module(name).sha256(content)
        except ImportError:
            continue
        return made
    import hashlib

    return hashlib.sha256(content)


def _text(value: bytes) -> str:
    return b64encode(value).decode()
