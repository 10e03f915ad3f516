"""Import of a census of 10 000 lines, beside Odoo's own import of the same lines.

Both read the same facts into the same fields of venues that do not exist yet, from a
CSV file to flushed records, in one run on one database; all is rolled back.
"""

import base64
import csv
import gc
import io
import os
import sys
import time

LINES = 10_000
TARGET = 3
# header of the file → field of a venue, for Odoo's own import
COLUMNS = {
    "Identifiant": "identifier",
    "Nom": "name",
    "Catégorie": "category_id",
    "Statut": "state",
    "Adresse": "street",
    "Code postal": "zip",
    "Commune": "city",
    "Code INSEE": "commune_id",
    "Latitude": "partner_latitude",
    "Longitude": "partner_longitude",
    "Téléphone": "phone",
    "Courriel": "email",
    "Site web": "website",
    "Horaires": "opening_hours",
    "Surface": "surface",
    "Capacité": "capacity",
    "Structure": "structure_id",
    "Café": "has_cafe",
    "Gouvernance partagée": "participatory_governance",
    "Services": "service_ids",
    "Publics": "audience_ids",
    "Ouverture": "opening_date",
    "Résumé": "summary",
}
HOURS = ("Mo-Fr 09:00-18:00", "Mo-Sa 10:00-12:00", "Tu-Fr 14:00-19:00", "")
COMMUNES = 50
STRUCTURES = 200


def lines(env, count):
    """Lines of a census, always the same."""
    categories = env["tierslieux.venue.category"].search([]).mapped("name")
    services = env["tierslieux.service"].search([]).mapped("name")
    audiences = env["tierslieux.audience"].search([]).mapped("name")
    for number in range(count):
        commune = number % COMMUNES
        yield (
            f"banc-{number}",
            f"Lieu de mesure {number}",
            categories[number % len(categories)],
            "Open",
            f"{number} rue de la Mesure",
            f"99{commune:03d}",
            f"Commune {commune}",
            f"99{commune:03d}",
            f"{45 + number / 10**5:.5f}",
            f"{4 + number / 10**5:.5f}",
            f"+334720{number:05d}",
            f"lieu{number}@example.org",
            f"https://lieu{number}.example.org",
            HOURS[number % len(HOURS)],
            str(50 + number % 500),
            str(5 + number % 90),
            f"Structure de mesure {number % STRUCTURES}",
            str(number % 2),
            str(number % 3 % 2),
            ",".join(services[number % 4 :: 8]),
            ",".join(audiences[number % 3 :: 6]),
            "2020-01-01",
            f"Un lieu pour mesurer, le {number}.",
        )


def prepare(env):
    """The communes and structures that both imports find."""
    env["tierslieux.commune"].create(
        [
            {"name": f"Commune {n}", "insee_code": f"99{n:03d}", "zip": f"99{n:03d}"}
            for n in range(COMMUNES)
        ]
    )
    structures = env["res.partner"].create(
        [
            {"name": f"Structure de mesure {n}", "is_company": True}
            for n in range(STRUCTURES)
        ]
    )
    # our import knows by name those that hold a venue already
    category = env.ref("tierslieux_network.venue_category_other")
    env["tierslieux.venue"].create(
        [
            {"name": f"Siège {s.id}", "category_id": category.id, "structure_id": s.id}
            for s in structures
        ]
    )


def timed(env, run, *args):
    """Seconds that ``run`` takes; what it wrote is rolled back."""
    env.flush_all()
    env.invalidate_all()
    gc.collect()
    savepoint = env.cr.savepoint()
    start = time.perf_counter()
    run(env, *args)
    env.flush_all()
    seconds = time.perf_counter() - start
    found = env["tierslieux.venue"].search_count([("identifier", "=like", "banc-%")])
    savepoint.rollback()
    savepoint.close(rollback=False)
    env.invalidate_all(flush=False)
    return seconds, found


def run_ours(env, content):
    census = env["tierslieux.census.import"].create(
        {"name": "banc.csv", "file": base64.b64encode(content)}
    )
    census._run_import()
    if census.state != "done":
        raise RuntimeError(census.report["problems"][:3])


def run_peer(env, content):
    wizard = env["base_import.import"].create(
        {
            "res_model": "tierslieux.venue",
            "file": content,
            "file_name": "banc.csv",
            "file_type": "text/csv",
        }
    )
    result = wizard.execute_import(
        list(COLUMNS.values()),
        list(COLUMNS),
        {
            "has_headers": True,
            "quoting": '"',
            "separator": ",",
            "encoding": "utf-8",
            "date_format": "%Y-%m-%d",
            "float_thousand_separator": " ",
            "float_decimal_separator": ".",
        },
    )
    if result["messages"]:
        raise RuntimeError(result["messages"][:3])


def measure(env, count=LINES):
    """``[(label, ours, peer, ratio, target)]``: seconds, and how many times faster."""
    prepare(env)
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    writer.writerows(lines(env, count))
    content = output.getvalue().encode()
    ours, found = timed(env, run_ours, content)
    peer, peer_found = timed(env, run_peer, content)
    if (found, peer_found) != (count, count):
        raise RuntimeError(f"{found} and {peer_found} venues instead of {count}")
    label = f"census import of {count} lines beside base_import (s)"
    return [(label, ours, peer, peer / ours, TARGET)]


def main(argv=None):
    argv = sys.argv[1:] if argv is None else argv
    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"], "--log-level=error"])
    count = int(argv[0]) if argv else LINES
    with Registry(os.environ["TIERSLIEUX_DB"]).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "en_US"})
        results = measure(env, count)
        cr.rollback()
    failed = False
    for label, ours, peer, ratio, target in results:
        failed |= ratio < target
        print(f"{label}: {ours:.2f} against {peer:.2f}, {ratio:.1f} × (≥ {target})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
