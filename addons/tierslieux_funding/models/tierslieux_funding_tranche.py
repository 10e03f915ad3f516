# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class FundingTranche(models.Model):
    """A payment of the award: how much, on which condition, expected when.

    What the tranches are belongs to the terms of the agreement: the database lets them
    change only while a version of these is being prepared, and never once called.
    """

    _name = "tierslieux.funding.tranche"
    _description = "Tranche of an award"
    _order = "agreement_id, sequence, id"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("percent", "Percentage of the award"),
            ("amount", "Amount"),
            ("balance", "What is left"),
        ],
        required=True,
        default="percent",
    )
    percent = fields.Float(string="Share (%)", digits=(6, 3))
    fixed_amount = fields.Monetary(string="Fixed amount")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    condition = fields.Char(help="What must be done or given for it to be paid.")
    expected_on = fields.Date(string="Expected on")
    called_on = fields.Date(string="Called on", readonly=True, copy=False)
    received_on = fields.Date(string="Cashed on", readonly=True, copy=False)
    received_amount = fields.Monetary(string="Cashed amount", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("expected", "Awaited"),
            ("late", "Late"),
            ("called", "Called for"),
            ("received", "Cashed"),
        ],
        compute="_compute_state",
    )

    _kind_amount = models.Constraint(
        """CHECK (
            kind = 'percent' AND percent > 0 AND percent <= 100
            OR kind = 'amount' AND fixed_amount > 0
            OR kind = 'balance'
        )""",
        "A tranche is a percentage, an amount, or what is left.",
    )
    _one_balance = models.UniqueIndex(
        "(agreement_id) WHERE kind = 'balance'",
        "One tranche alone is what is left of the award.",
    )
    _received_amount_positive = models.Constraint(
        "CHECK (received_amount >= 0)", "What was received is not negative."
    )

    def init(self):
        super().init()
        self._query_create_terms_trigger()

    def _query_create_terms_trigger(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_refuse_signed_tranche()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' AND OLD.called_on IS NOT NULL THEN
                        RAISE EXCEPTION USING
                            ERRCODE = 'integrity_constraint_violation',
                            MESSAGE = 'A tranche is fixed once it is called.';
                    END IF;
                    IF TG_OP = 'UPDATE' AND (
                        OLD.agreement_id, OLD.name, OLD.kind, OLD.percent,
                        OLD.fixed_amount, OLD.condition
                    ) IS NOT DISTINCT FROM (
                        NEW.agreement_id, NEW.name, NEW.kind, NEW.percent,
                        NEW.fixed_amount, NEW.condition
                    ) THEN
                        -- The amount follows from the award.
                        RETURN NEW;
                    END IF;
                    -- The lock waits for a signature under way.
                    PERFORM FROM tierslieux_funding_agreement
                      WHERE id IN (OLD.agreement_id, NEW.agreement_id)
                        FOR SHARE;
                    IF EXISTS (
                        SELECT FROM tierslieux_funding_terms
                         WHERE agreement_id IN (OLD.agreement_id, NEW.agreement_id)
                      GROUP BY agreement_id
                        HAVING bool_and(signed_on IS NOT NULL)
                    ) THEN
                        RAISE EXCEPTION USING
                            ERRCODE = 'integrity_constraint_violation',
                            MESSAGE = 'The tranches of a signed agreement change '
                                || 'by an amendment.';
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE OR REPLACE TRIGGER signed_tranche
                    BEFORE INSERT OR DELETE OR UPDATE OF
                        agreement_id, name, kind, percent, fixed_amount, condition,
                        amount
                    ON tierslieux_funding_tranche
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_refuse_signed_tranche()
                """
            )
        )

    @api.depends(
        "kind",
        "percent",
        "fixed_amount",
        "agreement_id.amount",
        "agreement_id.tranche_ids.kind",
        "agreement_id.tranche_ids.percent",
        "agreement_id.tranche_ids.fixed_amount",
    )
    def _compute_amount(self):
        for agreement in self.agreement_id:
            amounts, _missing = agreement._tranche_cents()
            for tranche, cents in amounts.items():
                tranche.amount = cents / 100
        for tranche in self:
            if not tranche.agreement_id:
                tranche.amount = 0

    @api.depends("called_on", "received_on", "expected_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for tranche in self:
            if tranche.received_on:
                tranche.state = "received"
            elif tranche.expected_on and tranche.expected_on < today:
                tranche.state = "late"
            else:
                tranche.state = "called" if tranche.called_on else "expected"

    def action_call(self):
        """Ask the funder for these tranches."""
        for tranche in self:
            tranche._check_callable()
        self.called_on = fields.Date.context_today(self)

    def _check_callable(self):
        if self.called_on:
            raise UserError(self.env._("“%s” is called already.", self.name))
        if self.agreement_id.state not in ("signed", "closed"):
            raise UserError(
                self.env._("A tranche is called once the agreement is signed.")
            )

    def action_receive(self):
        """Write down that these tranches are paid, in full, today."""
        for tranche in self:
            if not tranche.called_on:
                raise UserError(self.env._("“%s” is not called yet.", tranche.name))
            if tranche.received_on:
                raise UserError(self.env._("“%s” is received already.", tranche.name))
            tranche.received_amount = tranche.amount
        self.received_on = fields.Date.context_today(self)
