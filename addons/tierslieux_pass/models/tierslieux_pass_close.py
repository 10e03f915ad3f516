# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..domain.subscription import next_month

STATES = [
    ("draft", "Open"),
    ("rated", "Rated"),
    ("invoiced", "Invoiced"),
    ("collected", "Debits written"),
    ("settled", "Settled"),
    ("self_billed", "Venues invoiced"),
    ("closed", "Closed"),
]
ORDER = [state for state, _label in STATES]
# Namespace of the advisory lock: one close at a time in a company.
LOCK = 0x7E11


class PassClose(models.Model):
    """One month of the pass, from visits to transfers: a single run in stages.

    Each stage commits what it has done and finds it again: it writes records with a
    unique key of what they are for, so that a run that is killed anywhere is run
    again, with the same result and nothing twice. What a stage reads was fixed by the
    one before: visits by ``watermark``, prices by the rated lines.
    """

    _name = "tierslieux.pass.close"
    _description = "Monthly close of the pass"
    _inherit = ["mail.thread"]
    _order = "month desc, id desc"

    month = fields.Date(
        required=True,
        default=lambda self: self._next_to_close(),
        help="The first day of the month that is closed.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    rule_id = fields.Many2one(
        "tierslieux.settlement.rule",
        string="Rules of settlement",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    watermark = fields.Integer(
        readonly=True,
        copy=False,
        help="The last visit recorded when the month was rated: later ones are "
        "corrections in the next month.",
    )
    total = fields.Integer(readonly=True, copy=False)
    done = fields.Integer(readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    problems = fields.Json(readonly=True, copy=False)
    problem_text = fields.Text(string="To be seen to", compute="_compute_problem_text")
    rated_line_ids = fields.One2many("tierslieux.rated.line", "close_id")
    settlement_ids = fields.One2many("tierslieux.settlement", "close_id")
    statement_ids = fields.One2many("tierslieux.venue.statement", "close_id")
    debit_order_id = fields.Many2one(
        "account.payment.order", string="Debits (pain.008)", readonly=True, copy=False
    )
    transfer_order_id = fields.Many2one(
        "account.payment.order",
        string="Transfers (pain.001)",
        readonly=True,
        copy=False,
    )

    pass_purchase_account_id = fields.Many2one(
        related="company_id.pass_purchase_account_id", readonly=False
    )
    pass_held_account_id = fields.Many2one(
        related="company_id.pass_held_account_id", readonly=False
    )
    pass_allocation_account_id = fields.Many2one(
        related="company_id.pass_allocation_account_id", readonly=False
    )
    pass_reserve_account_id = fields.Many2one(
        related="company_id.pass_reserve_account_id", readonly=False
    )
    pass_fund_account_id = fields.Many2one(
        related="company_id.pass_fund_account_id", readonly=False
    )
    pass_collected_account_id = fields.Many2one(
        related="company_id.pass_collected_account_id", readonly=False
    )
    pass_sale_journal_id = fields.Many2one(
        related="company_id.pass_sale_journal_id", readonly=False
    )
    pass_self_bill_journal_id = fields.Many2one(
        related="company_id.pass_self_bill_journal_id", readonly=False
    )

    _month_uniq = models.Constraint(
        "UNIQUE (month, company_id)",
        "This month has a close already: a closed month is not closed again.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)",
        "A close is for a month: give its first day.",
    )

    @api.model
    def _next_to_close(self):
        """The month after the last one that has a close, else the last one over."""
        last = self.search(
            [("company_id", "=", self.env.company.id)], order="month desc", limit=1
        )
        if last:
            return next_month(last.month)
        today = fields.Date.context_today(self)
        return today.replace(day=1) - relativedelta(months=1)

    @api.depends("month")
    def _compute_display_name(self):
        for close in self:
            close.display_name = (
                format_date(self.env, close.month, date_format="MMMM y").capitalize()
                if close.month
                else ""
            )

    @api.depends("done", "total")
    def _compute_progress(self):
        for close in self:
            close.progress = 100 * close.done / close.total if close.total else 0

    @api.depends("problems")
    def _compute_problem_text(self):
        for close in self:
            close.problem_text = "\n".join(close.problems or [])

    @api.ondelete(at_uninstall=False)
    def _unlink_open_only(self):
        if any(close.state != "draft" for close in self):
            raise UserError(
                self.env._("A month that is rated stays: correct it in the next one.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        parts = [_split(vals) for vals in vals_list]
        closes = super().create([own for own, _settings in parts])
        for close, (_own, settings) in zip(closes, parts, strict=True):
            close._write_settings(settings)
        return closes

    def write(self, vals):
        vals, settings = _split(vals)
        for close in self if settings else ():
            close._write_settings(settings)
        if "month" in vals and any(close.state != "draft" for close in self):
            raise UserError(self.env._("This month is rated: it cannot be another."))
        return super().write(vals)

    def _write_settings(self, settings):
        """Accounts and journals of the pass are the company's, which a treasurer may
        not write otherwise."""
        # sudo: these fields alone, by the treasurer
        company = self.company_id.sudo()
        changed = {
            name: value
            for name, value in settings.items()
            if company[name].id != (value or False)
        }
        if changed:
            self._check_treasurer()
            company.write(changed)

    # Running

    def action_next(self):
        """Carry out the next stage, now."""
        self.ensure_one()
        self._check_treasurer()
        if self.state != "closed":
            self._run(until=ORDER[ORDER.index(self.state) + 1])

    def action_run(self):
        """Carry out all that is left, in the background."""
        self.ensure_one()
        self._check_treasurer()
        self._check_ready()
        self.with_delay(
            description=self.display_name, identity_key=f"pass-close-{self.id}"
        )._run()

    def _check_treasurer(self):
        if not self.env.user.has_group("tierslieux_network.group_treasurer"):
            raise UserError(self.env._("Months are for the treasurer to close."))

    def _run(self, until="closed"):
        """Go on from where the close is to a stage.

        :raises UserError: another run is under way, or a stage cannot be done
        """
        self.ensure_one()
        # sudo: the treasurer launched it; it writes invoices, entries and orders
        close = self.sudo().with_company(self.company_id)
        if not close._query_lock():
            raise UserError(
                self.env._("The close is being run by somebody else: wait for it.")
            )
        try:
            close._save()
            close.invalidate_recordset()
            if close.state == "closed":
                raise UserError(self.env._("This month is closed already."))
            close._check_ready()
            close.company_id._make_pass_journals()
            stages = {
                "draft": close._rate,
                "rated": close._invoice,
                "invoiced": close._collect,
                "collected": close._settle,
                "settled": close._self_bill,
                "self_billed": close._transfer,
            }
            while close.state != until and close.state in stages:
                stages[close.state]()
                close.state = ORDER[ORDER.index(close.state) + 1]
                close._save()
        except Exception:
            # What was saved stays; the rest of the stage is undone, and the
            # connection can be asked to let the lock go.
            close._undo()
            raise
        finally:
            close._query_unlock()

    def _check_ready(self):
        today = fields.Date.context_today(self)
        if self.month >= today.replace(day=1):
            raise UserError(self.env._("This month is not over yet."))
        earlier = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "<", self.month),
                ("state", "!=", "closed"),
            ],
            limit=1,
        )
        if earlier:
            raise UserError(self.env._("Close %s first.", earlier.display_name))
        if missing := self.company_id._missing_pass_accounts():
            raise UserError(
                self.env._(
                    "Choose these accounts on the tab Accounting first: %s.",
                    ", ".join(missing),
                )
            )

    def _save(self):
        """Keep what is done: the next stage, or the next run, goes on from here."""
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _undo(self):
        self.env.cr.rollback()

    def _advance(self, done, total=None):
        self.done = done
        if total is not None:
            self.total = total
        self._save()

    def _note(self, sentence):
        """Tell the treasurer of something the run went on without."""
        if sentence not in (self.problems or []):
            self.problems = [*(self.problems or []), sentence]

    def _query_lock(self):
        """Held by the connection, not by the transaction: stages commit. It is let go
        when the process dies."""
        (row,) = self.env.execute_query(
            SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK, self.company_id.id)
        )
        return row[0]

    def _query_unlock(self):
        self.env.execute_query(
            SQL("SELECT pg_advisory_unlock(%s, %s)", LOCK, self.company_id.id)
        )

    # What was done

    def action_open_lines(self):
        return self._action("tierslieux.rated.line", self.env._("Rated lines"))

    def action_open_statements(self):
        return self._action("tierslieux.venue.statement", self.env._("Statements"))

    def _action(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("close_id", "=", self.id)],
        }

    def action_open_invoices(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("pass_close_id", "=", self.id)],
        }


def _split(vals):
    """Values of the close, and those of its company."""
    own = {name: value for name, value in vals.items() if not name.startswith("pass_")}
    return own, {name: value for name, value in vals.items() if name not in own}
