/** The lead beside the list: the essentials, the last things that happened, and the way to the whole record. */
import { ActionIcon, Button, Kbd, Title } from '@mantine/core';
import { IconArrowUpRight, IconX } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Interest } from '@/components/Interest';
import { useShortcut } from '@/lib/keys/keys';
import { leadName } from '@/lib/leads/name';
import type { Filters } from './filters';
import styles from './Leads.module.css';
import type { Lead } from './queries';
import { Essentials } from './record/Essentials';
import { Timeline } from './record/Timeline';

interface Props {
  readonly lead: Lead;
  readonly filters: Filters;
  readonly onClose: () => void;
}

const FEW = 8;

export function LeadPanel({ lead, filters, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const target = { to: '/leads/$leadId', params: { leadId: lead.id }, search: filters } as const;
  useShortcut('Escape', t('leads.closePanel'), onClose);
  useShortcut('o', t('leads.open'), () => void navigate(target));
  return (
    <aside className={styles['panel']} aria-label={t('leads.panel')}>
      <header className={styles['panelHead']}>
        <Title order={2}>{leadName(lead) ?? t('leads.nameless')}</Title>
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
        {lead.needs_person && <Badge meaning="inverse">{t('leads.person')}</Badge>}
        <Button
          renderRoot={(props) => <Link {...props} {...target} />}
          variant="default"
          size="compact-md"
          ml="auto"
          leftSection={<IconArrowUpRight size={16} aria-hidden />}
          rightSection={<Kbd size="xs">O</Kbd>}
        >
          {t('leads.open')}
        </Button>
        <ActionIcon variant="subtle" size={32} aria-label={t('leads.closePanel')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className={styles['panelBody']}>
        <Essentials lead={lead} />
        <Timeline id={lead.id} kinds={[]} limit={FEW} endless={false} />
      </div>
    </aside>
  );
}
