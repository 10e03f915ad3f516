from . import pass_page
from . import portal_pass
from . import portal_visits
from . import portal_scanner
from . import portal_statements
