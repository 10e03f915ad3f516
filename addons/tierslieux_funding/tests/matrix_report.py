# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def report_records(case, whose, agreement):
    """A report that is drawn up and signed, and a draft, of an agreement."""
    reports = case.env["tierslieux.funding.report"]
    draft, frozen = reports.create([{"agreement_id": agreement.id}] * 2)
    frozen.write(
        {
            "content": {"annexes": []},
            "digest": "0" * 64,
            "frozen_on": "2027-01-31 10:00:00",
            "user_id": case.env.uid,
            "pdf": b"JVBERg==",
            "xlsx": b"UEs=",
        }
    )
    signature = case.env["tierslieux.funding.report.signature"].create(
        {
            "report_id": frozen.id,
            "name": "Camille Roy",
            "quality": "présidente",
            "place": "Lyon",
            "date": "2027-02-01",
            "digest": frozen.digest,
            "pdf": b"JVBERg==",
            "xlsx": b"UEs=",
        }
    )
    return {
        (reports._name, f"{whose}, a draft"): draft,
        (reports._name, f"{whose}, drawn up"): frozen,
        (signature._name, whose): signature,
    }
