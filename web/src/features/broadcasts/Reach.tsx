/** Whom a broadcast would reach, who is left out and why, and how it reads for one of them. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import styles from './Broadcasts.module.css';
import type { Preview } from './queries';
import { reasonWords } from './Recipients';

interface Props {
  readonly preview: Preview | undefined;
  readonly asking: boolean;
  readonly error: unknown;
  readonly whole: boolean;
  readonly rate: number;
}

export function Reach({ preview, asking, error, whole, rate }: Props) {
  const { t } = useTranslation();
  if (!whole) return <Text c="var(--nx-text2)">{t('broadcasts.fillFirst')}</Text>;
  if (error) {
    return (
      <Text role="alert" c="var(--nx-danger-fg)">
        {problemWords(asProblem(error), t)}
      </Text>
    );
  }
  if (!preview) return <Text c="var(--nx-text2)">{asking ? t('broadcasts.counting') : ''}</Text>;
  const left = Object.entries(preview.left_out);
  return (
    <div className={styles['preview']} aria-busy={asking}>
      <Text fw={600} role="status">
        {t('broadcasts.reaches', { count: preview.reached })}
      </Text>
      {preview.too_many && <Text c="var(--nx-danger-fg)">{t('broadcasts.tooMany')}</Text>}
      {preview.reached > 0 && (
        <Text size="sm" c="var(--nx-text2)">
          {t('broadcasts.takes', { count: Math.max(1, Math.ceil(preview.reached / rate)) })}
        </Text>
      )}
      {left.length > 0 && (
        <ul className={styles['left']}>
          {left.map(([reason, count]) => (
            <li key={reason}>
              <span>{reasonWords(reason, t)}</span> <span>{count}</span>
            </li>
          ))}
        </ul>
      )}
      {preview.sample_text !== null && (
        <figure className={styles['sample']}>
          <figcaption>{t('broadcasts.sample')}</figcaption>
          <blockquote>{preview.sample_text}</blockquote>
        </figure>
      )}
    </div>
  );
}
