/** What was just written: with a clock until it is stored; where it was refused the text stays, with a way on. */
import { Button } from '@mantine/core';
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDrafts } from '@/features/inbox/composer/drafts';
import { whyNotSent } from '@/features/inbox/composer/refusals';
import { forget, retry, type Pending } from '@/features/inbox/composer/sending';
import { focusRegion } from '@/lib/keys/regions';
import styles from './Thread.module.css';

export function PendingBubble({ conversation, pending }: { readonly conversation: number; readonly pending: Pending }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [drafts, setDrafts] = useDrafts(conversation);
  const { kind, text, problem } = pending;
  const edit = () => {
    const written = drafts[kind].trim();
    setDrafts({ kind, [kind]: written === '' ? text : `${text}\n${written}` });
    forget(cache, conversation, pending.key);
    requestAnimationFrame(() => focusRegion('composer'));
  };
  return (
    <article className={styles['message']} data-kind={kind === 'note' ? 'note' : 'person'} data-pending>
      <div className={styles['bubble']}>
        <p>{text}</p>
        <span className={styles['foot']}>
          {problem === null ? (
            <IconClock size={14} role="img" aria-label={t('tick.queued')} />
          ) : (
            <span className={styles['tick']} role="alert" style={{ color: 'var(--nx-danger-fg)' }}>
              <IconAlertCircle size={14} aria-hidden /> {t('tick.refused')}: {whyNotSent(problem, t)}
            </span>
          )}
        </span>
      </div>
      {problem !== null && (
        <div className={styles['ways']}>
          <Button size="compact-sm" variant="light" onClick={() => retry(cache, conversation, pending)}>
            {t('retry')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={edit}>
            {t('inbox.draft.edit')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => forget(cache, conversation, pending.key)}>
            {t('inbox.draft.discard')}
          </Button>
        </div>
      )}
    </article>
  );
}
