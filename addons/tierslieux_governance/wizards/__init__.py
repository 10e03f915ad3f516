from . import tierslieux_mandate_creation
from . import tierslieux_mandate_creation_line
from . import tierslieux_minutes_correction
