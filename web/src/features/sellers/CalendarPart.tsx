/** The seller's Google calendar as it fares; connecting it is a page of its own. */
import { Anchor, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { calendarsQuery, faresOf, type Fares } from '@/lib/calendars/calendars';
import type { MeaningName } from '@/lib/theme/tokens';

const STATES: Readonly<Record<Fares, readonly [MeaningName, ReactNode]>> = {
  lost: ['danger', <IconPlugConnectedX key="lost" size={14} aria-hidden />],
  unconfirmed: ['warm', <IconAlertTriangle key="unconfirmed" size={14} aria-hidden />],
  connected: ['ok', <IconCircleCheck key="connected" size={14} aria-hidden />],
  none: ['muted', <IconCircleDashed key="none" size={14} aria-hidden />],
};

export function CalendarPart({ seller }: { readonly seller: number }) {
  const { t } = useTranslation();
  const calendar = useQuery(calendarsQuery).data?.items.find(({ seller_id: id }) => id === seller);
  if (!calendar) return null;
  const fares = faresOf(calendar);
  const [meaning, icon] = STATES[fares];
  const act = calendar.may_change && (fares === 'none' ? 'connect' : fares === 'lost' ? 'reconnect' : null);
  return (
    <section aria-labelledby="seller-calendar">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h3" id="seller-calendar">
          {t('calendars.title')}
        </Title>
        <Badge meaning={meaning} icon={icon}>
          {t(`calendars.state.${fares}`)}
        </Badge>
      </Group>
      <Text size="sm" c="var(--nx-text2)">
        {fares === 'lost' || fares === 'unconfirmed' ? t(`calendars.meaning.${fares}`) : fares === 'none' && t('calendars.notConnected')}{' '}
        <Anchor component={Link} to="/calendars" underline="always">
          {act ? t(`calendars.${act}`) : t('calendars.see')}
        </Anchor>
      </Text>
    </section>
  );
}
