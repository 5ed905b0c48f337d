"""The closed list of statements that may go without the tenant filter.

Key: `folder/queries.sql:name`. Value: the reason, word for word as the statement's `-- cross-tenant:` line gives it. An
entry is an exception to the first wall between companies: it is added in the commit that adds its statement.
"""

from __future__ import annotations

CROSS_TENANT = {
    "core/queries.sql:find_entry": ("the directory is read before the tenant is known; it holds hashes and ids only"),
    "core/queries.sql:add_entry": "e-mails and endpoint keys are unique over the whole installation",
    "core/queries.sql:all_tenants": "periodic work fans out from this list, one tenant transaction each",
    "core/queries.sql:lock_identity": "an advisory lock touches no table; its key carries the tenant",
    "whatsapp_service/inbox/queries.sql:share_filing": "an advisory lock touches no table; its key carries the tenant",
    "whatsapp_service/inbox/queries.sql:filing_waits": "the job tables know no tenants; the lock's name carries it",
    "whatsapp_service/delivery/queries.sql:wait_for_accepts": (
        "an advisory lock touches no table; its key carries the tenant"
    ),
    "core/queries.sql:current_role": "reads the catalog only",
    "nexus/cli/queries.sql:applied_patches": "the pipeline's own record; it holds no tenant's data",
    "orchestrator_service/privacy/erasing.sql:erase_lines": "the function asks for the transaction's tenant by itself",
    "nexus/crowd/queries.sql:reserve_ids": "a sequence holds no tenant's data",
    "nexus/crowd/queries.sql:leads_bytes": "reads the catalog only",
    "nexus/crowd/queries.sql:set_aside": "reads the catalog only",
    "nexus/cli/queries.sql:server_time": "touches no table",
    "nexus/cli/queries.sql:owner_role": "reads the catalog only",
    "orchestrator_service/accounting/queries.sql:hold_token": (
        "an advisory lock touches no table; its key carries the tenant"
    ),
    "orchestrator_service/audit/chain.sql:tenants_waiting": (
        "the chainer learns whose events wait; the list holds ids only"
    ),
    "orchestrator_service/audit/chain.sql:claim_chain": "an advisory lock touches no table; its key carries the tenant",
    "orchestrator_service/chat/reading.sql:near_words": "the function asks for the transaction's tenant by itself",
    "orchestrator_service/knowledge/queries.sql:near_knowledge": (
        "the function asks for the transaction's tenant by itself"
    ),
    "orchestrator_service/merging/queries.sql:move_freely": "touches no table",
    **{
        f"orchestrator_service/merging/queries.sql:{name}": "the function asks for the transaction's tenant by itself"
        for name in ("turn_leads", "turn_clients", "turn_contacts", "return_all", "find_pairs")
    },
    "orchestrator_service/knowledge/queries.sql:has_vectors": "reads the catalog only",
    "orchestrator_service/idempotency/queries.sql:claim_key": (
        "an advisory lock touches no table; its number is made from the tenant and the key"
    ),
    "orchestrator_service/provisioning/queries.sql:next_tenant_id": "a sequence holds no tenant's data",
    "orchestrator_service/webhooks/queries.sql:claim_queues": (
        "a sender learns from the queues which endpoint waits; they hold ids and times only"
    ),
    "orchestrator_service/realtime/queries.sql:take_signals": (
        "the relay learns from the signals which tenant has events waiting; they hold ids only"
    ),
    "orchestrator_service/realtime/queries.sql:claim_tenants": (
        "an advisory lock touches no table; its key carries the tenant"
    ),
    "orchestrator_service/realtime/queries.sql:delete_signals": (
        "removes the signals that this relay holds, of all the tenants it has just served; ids only"
    ),
}
