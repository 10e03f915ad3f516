from . import tierslieux_erasure
