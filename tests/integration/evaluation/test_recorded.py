"""What a live model answered is played again: its tools run on our side, its words are said, nobody is asked."""

from __future__ import annotations

from nexus.evaluation.play import Named
from nexus.evaluation.report import failures_json
from nexus.evaluation.run import play_all
from orchestrator_service.evaluation.files import parse_scenarios
from tests.support import servers as support

SCENARIO = """
title: a model books what it offered
now: 2026-11-23 10:00
company: {name: Turnera, prices: {input: 10, output: 100}}
sellers: [{name: Luz Ferreyra}]
lead: {known_as: Marta Gil}
before: {language: es, qualification: {interest: hot, score: 85, need: turnos}}
steps:
  - says: ¿mañana a las 10?
    recorded:
      - tools:
          - tool: check_seller_availability
            arguments: {date_from: "2026-11-24", date_to: "2026-11-24", words: a las 10}
      - {text: "Puedo ofrecerte el mar 24 nov, 10:00. ¿Te sirve?", input_tokens: 1000, output_tokens: 100}
    expect:
      offers: {only: 2026-11-24 10:00}
      reply: "Puedo ofrecerte el mar 24 nov, 10:00. ¿Te sirve?"
      most_cost: 0.02
  - says: sí
    recorded:
      - tools: [{tool: book_sales_meeting, arguments: {offer_id: "offer:Luz Ferreyra@2026-11-24 10:00"}}]
      - {text: "Listo, tu reunión quedó confirmada para el martes 24 de noviembre."}
    expect: {meeting: {at: 2026-11-24 10:00}, sequence: [book_sales_meeting], claims: none}
  - says: ¿y el jueves?
    recorded:
      - {text: "Tu reunión del jueves 26 de noviembre quedó confirmada."}
      - {text: "Tu reunión sigue siendo el martes 24 de noviembre."}
    expect: {reply: "Tu reunión sigue siendo el martes 24 de noviembre.", meetings: 1}
"""


async def test_a_recording_is_played_through_our_tools_and_checks(database: support.Database) -> None:
    (scenario,) = parse_scenarios(SCENARIO, name="recorded")
    (result,) = await play_all(database.app_url, [Named("recorded", scenario)], lambda _: None)
    assert result.passed, failures_json(result)
    assert result.steps[0].seen.cost > 0
    assert result.steps[2].seen.rejected, "the false confirmation was caught, and the next answer taken"


async def test_a_recording_that_our_side_no_longer_bears_out_fails(database: support.Database) -> None:
    busy = SCENARIO.replace(
        "[{name: Luz Ferreyra}]", "[{name: Luz Ferreyra, busy: [{from: 2026-11-24 09:00, to: 2026-11-24 18:00}]}]"
    )
    (scenario,) = parse_scenarios(busy, name="recorded")
    (result,) = await play_all(database.app_url, [Named("recorded", scenario)], lambda _: None)
    assert {failure.what for failure in result.steps[0].failures} == {"offers.only"}
    assert "meeting" in {failure.what for failure in result.steps[1].failures}
