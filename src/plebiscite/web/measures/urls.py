"""The routes of the public pages; an id holds slashes, so it comes last."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from plebiscite.web.measures import keeping
from plebiscite.web.measures.pages import downloads, laws, views


class Id(StringConverter):
    """A measure's id in an address: ``us/ca/16-0011``; slashes belong to it."""

    regex = r"[A-Za-z0-9][A-Za-z0-9-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+"


register_converter(Id, "kept")
ONE = "measures/<kept:measure>"
app_name = "measures"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("measures/", views.home, name="list"),
    path("about/", views.about, name="about"),
    path("feed.atom", downloads.site_feed, name="site_feed"),
    path("robots.txt", downloads.robots, name="robots"),
    path("sitemap.xml", downloads.sitemap, name="sitemap"),
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/take/", keeping.take, name="take"),
    path("keeping/level/", keeping.level, name="level"),
    path("keeping/<kept:measure>/", keeping.give, name="give"),
    path("measures.csv", downloads.all_csv, name="all_csv"),
    path("measures.json", downloads.all_json, name="all_json"),
    path("laws.csv", laws.all_csv, name="laws_csv"),
    path("laws.json", laws.all_json, name="laws_json"),
    path("laws/", laws.list_, name="laws"),
    path("laws/compare/", laws.compare, name="compare"),
    path("laws/compare.csv", laws.compare_csv, name="compare_csv"),
    path("laws/<path:law>.json", laws.as_json, name="law_json"),
    path("laws/<path:law>/", laws.show, name="law"),
    path(f"{ONE}/figures/<slug:name>/", views.figure, name="figure"),
    path(f"{ONE}/figures/<slug:name>/<int:event>/", views.figure, name="revision"),
    path(f"{ONE}/tables/<slug:name>.csv", downloads.table_csv, name="csv"),
    path(f"{ONE}/tables/<slug:name>.json", downloads.table_json, name="table_json"),
    path(f"{ONE}/public/<path:path>", downloads.public_file, name="file"),
    path(f"{ONE}/verify/", views.verify, name="verify"),
    path(f"{ONE}/docket.jsonl", downloads.docket, name="docket"),
    path(f"{ONE}/measure.yaml", downloads.measure_file, name="yaml"),
    path(f"{ONE}/kit.zip", downloads.kit_zip, name="kit"),
    path(f"{ONE}/feed.atom", downloads.feed, name="feed"),
    path(f"{ONE}/calendar.ics", downloads.calendar, name="calendar"),
    path(f"{ONE}/badge.svg", downloads.badge, name="badge"),
    path(f"{ONE}/card.png", downloads.card, name="card"),
    path(f"{ONE}.json", views.as_json, name="json"),
    path(f"{ONE}/.json", views.as_json),
    path(f"{ONE}/", views.measure, name="measure"),
    path(ONE, downloads.with_slash),
]
