"""The forms of accounts: inviting, coming in, keys for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plebiscite.web.accounts.access import Seat
from plebiscite.web.accounts.invitations import Place, may_invite
from plebiscite.web.accounts.models import EVERYWHERE
from plebiscite.web.accounts.roles import MAY_INVITE, Role
from plebiscite.web.accounts.tokens import SCOPES


class InviteForm(forms.Form):
    """Whom to invite, to what."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))
    measure = forms.CharField(
        label=_("Measure"), max_length=120, help_text=_("its id, or * for all")
    )
    county = forms.CharField(
        label=_("County"), max_length=80, help_text=_("its name, or * for all")
    )
    chapter = forms.CharField(label=_("Chapter"), max_length=80, required=False)

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        able = {r for held in seat.roles for r in MAY_INVITE.get(held, ())}
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(each.value, each.label) for each in Role if each in able]
        first = seat.grants[0] if seat.grants else None
        self.initial.setdefault("measure", first.measure if first else EVERYWHERE)
        self.initial.setdefault("county", first.county if first else EVERYWHERE)

    def clean(self) -> dict[str, Any]:
        """Refuse an invitation beyond the inviter's own place."""
        said = super().clean() or {}
        if self.errors:
            return said
        if said["role"] == Role.CHAPTER and not said["chapter"]:
            self.add_error("chapter", _("Name the chapter."))
        if not may_invite(self.seat, Role(said["role"]), self.place()):
            self.add_error(None, _("That reaches beyond your own measure and county."))
        return said

    def place(self) -> Place:
        """Return the place that was said."""
        said = self.cleaned_data
        return Place(
            measure=said["measure"], county=said["county"], chapter=said["chapter"]
        )


class ComeInForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 characters or more; a sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )
    again = forms.CharField(
        label=_("The same again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        said = super().clean() or {}
        if said.get("password") != said.get("again"):
            self.add_error("again", _("The two are not the same."))
        return said


class TokenForm(forms.Form):
    """A key for a program: what it may do and for how long."""

    label = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("Days it works"), min_value=1, max_value=365, initial=90
    )

    def lasts(self) -> timedelta:
        """Return for how long it works."""
        return timedelta(days=self.cleaned_data["days"])
