/** A seller's month beside its targets: meetings held, leads won, revenue; whoever manages sellers sets the targets. */
import { ActionIcon, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { localeOf, money, percent } from '@/lib/i18n/format';
import { useMe } from '@/lib/session/session';
import { monthAfter, progressOf, type Measured } from './month';
import { performanceQuery, type Performance, type Seller } from './queries';
import styles from './Sellers.module.css';
import { TargetsForm } from './TargetsForm';

export function Results({ seller, managing }: { readonly seller: Seller; readonly managing: boolean }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [month, setMonth] = useState(() => new Intl.DateTimeFormat('sv-SE', { timeZone: me.tenant.zone }).format().slice(0, 7));
  const [editing, setEditing] = useState(false);
  const query = useQuery(performanceQuery(seller.id, month));
  const shown = new Intl.DateTimeFormat(localeOf(i18n.language), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
  const step = (by: 1 | -1) => {
    setMonth(monthAfter(month, by));
    setEditing(false);
  };
  return (
    <Stack gap="sm" component="section" aria-labelledby="seller-results">
      <Group justify="space-between">
        <Title order={2} size="h3" id="seller-results">
          {t('sellers.results.performance')}
        </Title>
        <Group gap={4} role="group" aria-label={t('sellers.results.month')}>
          <ActionIcon variant="subtle" size={36} aria-label={t('sellers.results.before')} onClick={() => step(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Text size="sm" aria-live="polite">
            {shown}
          </Text>
          <ActionIcon variant="subtle" size={36} aria-label={t('sellers.results.after')} onClick={() => step(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
      </Group>
      {query.isPending && <Waiting rows={3} height={40} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Figures month={query.data} />}
      {query.data && managing && !editing && (
        <Group>
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('sellers.results.setTargets')}
          </Button>
        </Group>
      )}
      {query.data && editing && <TargetsForm seller={seller} month={month} targets={query.data.targets} onDone={() => setEditing(false)} />}
    </Stack>
  );
}

function Figures({ month }: { readonly month: Performance }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const marked = month.shown + month.missed;
  return (
    <>
      <Text size="sm" c="var(--nx-text2)">
        {t('sellers.results.booked')}: {month.bookings} · {t('sellers.results.showRate')}: {marked === 0 ? '–' : percent(month.shown / marked, language)} ·{' '}
        {t('sellers.results.conversion')}: {month.met === 0 ? '–' : percent(month.won / month.met, language)}
      </Text>
      <ul className={styles['results']}>
        {progressOf(month).map((one) => (
          <Line key={`${one.measure} ${one.currency}`} one={one} language={language} />
        ))}
      </ul>
    </>
  );
}

function Line({ one: { measure, currency, reached, target }, language }: { readonly one: Measured; readonly language: string }) {
  const { t } = useTranslation();
  const say = (value: number) => (measure === 'revenue' ? money(String(value), currency, language) : new Intl.NumberFormat(localeOf(language)).format(value));
  const name = measure === 'revenue' ? t('sellers.results.measure.revenue', { currency }) : t(`sellers.results.measure.${measure}`);
  const share = target === null ? null : Math.max(0, reached / target);
  return (
    <li>
      <Group justify="space-between" gap="sm">
        <span>{name}</span>
        <span className={styles['figure']}>
          {say(reached)} / {target === null ? t('sellers.results.noTarget') : say(target)}
        </span>
      </Group>
      {share !== null && <Progress value={Math.min(100, share * 100)} color={share >= 1 ? 'ok' : 'primary'} aria-label={`${name}: ${percent(share, language)}`} />}
    </li>
  );
}
