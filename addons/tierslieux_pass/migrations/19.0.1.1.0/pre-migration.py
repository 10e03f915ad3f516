# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Adopted rules cannot be written: their delays come with the columns."""
    cr.execute(
        """
        ALTER TABLE tierslieux_settlement_rule
            ADD COLUMN IF NOT EXISTS correction_days integer DEFAULT 14,
            ADD COLUMN IF NOT EXISTS answer_days integer DEFAULT 14,
            ADD COLUMN IF NOT EXISTS unanswered varchar DEFAULT 'accepted'
        """
    )
    cr.execute(
        """
        ALTER TABLE tierslieux_settlement_rule
            ALTER COLUMN correction_days DROP DEFAULT,
            ALTER COLUMN answer_days DROP DEFAULT,
            ALTER COLUMN unanswered DROP DEFAULT
        """
    )
