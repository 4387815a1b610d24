"""The routes of the campaign desk; each desk is a measure's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from plebiscite.web.campaign.joining import public
from plebiscite.web.campaign.numbers import urls as numbers
from plebiscite.web.campaign.people import urls as people
from plebiscite.web.campaign.people import views
from plebiscite.web.campaign.sheets import carrier
from plebiscite.web.frame import converters  # noqa: F401 - <measure:…>

app_name = "campaign"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("join/<str:token>/", public.join, name="join"),
    path("carry/<str:token>/", carrier.carry, name="carry"),
    path("carry/<str:token>/<str:name>", carrier.carried_file, name="carried_file"),
    path("mine/<str:token>/", public.mine, name="mine"),
    path("<measure:measure>/", include([*numbers.ROUTES, *people.ROUTES])),
]
