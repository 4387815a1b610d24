"""What allauth asks of us: nobody signs up; people come by invitation.

allauth carries no types: to the checker its class could be anything.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # untyped
    """Closes the sign-up and sends no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: see `plebiscite.web.accounts.invitations`."""
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, object]
    ) -> None:
        """Send nothing: no mail leaves the office by itself."""
