# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: governance",
    "summary": "Statutes, assemblies, resolutions, ballots and minutes",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_network"],
    "data": [],
}
