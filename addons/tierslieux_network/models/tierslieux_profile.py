# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import visibility
from ..domain.search_terms import searchable

AUDIENCES = [
    ("nobody", "Nobody"),
    ("network", "Members of the network"),
    ("public", "Everybody"),
]
# What a person shows or hides, and the fields behind each choice.
VISIBLE_FIELDS = {
    "name": ["name"],
    "photo": ["image_512"],
    "headline": ["headline"],
    "biography": ["biography"],
    "email": ["email"],
    "phone": ["phone"],
    "skills": ["skill_ids"],
    "mentoring": ["is_mentor", "mentor_stage_ids"],
    "home_venue": ["home_venue_id"],
}
# What people may write of their own profile: that somebody facilitates a venue is
# not theirs to say, nor what the search knows of them.
PERSON_FIELDS = frozenset(
    {
        "headline",
        "biography",
        "skill_ids",
        "is_mentor",
        "mentor_stage_ids",
        "home_venue_id",
        *(f"visibility_{field}" for field in VISIBLE_FIELDS),
    }
)


def _visibility(label):
    return fields.Selection(AUDIENCES, string=label, required=True, default="nobody")


class Profile(models.Model):
    """What a person tells the network about themself, and who may see it."""

    _name = "tierslieux.profile"
    _description = "Profile"
    _inherit = ["tierslieux.own.record", "mail.thread"]
    _inherits = {"res.partner": "partner_id"}
    _order = "sort_name, id"
    _rec_names_search = ["name"]
    _own_fields = PERSON_FIELDS

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact card",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sort_name = fields.Char(
        string="Sorted by", related="partner_id.name", store=True, index=True
    )
    headline = fields.Char(help="What you do, in one line.")
    biography = fields.Text()
    skill_ids = fields.Many2many("tierslieux.skill", string="Skills")
    is_mentor = fields.Boolean(string="Mentor")
    mentor_stage_ids = fields.Many2many(
        "tierslieux.creation.stage",
        string="Helps at",
        help="Stages of the creator's path at which this mentor helps.",
    )
    home_venue_id = fields.Many2one(
        "tierslieux.venue", string="Home venue", index="btree_not_null"
    )
    facilitated_venue_ids = fields.Many2many(
        "tierslieux.venue",
        "tierslieux_profile_facilitated_venue_rel",
        "profile_id",
        "venue_id",
        string="Facilitates",
    )

    visibility_name = _visibility("Who sees my name and my page")
    visibility_photo = _visibility("Who sees my photo")
    visibility_headline = _visibility("Who sees what I do")
    visibility_biography = _visibility("Who sees my story")
    visibility_email = _visibility("Who sees my email address")
    visibility_phone = _visibility("Who sees my phone number")
    visibility_skills = _visibility("Who sees my skills")
    visibility_mentoring = _visibility("Who sees that I am a mentor")
    visibility_home_venue = _visibility("Who sees my home venue")

    public_text = fields.Text(compute="_compute_search_texts", store=True)
    network_text = fields.Text(compute="_compute_search_texts", store=True)

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This person has a profile already."
    )
    _public_text_idx = models.Index("USING gin (public_text gin_trgm_ops)")
    _network_text_idx = models.Index("USING gin (network_text gin_trgm_ops)")

    @api.depends(
        "active",
        "name",
        "headline",
        "biography",
        "skill_ids.complete_name",
        "is_mentor",
        "mentor_stage_ids.name",
        "home_venue_id.name",
        *(f"visibility_{field}" for field in VISIBLE_FIELDS),
    )
    def _compute_search_texts(self):
        # in French: the language of those who search
        for profile in self.with_context(lang="fr_FR"):
            for audience in (visibility.PUBLIC, visibility.NETWORK):
                profile[f"{audience}_text"] = profile._search_text(audience)

    def _prepare_create_values(self, vals_list):
        # The ORM adds empty properties to the contact behind a new profile, as a
        # write on that contact, for which people have no right.
        result = super()._prepare_create_values(vals_list)
        for vals in result:
            if vals.get("partner_id") and not vals.get("properties"):
                vals.pop("properties", None)
        return result

    def _search_text(self, audience):
        """What a search on behalf of an audience may find this person by; empty
        when the person is hidden from it, or archived."""
        seen = self._visible(audience) if self.active else set()
        texts = {
            "name": [self.name],
            "headline": [self.headline],
            "skills": self.skill_ids.mapped("complete_name"),
            "mentoring": ["mentor", *self.mentor_stage_ids.mapped("name")]
            if self.is_mentor
            else [],
            "home_venue": [self.home_venue_id.name],
        }
        return searchable(
            *(text for field, parts in texts.items() if field in seen for text in parts)
        )

    def _visible(self, audience):
        """Names of the choices that let an audience see; empty for a hidden person."""
        self.ensure_one()
        return visibility.visible_fields(
            {field: self[f"visibility_{field}"] for field in VISIBLE_FIELDS}, audience
        )

    def _visible_values(self, audience):
        """What an audience may see of these persons, the only way pages read them,
        with ``_visible_cards`` for lists.

        :param audience: ``public`` or ``network``
        :return: ``{profile id: {field: value}}``, hidden fields absent, hidden persons
            absent; values as the ORM gives them
        """
        # sudo: the choices of each person are the access rule here, applied below
        result = {}
        for profile in self.sudo():
            seen = profile._visible(audience)
            if seen:
                result[profile.id] = {
                    field: profile[field]
                    for choice in VISIBLE_FIELDS
                    if choice in seen
                    for field in VISIBLE_FIELDS[choice]
                }
        return result

    @api.model
    def _visible_cards(self, ids, audience):
        """What lists show of persons: of ``_visible_values``, ``name``, ``headline``,
        ``is_mentor`` and, as ``photo``, whether there is one. In one query.

        :return: ``{profile id: {field: value}}``, hidden ones absent
        """
        result = {}
        for profile_id, choices, values in self._query_cards(ids):
            seen = visibility.visible_fields(choices, audience)
            if seen:
                result[profile_id] = {
                    field: value
                    for choice, (field, value) in values.items()
                    if choice in seen
                }
        return result

    def _query_cards(self, ids):
        self.env.flush_all()
        choices = ("name", "headline", "mentoring", "photo")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pr.id, p.name, pr.headline, pr.is_mentor,
                       EXISTS (SELECT FROM ir_attachment a
                                WHERE a.res_model = 'res.partner'
                                  AND a.res_field = 'image_512' AND a.res_id = p.id),
                       %(choices)s
                  FROM tierslieux_profile pr
                  JOIN res_partner p ON p.id = pr.partner_id
                 WHERE pr.id = ANY(%(ids)s)
                """,
                choices=SQL(", ").join(
                    SQL.identifier("pr", f"visibility_{choice}") for choice in choices
                ),
                ids=list(ids),
            )
        )
        for profile_id, name, headline, is_mentor, photo, *chosen in rows:
            yield (
                profile_id,
                dict(zip(choices, chosen, strict=True)),
                {
                    "name": ("name", name),
                    "headline": ("headline", headline or False),
                    "mentoring": ("is_mentor", bool(is_mentor)),
                    "photo": ("photo", photo),
                },
            )
