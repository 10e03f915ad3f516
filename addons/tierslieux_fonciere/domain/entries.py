"""The entries of share capital: pairs of a debit and a credit, by role.

Which account of the chart plays a role is data, by company and date. Share capital is
never an invoice. Source: plan comptable général, art. 941-10 and 944-45."""

#: What is posted for each pair, as roles: (debit, credit).
PAIRS = {
    "receipt": ("incoming", "awaiting"),
    "uncalled": ("uncalled_claim", "uncalled_capital"),
    "called": ("called_claim", "called_capital"),
    "settlement": ("awaiting", "called_claim"),
    "paid_up": ("called_capital", "paid_capital"),
    "refund": ("awaiting", "outgoing"),
    "redemption": ("paid_capital", "to_repay"),
    "payout": ("to_repay", "outgoing"),
}
#: Roles whose balance is the share capital.
CAPITAL = ("uncalled_claim", "uncalled_capital", "called_capital", "paid_capital")


def of_allotment(steps):
    """``[(pair, cents)]`` of shares that are allotted, paid before: see
    :class:`capital.Steps`."""
    amounts = {
        "uncalled": steps.subscribed - steps.called,
        "called": steps.called,
        "settlement": steps.paid,
        "paid_up": steps.paid,
    }
    return [(pair, cents) for pair, cents in amounts.items() if cents]


def balances(pairs):
    """``{role: debit less credit}`` of ``[(pair, cents)]``."""
    found = {}
    for pair, cents in pairs:
        debit, credit = PAIRS[pair]
        found[debit] = found.get(debit, 0) + cents
        found[credit] = found.get(credit, 0) - cents
    return {role: cents for role, cents in found.items() if cents}
