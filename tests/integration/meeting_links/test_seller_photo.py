"""A seller's photo: judged by its bytes, shown to whoever sees the agenda and to the customer, gone and back."""

from __future__ import annotations

from orchestrator_service.sellers.photo import MOST_BYTES
from tests.integration.meeting_links.office import make_office
from tests.support.api import Api
from tests.support.factories import make_tenant

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 40


async def test_a_photo_is_shown_taken_away_and_brought_back(api: Api) -> None:
    office = await make_office(api)
    path = f"/crm/sellers/{office.seller}/photo"
    own = api.browser(await api.session(office.luz))
    assert (await own.get(path)).status_code == 404
    for content, status in ((b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415), (PNG + b"\x00" * MOST_BYTES, 413)):
        assert (await own.put(path, content=content)).status_code == status
    profile = (await own.put(path, content=PNG, headers={"Content-Type": "text/html"})).json()
    assert profile["seller"]["photo"] == 1
    shown = await own.get(path)
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert shown.headers["x-content-type-options"] == "nosniff"
    link = await office.path()
    async with office.customer() as customer:
        page = await customer.get(link)
        assert f'<img class="face" src="{link}/photo?n=1" alt="">' in page.text
        assert (await customer.get(f"{link}/photo")).content == PNG
        assert (await own.delete(path)).json()["seller"]["photo"] is None
        assert (await own.get(path)).status_code == 404
        assert (await customer.get(f"{link}/photo")).status_code == 404
        assert "face" not in (await customer.get(link)).text
    listed = (await own.get("/crm/sellers")).json()["items"]
    assert [one["photo"] for one in listed] == [None]
    assert (await own.post(f"{path}/restore")).json()["seller"]["photo"] == 1
    assert (await own.put(path, content=PNG)).json()["seller"]["photo"] == 2, "another picture has another number"
    heaviest = PNG + b"\x00" * (MOST_BYTES - len(PNG))
    assert (await own.put(path, content=heaviest)).json()["seller"]["photo"] == 3
    stranger = api.browser(await api.session(await api.member(await make_tenant(api.db), "ceo")))
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.put(path, content=PNG)).status_code == 404
