# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import api, fields, models

from ..domain import colleges, majority, proxies, quorum
from .verdict_sentences import fraction_text

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
    quorum_numerator = fields.Integer(string="Quorum: numerator", default=0)
    quorum_denominator = fields.Integer(string="Quorum: denominator", default=1)
    quorum_strict = fields.Boolean(
        string="Quorum must be exceeded", help="More than the fraction, not only it."
    )
    second_quorum_numerator = fields.Integer(
        string="Second quorum: numerator",
        default=0,
        help="Quorum of the second convocation; 0 asks for none.",
    )
    second_quorum_denominator = fields.Integer(
        string="Second quorum: denominator", default=1
    )
    quorum_counts_proxies = fields.Boolean(string="Proxies count", default=True)
    quorum_counts_remote = fields.Boolean(string="Remote members count", default=True)
    quorum_per_college = fields.Boolean(string="In each college too")

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
    majority_numerator = fields.Integer(string="Majority: numerator", default=2)
    majority_denominator = fields.Integer(string="Majority: denominator", default=3)
    majority_strict = fields.Boolean(
        string="Fraction must be exceeded", help="More than the fraction, not only it."
    )
    majority_base = fields.Selection(
        BASES, string="Base", required=True, default="expressed"
    )

    college_article = fields.Char(string="Colleges: article")
    college_mode = fields.Selection(
        [
            ("heads", "One member, one vote"),
            ("proportional", "Each college weighs in proportion to its votes"),
            ("bloc", "Each college votes as one"),
        ],
        string="Votes by college",
        required=True,
        default="heads",
    )
    silent_college = fields.Selection(
        [
            ("lapse", "Its weight is lost"),
            ("redistribute", "Its weight goes to the other colleges"),
        ],
        string="College without a voice",
        required=True,
        default="lapse",
        help="What becomes of the weight of a college where nobody voted for or "
        "against or, where colleges vote as one, that is divided evenly.",
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
        string="Days of notice",
        default=15,
        help="Days between the convocation and the meeting.",
    )
    secrecy_article = fields.Char(string="Secrecy: article")
    secrecy = fields.Selection(
        [("open", "Open, named"), ("confidential", "Confidential")],
        required=True,
        default="open",
    )

    summary = fields.Text(string="In plain words", compute="_compute_summary")

    _kind_uniq = models.Constraint(
        "UNIQUE (version_id, kind)",
        "There is already a rule for this kind of decision.",
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

    def _domain_quorum(self):
        self.ensure_one()
        return quorum.Quorum(
            fraction=Fraction(self.quorum_numerator, self.quorum_denominator),
            second=Fraction(
                self.second_quorum_numerator, self.second_quorum_denominator
            ),
            strict=self.quorum_strict,
            proxies_count=self.quorum_counts_proxies,
            remote_counts=self.quorum_counts_remote,
            per_college=self.quorum_per_college,
        )

    def _domain_majority(self):
        self.ensure_one()
        fraction = None
        if self.majority == majority.FRACTION:
            fraction = Fraction(self.majority_numerator, self.majority_denominator)
        return majority.Majority(
            self.majority, self.majority_base, fraction, self.majority_strict
        )

    def _domain_proxies(self):
        self.ensure_one()
        blank = {"refused": proxies.VOID}.get(self.blank_proxy, self.blank_proxy)
        return proxies.ProxyRule(self.proxy_cap, self.proxy_same_college, blank)

    def _domain_threshold(self):
        """What the weighted result of the colleges has to exceed: the fraction of the
        majority, half for the others."""
        self.ensure_one()
        return self._domain_majority().threshold()[0]

    def _decide_colleges(self, votes):
        """The verdict of weighted colleges.

        :param votes: ``{college: (for, against, abstentions)}`` by record; a college
            with a weight and no votes is silent
        :return: :class:`domain.colleges.Verdict`
        """
        self.ensure_one()
        return colleges.decide(
            [
                colleges.College(
                    line.college_id.name,
                    line.weight,
                    *votes.get(line.college_id, (0, 0, 0)),
                )
                for line in self.version_id.weight_ids
            ],
            self.college_mode,
            self.silent_college,
            self._domain_threshold(),
        )

    @api.depends(
        lambda self: [
            name
            for name, field in self._fields.items()
            if field.store and field.type in ("integer", "boolean", "selection", "char")
        ]
    )
    def _compute_summary(self):
        for rule in self:
            # while somebody types, before the database refuses it
            readable = all(
                (
                    rule.quorum_denominator,
                    rule.second_quorum_denominator,
                    rule.majority_denominator,
                )
            )
            rule.summary = readable and "\n".join(rule._sentences())

    def _sentences(self):
        """The rule in plain sentences, each with its article."""
        self.ensure_one()
        sentences = [
            (self._quorum_sentence(), self.quorum_article),
            (self._majority_sentence(), self.majority_article),
            (self._proxy_sentence(), self.proxy_article),
            (
                self.env._("Notice: %s days.", self.notice_days)
                if self.notice_days
                else self.env._("Notice: no delay is asked."),
                self.notice_article,
            ),
            (
                self.env._("Votes: open, each one is named.")
                if self.secrecy == "open"
                else self.env._("Votes: confidential."),
                self.secrecy_article,
            ),
        ]
        if self.college_mode != "heads":
            sentences.insert(2, (self._college_sentence(), self.college_article))
        return [
            self.env._("%(sentence)s (article %(article)s)", sentence=text, article=art)
            if art
            else text
            for text, art in sentences
        ]

    def _quorum_sentence(self):
        if not self.quorum_numerator:
            return self.env._("Quorum: none.")
        asked = fraction_text(Fraction(self.quorum_numerator, self.quorum_denominator))
        if self.quorum_strict:
            text = self.env._("Quorum: more than %s of the members.", asked)
        else:
            text = self.env._("Quorum: %s of the members.", asked)
        extras = []
        if self.quorum_per_college:
            extras.append(self.env._("Each college must reach it."))
        if not self.quorum_counts_proxies:
            extras.append(self.env._("Proxies do not count."))
        if not self.quorum_counts_remote:
            extras.append(self.env._("Remote members do not count."))
        if self.second_quorum_numerator:
            extras.append(
                self.env._(
                    "Second convocation: %s.",
                    fraction_text(
                        Fraction(
                            self.second_quorum_numerator, self.second_quorum_denominator
                        )
                    ),
                )
            )
        else:
            extras.append(self.env._("Second convocation: none asked."))
        return " ".join([text, *extras])

    def _majority_sentence(self):
        base = dict(self._fields["majority_base"]._description_selection(self.env))[
            self.majority_base
        ]
        if self.majority == "simple":
            return self.env._("Majority: more votes for than against.")
        if self.majority == "absolute":
            return self.env._("Majority: more than half. Base: %s.", base)
        asked = fraction_text(
            Fraction(self.majority_numerator, self.majority_denominator)
        )
        if self.majority_strict:
            return self.env._(
                "Majority: more than %(fraction)s. Base: %(base)s.",
                fraction=asked,
                base=base,
            )
        return self.env._(
            "Majority: at least %(fraction)s. Base: %(base)s.",
            fraction=asked,
            base=base,
        )

    def _college_sentence(self):
        mode = dict(self._fields["college_mode"]._description_selection(self.env))
        silent = dict(self._fields["silent_college"]._description_selection(self.env))
        return self.env._(
            "Colleges: %(mode)s. College without a voice: %(silent)s.",
            mode=mode[self.college_mode],
            silent=silent[self.silent_college],
        )

    def _proxy_sentence(self):
        if not self.proxy_cap:
            return self.env._("Proxies: none.")
        if self.proxy_cap == 1:
            text = self.env._("Proxies: at most 1 per holder.")
        else:
            text = self.env._("Proxies: at most %s per holder.", self.proxy_cap)
        if self.proxy_same_college:
            text += " " + self.env._("Within the college only.")
        blank = dict(self._fields["blank_proxy"]._description_selection(self.env))
        return text + " " + self.env._("Without a name: %s.", blank[self.blank_proxy])
