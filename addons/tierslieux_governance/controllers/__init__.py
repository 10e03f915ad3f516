from . import portal_assembly
from . import portal_statutes
from . import attendance
from . import votes
from . import named_votes
from . import portal_resolution
