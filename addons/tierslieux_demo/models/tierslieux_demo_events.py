# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import json
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import models

from .. import illustrations

PARIS = ZoneInfo("Europe/Paris")
PARAGRAPH = Markup("<div class='container'><p class='lead'>%s</p></div>")


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_events(self, data, ids):
        covers = self._covers()
        venues = self.env["tierslieux.venue"]
        rows = data["events"]
        self.env["event.event"].create(
            [
                {
                    "name": row["name"],
                    "date_begin": self._utc(row["start"]),
                    "date_end": self._utc(row["end"]),
                    "date_tz": str(PARIS),
                    "address_id": venues.browse(
                        ids["venues"][row["venue"]]
                    ).partner_id.id,
                    "organizer_id": self.env.company.partner_id.id,
                    "seats_limited": True,
                    "seats_max": row["seats"],
                    "subtitle": row["sentence"],
                    "description": PARAGRAPH % row["sentence"],
                    "is_published": True,
                    "cover_properties": self._cover(
                        covers[data["venues"][row["venue"]]["picture"]]
                    ),
                }
                for row in rows
            ]
        )
        yield len(rows), len(rows)

    def _utc(self, local):
        """Odoo stores times in UTC, without a zone."""
        aware = local.replace(tzinfo=PARIS)
        return aware.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _covers(self):
        return self.env["ir.attachment"].create(
            [
                {
                    "name": f"facade-{number}.jpg",
                    "datas": base64.b64encode(picture),
                    "public": True,
                }
                for number, picture in enumerate(illustrations.facades(), 1)
            ]
        )

    def _cover(self, attachment):
        return json.dumps(
            {
                "background-image": f"url(/web/image/{attachment.id})",
                "background_color_class": "o_cc3",
                "opacity": "0.6",
                "resize_class": "o_half_screen_height o_record_has_cover",
            }
        )
