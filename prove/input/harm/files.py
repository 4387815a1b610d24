"""The harmful files, by what they do."""

from __future__ import annotations

import gzip
import io
import os
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from prove.input.fed.known.packed import PASSPHRASE
from prove.input.harm.watched import REFUSED, Bomb

CA = "us/ca/constitutional_initiative"
COLUMNS = 10**6
DEEP = 100_000
SCANNER = 3_600_000
"""Kilobytes: the process that reads pages is bounded by itself, at three gigabytes."""
PACKED = (sys.executable, "-m", "prove.input.fed.known.packed")
JUDGE = ("--law", "us/ca/statute_initiative", "--on", "2016-11-08")
Made = Callable[[Path], None]
READ = {
    "law": ("law", "check", "law.yaml"),
    "measure": ("measure", "show", "measure.yaml"),
    "results": ("vote", "judge", *JUDGE, "--results", "results.yaml"),
    "table": ("vote", "judge", *JUDGE, "--results", "results.csv"),
    "roll": ("roll", "build", "roll.csv", "--as-of", "2017-07-25", "--out", "out"),
    "counts": (
        *("petition", "project", "--law", CA, "--counts", "counts.csv"),
        *("--required", "9", "--on", "2018-05-01"),
    ),
    "polls": ("forecast", "polls", "--polls", "polls.csv", "--as-of", "2017-06-01"),
    "money": ("money", "totals", "money.csv"),
    "manifest": (
        *("petition", "commit", "--law", CA, "--manifest", "manifest.csv"),
        *("--out", "out.json"),
    ),
    "certificate": ("petition", "rollup", "certificate.json", "--counties", "1"),
    "commitment": (
        *("petition", "draw", "--commitment", "commitment.json"),
        *("--seed", "271828182845", "--out", "out.csv"),
    ),
    "model": (
        *("match", "explain", "x", "--lines", "{ground}/petition/lines.csv"),
        *("--roll", "{ground}/roll", "--model", "model.json"),
    ),
    "article": ("measure", "claims", "article.txt", "--measure", "us/ca/16-0011"),
}
FILES = {
    name: next(
        w
        for w in words
        if w.startswith(f"{name}.") or (name == "table" and w == "results.csv")
    )
    for name, words in READ.items()
}


def _bomb(what: str, reader: str, made: bytes | Made, *codes: int) -> Bomb:
    name = FILES[reader]

    def words(folder: Path) -> list[str]:
        if callable(made):
            made(folder / name)
        else:
            (folder / name).write_bytes(made)
        return list(READ[reader])

    return Bomb(what=what, words=words, codes=frozenset(codes or {REFUSED}))


def texts() -> Iterator[Bomb]:
    """Yield YAML, JSON and XML that swell or sink."""
    laughs = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    for reader in ("law", "measure", "results"):
        yield _bomb(f"{reader}: a billion laughs in YAML", reader, laughs.encode())
        yield _bomb(f"{reader}: YAML {DEEP:,} deep", reader, b"[" * DEEP + b"]" * DEEP)
        yield _bomb(
            f"{reader}: YAML with a key of a million letters",
            reader,
            b"x" * 10**6 + b": 1\n",
        )
    for reader in ("certificate", "commitment", "model"):
        deep = b'{"a":' * DEEP + b"1" + b"}" * DEEP
        yield _bomb(f"{reader}: JSON {DEEP:,} deep", reader, deep)
        yield _bomb(f"{reader}: a number of a million digits", reader, b"9" * 10**6)
        yield _bomb(f"{reader}: UTF-16", reader, '{"a": 1}'.encode("utf-16"))
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    for name, text in {
        "a billion laughs in XML": f"<!DOCTYPE r [{entities}]><r>&e9;</r>",
        "XML that asks for /etc/passwd": "<!DOCTYPE r [<!ENTITY p SYSTEM "
        "'file:///etc/passwd'>]><r>&p;</r>",
        "XML 100,000 deep": "<ElectionReport>" + "<a>" * DEEP + "</a>" * DEEP,
    }.items():
        yield _bomb(name, "table", f'<?xml version="1.0"?>{text}'.encode())
    yield _bomb("an article of one word, 3 MB long", "article", b"5" * 3_000_000, 0, 2)
    yield _bomb(
        "an article of 200,000 numbers", "article", b"585,407 of 7% " * 50_000, 0, 2
    )
    yield _bomb("an article full of NUL", "article", b"\0" * 100_000, 0, 2)


