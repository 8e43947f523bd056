"""The trades of the demo's units, by name."""

from addin.demo.content import Domain
from addin.demo.domains.electronics import ELECTRONICS
from addin.demo.domains.garment import GARMENT
from addin.demo.domains.health import HEALTH
from addin.demo.domains.machinery import MACHINERY
from addin.demo.domains.office import OFFICE
from addin.demo.domains.port import PORT
from addin.demo.domains.school import SCHOOL
from addin.demo.domains.shipyard import SHIPYARD
from addin.demo.domains.shoes import SHOES
from addin.demo.domains.utilities import UTILITIES

DOMAINS: dict[str, Domain] = {
    "shoes": SHOES,
    "garment": GARMENT,
    "shipyard": SHIPYARD,
    "port": PORT,
    "machinery": MACHINERY,
    "electronics": ELECTRONICS,
    "utilities": UTILITIES,
    "school": SCHOOL,
    "health": HEALTH,
    "office": OFFICE,
}
