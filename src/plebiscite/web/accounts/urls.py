"""The routes of accounts that are ours."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
