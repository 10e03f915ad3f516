from . import report_roll_xlsx
