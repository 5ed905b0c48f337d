"""What people do and what then happens: a customer writes, a business sends, ticks follow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus.simulator.dialect import ERRORS
from nexus.simulator.errors import ApiError
from nexus.simulator.meta.dialect import MetaDialect
from nexus.simulator.rendering import Rendered, render
from nexus.simulator.state import Account, Bubble, Conversation, account_of
from nexus.simulator.ycloud.dialect import YCloudDialect

if TYPE_CHECKING:
    from core.secret import Secret
    from core.whatsapp import JsonObject, ProviderName
    from nexus.simulator.config import AccountConfig, SimulatorConfig
    from nexus.simulator.courier import Courier
    from nexus.simulator.dialect import Dialect, Notice
    from nexus.simulator.journal import Journal


class World:
    """All accounts and the courier that serves them."""

    def __init__(self, config: SimulatorConfig, courier: Courier, journal: Journal) -> None:
        self.config = config
        self.courier = courier
        self.journal = journal
        self.accounts: dict[str, Account] = {}
        self._dialects: dict[ProviderName, Dialect] = {"ycloud": YCloudDialect(config.base_url), "meta": MetaDialect()}
        for account in config.accounts:
            self.add_account(account)

    def add_account(self, config: AccountConfig) -> Account:
        """Add an account, or replace one of the same business number."""
        account = account_of(config, self._dialects[config.provider])
        self.accounts[account.business_number] = account
        return account

    def by_key(self, api_key: Secret, provider: ProviderName | None = None) -> Account | None:
        """Whose key this is, at one provider or any; every key is compared, in constant time."""
        found = [account for account in self.accounts.values() if account.api_key == api_key]
        return next((account for account in found if provider in {None, account.provider}), None)

    def customer_writes(
        self,
        account: Account,
        talk: Conversation,
        own: JsonObject,
        shown: str,
        *,
        quoted: str | None = None,
        hide_phone: bool = False,
    ) -> Notice:
        """The customer sends a message; returns the notice that is on its way. Opens the 24-hour window."""
        notice = account.dialect.inbound(account, talk, own, quoted=quoted, hide_phone=hide_phone)
        now = datetime.now(UTC)
        talk.last_inbound = now
        bubble = Bubble(notice.wamid, "customer", str(own["type"]), shown, "sent", now)
        talk.add(bubble)
        for name in notice.names:
            account.inbound[name] = (talk.phone, bubble.wamid)
        self.courier.publish(account, notice, (talk, bubble))
        return notice

    def seller_types(self, account: Account, talk: Conversation, text: str) -> Notice:
        """A person of the business answers from the business's own phone."""
        notice = account.dialect.echo(account, talk, text)
        talk.add(Bubble(notice.wamid, "business", "text", text, "sent", datetime.now(UTC)))
        self.courier.publish(account, notice)
        return notice

    def business_sends(self, account: Account, request: JsonObject, *, queued: bool) -> JsonObject:
        """Accept a send and let its statuses follow. Raises ApiError; never answers with more than "accepted"."""
        rendered = render(account, request)
        if rendered.late_error in account.dialect.refused_at_once:
            raise ApiError(400, rendered.late_error, ERRORS[rendered.late_error])
        talk = account.conversation_of(str(request.get("to") or request.get("recipient")))
        message = account.dialect.accepted(account, talk, request, rendered)
        account.messages[str(message["id"])] = message
        error = _late_error(account, talk, request, rendered, queued=queued)
        self.courier.start(self._live(account, talk, message, rendered, error))
        return dict(message)

    async def _live(
        self, account: Account, talk: Conversation, message: JsonObject, rendered: Rendered, error: str | None
    ) -> None:
        to_sent, to_delivered, to_read = self.config.status_delays
        await self.courier.wait(to_sent)
        if error is not None:
            self.courier.publish(account, account.dialect.status(account, message, "failed", error))
            return
        wamid = str(message["wamid"])
        talk.add(
            Bubble(
                wamid,
                "business",
                rendered.type,
                rendered.text,
                "sent",
                datetime.now(UTC),
                footer=rendered.footer,
                list_button=rendered.list_button,
                choices=rendered.choices,
                media_id=rendered.media_id,
                filename=rendered.filename,
            )
        )
        self.courier.publish(account, account.dialect.status(account, message, "sent"))
        for word, pause in (("delivered", to_delivered), ("delivered", 0.0), ("read", to_read)):
            await self.courier.wait(pause)
            self.courier.publish(account, account.dialect.status(account, message, word))
            talk.set_status(wamid, word)


def _late_error(
    account: Account, talk: Conversation, request: JsonObject, rendered: Rendered, *, queued: bool
) -> str | None:
    """What the provider reports only later, by webhook: the window, an opt-out, a wrong template parameter."""
    if queued and request.get("filterUnsubscribed") is True and talk.phone in account.unsubscribed:
        return "RECIPIENT_UNSUBSCRIBED"
    if rendered.late_error:
        return rendered.late_error
    if rendered.free_form and not talk.window_open(datetime.now(UTC)):
        return "131047"
    return None
