"""What the actions under way cost, as plain data: bills, pay, and what is wrong with
some of them."""

from datetime import date, timedelta

from .apportion import apportion
from .funding_tables import CURRENT, MONTHS

#: Account and supplier of a line of the report.
LINES = {
    "60a": ("605000", "Outillage du Rhône"),
    "60b": ("606800", "Comptoir des fournitures"),
    "61a": ("613200", "Maison des associations"),
    "62a": ("622600", "Atelier Garance, études"),
    "62b": ("623600", "Imprimerie des Canuts"),
    "62c": ("625100", "Agence du rail"),
    "62d": ("626000", "Télécom solidaire"),
}
PAY = {"64a": ("641100", "421000"), "64b": ("645100", "431000")}
#: What the seat costs a month, and who uses it: m² by action, and by nobody.
SEAT = ("613200", "Régie du centre", "Loyer du siège", 650)
SURFACES = {"Coordination et permanence": 42, "Rencontres du réseau": 18, None: 20}
#: A bill is paid so many days after its date.
TERM = 25
REPAIR = "Atelier mobile de réparation"
MEETINGS = "Rencontres du réseau"


def generate(year, today):
    """Expenses of two years, up to a day.

    :param year: the year under way, the second of the plan ``CURRENT``
    :return: ``{"bills", "pay", "surfaces"}``. A bill is ``{"key", "supplier",
        "account", "reference", "date", "paid_on" or None, "label", "cents", "year",
        "action" or None for the seat, "receipt", "credited" cents}``; pay is ``{"date",
        "paid_on", "year", "action", "lines": [(account, owed to, cents)]}``
    """
    bills, pay = [], []
    for rank, (_shares, bricks) in enumerate(CURRENT[:2]):
        each = year - 1 + rank
        for _brick, actions in bricks:
            for action in actions:
                _bills_of(bills, each, *action[:2])
                _pay_of(pay, each, *action[:2])
        bills += _rents(each)
    bills = [bill for bill in bills if bill["date"] <= today]
    bills += [bill for bill in _mishaps(year, bills) if bill["date"] <= today]
    for rank, bill in enumerate(sorted(bills, key=lambda one: one["date"]), 1):
        bill["key"] = f"demo-bill-{rank}"
        bill.setdefault("paid_on", bill["date"] + timedelta(days=TERM))
        if bill["paid_on"] > today:
            bill["paid_on"] = None
    pay = [one for one in pay if one["date"] <= today]
    for one in pay:
        if one["paid_on"] > today:
            one["paid_on"] = None
    return {
        "bills": sorted(bills, key=lambda one: one["date"]),
        "pay": pay,
        "surfaces": SURFACES,
    }


def _bills_of(bills, year, action, costs):
    for code, label, quantity, unit, price in costs:
        if code not in LINES:
            continue
        account, supplier = LINES[code]
        # bills are never quite what was planned
        drift = 96 + (len(bills) * 7 + year) % 8
        cents = round(quantity * price * drift)
        for day, part in _spread(year, quantity, unit, cents):
            bills.append(
                {
                    "supplier": supplier,
                    "account": account,
                    "reference": f"{supplier[:2].upper()}{year}-{len(bills) + 101}",
                    "date": day,
                    "label": label,
                    "cents": part,
                    "year": year,
                    "action": action,
                    "receipt": True,
                    "credited": 0,
                }
            )


def _spread(year, quantity, unit, cents):
    """Days of the year, and what is billed on each."""
    pieces = 12 if unit == MONTHS else min(4, int(quantity))
    parts = apportion(cents, [1] * pieces)
    for rank, part in enumerate(parts):
        month = 1 + rank * 12 // pieces + (0 if pieces == 12 else 1)
        yield date(year, month, 8 + (rank * 5 + pieces) % 18), part


def _pay_of(pay, year, action, costs):
    paid = [
        (*PAY[code], round(price * 100))
        for code, _label, _n, _unit, price in costs
        if code in PAY
    ]
    if not paid:
        return
    for month in range(1, 13):
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        pay.append(
            {
                "date": last,
                "paid_on": last + timedelta(days=5),
                "year": year,
                "action": action,
                "lines": paid,
            }
        )


def _rents(year):
    account, supplier, label, euros = SEAT
    for month in range(1, 13):
        yield {
            "supplier": supplier,
            "account": account,
            "reference": f"L{year}{month:02}",
            "date": date(year, month, 3),
            "label": label,
            "cents": euros * 100,
            "year": year,
            "action": None,
            "receipt": True,
            "credited": 0,
        }


def _mishaps(year, bills):
    """One bill for each thing a treasurer has to look at."""

    def bill(day, code, label, euros, action, **values):
        account, supplier = LINES[code]
        return {
            "supplier": supplier,
            "account": account,
            "reference": f"{supplier[:2].upper()}{year}-9{day:%m%d}",
            "date": day,
            "label": label,
            "cents": euros * 100,
            "year": year,
            "action": action,
            "receipt": True,
            "credited": 0,
            **values,
        }

    first = next(
        one
        for one in bills
        if (one["action"], one["year"], one["account"]) == (MEETINGS, year, "623600")
    )
    # the same bill, sent again and recorded again
    yield {
        **first,
        "date": first["date"] + timedelta(days=12),
        "reference": first["reference"].lower().replace("-", " "),
    }
    yield bill(
        date(year, 3, 18), "60b", "Visserie sans facture", 85, REPAIR, receipt=False
    )
    yield bill(date(year, 4, 22), "62c", "Billets pour un salon", 164, REPAIR)
    yield bill(
        date(year, 5, 6),
        "60b",
        "Pièces payées tard",
        230,
        REPAIR,
        paid_on=date(year, 9, 20),
    )
    yield bill(
        date(year, 5, 19),
        "60a",
        "Perceuse, une part rendue",
        410,
        REPAIR,
        credited=120_00,
    )
    yield bill(date(year, 9, 8), "60b", "Pièces après la période", 140, REPAIR)
