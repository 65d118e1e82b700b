"""Names of made-up companies and people, in the languages of the workbooks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

FIRST: Mapping[str, tuple[str, ...]] = {
    "es": (
        "Comercial", "Distribuidora", "Grupo", "Industrias", "Inversiones", "Servicios",
        "Soluciones",
        "Corporación", "Empresas", "Proyectos", "Consorcio", "Hermanos", "Operaciones", "Negocios",
        "Asociados", "Desarrollos", "Gestión", "Talleres", "Almacenes", "Casa", "Compañía",
        "Representaciones", "Suministros",
    ),
    "pt": (
        "Comercial", "Distribuidora", "Grupo", "Indústrias", "Investimentos", "Serviços",
        "Soluções",
        "Corporação", "Empresas", "Projetos", "Consórcio", "Irmãos", "Operações", "Negócios",
        "Associados", "Empreendimentos", "Gestão", "Oficinas", "Armazéns", "Casa", "Companhia",
        "Representações", "Suprimentos",
    ),
    "en": (
        "Northern", "Southern", "United", "Central", "Harbour", "Summit", "Granite", "Riverside",
        "Golden", "Silver", "First", "Pacific", "Atlantic", "Highland", "Valley", "Beacon",
        "Anchor",
        "Crescent", "Liberty", "Pioneer", "Sterling", "Orchard", "Meridian",
    ),
}  # fmt: skip
SECOND: Mapping[str, tuple[str, ...]] = {
    "es": (
        "Andina", "Aconcagua", "Bolívar", "Caribe", "Cóndor", "Cordillera", "del Pacífico",
        "del Sur",
        "El Ceibo", "El Dorado", "Guadalupe", "Huascarán", "Iguazú", "La Esperanza", "La Perla",
        "Las Palmas", "Los Álamos", "Macondo", "Magdalena", "Mirador", "Monteverde", "Nevado",
        "Orinoco", "Pachacútec", "Quimbaya", "Río Claro", "San Martín", "Santa Rosa", "Tequendama",
        "Titicaca", "Tayrona", "Valle Grande", "Villa Nueva", "Zenú", "Ñandú", "Colibrí",
        "Jacaranda",
    ),
    "pt": (
        "Aroeira", "Atlântico", "Bandeirante", "Boa Vista", "Brasília", "Cerrado", "Chapada",
        "Copacabana", "Cruzeiro", "Diamantina", "do Norte", "do Sul", "Guanabara", "Horizonte",
        "Ipanema", "Ipê", "Jabuticaba", "Jatobá", "Maranhão", "Mantiqueira", "Mineira", "Pampulha",
        "Pantanal", "Paraná", "Paulista", "Pedra Azul", "Pinheiros", "Planalto", "Recife", "Sabiá",
        "Santa Cruz", "São Bento", "Serra Verde", "Tocantins", "Tucano", "Vitória", "Xingu",
    ),
    "en": (
        "Acre", "Bay", "Birch", "Bridge", "Brook", "Castle", "Cedar", "Cliff", "Coast", "Creek",
        "Crown", "Eagle", "Elm", "Falcon", "Field", "Forge", "Gate", "Grove", "Hill", "Hollow",
        "Lake", "Maple", "Meadow", "Mill", "Oak", "Peak", "Pine", "Point", "Ridge", "Rock", "Shore",
        "Stone", "Tower", "Vale", "Willow", "Wood", "Yard",
    ),
}  # fmt: skip
FORMS: Mapping[str, tuple[str, ...]] = {
    "es": (
        "S.A.S.", "S.A.", "Ltda.", "S.A.C.", "S. de R.L.", "E.I.R.L.", "& Hijos", "S.C.", "S.R.L.",
    ),
    "pt": ("Ltda.", "S.A.", "ME", "EPP", "EIRELI", "& Filhos", "S.S.", "& Cia.", "SLU"),
    "en": ("Ltd", "Inc.", "LLC", "& Sons", "PLC", "Co.", "Partners", "Group", "LLP"),
}  # fmt: skip
PEOPLE = (
    "Ana Quispe", "Beatriz Rojas", "Carlos Mamani", "Daniela Ferreira", "Eduardo Lima",
    "Fátima Díaz",
    "Gustavo Peña", "Helena Souza", "Iván Cárdenas", "Juliana Costa", "Karen O'Brien",
    "Luis Huamán",
    "María José Vélez", "Néstor Paredes", "Olga Zapata", "Paulo Ramos", "Rosa Yupanqui",
    "Sofía Ibarra",
    "Tomás Aguirre", "Úrsula Flores", "Víctor Salas", "Wendy Clark", "Ximena Duarte", "Zoe Martin",
)  # fmt: skip
_STRIDE = 1009
"""A prime that divides no number of names, so that each name comes once before any again."""
_PLAIN = re.compile("[^a-z0-9]+")


def company_name(number: int, language: str) -> str:
    """The name of the company of a number: another one for each.

    >>> company_name(0, "en"), company_name(1, "en") == company_name(1, "en")
    ('Northern Acre Ltd', True)
    >>> len({company_name(number, "es") for number in range(20_000)})
    20000
    """
    words = (FIRST[language], SECOND[language], FORMS[language])
    names = len(words[0]) * len(words[1]) * len(words[2])
    round_, place = divmod(number, names)
    place = place * _STRIDE % names
    chosen = []
    for one in words:
        place, at = divmod(place, len(one))
        chosen.append(one[at])
    branch = f" {round_ + 1}" if round_ else ""
    return f"{chosen[0]} {chosen[1]}{branch} {chosen[2]}"


def file_name(name: str) -> str:
    """A name as part of a file's.

    >>> file_name("Distribuidora Ñandú S.A.S.")
    'distribuidora-nandu-s-a-s'
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _PLAIN.sub("-", letters.lower()).strip("-")