def tables() -> Iterator[Bomb]:
    """Yield CSV too wide, too long, or something else."""
    head = ",".join(f"c{n}" for n in range(COLUMNS))
    wide = f"{head}\n{'1,' * (COLUMNS - 1)}1\n".encode()
    cell = "x" * 10**6
    kinds: dict[str, bytes] = {
        f"{COLUMNS:,} columns": wide,
        "a million columns of one name": b"a," * COLUMNS + b"a\n",
        "a heading of a million letters": f"{cell},b\n1,2\n".encode(),
        "a quotation mark that never closes": b'county,raw\n"' + b"a,\n" * 10**6,
        "NUL bytes": b"county,raw\nAl\0pine,8\n",
        "nothing but NUL": b"\0" * 10**6,
        "UTF-16": "county,raw\nAlpine,8\n".encode("utf-16"),
        "gzip under the name of CSV": gzip.compress(b"county,raw\nAlpine,8\n"),
        "an XLSX under the name of CSV": b"PK\x03\x04" + b"\0" * 100,
        "a NUL and a mark in 5 MB of one line": b"a" * 5_000_000 + b'\0"',
        "empty": b"",
    }
    for reader in ("table", "roll", "counts", "polls", "money", "manifest"):
        for kind, raw in kinds.items():
            yield _bomb(f"{reader}: {kind}", reader, raw)
    letters = f"county,raw,sampled,valid,duplicates\n{cell},12,12,7,1\n".encode()
    yield _bomb("counts: a cell of a million letters", "counts", letters, 1, REFUSED)
    sections = f"county,section,lines_claimed\nAlpine,{cell},3\n".encode()
    yield _bomb("manifest: a cell of a million letters", "manifest", sections)
    digits = f"county,raw,sampled,valid,duplicates\nAlpine,{'9' * 10**6},1,1,0\n"
    yield _bomb("counts: a count of a million digits", "counts", digits.encode())


def places() -> Iterator[Bomb]:
    """Yield what is no file, or lies elsewhere."""
    kinds: dict[str, Made] = {
        "a link to itself": lambda path: path.symlink_to(path.name),
        "a link to a device that never ends": lambda path: path.symlink_to("/dev/zero"),
        "a link to what is not there": lambda path: path.symlink_to("gone"),
        "a pipe nobody writes to": os.mkfifo,
        "a folder": Path.mkdir,
        "a device": lambda path: path.symlink_to("/dev/null"),
    }
    for reader in ("law", "measure", "table", "roll", "counts", "certificate"):
        for kind, made in kinds.items():
            yield _bomb(f"{reader}: {kind}", reader, made)


def _zip(entries: dict[str, bytes], *, link: bool = False) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o120777 if link else 0o600) << 16
            made.writestr(entry, content)
    return raw.getvalue()


def archives() -> Iterator[Bomb]:
    """Yield ZIPs that swell, climb out or lie; to the desks that take ZIPs in."""
    good = b"id: x/y\ntitle: t\nkind: k\nlaw: " + CA.encode() + b"\n"
    whole = {"measure.yaml": good}
    lying = bytearray(_zip({**whole, "a.txt": b"a" * 1000}))
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)  # the size it says it has
    torn = bytearray(_zip({**whole, "a.txt": os.urandom(5000)}))
    torn[2000:2100] = b"\xff" * 100
    kinds = {
        "climbs out of its folder": _zip({**whole, "../../climbed": b"x"}),
        "names an absolute place": _zip({**whole, "/tmp/climbed": b"x"}),  # noqa: S108
        "holds a link": _zip({**whole, "a": b"/etc/passwd"}, link=True),
        "says a smaller size than it has": bytes(lying),
        "is torn in the middle": bytes(torn),
        "holds a file and a folder of one name": _zip({**whole, "a": b"", "a/b": b""}),
        "holds a name of 5,000 letters": _zip({**whole, "n" * 5000: b""}),
        "holds a name with NUL": _zip({**whole, "a": b""}).replace(b"a.", b"\0."),
        "holds 60,000 files": _zip({f"f/{n}": b"" for n in range(60_000)}),
        "holds 3 GB of zeros in 3 MB": b"",
        "is nothing": b"",
    }
    for what, raw in kinds.items():
        for desk in ("taken_in", "images"):
            yield _archive(f"{desk}: a ZIP that {what}", desk, raw, what)


def _archive(what: str, desk: str, raw: bytes, kind: str) -> Bomb:
    def words(folder: Path) -> list[str]:
        path = folder / "a.zip"
        path.write_bytes(raw)
        if "3 GB" in kind:
            _swelling(path)
        return [desk, "a.zip"]

    odd = {0, REFUSED} if "name" in kind or "smaller" in kind else {REFUSED}
    return Bomb(what=what, words=words, codes=frozenset(odd), program=PACKED)


def _swelling(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("measure.yaml", "w", force_zip64=True) as file,
    ):
        for _ in range(3 * 2**10):
            file.write(bytes(2**20))


def scans() -> Iterator[Bomb]:
    """Yield pictures and PDFs that swell, lie or are locked."""
    for what, name, raw in (
        ("a PNG of 60,000 by 60,000", "a.png", _png(60_000, 60_000)),
        ("a PNG of 2,147,483,647 by 1", "a.png", _png(2**31 - 1, 1)),
        ("a PNG of nothing by nothing", "a.png", _png(0, 0)),
        ("a BMP of 60,000 by 60,000", "a.bmp", _bmp(60_000, 60_000)),
        ("a PDF that is locked", "a.pdf", _locked()),
        ("a PDF page of 10^9 points", "a.pdf", _pdf(box="0 0 1000000000 1000000000")),
        ("a PDF page of NaN points", "a.pdf", _pdf(box="0 0 nan 1e999")),
        ("a PDF that says it has 10^9 pages", "a.pdf", _pdf(count=10**9)),
        ("a PDF whose pages are their own parent", "a.pdf", _pdf(kids="2 0 R")),
        ("a PDF whose page unpacks to a gigabyte", "a.pdf", _pdf(stream=_deflated())),
        ("a text under the name of PDF", "a.pdf", b"Dear Sir,\n" * 100),
        ("a text under the name of PNG", "a.png", b"Dear Sir,\n" * 100),
    ):
        yield _scan(what, name, raw)


