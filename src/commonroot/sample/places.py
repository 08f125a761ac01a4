"""Places: the region's counties, districts and schools. Every name is made up."""

import unicodedata
from dataclasses import dataclass

ELEMENTARY, MIDDLE, HIGH, THROUGH = "elementary", "middle", "high", "K-8"

GRADES = ("K", *(str(grade) for grade in range(1, 13)))


@dataclass(frozen=True, slots=True)
class District:
    """A district and the shape of its school year."""

    name: str
    county: str
    number: int
    school_days: int
    thanksgiving_days: int


@dataclass(frozen=True, slots=True)
class School:
    """A school; rates are incidents per 100 students per school day."""

    name: str
    district: District
    level: str
    size: int
    system: str
    extension: str
    minor_rate: float
    major_rate: float
    number: int

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades taught here, lowest first."""
        first, last = {
            ELEMENTARY: (0, 5),
            MIDDLE: (6, 8),
            HIGH: (9, 12),
            THROUGH: (0, 8),
        }[self.level]
        return GRADES[first : last + 1]

    @property
    def slug(self) -> str:
        """The name as a file name."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore")
        return plain.decode().lower().replace(" ", "-")

    @property
    def file(self) -> str:
        """Where the school's export lies, below the region's folder."""
        return f"incidents/{self.slug}.{self.extension}"

    @property
    def code(self) -> str:
        """The initials, for example JFE."""
        return "".join(word[0] for word in self.name.split())


CINDER = District("Cinder Basin School District", "Cinder County", 41, 172, 3)
MADRONE = District("Madrone Valley School District", "Madrone County", 42, 173, 3)
TAMARACK = District("Tamarack River School District", "Tamarack County", 43, 171, 5)
SALTGRASS = District("Saltgrass Coast School District", "Saltgrass County", 44, 170, 5)
QUAIL = District("Quail Gap School District", "Madrone County", 45, 172, 3)

# Rates lie about the national medians of peers.md section 5, majors only;
# elementary schools write down about two minors for each major.
SCHOOLS = (
    School("Juniper Flat Elementary", CINDER, ELEMENTARY, 364,
           "SWIS", "csv", 0.52, 0.24, 11),
    School("Cinder Basin Middle", CINDER, MIDDLE, 412,
           "PowerSchool Incident Management", "csv", 0.38, 0.44, 12),
    School("Cinder Basin High", CINDER, HIGH, 586,
           "Ed-Fi", "xml", 0.28, 0.52, 13),
    School("Alder Ford Elementary", MADRONE, ELEMENTARY, 318,
           "eduCLIMBER", "json", 0.48, 0.23, 21),
    School("Madrone Valley Middle", MADRONE, MIDDLE, 388,
           "Infinite Campus", "csv", 0.40, 0.43, 22),
    School("Madrone Valley High", MADRONE, HIGH, 698,
           "Synergy", "xlsx", 0.26, 0.48, 23),
    School("Piñon Ridge Elementary", TAMARACK, ELEMENTARY, 402,
           "Skyward", "csv", 0.46, 0.22, 31),
    School("Wren Creek School", TAMARACK, THROUGH, 228,
           "Aeries", "csv", 0.48, 0.32, 32),
    School("Salt Marsh School", SALTGRASS, THROUGH, 172,
           "DeansList", "json", 0.50, 0.32, 41),
    School("Lantern Point High", SALTGRASS, HIGH, 322,
           "Aspen", "csv", 0.28, 0.49, 42),
    School("Quail Gap Elementary", QUAIL, ELEMENTARY, 110,
           "PowerSchool log entries", "txt", 0.52, 0.27, 51),
)  # fmt: skip

EDUCATORS = 420
