"""The columns of the national standard of places of digital mediation, as data.

Source: schema « Lieux de médiation numérique » 1.0.2 (la MedNum, Etalab),
https://github.com/LaMednum/standard-mediation-num
"""

from typing import NamedTuple


class Column(NamedTuple):
    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple = ()


COLUMNS = (
    Column("id", required=True),
    Column("pivot", "pivot", required=True),
    Column("nom", required=True),
    Column("commune", required=True),
    Column("code_postal", "zip", required=True),
    Column("code_insee", "insee"),
    Column("adresse", required=True),
    Column("complement_adresse"),
    Column("latitude", "latitude"),
    Column("longitude", "longitude"),
    Column("typologie"),
    Column("telephone", "phone"),
    Column("courriels", "emails"),
    Column("site_web", "urls"),
    Column("horaires", "hours"),
    Column("presentation_resume", "summary"),
    Column("presentation_detail", "paragraphs"),
    Column("source"),
    Column("itinerance", "choices", choices=("Itinérant", "Fixe")),
    Column("structure_parente"),
    Column("date_maj", "date", required=True),
    Column(
        "services",
        "choices",
        choices=(
            "Aide aux démarches administratives",
            "Maîtrise des outils numériques du quotidien",
            "Insertion professionnelle via le numérique",
            "Utilisation sécurisée du numérique",
            "Parentalité et éducation avec le numérique",
            "Loisirs et créations numériques",
            "Compréhension du monde numérique",
            "Accès internet et matériel informatique",
            "Acquisition de matériel informatique à prix solidaire",
        ),
    ),
    Column(
        "publics_specifiquement_adresses",
        "choices",
        choices=(
            "Jeunes",
            "Étudiants",
            "Familles et/ou enfants",
            "Seniors",
            "Femmes",
        ),
    ),
    Column(
        "prise_en_charge_specifique",
        "choices",
        choices=(
            "Surdité",
            "Handicaps moteurs",
            "Handicaps mentaux",
            "Illettrisme",
            "Langues étrangères (anglais)",
            "Langues étrangères (autres)",
            "Déficience visuelle",
        ),
    ),
    Column(
        "frais_a_charge",
        "choices",
        choices=("Gratuit", "Gratuit sous condition", "Payant"),
    ),
    Column(
        "dispositif_programmes_nationaux",
        "choices",
        choices=(
            "Aidants Connect",
            "Bibliothèques numérique de référence",
            "Certification PIX",
            "Conseillers numériques",
            "Emmaüs Connect",
            "France Services",
            "Grande école du numérique",
            "La Croix Rouge",
            "Point d'accès numérique CAF",
            "Promeneurs du net",
            "Relais numérique (Emmaüs Connect)",
        ),
    ),
    Column(
        "formations_labels",
        "choices",
        choices=(
            "Formé à « Mon Espace Santé »",
            "Formé à « DUPLEX » (illettrisme)",
            "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
            "Collectif ressources et acteurs réemploi (Normandie)",
            "Étapes numériques(La Poste)",
            "Fabriques de Territoire",
            "Les Éclaireurs du numérique (Drôme)",
            "Mes Papiers (Métropole de Lyon)",
            "ORDI 3.0",
            "SUD LABS (PACA)",
        ),
    ),
    Column("autres_formations_labels"),
    Column(
        "modalites_acces",
        "choices",
        choices=(
            "Se présenter",
            "Téléphoner",
            "Contacter par mail",
            "Prendre un RDV en ligne",
            "Ce lieu n'accueille pas de public",
            "Envoyer un mail avec une fiche de prescription",
        ),
    ),
    Column(
        "modalites_accompagnement",
        "choices",
        choices=(
            "En autonomie",
            "Accompagnement individuel",
            "Dans un atelier collectif",
            "À distance",
        ),
    ),
    Column("fiche_acces_libre"),
    Column("prise_rdv"),
)
BY_NAME = {column.name: column for column in COLUMNS}
NAMES = tuple(BY_NAME)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
NO_PIVOT = "00000000000000"
THIRD_PLACE = "TIERS_LIEUX"
# columns without a field of a venue: kept and exported as they came
KEPT = (
    "source",
    "itinerance",
    "structure_parente",
    "prise_en_charge_specifique",
    "frais_a_charge",
    "dispositif_programmes_nationaux",
    "formations_labels",
    "autres_formations_labels",
    "modalites_acces",
    "modalites_accompagnement",
    "prise_rdv",
)
