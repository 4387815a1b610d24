"""What a catalogue says. Oracle: Python's own gettext, asked sentence by sentence."""

import gettext
import struct
from pathlib import Path

import pytest
from django.utils.translation import override

from plebiscite import web
from plebiscite.web.refusals.catalogue import entries, said_in

SPANISH = Path(web.__file__).parent / "locale" / "es" / "LC_MESSAGES" / "django.mo"


def compiled(order, said):
    """Return a catalogue as the manual of GNU gettext lays it out, in a byte order."""
    texts = [each.encode() for pair in zip(*said.items(), strict=True) for each in pair]
    at = 28 + 8 * len(texts)
    tables = b""
    for text in texts:
        tables += struct.pack(f"{order}2I", len(text), at)
        at += len(text) + 1
    head = struct.pack(
        f"{order}7I", 0x950412DE, 0, len(said), 28, 28 + 8 * len(said), 0, at
    )
    return head + tables + b"".join(text + b"\0" for text in texts)


def test_every_entry_is_said_as_gettext_says_it():
    """Entries that speak of a number, and those of one context, have longer keys."""
    with SPANISH.open("rb") as file:
        known = gettext.GNUTranslations(file)

    found = dict(entries(SPANISH.read_bytes()))

    plain = {key: said for key, said in found.items() if not {"\0", "\4"} & {*key}}
    assert {key: known.gettext(key) for key in plain} == plain
    assert len(plain) > 1000


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_catalogue_of_either_byte_order_is_read(order):
    """Oracle: the two sentences packed by hand; the head of the file is none."""
    said = {"": "Language: es\n", "Yes": "Sí", "one\0many": "uno\0muchos"}

    found = dict(entries(compiled(order, said)))

    assert found == {"Yes": "Sí", "one\0many": "uno\0muchos"}


def test_what_is_no_catalogue_is_refused():
    with pytest.raises(ValueError, match="no compiled catalogue"):
        list(entries(b"msgid" * 10))


def test_what_django_and_the_desks_say_in_spanish_is_known_as_spanish():
    """Oracle: Django's own words for a field left empty, and a plural of ours."""
    said = set(said_in("es"))

    with override("es"):
        from django.forms import CharField

        assert str(CharField().error_messages["required"]) in said
    assert not any("\0" in each for each in said)
