# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.dedicated import Overdrawn, YearEnd, is_idle
from ..models.tierslieux_funding_dedicated import AMOUNTS
from ..models.tierslieux_funding_posting import Draft


class FundingYearEnd(models.TransientModel):
    """Close an exercise: per project, what of the income was not spent becomes fonds
    dédiés, and what was spent uses those of before. Each figure is explained before
    anything is posted."""

    _name = "tierslieux.funding.year.end"
    _description = "Year-end of funding"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_to = fields.Date(
        string="Exercise to",
        required=True,
        default=lambda self: self._default_date_to(),
        help="Any day of the exercise to close.",
    )
    line_ids = fields.One2many(
        "tierslieux.funding.year.end.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=True,
    )
    warnings = fields.Text(compute="_compute_warnings")
    control = fields.Text(compute="_compute_control")
    closed = fields.Boolean(compute="_compute_closed")

    @api.model
    def _default_date_to(self):
        """The end of the last exercise that is over."""
        today = fields.Date.context_today(self)
        this = self.env.company.compute_fiscalyear_dates(today)
        return fields.Date.subtract(this["date_from"], days=1)

    def _exercise(self):
        dates = self.company_id.compute_fiscalyear_dates(self.date_to)
        return dates["date_from"], dates["date_to"]

    @api.depends("date_to")
    def _compute_display_name(self):
        for wizard in self:
            day = wizard.date_to and format_date(self.env, wizard._exercise()[1])
            wizard.display_name = self.env._("Year-end of %s", day or "…")

    @api.depends("date_to", "company_id")
    def _compute_closed(self):
        for wizard in self:
            wizard.closed = bool(wizard.date_to and wizard._closing_lines())

    @api.depends("date_to", "company_id")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard._lines() if wizard.date_to else []
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in lines),
            ]

    @api.depends("date_to", "company_id")
    def _compute_warnings(self):
        for wizard in self:
            wizard.warnings = "\n".join(wizard._warnings()) if wizard.date_to else False

    @api.depends("line_ids")
    def _compute_control(self):
        for wizard in self:
            wizard.control = wizard._control() if wizard.date_to else False

    def _closing_lines(self):
        return self.env["tierslieux.funding.dedicated"]._live(
            [
                ("company_id", "=", self.company_id.id),
                ("carried", "=", False),
                ("date_to", ">=", self._exercise()[1]),
            ]
        )

    def _agreements(self, last):
        """Those with an award in the books by a day, or fonds dédiés of before or of
        another project."""
        carried = self.env["tierslieux.funding.dedicated"]._live(
            [
                ("company_id", "=", self.company_id.id),
                ("carried", "=", True),
                ("date_to", "<", last),
            ]
        )
        received = self.env["tierslieux.funding.posting"].search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "dedicated_transfer"),
                ("date", "<=", last),
            ],
            ["receiver_id"],
        )
        postings = self.env["tierslieux.funding.posting"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "award"),
                ("date", "<=", last),
            ],
            ["agreement_id"],
            having=[("amount:sum", ">", 0)],
        )
        agreements = self.env["tierslieux.funding.agreement"].union(
            carried.agreement_id,
            received.receiver_id,
            *(agreement for (agreement,) in postings),
        )
        return agreements.sorted(lambda one: (one.date_from, one.id))

    def _lines(self):
        """Values of the lines: a constant number of queries, whatever the projects."""
        first, last = self._exercise()
        if self._closing_lines():
            return []
        agreements = self._agreements(last)
        before = self._closed_before(first)
        spent = agreements._spent(last)
        income = self._income(agreements, first, last)
        moved = agreements._booked([("date", ">=", first), ("date", "<=", last)])
        booked = agreements._booked([("date", "<=", last)])
        lines = []
        for one in agreements:
            released = sum(
                draft.cents * (1 if draft.kind == "release" else -1)
                for draft in one._deferral_drafts(last, booked.get(one.id, {}))
            )
            year_moves = moved.get(one.id, {})
            opening, counted, spent_before = before.get(one.id, (0, 0, None))
            year = self._year_end(
                one,
                opening,
                income.get(one.id, 0) + released,
                spent.get(one.id, 0) - counted,
                year_moves.get("repayment_dedicated", 0),
                year_moves.get("dedicated_transfer", 0)
                - year_moves.get("dedicated_received", 0),
            )
            if year or released:
                idle = bool(year) and is_idle(year.closing, year.spent, spent_before)
                lines.append(self._line_values(one, year, released, idle))
        return lines

    def _year_end(self, agreement, opening, recognised, spent, repayments, transfers):
        over = agreement.date_to < self._exercise()[0]
        if not agreement.dedicated or (
            over and not any((opening, recognised, spent, repayments, transfers))
        ):
            return None
        try:
            return YearEnd(opening, recognised, spent, repayments, transfers)
        except Overdrawn as problem:
            raise UserError(
                self.env._(
                    "%(agreement)s: %(amount)s more was given back or handed on than "
                    "its fonds dédiés held. Look at its entries before you close the "
                    "exercise.",
                    agreement=agreement.name,
                    amount=agreement._money(problem.cents),
                )
            ) from None

    def _line_values(self, agreement, year, released, idle):
        values = {
            "agreement_id": agreement.id,
            "released": released / 100,
            "idle": idle,
            "explanation": self._explanation(agreement, year, released, idle),
        }
        if year:
            values.update({name: getattr(year, name) / 100 for name in AMOUNTS})
        return values

    def _closed_before(self, first):
        """``{agreement id: (closing, spent of all exercises, spent of the last)}``.

        What is charged to a funder after the year-end of its exercise was not counted
        there: it counts in the next one."""
        lines = self.env["tierslieux.funding.dedicated"]._live(
            [("company_id", "=", self.company_id.id), ("date_to", "<", first)]
        )
        before = {}
        for line in lines:
            spent = cents(line.spent)
            closing, total, last = before.get(
                line.agreement_id.id, (cents(line.closing), 0, spent)
            )
            before[line.agreement_id.id] = closing, total + spent, last
        return before

    def _income(self, agreements, first, last):
        rows = self.env["tierslieux.funding.posting"]._read_group(
            [
                ("agreement_id", "in", agreements.ids),
                ("date", ">=", first),
                ("date", "<=", last),
            ],
            ["agreement_id"],
            ["income:sum"],
        )
        return {agreement.id: cents(amount) for agreement, amount in rows}

    # in words

    def _explanation(self, agreement, year, released, idle):
        money = agreement._money
        end = format_date(self.env, self._exercise()[1])
        sentences = []
        if released > 0:
            sentences.append(
                self.env._(
                    "%(amount)s that was put aside for this exercise (account 487) "
                    "becomes income.",
                    amount=money(released),
                )
            )
        elif released:
            sentences.append(
                self.env._(
                    "%(amount)s of the income is of later exercises (account 487).",
                    amount=money(-released),
                )
            )
        if not year:
            sentences.append(
                self.env._("Not for a defined project: it makes no fonds dédiés.")
            )
            return "\n".join(sentences)
        if year.opening:
            sentences.append(
                self.env._(
                    "Use: the project begins the exercise with %(opening)s and spent "
                    "%(spent)s; the smaller of the two is used: %(use)s.",
                    opening=money(year.opening),
                    spent=money(year.spent),
                    use=money(year.use),
                )
            )
        if year.report:
            sentences.append(
                self.env._(
                    "Put aside: income of the exercise %(income)s, less what was "
                    "spent beyond the use (%(spent)s − %(use)s = %(beyond)s), leaves "
                    "%(report)s.",
                    income=money(year.recognised),
                    spent=money(year.spent),
                    use=money(year.use),
                    beyond=money(year.spent - year.use),
                    report=money(year.report),
                )
            )
        else:
            sentences.append(
                self.env._(
                    "Put aside: nothing, the income of the exercise (%(income)s) is "
                    "spent (%(spent)s − %(use)s = %(beyond)s).",
                    income=money(year.recognised),
                    spent=money(year.spent),
                    use=money(year.use),
                    beyond=money(year.spent - year.use),
                )
            )
        sentences.append(self._closing_sentence(agreement, year, end))
        if year.overspent:
            sentences.append(
                self.env._(
                    "%s of the expenses is more than this funder's money: the other "
                    "resources pay for it.",
                    money(year.overspent),
                )
            )
        if idle:
            sentences.append(
                self.env._(
                    "No expense for two exercises: the annexe names this project."
                )
            )
        if year.closing and agreement.date_to <= self._exercise()[1]:
            sentences.append(
                self.env._(
                    "The agreement ended on %s: what is left is to be spent with the "
                    "funder's consent, or given back.",
                    format_date(self.env, agreement.date_to),
                )
            )
        return "\n".join(sentences)

    def _closing_sentence(self, agreement, year, end):
        money = agreement._money
        terms = [money(year.opening), f"− {money(year.use)}", f"+ {money(year.report)}"]
        if year.repayments:
            terms.append(
                self.env._("− %s given back", money(year.repayments)),
            )
        if year.transfers > 0:
            terms.append(
                self.env._("− %s to other projects", money(year.transfers)),
            )
        elif year.transfers:
            terms.append(
                self.env._("+ %s from other projects", money(-year.transfers)),
            )
        return self.env._(
            "Fonds dédiés on %(day)s: %(sum)s = %(closing)s.",
            day=end,
            sum=" ".join(terms),
            closing=money(year.closing),
        )

    def _warnings(self):
        """What to look at first."""
        last = self._exercise()[1]
        warnings = []
        waiting = (
            self.env["tierslieux.funding.agreement"]
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "in", ("notified", "signed")),
                    ("posting_nature", "!=", "none"),
                    ("date_from", "<=", last),
                    ("posting_ids", "=", False),
                ]
            )
            .filtered(lambda one: not one.carried)
        )
        for agreement in waiting:
            warnings.append(
                self.env._(
                    "%s is granted, but its award is not in the books.", agreement.name
                )
            )
        if last > fields.Date.context_today(self):
            warnings.append(self.env._("This exercise is not over yet."))
        return warnings

    def _control(self):
        """The accounts of fonds dédiés after these entries, and the register."""
        last = self._exercise()[1]
        mapping = self.env["tierslieux.funding.account"].search(
            [("company_id", "=", self.company_id.id), ("role", "=", "dedicated")]
        )
        rows = self.env["account.move.line"]._read_group(
            [
                ("account_id", "in", mapping.account_id.ids),
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", last),
            ],
            [],
            ["balance:sum"],
        )
        ledger = -cents(rows[0][0] or 0)
        closed = self._closing_lines().filtered(lambda line: line.date_to == last)
        if closed:
            register = sum(cents(line.closing) for line in closed)
        else:
            ledger += sum(cents(one.report) - cents(one.use) for one in self.line_ids)
            register = sum(cents(one.closing) for one in self.line_ids)
        amounts = {
            "ledger": formatLang(self.env, ledger / 100, currency_obj=self.currency_id),
            "register": formatLang(
                self.env, register / 100, currency_obj=self.currency_id
            ),
        }
        if ledger == register:
            return self.env._(
                "Accounts of fonds dédiés, these entries included: %(ledger)s; "
                "register: %(register)s. They agree.",
                **amounts,
            )
        return self.env._(
            "Accounts of fonds dédiés, these entries included: %(ledger)s; "
            "register: %(register)s. They differ: look for entries made by hand.",
            **amounts,
        )

    # posting

    def action_post(self):
        """Post what is shown: nothing if it is no longer so.

        :raises UserError: closed already, an earlier exercise is open, the figures
            changed, a closed period
        """
        self.ensure_one()
        postings = self.env["tierslieux.funding.posting"]
        self._check_order()
        agreements = self.line_ids.agreement_id
        postings._lock(agreements)
        shown = [_figures(one) for one in self.line_ids]
        if shown != [_figures(self.line_ids.new(values)) for values in self._lines()]:
            raise UserError(
                self.env._(
                    "Something was posted or charged since these figures were worked "
                    "out: open the year-end again."
                )
            )
        booked = agreements._booked([("date", "<=", self._exercise()[1])])
        deferrals = []
        for one in agreements:
            deferrals += one._deferral_drafts(
                self._exercise()[1], booked.get(one.id, {})
            )
        postings._post_drafts(deferrals)
        lines = self._close(self.line_ids.filtered("agreement_id.dedicated"))
        return lines._action_open()

    def _close(self, lines):
        dedicated = self.env["tierslieux.funding.dedicated"]
        first, last = self._exercise()
        rounds = self._rounds(lines.agreement_id, last)
        drafts = [
            self._draft(line, kind, amount)
            for line in lines
            for kind, amount in (
                ("dedicated_use", line.use),
                ("dedicated_report", line.report),
            )
        ]
        made = {
            (posting.agreement_id, posting.kind): posting.id
            for posting in self.env["tierslieux.funding.posting"]._post_drafts(drafts)
        }
        # sudo: nobody has the right to write fonds dédiés, this act is the way in
        return (
            dedicated.sudo()
            .create(
                [
                    {
                        **{name: line[name] for name in AMOUNTS},
                        "agreement_id": line.agreement_id.id,
                        "company_id": self.company_id.id,
                        "date_from": first,
                        "date_to": last,
                        "round": rounds.get(line.agreement_id, 0),
                        "idle": line.idle,
                        "explanation": line.explanation,
                        "use_posting_id": made.get(
                            (line.agreement_id, "dedicated_use")
                        ),
                        "report_posting_id": made.get(
                            (line.agreement_id, "dedicated_report")
                        ),
                    }
                    for line in lines
                ]
            )
            .sudo(False)
        )

    def _rounds(self, agreements, last):
        rows = self.env["tierslieux.funding.dedicated"]._read_group(
            [
                ("agreement_id", "in", agreements.ids),
                ("date_to", "=", last),
                ("cancels_id", "!=", False),
            ],
            ["agreement_id"],
            ["__count"],
        )
        return dict(rows)

    def _draft(self, line, kind, amount):
        last = self._exercise()[1]
        names = {
            "dedicated_use": self.env._("%s: use of fonds dédiés"),
            "dedicated_report": self.env._("%s: put into fonds dédiés"),
        }
        return Draft(
            kind=kind,
            scope=f"{line.agreement_id._scope()}-{last}",
            company=self.company_id,
            date=last,
            cents=cents(amount),
            name=names[kind] % line.agreement_id.name,
            reason=line.explanation,
            agreement=line.agreement_id,
        )

    def _check_order(self):
        """Exercises are closed once, one after the other."""
        first, last = self._exercise()
        closed = self._closing_lines()
        if closed:
            raise UserError(
                self.env._(
                    "The exercise ending on %s is closed already.",
                    format_date(self.env, closed[0].date_to),
                )
            )
        before = fields.Date.subtract(first, days=1)
        earlier = self._agreements(before).filtered("dedicated")
        if earlier and not self.env["tierslieux.funding.dedicated"]._live(
            [
                ("company_id", "=", self.company_id.id),
                ("carried", "=", False),
                ("date_to", "=", before),
            ]
        ):
            raise UserError(
                self.env._(
                    "Close the exercise ending on %(before)s first, then that of "
                    "%(last)s.",
                    before=format_date(self.env, before),
                    last=format_date(self.env, last),
                )
            )

    def action_cancel(self):
        """Undo the year-end of this exercise by opposite entries.

        :raises UserError: a later exercise is closed, or this one is not
        """
        self.ensure_one()
        last = self._exercise()[1]
        lines = self._closing_lines()
        if not lines:
            raise UserError(self.env._("This exercise is not closed."))
        if lines[0].date_to > last:
            raise UserError(
                self.env._(
                    "The exercise ending on %s is closed after it: cancel that one "
                    "first.",
                    format_date(self.env, lines[0].date_to),
                )
            )
        lines._cancel()
        return lines._action_open()


def _figures(line):
    """The figures of a line, to compare what was shown with what is."""
    return (
        line.agreement_id._origin.id,
        *(cents(line[name]) for name in ("released", *AMOUNTS)),
    )
