/** What happened with a client, newest first: chats, meetings, tasks, files and money in one line of time. */
import { Button } from '@mantine/core';
import { IconCalendarEvent, IconCash, IconChecklist, IconFile, IconHistory, IconMessage, IconNote, IconSparkles, type Icon } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { clock, money, weekday } from '@/lib/i18n/format';
import { rowsOf } from '@/lib/query/pages';
import { useMe } from '@/lib/session/session';
import styles from './Clients.module.css';
import { timelineQuery, type ClientRecord, type Happening, type Kind } from './queries';

interface Props {
  readonly client: ClientRecord;
  readonly kinds: readonly Kind[];
  readonly empty: string;
}

const MARKS: Record<Kind, Icon> = {
  message: IconMessage,
  note: IconNote,
  qualification: IconSparkles,
  meeting: IconCalendarEvent,
  change: IconHistory,
  task: IconChecklist,
  money: IconCash,
  sale: IconCash,
  file: IconFile,
};
const MEETINGS = ['held', 'confirmed', 'cancelled', 'done', 'no_show'] as const;
const MONEY = ['income', 'expense', 'refund', 'commission'] as const;

export function ClientTimeline({ client, kinds, empty }: Props) {
  const { t, i18n } = useTranslation();
  const { agent_name: agent } = useMe().tenant;
  const query = useInfiniteQuery(timelineQuery(client.id, kinds));
  const rows = rowsOf(query.data);
  if (query.isPending) return <Waiting rows={4} />;
  if (query.isError && rows.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (rows.length === 0) return <p className={styles['nothing']}>{empty}</p>;
  return (
    <>
      <ol className={styles['timeline']} aria-label={t('leads.timeline.label')}>
        {rows.map((happening) => {
          const Mark = MARKS[happening.kind];
          const { head, body } = tell(happening, client.full_name, agent, t, i18n.language);
          return (
            <li key={`${happening.kind} ${happening.id}`} className={styles['happening']}>
              <span className={styles['mark']}>
                <Mark size={16} aria-hidden />
              </span>
              <div className={styles['told']}>
                <p>{head}</p>
                {body && <p className={styles['said']}>{body}</p>}
              </div>
              <span className={styles['when']}>
                <Ago at={happening.at} />
              </span>
            </li>
          );
        })}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" m="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('leads.timeline.older')}
        </Button>
      )}
    </>
  );
}

/** A happening in words. Details are the server's JSON, so each is read with care. */
function tell({ kind, detail }: Happening, name: string, agent: string, t: TFunction, language: string): { head: string; body: string | null } {
  const text = (field: string) => (typeof detail[field] === 'string' && detail[field] !== '' ? detail[field] : null);
  switch (kind) {
    case 'message': {
      const author = text('author');
      const who = author === 'customer' ? name : author === 'agent' ? agent : t('clients.told.team');
      return { head: t('clients.told.wrote', { who }), body: text('body') ?? t('leads.told.attachment') };
    }
    case 'note':
      return { head: t('clients.told.note'), body: text('body') };
    case 'meeting': {
      const status = MEETINGS.find((known) => known === detail['status']) ?? 'confirmed';
      const starts = text('starts_at');
      const when = starts ? `${weekday(starts, language)}, ${clock(starts, language)}` : '';
      return { head: capital(t(`leads.told.meeting.${status}`, { when, seller: text('seller_name') ?? '' })), body: text('title') };
    }
    case 'task':
      return { head: t('leads.told.task'), body: text('reason') };
    case 'sale':
    case 'money': {
      const what = MONEY.find((known) => known === detail['kind']) ?? 'income';
      const amount = money(text('amount') ?? '0', text('currency') ?? 'USD', language);
      const back = detail['reverses_id'] === null ? '' : ` · ${t('clients.told.reversal')}`;
      return { head: `${t(`clients.told.${what}`)}: ${amount}${back}`, body: text('method') };
    }
    case 'file':
      return { head: detail['direction'] === 'in' ? t('clients.told.fileIn') : t('clients.told.fileOut'), body: text('filename') ?? text('type') };
    case 'qualification':
      return { head: t('clients.told.qualified', { agent }), body: text('need') };
    case 'change':
      return { head: t('clients.told.change'), body: null };
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
