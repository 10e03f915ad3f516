from . import portal_volunteering
