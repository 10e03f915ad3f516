from . import portal_volunteering
from . import portal_funding
