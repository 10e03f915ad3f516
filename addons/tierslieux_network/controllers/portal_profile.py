# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json
import zipfile
from urllib.parse import quote

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import content_disposition, request
from odoo.tools.json import json_default

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.tierslieux_profile import AUDIENCES, VISIBLE_FIELDS
from .tools import identifiers, image_base64

TEXTS = {"headline": 140, "biography": 4000}


class PortalProfile(CustomerPortal):
    """My profile, and who sees it."""

    @http.route(
        "/my/profile", type="http", auth="user", website=True, methods=["GET", "POST"]
    )
    def my_profile(self, **post):
        if not request.env.user.has_group("tierslieux_network.group_member"):
            return request.redirect("/my")
        errors = {}
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    self._save_profile(post)
                return request.redirect("/my/profile?saved=1")
            except (UserError, ValidationError) as error:
                errors["form"] = str(error)
        values = self._prepare_portal_layout_values()
        values.update(self._profile_values())
        values.update(errors=errors, saved=post.get("saved"), page_name="my_profile")
        return request.render("tierslieux_network.portal_my_profile", values)

    @http.route("/my/profile/preview", type="http", auth="user", website=True)
    def preview(self, audience="public", **kwargs):
        """My page as the public, or the network, sees it."""
        audience = audience if audience in ("public", "network") else "public"
        profile = _my_profile().with_context(bin_size=True)
        return request.render(
            "tierslieux_network.person_preview",
            {
                "audience": audience,
                "person_id": profile.id,
                "person": profile._visible_values(audience).get(profile.id),
                # sudo: published venues are public
                "facilitated": profile.sudo().facilitated_venue_ids.filtered(
                    "is_published"
                ),
                "slug": request.env["ir.http"]._slug,
                "url_quote": quote,
            },
        )

    @http.route("/my/profile/photo", type="http", auth="user")
    def photo(self, **kwargs):
        # sudo: one's own contact card
        partner = request.env.user.sudo().partner_id
        stream = request.env["ir.binary"]._get_image_stream_from(partner, "image_256")
        return stream.get_response(max_age=0)

    @http.route("/my/profile/export", type="http", auth="user", website=True)
    def export(self, **kwargs):
        """Everything held about me, in a ZIP that people and programs can read."""
        # sudo: one's own data, whatever the rights on each model
        data = request.env.user.sudo().partner_id._personal_data()
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in data.items():
                archive.writestr(
                    f"{name}.json",
                    json.dumps(
                        content,
                        ensure_ascii=False,
                        indent=2,
                        default=json_default,
                    ),
                )
        return request.make_response(
            file.getvalue(),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition("mes-donnees.zip")),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route(
        "/my/profile/erasure", type="http", auth="user", website=True, methods=["POST"]
    )
    def ask_for_erasure(self, **post):
        # sudo: a person asks the board about themself
        request.env.user.sudo().partner_id._ask_for_erasure()
        return request.redirect("/my/profile?saved=erasure")

    def _profile_values(self):
        profile = _my_profile()
        # sudo: labels of reference data and names of published venues are public
        env = request.env(su=True)
        return {
            "profile": profile,
            "partner": request.env.user.sudo().partner_id,
            "audiences": AUDIENCES,
            "skill_groups": _skill_groups(env["tierslieux.skill"].search([])),
            "stages": env["tierslieux.creation.stage"].search([]),
            "venues": env["tierslieux.venue"].search_fetch(
                [("is_published", "=", True)], ["name"]
            ),
            "erasure_asked": request.env.user.sudo().partner_id._erasure_activity(),
        }

    def _save_profile(self, post):
        profile = _my_profile() or request.env["tierslieux.profile"].create(
            {"partner_id": request.env.user.partner_id.id}
        )
        form = request.httprequest.form
        values = {
            name: (post.get(name) or "").strip()[:length]
            for name, length in TEXTS.items()
        }
        choices = {choice for choice, _label in AUDIENCES}
        for name in VISIBLE_FIELDS:
            if post.get(f"visibility_{name}") in choices:
                values[f"visibility_{name}"] = post[f"visibility_{name}"]
        env = request.env(su=True)  # sudo: to tell which ids exist and are published
        values["skill_ids"] = identifiers(form, "skill_ids", env["tierslieux.skill"])
        values["is_mentor"] = bool(post.get("is_mentor"))
        values["mentor_stage_ids"] = identifiers(
            form, "mentor_stage_ids", env["tierslieux.creation.stage"]
        )
        venues = identifiers(form, "home_venue_id", env["tierslieux.venue"])
        values["home_venue_id"] = (
            env["tierslieux.venue"].browse(venues).filtered("is_published")[:1].id
        )
        profile.write(values)
        photo = image_base64(request.httprequest.files.get("photo"))
        if photo or post.get("remove_photo"):
            # sudo: people have no right on contacts; this one is theirs
            request.env.user.sudo().partner_id.image_1920 = photo or False


def _my_profile():
    return request.env["tierslieux.profile"].search(
        [("partner_id", "=", request.env.user.partner_id.id)]
    )


def _my_venues():
    return request.env["tierslieux.venue"].search(
        [("manager_ids", "in", request.env.uid)]
    )


def _skill_groups(skills):
    """``[(top skill, its descendants or itself), …]`` in the order of the tree."""
    groups = {}
    for skill in skills:
        top = skill.browse(int(skill.parent_path.split("/")[0]))
        groups.setdefault(top, []).append(skill)
    return [
        (top, [skill for skill in below if skill != top] or [top])
        for top, below in groups.items()
    ]
