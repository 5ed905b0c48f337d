/** What is known of a lead, each edited where it stands. */
import { Button, Group, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeLeads } from '@/features/leads/change';
import { SOURCES } from '@/features/leads/filters';
import styles from '@/features/leads/Leads.module.css';
import { useMoveStage } from '@/features/leads/moveStage';
import { OwnerSelect } from '@/features/leads/OwnerSelect';
import type { Lead, LeadChange } from '@/features/leads/queries';
import { StageSelect } from '@/features/leads/StageSelect';
import { daysSince, sourceName } from '@/features/leads/words';
import { useStages } from '@/lib/pipeline/stages';
import { can, useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { EditedField as Field } from '@/components/EditedField';
import { Links } from './Links';
import { ValueField } from './ValueField';

interface Props {
  readonly lead: Lead;
  /** The record has stage and owner in its head. */
  readonly withStanding?: boolean;
  /** What the record shows beside them. */
  readonly extra?: ReactNode;
}

const LANGUAGES = ['es', 'en', 'pt'] as const;

export function Essentials({ lead, withStanding = true, extra }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const lost = useStages().find(({ key }) => key === lead.stage_key)?.kind === 'lost';
  const writable = can(me, 'leads.write');
  const changeAll = useChangeLeads();
  const { move, explain, question } = useMoveStage();
  const change = (wanted: LeadChange) => changeAll([lead], wanted);
  const field = (name: 'full_name' | 'phone' | 'email' | 'company' | 'campaign', label: string) => (
    <Field
      label={label}
      value={lead[name]}
      shown={name === 'phone' ? lead.phone_shown : null}
      writable={writable}
      onSave={(value) => change({ [name]: value })}
    />
  );
  return (
    <section className={styles['fields']} aria-label={t('leads.data')}>
      {withStanding && (
        <div className={styles['pair']}>
          <StageSelect label={t('leads.column.stage')} stage={lead.stage_key} onStage={(stage) => move([lead], stage)} disabled={!writable} />
          <OwnerSelect
            label={t('leads.column.owner')}
            owner={lead.owner_user_id}
            onOwner={(owner_user_id) => change({ owner_user_id })}
          />
        </div>
      )}
      {withStanding && (
        <Text size="sm" c="var(--nx-text2)">
          {sourceName(lead.source, t)}
          {lead.campaign !== null && ` · ${lead.campaign}`} · {t('leads.inStage', { count: daysSince(lead.stage_since, now) })}
        </Text>
      )}
      {lost && (
        <Group gap="sm" wrap="nowrap" justify="space-between">
          <Text>
            {t('leads.lost.reason')}: {lead.lost_reason ?? t('leads.lost.unsaid')}
          </Text>
          {writable && (
            <Button variant="default" size="compact-md" onClick={() => explain(lead)}>
              {t('leads.lost.change')}
            </Button>
          )}
        </Group>
      )}
      {field('full_name', t('leads.field.name'))}
      {field('phone', t('leads.field.phone'))}
      <ValueField lead={lead} writable={writable} onSave={change} />
      {field('email', t('leads.field.email'))}
      {field('company', t('leads.field.company'))}
      <Field
        label={t('leads.field.need')}
        value={lead.need}
        writable={writable}
        lines={2}
        onSave={(need) => change({ need })}
      />
      <Select
        label={t('leads.column.source')}
        data={[...SOURCES.map((value) => ({ value, label: t(`source.${value}`) })), ...otherSource(lead.source)]}
        value={lead.source}
        disabled={!writable}
        allowDeselect={false}
        onChange={(source) => source && change({ source })}
      />
      <Select
        label={t('leads.field.language')}
        data={LANGUAGES.map((value) => ({ value, label: t(`leads.language.${value}`) }))}
        value={lead.language}
        placeholder={writable ? t('leads.add') : ''}
        disabled={!writable}
        clearable
        onChange={(value) => change({ language: LANGUAGES.find((known) => known === value) ?? null })}
      />
      <Links lead={lead} writable={writable} onSave={change} />
      {field('campaign', t('leads.field.campaign'))}
      {extra}
      {question}
    </section>
  );
}

/** A source that somebody else gave it stays to be chosen. */
function otherSource(source: string): { value: string; label: string }[] {
  return SOURCES.some((known) => known === source) ? [] : [{ value: source, label: source }];
}
