"""Spending against a plan. Oracle: what all rows add up to is what was spent in all."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plebiscite.money import Ledger
from plebiscite.money.planned import held_against
from plebiscite.petition.campaign.books.plan import Heading

CODES = ("PET", "LIT", "OFC", "")
HEADINGS = (
    Heading(name="Circulators", amount=Decimal(100), codes=("PET",)),
    Heading(name="Words", amount=Decimal(20), codes=("LIT", "PRT")),
)


def rows_of(folder, payments):
    text = "kind,committee,side,day,amount,name,purpose\n" + "".join(
        f"payment,X,support,{date(2017, 2, 1)},{amount},Payee {at},{code}\n"
        for at, (code, amount) in enumerate(payments)
    )
    path = folder / "books.csv"
    path.write_text(text, encoding="utf-8")
    return Ledger.read([path]).side(None)


def test_payments_stand_under_their_heading_and_the_rest_apart(tmp_path):
    rows = rows_of(
        tmp_path, [("PET", "90.00"), ("pet", "15.50"), ("OFC", "7.00"), ("", "1.00")]
    )

    found = held_against(rows, HEADINGS)

    assert [(h.name, h.planned, h.spent, h.left) for h in found] == [
        ("Circulators", Decimal(100), Decimal("105.50"), Decimal("-5.50")),
        ("Words", Decimal(20), Decimal(0), Decimal(20)),
        ("", None, Decimal(8), None),
    ]
    assert found[-1].codes == ("OFC",)


def test_without_a_payment_no_row_stands_apart(tmp_path):
    rows = rows_of(tmp_path, [("PET", "0.00")]).head(0)

    assert [each.name for each in held_against(rows, HEADINGS)] == [
        "Circulators",
        "Words",
    ]


@given(
    payments=st.lists(
        st.tuples(st.sampled_from(CODES), st.decimals(0, 10**6, places=2)), min_size=1
    )
)
def test_the_rows_always_add_up_to_everything_that_was_spent(
    tmp_path_factory, payments
):
    rows = rows_of(tmp_path_factory.mktemp("books"), payments)

    found = held_against(rows, HEADINGS)

    assert sum(each.spent for each in found) == sum(amount for _, amount in payments)
