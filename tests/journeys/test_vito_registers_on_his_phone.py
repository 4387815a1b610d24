"""Vito scans the chapter's code with his phone, helps, and goes again.

Oracle: the register on the disk, word by word.
"""

from looked_at import PHONE, faults_of_access, overflows

DESK = "/campaign/simulated/26-0001"
WIDE = "document.documentElement.style.fontSize = '200%'"


def test_vito_registers_on_his_phone_and_has_himself_erased(any_site, opened, picture):
    site, chandra = any_site, opened(any_site, "chapter")
    chandra.goto(f"{DESK}/volunteers/")
    chandra.get_by_role("button", name="Make").first.click()
    chandra.get_by_role("img", name="QR code").wait_for()
    link = chandra.locator(".link a").get_attribute("href")

    vito = opened(site, size=PHONE)
    vito.goto(link)
    assert faults_of_access(vito) == []
    picture(vito, "web-campaign-join-phone")
    assert not vito.get_by_label("I agree").is_checked()

    # With the keyboard alone, and letters of twice the size.
    vito.evaluate(WIDE)
    assert not overflows(vito)
    vito.get_by_label("Your name").focus()
    for keys in ("Vito Arno", "Tab", "2", "Tab", "Space", "Tab", "vito@example.org"):
        if keys in {"Tab", "Space"}:
            vito.keyboard.press(keys)
        else:
            vito.keyboard.type(keys)
    vito.keyboard.press("Enter")
    vito.get_by_role("heading", name="Thank you, Vito Arno").wait_for()

    chandra.reload()
    row = chandra.get_by_role("row", name="Vito Arno")
    assert "vito@example.org" in row.inner_text()
    register = site.home / "measures/simulated/26-0001/campaign/volunteers.jsonl"
    assert "vito@example.org" in register.read_text()

    vito.get_by_role("button", name="Do not write to me").click()
    assert "no address is kept" in vito.locator("main").inner_text()
    assert "vito@example.org" not in register.read_text()
    vito.get_by_role("button", name="Erase everything").click()
    vito.get_by_role("heading", name="You are erased").wait_for()
    assert "Vito" not in register.read_text()
    chandra.reload()
    assert chandra.get_by_role("row", name="Vito Arno").count() == 0
