"""The patches of accounting, 130 to 134; they end `CALENDAR_PATCHES`.

Immutability is the database's: the service may read and add, and a trigger holds what a reversal and a refund may be,
with the income's row locked, so that no two refunds at the same moment give back more than there is (ADR 0034).
"""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

ACCOUNTING_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        130,
        "what a transaction is about, whether it is paid, what it counts for",
        """
DO $$
BEGIN
    ALTER TABLE accounting_transactions
        ADD COLUMN IF NOT EXISTS lead_id bigint,
        ADD COLUMN IF NOT EXISTS income_id bigint,
        ADD COLUMN IF NOT EXISTS reduces_id bigint,
        ADD COLUMN IF NOT EXISTS caused_by_id bigint,
        ADD COLUMN IF NOT EXISTS rule_id bigint,
        ADD COLUMN IF NOT EXISTS category text,
        ADD COLUMN IF NOT EXISTS paid_at timestamptz,
        ADD COLUMN IF NOT EXISTS client_token uuid,
        ADD COLUMN IF NOT EXISTS effect numeric(14, 2) GENERATED ALWAYS AS (
            CASE WHEN (kind = 'income') = ((reverses_id IS NULL) = (reduces_id IS NULL)) THEN amount ELSE -amount END
        ) STORED;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'accounting_transactions_paid') THEN
        ALTER TABLE accounting_transactions
            ADD CONSTRAINT accounting_transactions_paid CHECK (paid_at IS NULL OR kind = 'income'),
            ADD CONSTRAINT accounting_transactions_currency CHECK (currency ~ '^[A-Z]{3}$'),
            ADD CONSTRAINT accounting_transactions_method CHECK (method IN ('cash', 'transfer', 'card', 'wallet',
                'payment_link', 'check', 'other')),
            ADD CONSTRAINT accounting_transactions_category CHECK (length(category) BETWEEN 1 AND 60),
            ADD CONSTRAINT accounting_transactions_about CHECK (CASE kind WHEN 'refund' THEN income_id IS NOT NULL
                WHEN 'commission' THEN seller_id IS NOT NULL ELSE income_id IS NULL END),
            ADD CONSTRAINT accounting_transactions_reduction CHECK (CASE WHEN reduces_id IS NULL
                THEN caused_by_id IS NULL ELSE kind = 'commission' AND caused_by_id IS NOT NULL END),
            ADD CONSTRAINT accounting_transactions_lead FOREIGN KEY (tenant_id, lead_id)
                REFERENCES leads (tenant_id, id),
            ADD CONSTRAINT accounting_transactions_income FOREIGN KEY (tenant_id, income_id)
                REFERENCES accounting_transactions (tenant_id, id),
            ADD CONSTRAINT accounting_transactions_reduces FOREIGN KEY (tenant_id, reduces_id)
                REFERENCES accounting_transactions (tenant_id, id),
            ADD CONSTRAINT accounting_transactions_cause FOREIGN KEY (tenant_id, caused_by_id)
                REFERENCES accounting_transactions (tenant_id, id);
    END IF;
    CREATE UNIQUE INDEX IF NOT EXISTS accounting_transactions_token
        ON accounting_transactions (tenant_id, client_token);
    CREATE UNIQUE INDEX IF NOT EXISTS accounting_transactions_one_reduction
        ON accounting_transactions (tenant_id, reduces_id, caused_by_id) WHERE reverses_id IS NULL;
    CREATE UNIQUE INDEX IF NOT EXISTS accounting_transactions_one_commission
        ON accounting_transactions (tenant_id, income_id)
        WHERE rule_id IS NOT NULL AND reverses_id IS NULL AND reduces_id IS NULL;
    CREATE INDEX IF NOT EXISTS accounting_transactions_by_time
        ON accounting_transactions (tenant_id, occurred_at DESC, id DESC)
        INCLUDE (currency, kind, effect, seller_id, client_id, lead_id, method, paid_at, reverses_id);
    CREATE INDEX IF NOT EXISTS accounting_transactions_of_seller
        ON accounting_transactions (tenant_id, seller_id, occurred_at DESC, id DESC);
    CREATE INDEX IF NOT EXISTS accounting_transactions_of_lead ON accounting_transactions (tenant_id, lead_id, id DESC);
    CREATE INDEX IF NOT EXISTS accounting_transactions_of_income ON accounting_transactions (tenant_id, income_id);
END
$$""",
    ),
    Patch(
        131,
        "when income was paid, the words and the receipts of transactions",
        """
DO $$
BEGIN
    IF to_regclass('public.income_payments') IS NULL THEN
        CREATE TABLE income_payments (
            tenant_id int NOT NULL REFERENCES tenants (id),
            income_id bigint NOT NULL,
            paid_at timestamptz NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            created_by bigint,
            PRIMARY KEY (tenant_id, income_id),
            FOREIGN KEY (tenant_id, income_id) REFERENCES accounting_transactions (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('income_payments');
        GRANT SELECT, INSERT ON income_payments TO nexus_app;
    END IF;
    IF to_regclass('public.transaction_words') IS NULL THEN
        CREATE TABLE transaction_words (
            tenant_id int NOT NULL REFERENCES tenants (id),
            transaction_id bigint NOT NULL,
            description text NOT NULL CHECK (length(description) BETWEEN 1 AND 500),
            PRIMARY KEY (tenant_id, transaction_id),
            FOREIGN KEY (tenant_id, transaction_id) REFERENCES accounting_transactions (tenant_id, id)
        );
        PERFORM protect_tenant_table('transaction_words');
        GRANT SELECT, INSERT, DELETE ON transaction_words TO nexus_app;
    END IF;
    IF to_regclass('public.transaction_receipts') IS NULL THEN
        CREATE TABLE transaction_receipts (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            transaction_id bigint NOT NULL,
            media_type text NOT NULL,
            size_bytes bigint NOT NULL CHECK (size_bytes > 0),
            storage_key text NOT NULL,
            filename text CHECK (length(filename) BETWEEN 1 AND 200),
            created_at timestamptz NOT NULL DEFAULT now(),
            created_by bigint,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, transaction_id) REFERENCES accounting_transactions (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        CREATE INDEX transaction_receipts_of ON transaction_receipts (tenant_id, transaction_id, id DESC);
        PERFORM protect_tenant_table('transaction_receipts');
        GRANT SELECT, INSERT, DELETE ON transaction_receipts TO nexus_app;
        GRANT USAGE ON SEQUENCE transaction_receipts_id_seq TO nexus_app;
    END IF;
END
$$""",
    ),
    Patch(
        132,
        "commission rules",
        """
DO $$
BEGIN
    IF to_regclass('public.commission_rules') IS NULL THEN
        CREATE TABLE commission_rules (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            seller_id bigint,
            percent numeric(5, 2) CHECK (percent > 0 AND percent <= 100),
            fixed numeric(14, 2) CHECK (fixed > 0),
            currency char(3) CHECK (currency ~ '^[A-Z]{3}$'),
            starts_on date NOT NULL,
            ends_on date,
            created_at timestamptz NOT NULL DEFAULT now(),
            created_by bigint,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, seller_id) REFERENCES sellers (tenant_id, id),
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id),
            CONSTRAINT commission_rules_terms CHECK ((percent IS NULL) <> (fixed IS NULL)
                AND (fixed IS NULL OR currency IS NOT NULL)),
            CONSTRAINT commission_rules_in_order CHECK (ends_on >= starts_on),
            CONSTRAINT commission_rules_one_at_a_time EXCLUDE USING gist (tenant_id WITH =,
                (COALESCE(seller_id, 0)) WITH =, (COALESCE(currency, '')) WITH =,
                daterange(starts_on, ends_on, '[]') WITH &&)
        );
        PERFORM protect_tenant_table('commission_rules');
        GRANT SELECT, INSERT, UPDATE, DELETE ON commission_rules TO nexus_app;
        GRANT USAGE ON SEQUENCE commission_rules_id_seq TO nexus_app;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'accounting_transactions_rule') THEN
        ALTER TABLE accounting_transactions ADD CONSTRAINT accounting_transactions_rule
            FOREIGN KEY (tenant_id, rule_id) REFERENCES commission_rules (tenant_id, id);
    END IF;
    CREATE INDEX IF NOT EXISTS accounting_transactions_of_rule ON accounting_transactions (tenant_id, rule_id)
        WHERE rule_id IS NOT NULL;
END
$$""",
    ),
    Patch(
        133,
        "what a reversal, a refund and a commission may be",
        """
DO $$
BEGIN
    CREATE OR REPLACE FUNCTION refuse_money(named text, told text) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = named, MESSAGE = told;
END
$body$;
    CREATE OR REPLACE FUNCTION hold_transaction() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    income accounting_transactions;
    was accounting_transactions;
    taken numeric;
BEGIN
    -- The income first, then the row itself: whoever adds to one income waits in the same order.
    IF NEW.income_id IS NOT NULL THEN
        SELECT * INTO income FROM accounting_transactions AS t
        WHERE t.tenant_id = NEW.tenant_id AND t.id = NEW.income_id FOR NO KEY UPDATE;
    END IF;
    IF NEW.reverses_id IS NOT NULL OR NEW.reduces_id IS NOT NULL THEN
        SELECT * INTO was FROM accounting_transactions AS t
        WHERE t.tenant_id = NEW.tenant_id AND t.id = COALESCE(NEW.reverses_id, NEW.reduces_id) FOR NO KEY UPDATE;
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        IF was.reverses_id IS NOT NULL THEN
            PERFORM refuse_money('accounting_reversal_of_reversal', 'a reversal is not reversed');
        END IF;
        IF (NEW.kind, NEW.amount, NEW.currency, NEW.method, NEW.client_id, NEW.lead_id, NEW.seller_id, NEW.income_id,
            NEW.reduces_id, NEW.caused_by_id, NEW.rule_id, NEW.category, NEW.paid_at)
            IS DISTINCT FROM (was.kind, was.amount, was.currency, was.method, was.client_id, was.lead_id,
            was.seller_id, was.income_id, was.reduces_id, was.caused_by_id, was.rule_id, was.category, was.paid_at) THEN
            PERFORM refuse_money('accounting_reversal_mirrors', 'a reversal is what it reverses');
        END IF;
        SELECT COALESCE(sum(CASE WHEN t.reverses_id IS NULL THEN t.amount ELSE -t.amount END), 0) INTO taken
        FROM accounting_transactions AS t
        WHERE t.tenant_id = NEW.tenant_id AND t.income_id = COALESCE(was.income_id, was.id)
            AND CASE was.kind WHEN 'income' THEN t.kind = 'refund' ELSE t.reduces_id = was.id END;
        IF taken <> 0 THEN
            PERFORM refuse_money('accounting_reversal_refunds_first', 'what was refunded of it is reversed first');
        END IF;
    ELSIF NEW.reduces_id IS NOT NULL THEN
        SELECT COALESCE(sum(CASE WHEN t.reverses_id IS NULL THEN t.amount ELSE -t.amount END), 0) INTO taken
        FROM accounting_transactions AS t
        WHERE t.tenant_id = NEW.tenant_id AND t.income_id = was.income_id AND t.reduces_id = was.id;
        IF was.reverses_id IS NOT NULL OR was.reduces_id IS NOT NULL OR was.kind <> 'commission'
            OR (NEW.currency, NEW.seller_id, NEW.income_id)
                IS DISTINCT FROM (was.currency, was.seller_id, was.income_id)
            OR taken + NEW.amount > was.amount THEN
            PERFORM refuse_money('accounting_reduction_within_commission', 'a refund takes no more than was earned');
        END IF;
    ELSIF NEW.income_id IS NOT NULL THEN
        IF income.kind <> 'income' OR income.reverses_id IS NOT NULL OR NEW.currency <> income.currency
            OR NEW.client_id IS DISTINCT FROM income.client_id OR NEW.lead_id IS DISTINCT FROM income.lead_id
            OR EXISTS (SELECT 1 FROM accounting_transactions AS t
                WHERE t.tenant_id = NEW.tenant_id AND t.reverses_id = income.id) THEN
            PERFORM refuse_money('accounting_of_income', 'it is of an income that stands, in its currency');
        END IF;
        IF income.paid_at IS NULL AND NOT EXISTS (SELECT 1 FROM income_payments AS p
            WHERE p.tenant_id = NEW.tenant_id AND p.income_id = income.id) THEN
            PERFORM refuse_money('accounting_of_paid_income', 'nothing is refunded or earned before it is paid');
        END IF;
        SELECT COALESCE(sum(CASE WHEN t.reverses_id IS NULL THEN t.amount ELSE -t.amount END), 0) INTO taken
        FROM accounting_transactions AS t
        WHERE t.tenant_id = NEW.tenant_id AND t.income_id = income.id AND t.kind = 'refund';
        IF NEW.kind = 'refund' AND taken + NEW.amount > income.amount THEN
            PERFORM refuse_money('accounting_refund_within_income', 'no more is refunded than is left');
        END IF;
    END IF;
    RETURN NEW;
END
$body$;
    CREATE OR REPLACE FUNCTION hold_payment() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    income accounting_transactions;
BEGIN
    SELECT * INTO income FROM accounting_transactions AS t
    WHERE t.tenant_id = NEW.tenant_id AND t.id = NEW.income_id FOR NO KEY UPDATE;
    IF income.kind <> 'income' OR income.reverses_id IS NOT NULL OR income.paid_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM accounting_transactions AS t
            WHERE t.tenant_id = NEW.tenant_id AND t.reverses_id = income.id) THEN
        PERFORM refuse_money('income_payments_payable', 'only income that waits for it is paid');
    END IF;
    RETURN NEW;
END
$body$;
    CREATE OR REPLACE TRIGGER accounting_transactions_hold BEFORE INSERT ON accounting_transactions
        FOR EACH ROW EXECUTE FUNCTION hold_transaction();
    CREATE OR REPLACE TRIGGER income_payments_hold BEFORE INSERT ON income_payments
        FOR EACH ROW EXECUTE FUNCTION hold_payment();
    REVOKE UPDATE, DELETE, TRUNCATE ON accounting_transactions, income_payments FROM nexus_app;
END
$$""",
    ),
)
