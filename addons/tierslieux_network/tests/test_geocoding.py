# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_census import CensusCommon, standard_file, standard_row

LOGGER = "odoo.addons.tierslieux_network.models.tierslieux_geocoding"


class AddressService(BaseHTTPRequestHandler):
    """Answers as the national service does, on the loopback."""

    asked = []

    def do_GET(self):
        address = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append(address)
        features = [
            {
                "geometry": {"type": "Point", "coordinates": [4.8357, 45.7676]},
                "properties": {"score": 0.3 if "vague" in address else 0.9},
            }
        ]
        if "nulle part" in address:
            features = []
        self.send_response(500 if "panne" in address else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"features": features}).encode())

    def log_message(self, *args):
        """Silent."""


@tagged("post_install", "-at_install")
class TestGeocoding(CensusCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HTTPServer(("127.0.0.1", 0), AddressService)
        thread = Thread(target=cls.server.serve_forever)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.env["ir.config_parameter"].set_param(
            "tierslieux_network.geocoding_url",
            f"http://127.0.0.1:{cls.server.server_port}/search",
        )

    def setUp(self):
        super().setUp()
        AddressService.asked.clear()

    def venues(self, *streets):
        return self.env["tierslieux.venue"].concat(
            *(self.create_venue(street, street=street) for street in streets)
        )

    def test_missing_coordinates_are_asked_once(self):
        venues = self.venues("1 rue A", "1 rue A")
        venues._geocode()
        self.assertEqual(AddressService.asked, ["1 rue A 69001 Lyon"])
        self.assertEqual(venues.mapped("partner_latitude"), [45.7676] * 2)
        self.assertEqual(venues.mapped("partner_longitude"), [4.8357] * 2)
        self.venues("1 rue A")._geocode()
        self.assertEqual(len(AddressService.asked), 1)

    def test_unknown_or_vague_addresses_stay_empty_and_are_not_asked_again(self):
        venues = self.venues("nulle part", "rue vague")
        venues._geocode()
        venues._geocode()
        self.assertEqual(len(AddressService.asked), 2)
        self.assertEqual(venues.mapped("partner_latitude"), [0, 0])

    def test_a_service_out_of_order_blocks_nothing(self):
        venues = self.venues("1 rue A", "rue en panne", "2 rue B")
        with self.assertLogs(LOGGER, "WARNING") as logs:
            venues._geocode()
        # no address in the logs
        self.assertNotIn("rue", logs.output[0])
        self.assertEqual(venues.mapped("partner_latitude"), [45.7676, 0, 0])

    @mute_logger(LOGGER)
    def test_a_service_out_of_reach(self):
        self.env["ir.config_parameter"].set_param(
            "tierslieux_network.geocoding_url", "http://127.0.0.1:9/search"
        )
        venue = self.venues("1 rue A")
        venue._geocode()
        self.assertEqual(venue.partner_latitude, 0)

    def test_an_import_leaves_it_to_a_job(self):
        rows = (
            standard_row(1),
            standard_row(2, latitude="45.1", longitude="4.1"),
            standard_row(3, adresse="Lyon"),
        )
        with trap_jobs() as trap:
            self.imported(standard_file(*rows))
            venue = self.find("lieu-1")
            trap.assert_enqueued_job(venue._geocode)
            trap.assert_jobs_count(1)
            self.assertFalse(AddressService.asked)
            trap.perform_enqueued_jobs()
        self.assertEqual(venue.partner_latitude, 45.7676)
