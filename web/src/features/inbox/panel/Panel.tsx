/** The person's card: who they are, what comes next, and the way to the rest. */
import { Anchor, Button, Kbd } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Interest } from '@/components/Interest';
import { StageName } from '@/components/StageName';
import { Waiting } from '@/components/Waiting';
import { money } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { useMemberName } from '@/lib/team/team';
import { nameOf, type Conversation } from '@/features/inbox/queries';
import { ComingList } from './ComingList';
import styles from './Panel.module.css';
import { leadQuery, type Lead } from './queries';

export function Panel({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const { lead_id: leadId, handle } = conversation;
  return (
    <div className={styles['panel']}>
      <p className={styles['title']}>{nameOf(conversation) ?? t('inbox.nobody')}</p>
      {handle !== null && <p className={styles['handle']}>{handle}</p>}
      {conversation.marketing_opted_out && (
        <div>
          <Badge meaning="muted">{t('inbox.noAdvertising')}</Badge>
        </div>
      )}
      {leadId === null ? <p>{t('inbox.panel.noLead')}</p> : <LeadCard leadId={leadId} />}
    </div>
  );
}

function LeadCard({ leadId }: { readonly leadId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const lead = useQuery(leadQuery(leadId));
  const books = can(me, 'agenda.book');
  useShortcut('b', t('inbox.panel.book'), () => void navigate({ to: '/calendar', search: { lead: leadId } }), books);
  if (lead.isError) return <ErrorBox error={lead.error} retry={() => void lead.refetch()} />;
  if (!lead.data) return <Waiting rows={5} />;
  return (
    <>
      <Facts lead={lead.data} />
      <ComingList leadId={leadId} />
      {books && (
        <Button
          renderRoot={(root: object) => <Link {...root} to="/calendar" search={{ lead: leadId }} />}
          fullWidth
          variant="default"
          leftSection={<IconCalendarPlus size={16} aria-hidden />}
          rightSection={
            <Kbd size="xs" visibleFrom="sm">
              B
            </Kbd>
          }
        >
          {t('inbox.panel.book')}
        </Button>
      )}
      <Anchor component={Link} to={`/leads/${leadId}`} className={styles['more'] ?? ''}>
        {t('inbox.panel.open')}
      </Anchor>
    </>
  );
}

function Facts({ lead }: { readonly lead: Lead }) {
  const { t, i18n } = useTranslation();
  const owner = useMemberName(lead.owner_user_id);
  const source = (['whatsapp', 'ad', 'manual', 'import', 'form', 'meta'] as const).find((known) => known === lead.source);
  return (
    <dl className={styles['facts']}>
      {lead.interest && (
        <Fact name={t('inbox.panel.interest')}>
          <Interest interest={lead.interest} score={lead.score} />
        </Fact>
      )}
      <Fact name={t('inbox.stage')}>
        <StageName stage={lead.stage_key} />
      </Fact>
      <Fact name={t('inbox.owner')}>{owner ?? t('inbox.unassigned')}</Fact>
      {lead.need !== null && <Fact name={t('inbox.panel.need')}>{lead.need}</Fact>}
      {lead.value !== null && lead.currency !== null && (
        <Fact name={t('inbox.panel.value')}>{money(lead.value, lead.currency, i18n.language)}</Fact>
      )}
      {lead.company !== null && <Fact name={t('inbox.panel.company')}>{lead.company}</Fact>}
      {lead.email !== null && <Fact name={t('inbox.panel.email')}>{lead.email}</Fact>}
      <Fact name={t('inbox.panel.source')}>{source ? t(`source.${source}`) : lead.source}
        {lead.campaign !== null && ` · ${lead.campaign}`}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
