# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import api, fields, models

KINDS = [
    ("ordinary", "Ordinary assembly"),
    ("extraordinary", "Extraordinary assembly"),
    ("election", "Election"),
    ("board", "Board meeting"),
]
BASES = [
    ("entitled", "All who are entitled to vote"),
    ("present", "Those present"),
    ("present_represented", "Those present or represented"),
    ("voters", "Those who voted"),
    ("expressed", "Votes for and against"),
]


class DecisionRule(models.Model):
    """How one kind of decision is taken, each figure with the article it comes from.

    Articles are named by their number, so that a copied version keeps its links.
    """

    _name = "tierslieux.decision.rule"
    _description = "Rule of decision"
    _inherit = ["tierslieux.frozen"]
    _order = "sequence, id"
    _rec_name = "kind"

    _frozen_parent = "version_id"

    version_id = fields.Many2one(
        "tierslieux.statutes.version", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True)

    quorum_article = fields.Char(string="Quorum: article")
    quorum_numerator = fields.Integer(default=0)
    quorum_denominator = fields.Integer(default=1)
    second_quorum_numerator = fields.Integer(
        default=0, help="Quorum of the second convocation; 0 asks for none."
    )
    second_quorum_denominator = fields.Integer(default=1)
    quorum_counts_proxies = fields.Boolean(default=True)
    quorum_counts_remote = fields.Boolean(default=True)
    quorum_per_college = fields.Boolean()

    majority_article = fields.Char(string="Majority: article")
    majority = fields.Selection(
        [
            ("simple", "More votes for than against"),
            ("absolute", "More than half of the base"),
            ("fraction", "At least a fraction of the base"),
        ],
        required=True,
        default="simple",
    )
    majority_numerator = fields.Integer(default=2)
    majority_denominator = fields.Integer(default=3)
    majority_base = fields.Selection(BASES, required=True, default="expressed")

    college_article = fields.Char(string="Colleges: article")
    college_mode = fields.Selection(
        [
            ("heads", "One member, one vote"),
            ("proportional", "Each college weighs in proportion to its votes"),
            ("bloc", "Each college votes as one"),
        ],
        required=True,
        default="heads",
    )
    empty_college = fields.Selection(
        [
            ("lapse", "Its weight is lost"),
            ("redistribute", "Its weight goes to the other colleges"),
        ],
        required=True,
        default="redistribute",
        help="What becomes of the weight of a college where nobody voted.",
    )
    tied_college = fields.Selection(
        [
            ("lapse", "Its weight is lost"),
            ("redistribute", "Its weight goes to the other colleges"),
        ],
        required=True,
        default="lapse",
        help="What becomes of the weight of a college that is divided evenly.",
    )

    proxy_article = fields.Char(string="Proxies: article")
    proxy_cap = fields.Integer(
        string="Proxies per holder", default=2, help="0 allows none."
    )
    proxy_same_college = fields.Boolean(string="Within the college only")
    blank_proxy = fields.Selection(
        [
            ("refused", "It is refused"),
            ("chair", "It goes to the chair"),
            ("board", "It votes for the board's motions"),
        ],
        string="Proxy without a name",
        required=True,
        default="chair",
    )

    notice_article = fields.Char(string="Notice: article")
    notice_days = fields.Integer(
        default=15, help="Days between the convocation and the meeting."
    )
    secrecy_article = fields.Char(string="Secrecy: article")
    secrecy = fields.Selection(
        [("open", "Open"), ("confidential", "Confidential")],
        required=True,
        default="open",
    )

    _kind_uniq = models.Constraint(
        "UNIQUE (version_id, kind)", "There is already a rule for this kind of decision."
    )
    _quorum_fraction = models.Constraint(
        "CHECK (quorum_denominator > 0 AND quorum_numerator >= 0"
        " AND quorum_numerator <= quorum_denominator)",
        "A quorum is a fraction between 0 and 1.",
    )
    _second_quorum_fraction = models.Constraint(
        "CHECK (second_quorum_denominator > 0 AND second_quorum_numerator >= 0"
        " AND second_quorum_numerator <= second_quorum_denominator)",
        "A quorum is a fraction between 0 and 1.",
    )
    _majority_fraction = models.Constraint(
        "CHECK (majority_denominator > 0 AND majority_numerator > 0"
        " AND majority_numerator <= majority_denominator)",
        "A majority is a fraction between 0 and 1.",
    )
    _caps_positive = models.Constraint(
        "CHECK (proxy_cap >= 0 AND notice_days >= 0)",
        "Proxies and days of notice cannot be negative.",
    )

    @api.depends("kind", "version_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            rule.display_name = f"{labels.get(rule.kind)} · {rule.version_id.name}"

    def _quorum(self, second_convocation=False):
        """The quorum as a fraction; 0 when none is asked."""
        self.ensure_one()
        if second_convocation:
            return Fraction(
                self.second_quorum_numerator, self.second_quorum_denominator
            )
        return Fraction(self.quorum_numerator, self.quorum_denominator)

    def _majority_threshold(self):
        """The fraction of the base that a ``fraction`` majority asks for."""
        self.ensure_one()
        return Fraction(self.majority_numerator, self.majority_denominator)
