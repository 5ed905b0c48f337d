"""How people of a country are called, what they want and how their mobiles are written; nobody here exists. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from core.folding import fold
from core.phone import match_key

PER_COMPANY: Final = 1_000_000  # what the last six digits of a number tell apart


@dataclass(frozen=True)
class Area:
    """A mobile's beginning in E.164 up to its own digits, of which `more` stand before the last six."""

    prefix: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Country:
    """ISO codes; `hours` is how far its clock is from UTC, `money` what a sale comes to, from and until."""

    code: str
    language: str
    zone: str
    currency: str
    hours: int
    money: tuple[int, int]
    given: tuple[str, ...]
    family: tuple[str, ...]
    trades: tuple[str, ...]
    marks: tuple[str, ...]
    needs: tuple[str, ...]
    lost: tuple[str, ...]
    domains: tuple[str, ...]
    areas: tuple[Area, ...]
    plain_given: tuple[str, ...] = field(init=False)
    plain_family: tuple[str, ...] = field(init=False)
    keys: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain_given", tuple(_address(name) for name in self.given))
        object.__setattr__(self, "plain_family", tuple(_address(name) for name in self.family))
        heads = [f"{area.prefix}{more}" for area in self.areas for more in area.more]
        object.__setattr__(self, "keys", tuple((head, _key(head)) for head in heads))

    def phone(self, number: int) -> tuple[str, str]:
        """The mobile of a company's lead, and its match key; numbers below PER_COMPANY have different ones."""
        head, key = self.keys[number * 7 % len(self.keys)]
        tail = f"{(number * 387_421 + 104_729) % PER_COMPANY:06d}"
        return head + tail, key + tail


def _names(line: str) -> tuple[str, ...]:
    return tuple(line.split())


def _address(name: str) -> str:
    return fold(name).replace(" ", "")


def _key(head: str) -> str:
    whole = match_key(f"{head}000000")
    assert whole is not None, "a mobile has a key"
    return whole[:-6]


_DOMAINS: Final = ("example.com", "example.org", "example.net", "mail.example", "office.example")

