/** What a file says or shows, in words: those of a voice note are the customer's, those of a picture a model's. */
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/features/inbox/queries';
import styles from './Media.module.css';

interface Props {
  readonly media: Media;
  readonly spoken: boolean;
  readonly language: string | null;
}

export function WordsOf({ media, spoken, language }: Props) {
  const { t } = useTranslation();
  switch (media.words_state) {
    case 'none':
      return null;
    case 'waiting':
      return (
        <span className={styles['state']}>
          <IconClock size={14} aria-hidden /> {spoken ? t('inbox.media.transcribing') : t('inbox.media.looking')}
        </span>
      );
    case 'failed':
      return spoken ? (
        <span className={styles['state']} data-bad>
          <IconAlertTriangle size={14} aria-hidden /> {t('inbox.media.unheard')}
        </span>
      ) : null;
    case 'ready':
      return (
        <div className={styles['words']}>
          <span className={styles['label']}>{spoken ? t('inbox.media.transcript') : t('inbox.media.seen')}</span>
          <p lang={spoken ? (language ?? undefined) : undefined}>{media.words}</p>
        </div>
      );
  }
}
