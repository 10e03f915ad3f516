# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class College(models.Model):
    """A college of members: who may join it, how, and for which fee."""

    _name = "tierslieux.college"
    _description = "College"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    description = fields.Text(
        translate=True, help="Who this college is for, shown on the application page."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    admission_required = fields.Boolean(
        string="Admitted by the board",
        default=True,
        help="The board decides on each application; otherwise whoever applies is "
        "admitted at once.",
    )
    grace_days = fields.Integer(
        string="Days of grace",
        default=90,
        help="Days during which a member whose dues are late stays on the roll.",
    )
    accepts_person = fields.Boolean(string="Open to persons", default=True)
    accepts_legal_person = fields.Boolean(string="Open to organisations", default=True)
    product_ids = fields.One2many("product.template", "college_id", string="Fees")
    membership_ids = fields.One2many("tierslieux.membership", "college_id")
    member_count = fields.Integer(
        string="Members on the roll", compute="_compute_member_count"
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This college code is taken.")
    _grace_days_positive = models.Constraint(
        "CHECK (grace_days >= 0)", "Days of grace cannot be negative."
    )
    _someone_may_join = models.Constraint(
        "CHECK (accepts_person OR accepts_legal_person)",
        "A college is open to persons, to organisations or to both.",
    )

    def _compute_member_count(self):
        counts = dict(
            self.env["tierslieux.membership"]._read_group(
                [("college_id", "in", self.ids), ("on_roll", "=", True)],
                ["college_id"],
                ["__count"],
            )
        )
        for college in self:
            college.member_count = counts.get(college, 0)

    def _default_product(self):
        """The fee of a new member: the first of the college."""
        self.ensure_one()
        return self.product_ids[:1].product_variant_id

    def action_open_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_network.tierslieux_membership_action"
        )
        return {**action, "domain": [("college_id", "=", self.id)]}
