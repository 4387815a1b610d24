"""The routes of accounts that are ours."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.accounts.pages import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("invited/<str:token>/", views.come_in, name="come_in"),
    path("people/", views.people, name="people"),
    path("people/<int:grant>/end/", views.end_grant, name="end_grant"),
    path("invitations/<int:invitation>/withdraw/", views.withdraw, name="withdraw"),
    path("reads/", views.reads, name="reads"),
    path("keys/", views.keys, name="keys"),
    path("keys/<int:key>/end/", views.end_key, name="end_key"),
]
