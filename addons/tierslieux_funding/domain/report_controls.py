# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is controlled before a financial report is frozen.

Each control gives a :class:`Control`: its code, whether a failure keeps the report from
being frozen, and the figures that its sentence needs. ``content`` is the content of a
report (see ``models/tierslieux_funding_report_content.py``); amounts are integer cents,
dates ISO strings.
"""

from dataclasses import dataclass, field

#: Codes of the controls whose failure is told but does not keep a report from being
#: frozen.
ADVISORY = {"planned_balance", "texts", "consumed", "deadline", "annexes"}


@dataclass(frozen=True, slots=True)
class Control:
    """
    :param found: figures and names for the sentence
    :param lines: numbers of the expenses (of the report) that fail
    """

    code: str
    passed: bool
    found: dict = field(default_factory=dict)
    lines: tuple = ()

    @property
    def blocking(self):
        return self.code not in ADVISORY


def controls(content, ledger, rules):
    """Every control, in the order they are printed.

    :param ledger: figures of the same sums found another way, ``{line code: cents}``
    :param rules: ``{"paid_required", "paid_until", "categories" (codes, None: all),
        "caps" ({code: (charged, most)}), "over_charged" and "duplicates" (numbers
        of lines), "refusals" ({number: why}), "texts" and "annexes" (names of what is
        missing), "deadline"}``
    """
    return [
        *_sums(content, ledger),
        *_expenses(content, rules),
        *_grant(content, rules),
        *_annexes(content, rules),
    ]


def _sums(content, ledger):
    totals, rows = content["totals"], content["table"]
    charge, product = totals["charge"], totals["product"]
    yield Control(
        "balance",
        charge["actual"] == product["actual"]
        and charge["actual_euros"] == product["actual_euros"],
        {"charges": charge["actual"], "products": product["actual"]},
    )
    yield Control(
        "planned_balance",
        charge["planned"] == product["planned"],
        {"charges": charge["planned"], "products": product["planned"]},
    )
    in_kind = totals["in_kind_charge"]["actual"]
    received = totals["in_kind_product"]["actual"]
    yield Control(
        "in_kind_balance",
        in_kind == received,
        {"charges": in_kind, "products": received},
    )
    by_line = {}
    for line in (*content["expenses"], *content["products"], *content["in_kind"]):
        by_line[line["line"]] = by_line.get(line["line"], 0) + line["cost"]
    own = {row["code"]: row["own_actual"] for row in rows if row["own_actual"]}
    wrong = _differences(own, by_line)
    yield Control("lines", not wrong, {"names": _names(rows, wrong)})
    wrong = _differences(own, ledger)
    yield Control(
        "ledger",
        not wrong,
        {"names": _names(rows, wrong), "until": content["posted_until"]},
    )


def _differences(one, other):
    """What has no line is told by the control of lines of the form."""
    return [
        code
        for code in {**one, **other}
        if code and one.get(code, 0) != other.get(code, 0)
    ]


def _names(rows, codes):
    names = {row["code"]: row["name"] for row in rows}
    return [names.get(code) or code for code in codes]


def _expenses(content, rules):
    expenses = content["expenses"]
    shown = [line for line in expenses if line["base"]]
    asked, given = content["period"], content["agreement"]
    period = {
        "from": max(asked["from"], given["from"]),
        "to": min(asked["to"], given["to"]),
    }

    def failing(code, fails, found=None):
        lines = tuple(line["number"] for line in shown if fails(line))
        return Control(code, not lines, found or {}, lines)

    yield failing(
        "period",
        lambda line: not period["from"] <= line["date"] <= period["to"],
        period,
    )
    yield failing(
        "posted",
        lambda line: not line["posted"] or line["date"] > content["posted_until"],
        {"until": content["posted_until"]},
    )
    # what the funder is not shown is in the table too
    without = tuple(line["number"] for line in expenses if not line["line"])
    yield Control("form_line", not without, {}, without)
    yield failing(
        "evidence", lambda line: not line["receipts"] and not line["corrects"]
    )
    if rules["paid_required"]:
        until = rules["paid_until"]
        yield failing(
            "paid",
            lambda line: not line["paid"] or line["paid"] > until,
            {"until": until},
        )
    allowed = rules["categories"]
    if allowed is not None:
        yield failing("allowed", lambda line: line["account_line"] not in allowed)
    yield failing("action", lambda line: not line["action"])
    refusals = rules["refusals"]
    yield failing(
        "eligible",
        lambda line: line["number"] in refusals,
        {"reasons": [f"{number}: {text}" for number, text in refusals.items()]},
    )
    yield failing("share", lambda line: line["number"] in rules["over_charged"])
    yield failing("duplicate", lambda line: line["number"] in rules["duplicates"])


def _grant(content, rules):
    grant = content["grant"]
    over = {
        code: (spent, cap)
        for code, (spent, cap) in rules["caps"].items()
        if spent > cap
    }
    yield Control("caps", not over, {"names": _names(content["table"], over)})
    yield Control(
        "due",
        grant["charged"] <= grant["due"]
        and grant["due"] + grant["earlier"] <= grant["award"],
        {key: grant[key] for key in ("charged", "due", "award")},
    )
    yield Control(
        "over_funding",
        not grant["over_funding"],
        {
            "earned": content["totals"]["product"]["actual"],
            "cost": content["totals"]["charge"]["actual"],
            "over": grant["over_funding"],
        },
    )
    given = grant["award"] - grant["moved"] + grant["given_back"]
    yield Control(
        "received",
        grant["received"] <= given,
        {"received": grant["received"], "award": given},
    )
    due = grant["due"] + grant["earlier"]
    yield Control(
        "consumed",
        due >= grant["award"],
        {
            "due": due,
            "award": grant["award"],
            "unused": grant["award"] - due,
            "repay": max(
                0, grant["received"] - grant["returned"] + grant["moved"] - due
            ),
        },
    )


def _annexes(content, rules):
    keys = content["keys"]
    if keys:
        wrong = [
            key["name"]
            for key in keys
            if sum(part["share"] for part in key["parts"]) != 100_000
        ]
        yield Control(
            "key", not wrong, {"names": wrong or [key["name"] for key in keys]}
        )
    explained = bool(content["texts"].get("variances"))
    yield Control(
        "variances",
        explained or not content["variances"],
        {"names": [row["name"] for row in content["variances"]]},
    )
    yield Control("texts", not rules["texts"], {"names": list(rules["texts"])})
    yield Control("annexes", not rules["annexes"], {"names": list(rules["annexes"])})
    yield Control(
        "deadline",
        content["drawn_on"] <= rules["deadline"],
        {"deadline": rules["deadline"]},
    )
