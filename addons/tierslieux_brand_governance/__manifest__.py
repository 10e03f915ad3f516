# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: marks adopted by assemblies",
    "summary": "Rules of use of a mark are adopted by a resolution of the register",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_brand", "tierslieux_governance"],
    "data": ["views/tierslieux_brand_rules_views.xml"],
    "auto_install": True,
}
