/** What comes next with a lead: the meetings ahead, and what waits for a person. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { clock, exact, weekday } from '@/lib/i18n/format';
import { useNow } from '@/lib/time/useNow';
import styles from './Panel.module.css';
import { comingQuery } from './queries';

const KINDS = ['person_requested', 'blocked_message', 'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain',
  'calendar_conflict'] as const;

export function ComingList({ leadId }: { readonly leadId: number }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const query = useQuery(comingQuery(leadId));
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return null;
  const ahead = query.data.meetings.filter(({ startsAt }) => Date.parse(startsAt) > now);
  const { tasks } = query.data;
  return (
    <>
      <section aria-label={t('inbox.panel.meetings')}>
        <h2 className={styles['heading']}>{t('inbox.panel.meetings')}</h2>
        {ahead.length === 0 ? (
          <p className={styles['none']}>{t('inbox.panel.noMeeting')}</p>
        ) : (
          <ul className={styles['coming']}>
            {ahead.map(({ id, startsAt, title }) => (
              <li key={id}>
                <time dateTime={startsAt} title={exact(startsAt, i18n.language)}>
                  {weekday(startsAt, i18n.language)}, {clock(startsAt, i18n.language)}
                </time>
                {title !== '' && <span className={styles['hint']}>{title}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      {tasks.length > 0 && (
        <section aria-label={t('inbox.panel.tasks', { count: tasks.length })}>
          <h2 className={styles['heading']}>{t('inbox.panel.tasks', { count: tasks.length })}</h2>
          <ul className={styles['coming']}>
            {tasks.map(({ id, kind, reason }) => {
              const known = KINDS.find((each) => each === kind);
              return <li key={id}>{known ? t(`inbox.task.${known}`) : reason}</li>;
            })}
          </ul>
        </section>
      )}
    </>
  );
}
