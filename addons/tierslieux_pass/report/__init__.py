from . import report_statement_xlsx
