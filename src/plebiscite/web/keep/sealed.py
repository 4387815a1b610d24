"""A stream, encrypted piece by piece, that shows any change and any missing end.

AES-256-GCM over pieces of 1 MiB, in the STREAM arrangement: each piece's nonce is its
number and whether it is the last, so that pieces can be neither swapped nor cut off.
The key comes from a passphrase by Argon2id, with a salt of the file's own.

Source: Hoang, Reyhanitabar, Rogaway and Vizár, *Online Authenticated-Encryption and
its Nonce-Reuse Misuse-Resistance*, 2015 (STREAM); RFC 9106 (Argon2).
"""

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plebiscite.errors import InputError, RecordError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"plebiscite backup 1\n"
PIECE, TAG = 1 << 20, 16
SALT = 16
LEAST_PASSPHRASE = 16


def key_of(passphrase: str, salt: bytes) -> bytes:
    """Return the key that a passphrase and a salt make.

    Raises:
        InputError: the passphrase is too short to withstand guessing.

    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise InputError(
            f"the passphrase has {len(passphrase)} characters; use at least "
            f"{LEAST_PASSPHRASE}, a sentence for example"
        )
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Encrypts what is written to it; its end is written by `close`."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(SALT)
        self._cipher = AESGCM(key_of(passphrase, salt))
        self._out, self._held, self._number = out, bytearray(), 0
        out.write(MAGIC + salt)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, raw: ReadableBuffer, /) -> int:
        """Take `raw`; a piece is written when it is full and not the last."""
        given = memoryview(raw).cast("B")
        self._held += given
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(given)

    def _piece(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._out.write(self._cipher.encrypt(nonce, plain, MAGIC))
        self._number += 1

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._piece(bytes(self._held), last=True)
        super().close()


class Opening(io.RawIOBase):
    """Decrypts what it reads; whatever was changed or cut off is refused."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        head = source.read(len(MAGIC) + SALT)
        if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + SALT:
            raise InputError("this is no backup of plebiscite, or of a later form")
        self._cipher = AESGCM(key_of(passphrase, head[len(MAGIC) :]))
        self._source, self._number, self._plain = source, 0, b""
        self._next, self._over = source.read(PIECE + TAG), False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        """Fill `into` from the stream; 0 at its end.

        Raises:
            RecordError: the passphrase is another, or the file was changed or cut off.

        """
        while not self._plain and not self._over:
            self._plain = self._open_piece()
        place = memoryview(into).cast("B")
        size = min(len(place), len(self._plain))
        place[:size] = self._plain[:size]
        self._plain = self._plain[size:]
        return size

    def _open_piece(self) -> bytes:
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        self._over = not self._next
        try:
            nonce = _nonce(self._number, last=self._over)
            plain = self._cipher.decrypt(nonce, piece, MAGIC)
        except InvalidTag as problem:
            raise RecordError(
                "the passphrase is another, or the backup was changed or cut off"
            ) from problem
        self._number += 1
        return plain
