from . import tierslieux_erasure
from . import tierslieux_membership_correction
from . import tierslieux_membership_decision
from . import tierslieux_membership_roll_print
