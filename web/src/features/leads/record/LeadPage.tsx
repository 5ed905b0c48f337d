/** One lead: one person and the next step. J and K go on through the list that one came from. */
import { ActionIcon, Button, Kbd, Tabs, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconCalendarPlus, IconMessages, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '@/lib/i18n';
import { Badge } from '@/components/Badge';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Interest } from '@/components/Interest';
import { Waiting } from '@/components/Waiting';
import { useChangeLeads } from '@/features/leads/change';
import { queryOf } from '@/features/leads/filters';
import styles from '@/features/leads/Leads.module.css';
import { useMoveStage } from '@/features/leads/moveStage';
import { OwnerSelect } from '@/features/leads/OwnerSelect';
import { leadQuery, leadsQuery, timelineQuery, type Kind, type Lead } from '@/features/leads/queries';
import { StageSelect } from '@/features/leads/StageSelect';
import { daysSince, sourceName } from '@/features/leads/words';
import { asProblem } from '@/lib/api/problem';
import { money } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { can, useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { leadName, leadReach } from '@/lib/leads/name';
import { CustomFields } from './CustomFields';
import { Essentials } from './Essentials';
import { Files } from './Files';
import { NoteBox } from './NoteBox';
import { Standing } from './Standing';
import { Tags } from './Tags';
import { TaskTab } from './TaskTab';
import { Timeline } from './Timeline';
import { useDelete } from './useDelete';

const StartTalk = lazy(() => withWords(import('./StartTalk')));
const PersonData = lazy(() => withWords(import('@/components/person/PersonData')));
const TABS: Record<'activity' | 'talk' | 'meetings', readonly Kind[]> = {
  activity: [],
  talk: ['message', 'note'],
  meetings: ['meeting'],
};
const TAB_NAMES = ['activity', 'talk', 'meetings', 'tasks', 'files'] as const;

export function LeadPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { leadId } = useParams({ from: '/shell/leads/$leadId' });
  const filters = useSearch({ from: '/shell/leads/$leadId' });
  const query = useQuery(leadQuery(leadId));
  const problem = query.isError ? asProblem(query.error) : null;
  const gone = problem?.status === 404;
  // Merged into another lead: an old link goes there.
  const survivor = problem?.code === 'lead_merged' ? problem.members['lead_id'] : undefined;
  useEffect(() => {
    if (typeof survivor === 'number') void navigate({ to: '/leads/$leadId', params: { leadId: survivor }, search: filters, replace: true });
  }, [survivor, navigate, filters]);
  const list = rowsOf(useInfiniteQuery(leadsQuery(queryOf(filters, me.user.id))).data);
  const step = (by: number) => {
    const at = list.findIndex(({ id }) => id === leadId);
    const next = at < 0 ? undefined : list[at + by];
    if (next) void navigate({ to: '/leads/$leadId', params: { leadId: next.id }, search: filters, replace: true });
  };
  useShortcut('Escape', t('keys.back'), () => void navigate({ to: '/leads', search: filters }));
  useShortcut('j', t('keys.next'), () => step(1));
  useShortcut('k', t('keys.previous'), () => step(-1));
  return (
    <div className={styles['page']}>
      {query.isPending && <Waiting />}
      {gone && !query.data && <Gone />}
      {query.isError && !gone && survivor === undefined && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Record key={query.data.id} lead={query.data} />}
    </div>
  );
}

function Gone() {
  const { t } = useTranslation();
  const filters = useSearch({ from: '/shell/leads/$leadId' });
  return (
    <Empty
      action={
        <Button renderRoot={(props) => <Link {...props} to="/leads" search={filters} />} variant="default">
          {t('leads.backToList')}
        </Button>
      }
    >
      {t('problem.not_found')}
    </Empty>
  );
}

