/** «Mi día»: who waits for a person, one's tasks that are due, today's meetings; what a role may not see is not drawn. */
import { Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { TaskLine } from '@/components/records/TaskLine';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { clock } from '@/lib/i18n/format';
import { rowsOf } from '@/lib/query/pages';
import { tasksQuery } from '@/lib/records/tasks';
import { can, type Me } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import styles from './Home.module.css';
import { dueBy, endOfDay } from './due';
import { meetingsQuery, waitingQuery } from './queries';

export function Day({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Title order={1}>{t('home.day', { name: me.user.name.split(' ')[0] })}</Title>
      </header>
      <div className={styles['day']}>
        {can(me, 'conversations.read') && <WhoWaits />}
        {can(me, 'leads.read') && <Due />}
        {can(me, 'agenda.read') && <Today />}
      </div>
    </div>
  );
}

function WhoWaits() {
  const { t } = useTranslation();
  const query = useQuery(waitingQuery);
  return (
    <Part title={t('home.waiting')} all={<Link to="/inbox">{t('place.inbox')}</Link>} query={query} empty={t('home.nobodyWaits')}>
      {query.data?.map((talk) => (
        <li key={talk.id}>
          <Link to="/inbox/$conversationId" params={{ conversationId: talk.id }}>
            {talk.lead_name ?? talk.contact_name ?? t('home.nameless')}
          </Link>
          {talk.waiting_since && <Ago at={talk.waiting_since} />}
        </li>
      ))}
    </Part>
  );
}

/** Those that are due by tonight, late ones first, as the server sorts them; a press does one, with undo. */
function Due() {
  const { t } = useTranslation();
  const now = useNow();
  const query = useInfiniteQuery(tasksQuery({ which: 'mine', status: 'open' }));
  const tasks = query.data && dueBy(rowsOf(query.data), endOfDay(now));
  return (
    <Part title={t('home.due')} all={<Link to="/tasks">{t('place.tasks')}</Link>} query={{ ...query, data: tasks }} empty={t('home.nothingDue')}>
      {tasks?.map((task) => (
        <TaskLine key={task.id} task={task} withLead />
      ))}
    </Part>
  );
}

function Today() {
  const { t, i18n } = useTranslation();
  const query = useQuery(meetingsQuery(useNow()));
  const meetings = query.data?.filter(({ kind, status }) => kind === 'meeting' && status !== 'cancelled' && status !== 'held');
  return (
    <Part title={t('home.today')} all={<Link to="/calendar">{t('place.agenda')}</Link>} query={{ ...query, data: meetings }} empty={t('home.noMeetings')}>
      {meetings?.map((meeting) => (
        <li key={meeting.id}>
          {meeting.lead_id === null ? (
            <Link to="/calendar">{meeting.title || t('home.nameless')}</Link>
          ) : (
            <Link to="/leads/$leadId" params={{ leadId: meeting.lead_id }}>
              {meeting.lead_name ?? (meeting.title || t('home.nameless'))}
            </Link>
          )}
          <span className={styles['note']}>
            <time dateTime={meeting.starts_at}>{clock(meeting.starts_at, i18n.language)}</time> · {meeting.seller_name}
          </span>
        </li>
      ))}
    </Part>
  );
}

interface Asked {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: readonly unknown[] | undefined;
  readonly refetch: () => unknown;
}

interface PartProps {
  readonly title: string;
  /** The way to the page that has all of them. */
  readonly all: ReactNode;
  readonly query: Asked;
  readonly empty: string;
  readonly children: ReactNode;
}

function Part({ title, all, query, empty, children }: PartProps) {
  return (
    <section className={styles['block']}>
      <header className={styles['partHead']}>
        <h2 className={styles['label']}>{title}</h2>
        {all}
      </header>
      {query.isPending && <Waiting rows={4} height={44} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className={styles['note']}>{empty}</p>}
      <ul className={styles['rows']}>{children}</ul>
    </section>
  );
}