ARGENTINA: Final = Country(
    code="AR",
    language="es",
    zone="America/Argentina/Buenos_Aires",
    currency="ARS",
    hours=-3,
    money=(80_000, 4_000_000),
    given=_names(
        "Sofía Valentina Martina Camila Lucía Florencia Agustina Julieta Micaela Carolina Natalia Silvina Marta "
        "Graciela Mateo Santiago Tomás Joaquín Nicolás Ezequiel Facundo Gonzalo Matías Leandro Hernán Marcelo Rubén"
    ),
    family=_names(
        "González Rodríguez Fernández López Martínez Gómez Díaz Pérez Sánchez Romero Álvarez Benítez Acosta Medina "
        "Sosa Quiroga Ledesma Bianchi Ferrari Rossi Colombo Giménez Ojeda Villalba Ibáñez Peralta Ríos Cabrera"
    ),
    trades=("Clínica", "Estudio", "Consultorio", "Ferretería", "Inmobiliaria", "Gimnasio", "Óptica", "Librería"),
    marks=(
        "del Parque",
        "San Telmo",
        "Belgrano",
        "del Sur",
        "Los Aromos",
        "Norte",
        "La Plata",
        "Rivadavia",
        "del Lago",
    ),
    needs=(
        "Ordenar los turnos de la semana",
        "Contestar los mensajes fuera de hora",
        "Que no se pierdan consultas del sábado",
        "Recordatorios antes de cada turno",
        "Presupuesto para dos sucursales",
        "Seguir a los que preguntaron y no volvieron",
    ),
    lost=("Muy caro", "Eligió a otro", "No contestó más", "Lo deja para el año que viene"),
    domains=_DOMAINS,
    areas=(
        Area("+54911", ("23", "31", "38", "44", "51", "56", "60", "62")),
        Area("+549351", ("2", "3", "5", "6")),
        Area("+549341", ("3", "5", "6")),
        Area("+549261", ("3", "5", "6")),
    ),
)
MEXICO: Final = Country(
    code="MX",
    language="es",
    zone="America/Mexico_City",
    currency="MXN",
    hours=-6,
    money=(1_500, 90_000),
    given=_names(
        "Guadalupe Fernanda Ximena Regina Daniela Mariana Alejandra Verónica Leticia Rocío Araceli Paola Itzel Yolanda "
        "Alejandro Emiliano Diego Ángel Rodrigo Héctor Arturo Raúl Gerardo Salvador Ulises Cuauhtémoc Iván Óscar"
    ),
    family=_names(
        "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Morales Vázquez "
        "Jiménez Reyes Torres Juárez Domínguez Mendoza Aguilar Ortiz Castillo Guerrero Chávez Ávila Zamora Cárdenas"
    ),
    trades=("Clínica", "Taller", "Papelería", "Consultorio", "Inmobiliaria", "Refaccionaria", "Despacho", "Dental"),
    marks=("del Valle", "Polanco", "Reforma", "Chapultepec", "del Bajío", "Roma", "Tlalpan", "San Ángel", "Monterrey"),
    needs=(
        "Agendar citas por WhatsApp",
        "Dar seguimiento a las cotizaciones",
        "Que alguien conteste en la noche",
        "Recordar las citas un día antes",
        "Cotización para tres sucursales",
        "Dejar la hoja de cálculo",
    ),
    lost=("Está muy caro", "Se fue con otro", "Ya no contestó", "Lo deja para después"),
    domains=_DOMAINS,
    areas=(
        Area("+5255", ("12", "18", "27", "34", "41", "54", "66", "79")),
        Area("+5281", ("12", "18", "20")),
        Area("+5233", ("13", "18", "31")),
    ),
)
BRAZIL: Final = Country(
    code="BR",
    language="pt",
    zone="America/Sao_Paulo",
    currency="BRL",
    hours=-3,
    money=(400, 30_000),
    given=_names(
        "Ana Beatriz Juliana Letícia Larissa Fernanda Patrícia Vanessa Márcia Luciana Débora Simone Rosângela Tatiane "
        "João Lucas Gabriel Rafael Felipe Thiago Bruno Anderson Vinícius Rogério Fábio Márcio Júlio César Otávio"
    ),
    family=_names(
        "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho "
        "Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Araújo Conceição Guimarães Brandão Leão"
    ),
    trades=("Clínica", "Escritório", "Ótica", "Academia", "Imobiliária", "Papelaria", "Oficina", "Consultório"),
    marks=("Paulista", "do Vale", "Ipanema", "Boa Vista", "Savassi", "do Sul", "Jardins", "Moema", "Central"),
    needs=(
        "Organizar a agenda da semana",
        "Responder mensagens fora do horário",
        "Lembrar as consultas no dia anterior",
        "Orçamento para duas unidades",
        "Não perder pedidos do fim de semana",
        "Sair da planilha",
    ),
    lost=("Ficou caro", "Fechou com outro", "Não respondeu mais", "Vai deixar para depois"),
    domains=_DOMAINS,
    areas=(
        Area("+55119", ("71", "82", "94", "98")),
        Area("+55219", ("71", "87", "96")),
        Area("+55319", ("84", "91", "97")),
    ),
)
UNITED_STATES: Final = Country(
    code="US",
    language="en",
    zone="America/New_York",
    currency="USD",
    hours=-5,
    money=(200, 18_000),
    given=_names(
        "Emily Hannah Olivia Grace Madison Chloe Natalie Rachel Monica Denise Heather Joyce Wendy Paula James Ethan "
        "Tyler Brandon Kevin Marcus Derek Calvin Russell Walter Gavin Trevor Dwayne Curtis"
    ),
    family=_names(
        "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Thompson White Harris "
        "Clark Lewis Robinson Walker Young Allen Wright Hill Scott Baker Carter Mitchell Turner"
    ),
    trades=("Dental", "Law Office", "Auto Repair", "Realty", "Fitness", "Optical", "Plumbing", "Tutoring"),
    marks=("of Brickell", "Downtown", "Lakeside", "Heights", "Midtown", "West End", "Harbor", "Oak Street", "North"),
    needs=(
        "Book appointments over WhatsApp",
        "Answer messages after hours",
        "Reminders a day before",
        "A quote for two locations",
        "Follow up on old inquiries",
        "Leave the spreadsheet behind",
    ),
    lost=("Too expensive", "Went with somebody else", "Stopped answering", "Maybe next year"),
    domains=_DOMAINS,
    areas=(
        Area("+1305", ("2", "3", "4", "6", "7", "8")),
        Area("+1212", ("3", "4", "6", "7", "8")),
        Area("+1512", ("3", "4", "6", "7")),
    ),
)
# As the companies come: nine of twenty in Argentina, five in Mexico, four in Brazil, two in the United States.
COUNTRIES: Final = tuple(
    {"a": ARGENTINA, "m": MEXICO, "b": BRAZIL, "u": UNITED_STATES}[letter] for letter in "amabaumabamabamuabam"
)
