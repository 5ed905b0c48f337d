/** Which days the figures are about: a week, a month, a quarter, or days of one's own; all on the company's clock. */
import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SPANS, type HomeSearch } from './search';

interface Props {
  readonly search: HomeSearch;
  readonly today: string;
  readonly onPeriod: (period: HomeSearch) => void;
}

const OWN = 'own';

export function PeriodPicker({ search, today, onPeriod }: Props) {
  const { t } = useTranslation();
  const { first, last, days = 30 } = search;
  const own = first !== undefined && last !== undefined;
  const choose = (value: string) => {
    const span = SPANS.find((known) => String(known) === value);
    onPeriod(span ? (span === 30 ? {} : { days: span }) : { first: `${today.slice(0, 8)}01`, last: today });
  };
  return (
    <Group gap="xs">
      <SegmentedControl
        aria-label={t('home.period')}
        size="sm"
        value={own ? OWN : String(days)}
        onChange={choose}
        data={[...SPANS.map((span) => ({ value: String(span), label: t('home.days', { count: span }) })), { value: OWN, label: t('home.own') }]}
      />
      {own && (
        <>
          <TextInput
            type="date"
            aria-label={t('home.first')}
            value={first}
            max={last}
            onChange={({ currentTarget: { value } }) => value && onPeriod({ first: value, last: value > last ? value : last })}
          />
          <TextInput
            type="date"
            aria-label={t('home.last')}
            value={last}
            min={first}
            onChange={({ currentTarget: { value } }) => value && onPeriod({ first: value < first ? value : first, last: value })}
          />
        </>
      )}
    </Group>
  );
}
