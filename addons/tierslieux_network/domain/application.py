"""What an application for membership must say."""

import re

_PERSON = ("name", "email")
_ORGANISATION = ("name", "email", "delegate_name", "delegate_email")
_RNA = re.compile(r"W[0-9A-Z]\d{8}", re.ASCII)


def missing(values):
    """The required fields that are absent or blank.

    :param values: ``{field: text}``, ``is_company`` true for an organisation
    :return: a list of field names, in the order of the form
    """
    required = _ORGANISATION if values.get("is_company") else _PERSON
    return [field for field in required if not (values.get(field) or "").strip()]


def is_rna(text):
    """Whether a text is a number of the register of associations, spaces aside.

    >>> is_rna("w69 1234567"), is_rna("691234567")
    (True, False)
    """
    return bool(_RNA.fullmatch("".join(text.split()).upper()))
