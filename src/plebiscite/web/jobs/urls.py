"""The routes of jobs."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.jobs import views

app_name = "jobs"
urlpatterns: list[URLPattern] = [
    path("<uuid:job>/", views.show, name="show"),
    path("<uuid:job>/now.json", views.now_at, name="now"),
    path("<uuid:job>/stop/", views.stop, name="stop"),
]
