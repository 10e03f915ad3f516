from . import tierslieux_funding_award
from . import tierslieux_funding_reversal
from . import tierslieux_funding_repayment
from . import tierslieux_funding_year_end_line
from . import tierslieux_funding_year_end
from . import tierslieux_funding_transition
