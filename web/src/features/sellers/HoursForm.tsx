/** The week of a seller: ranges for each day and the zone they are in; saved as one, undone as one. */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WeekFields } from '@/components/WeekFields';
import { dayName, judgeDays, rangesOf, usualWeek, WEEKDAYS, type Hours } from '@/lib/time/week';
import type { Seller } from './queries';
import styles from './Sellers.module.css';
import { useChangeSeller } from './useProfile';
import { zoneName } from './words';

interface Props {
  readonly seller: Seller;
  readonly editing: boolean;
}

interface Draft {
  readonly hours: Hours;
  readonly zone: string;
}

export function HoursForm({ seller, editing }: Props) {
  const { t } = useTranslation();
  const { change, changing } = useChangeSeller(seller);
  const [draft, setDraft] = useState<Draft | null>(null);
  const saved: Draft = { hours: worked(seller.working_hours), zone: seller.zone };
  const { hours, zone } = draft ?? saved;
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: zoneName(value) })), []);
  const known = zones.some(({ value }) => value === zone) ? zones : [{ value: zone, label: zoneName(zone) }, ...zones];
  const put = (next: Draft) => setDraft(JSON.stringify(next) === JSON.stringify(saved) ? null : next);
  const good = Object.keys(judgeDays(hours, t)).length === 0;
  if (!editing) return <Read hours={hours} zone={zone} />;
  return (
    <form
      noValidate
      aria-labelledby="seller-hours"
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft || !good) return;
        change({ working_hours: sent(draft.hours), zone: draft.zone }, t('sellers.said.hours', { name: seller.name }), () => setDraft(null));
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h3" id="seller-hours">
          {t('sellers.hours.title')}
        </Title>
        {seller.working_hours === null && <Text c="var(--nx-danger-fg)">{t('sellers.hours.unknown')}</Text>}
        <div className={styles['week']}>
          <WeekFields judged hours={hours} onHours={(next) => put({ hours: next, zone })} />
        </div>
        {Object.keys(hours).length === 0 && (
          <Group gap="sm">
            <Text c="var(--nx-text2)">{t('sellers.hours.none')}</Text>
            <Button variant="default" size="compact-sm" onClick={() => put({ hours: usualWeek(), zone })}>
              {t('sellers.hours.usual')}
            </Button>
          </Group>
        )}
        <Select
          label={t('sellers.hours.zone')}
          data={known}
          value={zone}
          searchable
          allowDeselect={false}
          limit={500}
          maw={320}
          onChange={(chosen) => {
            if (chosen !== null) put({ hours, zone: chosen });
          }}
        />
        {draft && (
          <Group gap="sm">
            <Button type="submit" loading={changing} disabled={!good}>
              {t('settings.save')}
            </Button>
            <Button variant="default" onClick={() => setDraft(null)}>
              {t('settings.discard')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function Read({ hours, zone }: Draft) {
  const { t, i18n } = useTranslation();
  return (
    <section aria-labelledby="seller-hours">
      <Title order={2} size="h3" id="seller-hours" mb="sm">
        {t('sellers.hours.title')}
      </Title>
      <dl className={styles['read']}>
        {WEEKDAYS.map((day) => (
          <div key={day}>
            <dt>{dayName(day, i18n.language)}</dt>
            <dd>
              {rangesOf(hours, day)
                .map(({ start, end }) => `${start}–${end}`)
                .join(', ') || t('sellers.hours.off')}
            </dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="var(--nx-text2)">
        {zoneName(zone)}
      </Text>
    </section>
  );
}

function sent(hours: Hours) {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, rangesOf(hours, day).map(({ start, end }) => ({ start, end }))]));
}

/** The week without its days off, as it is edited. */
function worked(week: Seller['working_hours']): Hours {
  return Object.fromEntries(Object.entries(week ?? {}).flatMap(([day, ranges]) => (ranges.length > 0 ? [[day, ranges.map((one) => ({ ...one }))]] : [])));
}
