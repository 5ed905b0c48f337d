/** One seller's calendar: which one, how it fares, and what can be done about it. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { toastRefusal } from '@/components/refusalToast';
import { Ago } from '@/components/Time';
import { notify } from '@/components/toast';
import { faresOf, type Calendar, type Fares } from '@/lib/calendars/calendars';
import type { MeaningName } from '@/lib/theme/tokens';
import styles from './Calendars.module.css';
import { check, consentUrl } from './queries';
import { problemOf, refusalWords } from './words';

export type Act = 'choose' | 'disconnect';

interface Props {
  readonly calendar: Calendar;
  readonly oauthReady: boolean;
  readonly onAsk: (act: Act) => void;
}

const STATES: Readonly<Record<Fares, readonly [MeaningName, ReactNode]>> = {
  lost: ['danger', <IconPlugConnectedX key="lost" size={14} aria-hidden />],
  unconfirmed: ['warm', <IconAlertTriangle key="unconfirmed" size={14} aria-hidden />],
  connected: ['ok', <IconCircleCheck key="connected" size={14} aria-hidden />],
  none: ['muted', <IconCircleDashed key="none" size={14} aria-hidden />],
};

export function CalendarCard({ calendar, oauthReady, onAsk }: Props) {
  const { t } = useTranslation();
  const fares = faresOf(calendar);
  const [meaning, icon] = STATES[fares];
  const id = `calendar-${calendar.seller_id}`;
  return (
    <section className={styles['card']} aria-labelledby={id} data-fares={fares}>
      <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} id={id}>
          {calendar.seller_name}
        </Title>
        <Badge meaning={meaning} icon={icon}>
          {t(`calendars.state.${fares}`)}
        </Badge>
      </Group>
      <About calendar={calendar} />
      {(fares === 'lost' || fares === 'unconfirmed') && (
        <Text size="sm" className={styles['problem'] ?? ''}>
          {problemOf(calendar.problem, t)} {t(`calendars.meaning.${fares}`)}
        </Text>
      )}
      {calendar.may_change && <Acts calendar={calendar} fares={fares} oauthReady={oauthReady} onAsk={onAsk} />}
    </section>
  );
}

function About({ calendar }: { readonly calendar: Calendar }) {
  const { t } = useTranslation();
  if (calendar.state === 'none') {
    return (
      <Text size="sm" c="var(--nx-text2)">
        {t('calendars.notConnected')}
      </Text>
    );
  }
  const name = calendar.calendar_name || (calendar.calendar_id === 'primary' ? t('calendars.primary') : calendar.calendar_id);
  return (
    <Text size="sm" c="var(--nx-text2)">
      {[name, calendar.kind && t(`calendars.kind.${calendar.kind}`), calendar.watched ? t('calendars.watched') : t('calendars.polled')]
        .filter(Boolean)
        .join(' · ')}
      {calendar.synced_at && (
        <>
          {' · '}
          {t('calendars.synced')} <Ago at={calendar.synced_at} />
        </>
      )}
    </Text>
  );
}

interface ActsProps extends Props {
  readonly fares: Fares;
}

function Acts({ calendar, fares, oauthReady, onAsk }: ActsProps) {
  const { t } = useTranslation();
  const refuse = (error: unknown) => toastRefusal(refusalWords(error, t));
  const connecting = useMutation({
    mutationFn: () => consentUrl(calendar.seller_id),
    onSuccess: (url) => window.location.assign(url),
    onError: refuse,
  });
  const checking = useMutation({
    mutationFn: () => check(calendar.seller_id),
    onSuccess: () => notify(t('calendars.asking')),
    onError: refuse,
  });
  const name = calendar.seller_name;
  const connectable = oauthReady && (fares === 'none' || fares === 'lost');
  const word = fares === 'lost' ? 'reconnect' : 'connect';
  return (
    <Group gap="xs" className={styles['acts'] ?? ''}>
      {connectable && (
        <Button
          size="sm"
          variant={fares === 'lost' ? 'filled' : 'default'}
          loading={connecting.isPending || connecting.isSuccess}
          aria-label={t(`calendars.${word}Name`, { name })}
          onClick={() => connecting.mutate()}
        >
          {t(`calendars.${word}`)}
        </Button>
      )}
      {calendar.state === 'connected' && (
        <Button
          size="sm"
          variant="default"
          loading={checking.isPending}
          aria-label={t('calendars.checkName', { name })}
          onClick={() => checking.mutate()}
        >
          {t('calendars.check')}
        </Button>
      )}
      {calendar.state === 'connected' && calendar.kind === 'oauth' && (
        <Button size="sm" variant="default" aria-label={t('calendars.chooseName', { name })} onClick={() => onAsk('choose')}>
          {t('calendars.choose')}
        </Button>
      )}
      {calendar.state !== 'none' && (
        <Button
          size="sm"
          variant="subtle"
          color="danger"
          aria-label={t('calendars.disconnectName', { name })}
          onClick={() => onAsk('disconnect')}
        >
          {t('calendars.disconnect')}
        </Button>
      )}
    </Group>
  );
}
