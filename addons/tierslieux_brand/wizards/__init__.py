from . import tierslieux_brand_licence_decision
