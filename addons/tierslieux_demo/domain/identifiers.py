"""Identifiers and numbers that are well formed and belong to nobody.

- SIREN and SIRET end in a Luhn key. The numbers start with 209, between the blocks of
  local authorities (200 to 201, 21 to 29), where no enterprise is registered.
- VAT numbers are FR, a key made from the SIREN, and the SIREN.
- RNA numbers are W, the code of a prefecture's office and six digits; no office has
  the code x99.
- IBANs are of the bank code 99999, which no bank has, with their keys right.
- Telephone numbers are of the ranges that the numbering plan keeps for fiction (ARCEP,
  decision 2018-0881: 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98).
"""

FICTION = {"lyon": "04 65 71", "lille": "03 53 01", "mobile": "06 39 98"}


def luhn_key(digits):
    """The digit that makes ``digits`` followed by it a Luhn number."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if position % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def siret(number):
    """A SIRET for the ``number``-th organisation, 0 to 99 999: that of its seat."""
    siren = f"209{number:05d}"
    siren += luhn_key(siren)
    seat = f"{siren}0001"
    return seat + luhn_key(seat)


def vat(siret):
    """The VAT number of the organisation with a SIRET."""
    siren = siret[:9]
    return f"FR{(12 + 3 * int(siren)) % 97:02d}{siren}"


def rna(department, number):
    """An RNA number for the ``number``-th association of a department."""
    return f"W{department[0]}99{number:06d}"


def phone(rng, kind):
    """A fictional number: ``lyon``, ``lille`` or ``mobile``."""
    digits = f"{rng.randrange(10_000):04d}"
    return f"{FICTION[kind]} {digits[:2]} {digits[2:]}"


def iban(number):
    """A French IBAN for the ``number``-th account, of no bank."""
    bank, branch, account = "99999", "00001", f"{number:011d}"
    rib = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    bban = f"{bank}{branch}{account}{rib:02d}"
    # F is 15 and R is 27 in the check of ISO 13616
    key = 98 - int(f"{bban}152700") % 97
    return f"FR{key:02d}{bban}"
