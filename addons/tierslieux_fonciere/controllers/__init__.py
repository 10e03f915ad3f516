from . import properties
from . import subscribe
from . import portal_shares
from . import certificate