function Record({ lead }: { readonly lead: Lead }) {
  const { t } = useTranslation();
  const me = useMe();
  const talk = rowsOf(useInfiniteQuery(timelineQuery(lead.id, TABS.talk)).data);
  const conversation = talk.map(({ detail }) => detail['conversation_id']).find((id) => typeof id === 'number');
  const change = useChangeLeads();
  const writable = can(me, 'leads.write');
  const tabs = TAB_NAMES.filter((name) => name !== 'files' || can(me, 'conversations.read'));
  return (
    <>
      <Head lead={lead} />
      <div className={styles['record']}>
        <Essentials
          lead={lead}
          withStanding={false}
          extra={
            <>
              <Tags lead={lead} writable={writable} />
              <CustomFields lead={lead} writable={writable} onSave={(wanted) => change([lead], wanted)} />
              <Standing lead={lead} />
            </>
          }
        />
        <Tabs defaultValue="activity" className={styles['tabs'] ?? ''} keepMounted={false}>
          <Tabs.List>
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`leads.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map((name) => (
            <Tabs.Panel key={name} value={name} className={styles['tab'] ?? ''} tabIndex={0}>
              {name === 'activity' && writable && <NoteBox lead={lead.id} />}
              {name === 'tasks' && <TaskTab leadId={lead.id} />}
              {name === 'files' && <Files leadId={lead.id} />}
              {conversation !== undefined && name === 'talk' && can(me, 'conversations.read') && (
                <Button
                  renderRoot={(props) => (
                    <Link {...props} to="/inbox/$conversationId" params={{ conversationId: conversation }} search={{ filter: 'all' }} />
                  )}
                  variant="default"
                  m="md"
                  leftSection={<IconMessages size={16} aria-hidden />}
                >
                  {t('leads.toTalk')}
                </Button>
              )}
              {name !== 'tasks' && name !== 'files' && (
                <Timeline id={lead.id} name={leadName(lead)} kinds={TABS[name]} empty={t(`leads.timeline.none.${name}`)} />
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </>
  );
}

function Head({ lead }: { readonly lead: Lead }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const filters = useSearch({ from: '/shell/leads/$leadId' });
  const stage = useRef<HTMLInputElement>(null);
  const [starting, setStarting] = useState(false);
  const change = useChangeLeads();
  const remove = useDelete();
  const toList = () => void navigate({ to: '/leads', search: filters });
  const { move, question } = useMoveStage();
  const writable = can(me, 'leads.write');
  const books = can(me, 'agenda.book');
  const talks = can(me, 'conversations.write') && can(me, 'templates.use');
  const booking = { to: '/calendar', search: { lead: lead.id } } as const;
  const chooseStage = () => {
    stage.current?.focus();
    stage.current?.click(); // the list opens by a click alone
  };
  const chosen = (key: string) => {
    stage.current?.blur(); // the keys of the page work again
    move([lead], key);
  };
  useShortcut('m', t('leads.changeStage'), chooseStage, writable);
  useShortcut('b', t('leads.book'), () => void navigate(booking), books);
  const facts = [
    lead.value !== null && lead.currency && money(lead.value, lead.currency, i18n.language),
    sourceName(lead.source, t),
    lead.campaign,
    t('leads.inStage', { count: daysSince(lead.stage_since, now) }),
    leadReach(lead),
    lead.company,
  ];
  return (
    <header className={styles['leadHead']}>
      <Link to="/leads" search={filters} className={styles['back']} aria-label={t('leads.backToList')}>
        <IconArrowLeft size={20} />
      </Link>
      <div className={styles['leadName']}>
        <Title order={1}>{leadName(lead) ?? t('leads.nameless')}</Title>
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
        {lead.needs_person && <Badge meaning="inverse">{t('leads.person')}</Badge>}
        <Text size="sm" c="var(--nx-text2)" className={styles['facts'] ?? ''}>
          {facts.filter(Boolean).join(' · ')}
        </Text>
      </div>
      <div className={styles['standing']}>
        <StageSelect inputRef={stage} stage={lead.stage_key} onStage={chosen} disabled={!writable} />
        <OwnerSelect owner={lead.owner_user_id} onOwner={(owner_user_id) => change([lead], { owner_user_id })} />
        {talks && (
          <Button variant="default" leftSection={<IconTemplate size={16} aria-hidden />} onClick={() => setStarting(true)}>
            {t('leads.byTemplate')}
          </Button>
        )}
        {writable && (
          <ActionIcon variant="default" size={36} aria-label={t('record.delete')} onClick={() => remove(lead, toList)}>
            <IconTrash size={18} />
          </ActionIcon>
        )}
        {can(me, 'privacy.erase') && (
          <Suspense>
            <PersonData named={{ lead_id: lead.id }} onErased={() => navigate({ to: '/leads', search: filters })} />
          </Suspense>
        )}
        {books && (
          <Button
            renderRoot={(props) => <Link {...props} {...booking} />}
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            rightSection={<Kbd size="xs" visibleFrom="sm">B</Kbd>}
          >
            {t('leads.book')}
          </Button>
        )}
      </div>
      {question}
      <Suspense>{starting && <StartTalk lead={lead.id} onClose={() => setStarting(false)} />}</Suspense>
    </header>
  );
}
