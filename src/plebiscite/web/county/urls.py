"""The routes of the county desk; each names the measure and the county it is about."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from plebiscite.web.county import views
from plebiscite.web.county.closing import examination_views
from plebiscite.web.county.closing import views as closing
from plebiscite.web.county.drawing import views as drawing
from plebiscite.web.county.files import views as files
from plebiscite.web.county.queue import find_views
from plebiscite.web.county.queue import views as queue
from plebiscite.web.county.retention.views import retention
from plebiscite.web.frame import converters  # noqa: F401 - makes <measure:…> known

app_name = "county"
DESK: list[URLPattern] = [
    path("files/", files.files, name="files"),
    path("files/<int:number>/", files.upload, name="upload"),
    path("rules/", views.settle_policy, name="policy"),
    path("commit/", drawing.commit, name="commit"),
    path("draw/", drawing.roll_dice, name="draw"),
    path("office/<slug:name>/", drawing.office_file, name="office_file"),
    path("queue/", queue.queue, name="queue"),
    path("lines/", find_views.lines, name="lines"),
    path("lines/<int:number>/", queue.line, name="line"),
    path("lines/<int:number>/undo/", queue.undo, name="undo"),
    path("lines/<int:number>/image/", files.image, name="image"),
    path("specimens/<slug:folder>/<str:name>/", files.signature, name="specimen"),
    path("find/", find_views.find, name="find"),
    path("pairs/", closing.twins, name="pairs"),
    path("history/", find_views.history, name="history"),
    path("certify/", closing.certify, name="certify"),
    path("bundle.zip", closing.bundle, name="bundle"),
    path("retention/", retention, name="retention"),
    path("examination/", examination_views.examination, name="examination"),
    path("", views.board, name="board"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("open/", views.open_desk, name="open"),
    path("<measure:measure>/<str:county>/", include(DESK)),
]
