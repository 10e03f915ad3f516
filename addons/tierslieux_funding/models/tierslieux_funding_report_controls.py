# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import format_date

from ..domain.report_controls import controls
from ..domain.report_diff import line_changes, table_changes, text_changes


class FundingReport(models.Model):
    """Controls and what a correction changes, in sentences."""

    _inherit = "tierslieux.funding.report"

    def _content_controls(self, content):
        """``[{code, title, passed, blocking, sentence, lines}]``"""
        return [
            {
                "code": control.code,
                "title": self._control_title(control.code),
                "passed": control.passed,
                "blocking": control.blocking,
                "sentence": self._control_sentence(control),
                "lines": list(control.lines),
            }
            for control in controls(
                content, self._ledger(content), self._control_rules(content)
            )
        ]

    def _ledger(self, content):
        """The own figures of the lines found by one statement over the ledger, with
        what no entry holds: grants, own resources, flat indirect costs."""
        ledger = dict(self._figures()[self.id]["lines"])
        for line in content["products"]:
            if line["kind"] != "posted":
                ledger[line["line"]] = ledger.get(line["line"], 0) + line["cost"]
        for line in content["expenses"]:
            if line.get("flat"):
                ledger[line["line"]] = ledger.get(line["line"], 0) + line["cost"]
        return ledger

    def _control_rules(self, content):
        """What the agreement asks, as the controls read it."""
        agreement = self.agreement_id
        over = {
            line["number"]
            for line in content["expenses"]
            if line["charged_to_all"] > max(0, line["total"] - line["refunded"])
        }
        duplicates = self.env["tierslieux.funding.expense"]._query_duplicates(
            [line["expense"] for line in content["expenses"] if line["base"] > 0]
        )
        return {
            "paid_required": agreement.paid_required,
            "paid_until": (agreement.paid_until or agreement.date_to).isoformat(),
            "categories": self._allowed(),
            "caps": self._caps(content),
            "over_charged": over,
            "duplicates": {
                line["number"]
                for line in content["expenses"]
                if line["expense"] in duplicates
            },
            "refusals": self._refusals(content),
            "texts": [
                self._fields[f"text_{name}"]._description_string(self.env)
                for name in ("action", "public", "places", "objectives")
                if not content["texts"][name]
            ],
            "annexes": self._missing_annexes(),
            "deadline": self._deadline().isoformat(),
        }

    def _allowed(self):
        """Codes of the lines the agreement accepts, those below them included; None:
        all."""
        allowed = self.agreement_id.category_ids
        if not allowed:
            return None
        return set(
            self.env["tierslieux.funding.category"]
            .search([])
            .filtered(lambda one: one in allowed or one.parent_id in allowed)
            .mapped("code")
        )

    def _caps(self, content):
        """``{line: (cents charged with those below, most)}``"""
        parents = {row["code"]: row["parent"] for row in content["table"]}
        charged = {}
        for line in content["expenses"]:
            code = line["account_line"]
            while code:
                charged[code] = charged.get(code, 0) + line["charged"]
                code = parents.get(code)
        return {
            cap.category_id.code: (
                charged.get(cap.category_id.code, 0),
                round(cap.amount * 100)
                or round(cap.percent * content["grant"]["shown"] / 100),
            )
            for cap in self.agreement_id.cap_ids
        }

    def _refusals(self, content):
        """``{number of the line: why it is no longer eligible}``"""
        allocations = self._allocations(content)
        problems = {one.id: text for one, text in allocations._problems().items()}
        return {
            line["number"]: problems[line["allocation"]]
            for line in content["expenses"]
            if line["allocation"] in problems
        }

    def _missing_annexes(self):
        """What comes with a report and is not among the documents of the agreement."""
        kinds = self.env["tierslieux.funding.document"]._fields["kind"]
        labels = dict(kinds._description_selection(self.env))
        there = self._documents().mapped("kind")
        return [labels[kind] for kind in ("report", "accounts") if kind not in there]

    def _deadline(self):
        """The day the funder waits for this report."""
        asked = self.agreement_id.requirement_ids.filtered(
            lambda one: (
                one.kind == "financial_report"
                and one.period_to
                and one.period_to >= self.date_to
            )
        ).sorted("period_to")[:1]
        if asked:
            return asked.due_on
        end = self.company_id.compute_fiscalyear_dates(self.date_to)["date_to"]
        rule = self.env["tierslieux.funding.rule"]._at("report_months", end)
        return end + relativedelta(months=int(rule.value))

    def _control_title(self, code):
        titles = {
            "balance": self.env._("Expenses and income are equal"),
            "planned_balance": self.env._("Planned expenses and income are equal"),
            "in_kind_balance": self.env._("Voluntary contributions are equal"),
            "lines": self.env._("Each figure is the sum of its lines"),
            "ledger": self.env._("The figures are those of the ledger"),
            "period": self.env._("Expenses are of the period"),
            "posted": self.env._("Expenses are posted"),
            "form_line": self.env._("Expenses have a line of the form"),
            "evidence": self.env._("Expenses have their receipts"),
            "paid": self.env._("Expenses are paid"),
            "allowed": self.env._("Expenses are of lines the funder accepts"),
            "action": self.env._("Expenses name their action"),
            "eligible": self.env._("Expenses are still eligible"),
            "share": self.env._("No expense is charged twice"),
            "duplicate": self.env._("No invoice is there twice"),
            "caps": self.env._("Caps are kept"),
            "due": self.env._("Charged, due and award"),
            "over_funding": self.env._("No over-funding"),
            "received": self.env._("Received and award"),
            "consumed": self.env._("The award is used"),
            "key": self.env._("The keys of shared costs are whole"),
            "variances": self.env._("Variances are explained"),
            "texts": self.env._("The texts are written"),
            "annexes": self.env._("The annexes are there"),
            "deadline": self.env._("The deadline is kept"),
        }
        return titles[code]

    def _control_sentence(self, control):
        found = {
            name: self._money(value)
            if isinstance(value, int)
            else " · ".join(value)
            if isinstance(value, list)
            else value
            for name, value in control.found.items()
        }
        for name in ("from", "to", "until", "deadline"):
            if found.get(name):
                found[name] = format_date(self.env, found[name])
        found["lines"] = ", ".join(map(str, control.lines))
        good, bad = self._control_sentences(control.code)
        return (good if control.passed else bad) % found

    def _control_sentences(self, code):
        """``(when it passes, when it fails)``"""
        _ = self.env._
        sentences = {
            "balance": (
                _("Expenses and income are both %(charges)s."),
                _("Expenses are %(charges)s and income is %(products)s."),
            ),
            "planned_balance": (
                _("Both were planned at %(charges)s."),
                _("Expenses were planned at %(charges)s, income at %(products)s."),
            ),
            "in_kind_balance": (
                _("Uses and contributions are both valued at %(charges)s."),
                _("Uses are valued at %(charges)s, contributions at %(products)s."),
            ),
            "lines": (
                _("Every figure of the table is the sum of the lines listed."),
                _("These figures are not the sum of their lines: %(names)s."),
            ),
            "ledger": (
                _("Reckoned again from entries until %(until)s, every figure agrees."),
                _("The ledger says otherwise for: %(names)s."),
            ),
            "period": (
                _("All are dated from %(from)s to %(to)s."),
                _(
                    "Not from %(from)s to %(to)s: lines %(lines)s. Take them out of "
                    "the grant."
                ),
            ),
            "posted": (
                _("All are posted, at %(until)s at the latest."),
                _("No longer posted: lines %(lines)s. Post them, or take them out."),
            ),
            "form_line": (
                _("All have one."),
                _("Without a line of the form: lines %(lines)s. Choose one."),
            ),
            "evidence": (
                _("Every expense shown to the funder has a receipt attached."),
                _("Without a receipt: lines %(lines)s. Attach them to their entries."),
            ),
            "paid": (
                _("All were paid by %(until)s."),
                _(
                    "Not paid by %(until)s: lines %(lines)s. Take them out of the "
                    "grant."
                ),
            ),
            "allowed": (
                _("All are."),
                _("Of lines the funder does not accept: lines %(lines)s."),
            ),
            "action": (
                _("All do."),
                _("Without an action of the agreement: lines %(lines)s."),
            ),
            "eligible": (
                _("Asked again now, the rules of the agreement accept every line."),
                _("No longer accepted: %(reasons)s."),
            ),
            "share": (
                _("The shares of all funders are at most 100 %% of each expense."),
                _(
                    "Charged beyond what they cost, credit notes off: lines %(lines)s. "
                    "Charge less."
                ),
            ),
            "duplicate": (
                _("No supplier's number is there twice."),
                _(
                    "The same supplier and number twice: lines %(lines)s. Take one "
                    "out, or say why they differ."
                ),
            ),
            "caps": (
                _("No line is charged above its cap."),
                _("Charged above their caps: %(names)s."),
            ),
            "due": (
                _("%(charged)s is charged, %(due)s is due, of %(award)s awarded."),
                _(
                    "%(charged)s is charged but %(due)s is due, of %(award)s awarded: "
                    "charge less."
                ),
            ),
            "over_funding": (
                _("Income covers what the actions cost, %(cost)s, and no more."),
                _(
                    "The actions cost %(cost)s and bring in %(earned)s: %(over)s too "
                    "much. Charge less to the grants."
                ),
            ),
            "received": (
                _("%(received)s was received of %(award)s."),
                _("%(received)s was received, more than the award of %(award)s."),
            ),
            "consumed": (
                _("The award of %(award)s is due in full."),
                _(
                    "%(due)s is due of %(award)s: %(unused)s is not used, %(repay)s of "
                    "it to be given back."
                ),
            ),
            "key": (
                _("The parts of each sum to 100 %%: %(names)s."),
                _("The parts do not sum to 100 %%: %(names)s."),
            ),
            "variances": (
                _("Significant ones are explained, or there is none."),
                _("Please explain the variance of: %(names)s."),
            ),
            "texts": (
                _("What was done, for whom, when and where, with what result."),
                _("Still empty: %(names)s."),
            ),
            "annexes": (
                _("The activity report and the approved accounts are attached."),
                _("Not among the documents of the agreement: %(names)s."),
            ),
            "deadline": (
                _("Drawn up before %(deadline)s."),
                _("The funder waited for it on %(deadline)s."),
            ),
        }
        return sentences[code]

    def _content_changes(self, content):
        """What this version changes of the one it replaces; None for the first."""
        before = self.previous_id.content
        if not before:
            return None
        labels = {
            name: self._fields[f"text_{name}"]._description_string(self.env)
            for name in content["texts"]
        }
        return {
            "table": table_changes(before["table"], content["table"]),
            "expenses": [
                {
                    **change,
                    "line": {
                        name: change["line"][name]
                        for name in ("date", "vendor", "label", "entry", "line")
                    },
                }
                for change in line_changes(
                    before["expenses"],
                    content["expenses"],
                    ("move_line", "line"),
                    ("cost", "base", "charged"),
                )
            ],
            "texts": [
                labels[name] for name in text_changes(before["texts"], content["texts"])
            ],
        }
