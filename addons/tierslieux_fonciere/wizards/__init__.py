from . import tierslieux_share_correction
from . import tierslieux_share_receipt
from . import tierslieux_share_refusal
from . import tierslieux_share_roll
from . import tierslieux_share_transfer
from . import tierslieux_share_withdrawal
