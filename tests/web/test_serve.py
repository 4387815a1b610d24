"""The site as a process: it starts, answers, and says what is wrong with itself."""


def test_the_health_page_writes_and_reads_on_both_databases(any_site):
    answer = any_site.visitor().get("/healthz")

    assert (answer.status, answer.json["status"]) == (200, "ok")
    expected = "postgresql" if any_site.database else "sqlite"
    assert answer.json["database"] == expected


def test_every_role_signs_in(any_site):
    for key in any_site.accounts:
        assert any_site.sign_in(key).get("/account/").status == 200
