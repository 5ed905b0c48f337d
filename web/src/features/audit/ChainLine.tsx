/** Until when the log is chained, and whether that still fits what was noted outside the database. */
import { Skeleton } from '@mantine/core';
import { IconLink, IconLinkOff, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { clock, day, exact, sameDay } from '@/lib/i18n/format';
import styles from './Audit.module.css';
import { chainQuery } from './queries';

export function ChainLine() {
  const { t, i18n } = useTranslation();
  const query = useQuery(chainQuery);
  if (query.isPending) return <Skeleton width={240} height={24} />;
  if (query.isError) return null; // the log itself says what is wrong
  const { chained_until: until, intact } = query.data;
  if (until === null) return <Badge meaning="note">{t('audit.unchained')}</Badge>;
  if (intact === false) {
    return (
      <span className={styles['chain']} role="alert">
        <Badge meaning="danger" icon={<IconLinkOff size={14} aria-hidden />}>
          {t('audit.broken')}
        </Badge>
        {t('audit.brokenHint')}
      </span>
    );
  }
  const today = sameDay(until, new Date().toISOString());
  const time = today ? clock(until, i18n.language) : `${clock(until, i18n.language)} (${day(until, i18n.language)})`;
  return (
    <span title={exact(until, i18n.language)}>
      {intact ? (
        <Badge meaning="ok" icon={<IconShieldCheck size={14} aria-hidden />}>
          {t('audit.intact', { time })}
        </Badge>
      ) : (
        <Badge meaning="muted" icon={<IconLink size={14} aria-hidden />}>
          {t('audit.chained', { time })}
        </Badge>
      )}
    </span>
  );
}
