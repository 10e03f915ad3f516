from . import tierslieux_funding_source
from . import tierslieux_funding_category
from . import tierslieux_funding_plan
from . import tierslieux_funding_phase
from . import tierslieux_funding_brick
from . import tierslieux_funding_action
from . import tierslieux_funding_agreement
