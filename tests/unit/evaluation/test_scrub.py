"""What names people goes, the same thing by the same placeholder; what does not stays."""

import pytest

from orchestrator_service.evaluation.scrub import Scrubber


def scrubber() -> Scrubber:
    return Scrubber(["Brunilda Etcheverry", "Dra. Ximena Duarte"])


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Soy BRUNILDA, brunilda etcheverry", "brunilda"),
        ("escríbeme a b.etche@clinica.com.ar", "clinica.com"),
        ("mi cel es +54 9 11 4444-5555 o 11 4444 5555", "4444"),
        ("mira https://instagram.com/brunilda?x=1 y www.brunilda.ar", "instagram"),
        ("en insta soy @bru.etche", "bru.etche"),
        ("estamos en Av. Corrientes 1234, piso 3", "Corrientes"),
        ("Rua das Flores, 123", "Flores"),
        ("at 12 Baker Street", "Baker"),
        ("DNI 30.123.456.789-1", "456"),
    ],
)
def test_what_names_people_goes(text: str, gone: str) -> None:
    assert gone.lower() not in scrubber().text(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "el 2026-11-24 10:30 tengo lugar", "cuesta 1.250.000 pesos", "del 10/11/2026 al 12/11/2026",
        "necesito 3 licencias para 25 personas", "mar 24 nov, 10:30", "a las 10", "US$ 12,500,000",
    ],
)  # fmt: skip
def test_what_does_not_stays(text: str) -> None:
    assert scrubber().text(text) == text


def test_one_thing_has_one_placeholder_in_its_own_case() -> None:
    one = scrubber()
    first, second = one.text("Hola Brunilda").split()[1], one.text("gracias brunilda").split()[1]
    assert second == first.lower()
    assert one.text("+54 9 11 4444-5555") == one.text("11 4444 5555")


def test_a_common_first_name_in_passing_is_learned() -> None:
    one = scrubber()
    one.learn_said("mi socia Laura Benavídez decide")
    assert "Laura" not in one.text("dile a Laura Benavídez")
    assert "Benav" not in one.text("dile a Laura Benavídez")
