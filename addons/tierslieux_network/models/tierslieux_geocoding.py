# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import requests

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds
# The service says how sure it is, from 0 to 1; below this it is another street.
LEAST_SCORE = 0.5


class Geocoding(models.Model):
    """What the national address service answered, so that it is asked once.

    API: https://data.geopf.fr/geocodage/openapi (search), formerly that of the Base
    Adresse Nationale.
    """

    _name = "tierslieux.geocoding"
    _description = "Coordinates of an address"
    _rec_name = "address"
    _order = "address"

    address = fields.Char(required=True, readonly=True)
    found = fields.Boolean(readonly=True)
    latitude = fields.Float(digits=(10, 7), readonly=True)
    longitude = fields.Float(digits=(10, 7), readonly=True)

    _address_uniq = models.Constraint(
        "UNIQUE (address)", "This address was asked already."
    )

    @api.model
    def _locate(self, addresses):
        """Ask for addresses; stops at the first time the service does not answer.

        :param addresses: texts such as ``1 rue de la Paix 75002 Paris``
        :return: ``{address: (latitude, longitude)}`` of those found
        """
        answers = self.search([("address", "in", addresses)])
        known = {answer.address: answer for answer in answers}
        url = self.env["ir.config_parameter"].get_param(
            "tierslieux_network.geocoding_url"
        )
        asked = []
        for address in dict.fromkeys(addresses):
            if address in known:
                continue
            try:
                asked.append({"address": address, **self._ask(url, address)})
            except (requests.RequestException, ValueError, LookupError) as error:
                _logger.warning("No address service: %s", type(error).__name__)
                break
        answers += self.create(asked)
        return {a.address: (a.latitude, a.longitude) for a in answers if a.found}

    @api.model
    def _ask(self, url, address):
        response = requests.get(url, params={"q": address, "limit": 1}, timeout=TIMEOUT)
        response.raise_for_status()
        features = response.json()["features"]
        if not features or features[0]["properties"]["score"] < LEAST_SCORE:
            return {"found": False}
        longitude, latitude = features[0]["geometry"]["coordinates"]
        return {"found": True, "latitude": latitude, "longitude": longitude}
