/** One lead: who it is, how far, and the fields that are edited in place. */
import { Group, Select, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Interest } from '@/components/Interest';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { money } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { can, useMe } from '@/lib/session/session';
import { useChangeLead } from './change';
import { Field } from './Field';
import styles from './Leads.module.css';
import { leadQuery, type Lead } from './queries';

export function LeadPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { leadId } = useParams({ from: '/shell/leads/$leadId' });
  const query = useQuery(leadQuery(leadId));
  useShortcut('Escape', t('keys.back'), () => void navigate({ to: '/leads' }));
  return (
    <div className={styles['page']}>
      {query.isPending && <Waiting />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <LeadCard key={query.data.id} lead={query.data} />}
    </div>
  );
}

function LeadCard({ lead }: { readonly lead: Lead }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const change = useChangeLead(lead);
  const stage = useRef<HTMLInputElement>(null);
  const stages = useStages();
  const writable = can(me, 'leads.write');
  useShortcut('m', t('leads.changeStage'), () => stage.current?.focus(), writable);
  return (
    <>
      <header className={styles['leadHead']}>
        <Link to="/leads" className={styles['back']} aria-label={t('leads.backToList')}>
          <IconArrowLeft size={20} />
        </Link>
        <Title order={1}>{lead.full_name ?? t('leads.nameless')}</Title>
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
        <Select
          ref={stage}
          aria-label={t('leads.column.stage')}
          className={styles['stage']}
          data={stages.map(({ key }) => ({ value: key, label: stageName(key, stages, t) }))}
          value={lead.stage_key}
          onChange={(value) => value && value !== lead.stage_key && change({ stage_key: value })}
          allowDeselect={false}
          disabled={!writable}
        />
      </header>
      <Group gap="sm" px="lg" pt="sm" c="var(--nx-text2)">
        {lead.value !== null && lead.currency && <Text fw={500}>{money(lead.value, lead.currency, i18n.language)}</Text>}
        <Text size="sm">
          {t('leads.movedAgo')} <Ago at={lead.updated_at} />
        </Text>
      </Group>
      <section className={styles['fields']} aria-label={t('leads.data')}>
        <Field
          label={t('leads.field.name')}
          value={lead.full_name}
          writable={writable}
          onSave={(full_name) => change({ full_name })}
        />
        <Field label={t('leads.field.phone')} value={lead.phone} writable={writable} onSave={(phone) => change({ phone })} />
        <Field label={t('leads.field.email')} value={lead.email} writable={writable} onSave={(email) => change({ email })} />
        <Field
          label={t('leads.field.company')}
          value={lead.company}
          writable={writable}
          onSave={(company) => change({ company })}
        />
        <Field
          label={t('leads.field.need')}
          value={lead.need}
          writable={writable}
          lines={3}
          onSave={(need) => change({ need })}
        />
      </section>
    </>
  );
}
