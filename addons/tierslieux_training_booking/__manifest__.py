# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: trainings book their space",
    "summary": "A half-day of a session holds its space, moved and freed with it",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_training", "tierslieux_booking"],
    "data": [
        "views/event_event_views.xml",
        "views/tierslieux_training_half_day_views.xml",
    ],
    "auto_install": True,
}
