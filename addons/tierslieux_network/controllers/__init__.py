from . import directory
from . import open_data
from . import portal_invoice
from . import portal_profile
from . import portal_venue
from . import join
from . import portal
from . import portal_home