def _scan(what: str, name: str, raw: bytes) -> Bomb:
    def words(folder: Path) -> list[str]:
        (folder / name).write_bytes(raw)
        words = ["petition", "scan", name, "--out", "out", "--county", "Alpine"]
        return [*words, "--measure", "us/ca/16-0011", "--workers", "1"]

    codes = frozenset({0, REFUSED})
    return Bomb(what=what, words=words, codes=codes, most=SCANNER)


def _chunk(kind: bytes, raw: bytes) -> bytes:
    return (
        struct.pack(">I", len(raw))
        + kind
        + raw
        + struct.pack(">I", zlib.crc32(kind + raw))
    )


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + _chunk(b"IEND", b"")
    )


def _bmp(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 100, 0, 0, 54) + head + bytes(100)


def _deflated() -> bytes:
    deflate = zlib.compressobj(9)
    line = b"0 0 m 9 9 l S\n" * 2**16
    return b"".join(deflate.compress(line) for _ in range(2**10)) + deflate.flush()


def _pdf(
    box: str = "0 0 612 792", count: int = 1, kids: str = "3 0 R", stream: bytes = b""
) -> bytes:
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R>>".encode(),
        f"<</Length {len(stream)}{'/Filter/FlateDecode' if stream else ''}>>".encode()
        + b"stream\n"
        + stream
        + b"\nendstream",
    )
    raw, at = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        at.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    tail = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(raw)
    return raw + b"xref\n0 5\n0000000000 65535 f \n" + table + tail


def _locked() -> bytes:
    """Return a PDF that says it is encrypted, with a password nobody has."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (
        b"o" * 32,
        b"u" * 32,
    )
    return _pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)


def backups() -> Iterator[Bomb]:
    """Yield backups whose archive climbs, swells, or is somebody else's."""
    kinds: dict[str, list[tuple[tarfile.TarInfo, bytes]]] = {
        "climbs out of its folder": [_entry("../../../climbed", b"x")],
        "names an absolute place": [_entry("/tmp/climbed", b"x")],  # noqa: S108
        "holds a link": [_entry("home/a", b"", tarfile.SYMTYPE, "/etc")],
        "holds a hard link": [_entry("home/a", b"", tarfile.LNKTYPE, "/etc/passwd")],
        "holds a device": [_entry("home/a", b"", tarfile.CHRTYPE)],
        "holds two files of one name": [_entry("a", b"1"), _entry("a", b"2")],
        "holds a file and a folder of one name": [
            _entry("a", b"1"),
            _entry("a/b", b"2"),
        ],
        "says nothing of itself": [_entry("home/a", b"")],
        "says of itself what is no JSON": [_entry("about.json", b"{")],
        "says of itself a list": [_entry("about.json", b"[]")],
        "is of no form": [_entry("about.json", b'{"format": 1}')],
        "holds a name of 5,000 letters": [_entry("home/" + "n" * 5000, b"")],
        "holds nothing": [],
    }
    for what, entries in kinds.items():
        yield _backup(f"restore: a backup that {what}", entries)


def _entry(
    name: str, raw: bytes, kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname, entry.size = kind, link, len(raw)
    return entry, raw


def _backup(what: str, entries: list[tuple[tarfile.TarInfo, bytes]]) -> Bomb:
    def words(folder: Path) -> list[str]:
        from plebiscite.web.keep.sealed import Sealing

        (folder / "key").write_text(PASSPHRASE, encoding="utf-8")
        with (folder / "a.backup").open("wb") as out:
            sealing = Sealing(out, PASSPHRASE)
            with tarfile.open(fileobj=sealing, mode="w|gz") as made:
                for entry, raw in entries:
                    made.addfile(entry, io.BytesIO(raw))
            sealing.close()
        return ["restore", "a.backup", "--data", "home", "--key-file", "key"]

    return Bomb(what=what, words=words)


GROUPS: Mapping[str, tuple[str, Callable[[], Iterator[Bomb]]]] = {
    "texts": ("YAML, JSON, XML and articles that swell or sink", texts),
    "tables": ("tables a million columns wide, torn, or something else", tables),
    "places": ("links, pipes, folders and devices in place of files", places),
    "archives": ("ZIPs that swell, climb out or lie, at the desks' uploads", archives),
    "scans": ("pictures and PDFs that swell, lie or are locked", scans),
    "backups": ("backups that climb out, or are somebody else's", backups),
}
