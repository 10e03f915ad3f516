# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places demo network",
    "summary": "A metropolitan network to try everything on, generated, any size",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": [
        "l10n_fr_association_mis_builder",
        "payment_custom",
        "payment_demo",
        "tierslieux_booking",
        "tierslieux_brand",
        "tierslieux_fonciere",
        "tierslieux_funding",
        "tierslieux_governance",
        "tierslieux_network",
        "tierslieux_pass",
        "tierslieux_training",
        "tierslieux_training_booking",
    ],
    "external_dependencies": {"python": ["Pillow", "freezegun", "reportlab"]},
    "oca_data_manual": [
        "data/communes.csv",
        "data/districts.csv",
        "data/first_names.csv",
        "data/last_names.csv",
    ],
}
