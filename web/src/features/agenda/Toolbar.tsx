/** Which period, which view, whose agendas, the question mode, and the one solid button. */
import { ActionIcon, Button, Chip, Group, SegmentedControl, Title } from '@mantine/core';
import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ShortcutButton } from '@/components/ShortcutButton';
import { Face } from '@/components/Face';
import { weekday } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import styles from './Agenda.module.css';
import { CalendarHealth } from './CalendarHealth';
import { colourOf } from './calendarEvents';
import { differs, placeOf } from './hours';
import { dayOf, periodName, startOf, step } from './period';
import type { Seller } from './queries';
import { VIEWS, type View } from './search';

interface Props {
  readonly view: View;
  readonly day: string;
  readonly phone: boolean;
  readonly sellers: readonly Seller[];
  readonly hidden: readonly number[];
  readonly asking: boolean;
  readonly onDay: (day: string) => void;
  readonly onView: (view: View) => void;
  readonly onHide: (hidden: readonly number[]) => void;
  readonly onAsk: (asking: boolean) => void;
  readonly onBook: (() => void) | null;
}

export function Toolbar(props: Props) {
  const { view, day, phone, asking, onDay, onView, onAsk, onBook } = props;
  const { t, i18n } = useTranslation();
  const go = (by: 1 | -1) => onDay(step(view, day, by));
  const today = () => onDay(dayOf(new Date()));
  useShortcut('j', t('agenda.next'), () => go(1));
  useShortcut('k', t('agenda.previous'), () => go(-1));
  useShortcut('h', t('agenda.today'), today);
  useShortcut('Escape', t('agenda.stopAsking'), () => onAsk(false), asking);
  return (
    <header className={styles['bar']}>
      <Group gap="xs" wrap="nowrap" className={styles['period']}>
        <ActionIcon variant="default" size={phone ? 44 : 34} aria-label={t('agenda.previous')} onClick={() => go(-1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" onClick={today} className={styles['touch']}>
          {t('agenda.today')}
        </Button>
        <ActionIcon variant="default" size={phone ? 44 : 34} aria-label={t('agenda.next')} onClick={() => go(1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <Title order={1} className={styles['title']} aria-live="polite">
          {phone ? weekday(startOf(day).toISOString(), i18n.language) : periodName(view, day, i18n.language, new Date())}
        </Title>
      </Group>
      {!phone && (
        <SegmentedControl
          aria-label={t('agenda.viewLabel')}
          value={view}
          onChange={(value) => onView(value)}
          data={VIEWS.map((value) => ({ value, label: t(`agenda.view.${value}`) }))}
        />
      )}
      <SellerChips {...props} />
      <CalendarHealth hidden={props.hidden} />
      {!phone && view !== 'month' && (
        <Button
          variant={asking ? 'light' : 'default'}
          aria-pressed={asking}
          leftSection={<IconHelpCircle size={18} aria-hidden />}
          onClick={() => onAsk(!asking)}
        >
          {t('agenda.whyNot')}
        </Button>
      )}
      {onBook && (
        <div className={styles['book']}>
          <ShortcutButton
            shortcut="b"
            label={t('agenda.book')}
            onRun={onBook}
            icon={<IconCalendarPlus size={18} aria-hidden />}
            className={styles['touch'] ?? ''}
            fullWidth={phone}
          />
        </div>
      )}
    </header>
  );
}

/** With one seller there is nobody to hide. The name is the mark, the colour only helps. */
function SellerChips({ sellers, hidden, day, onHide }: Props) {
  const { t } = useTranslation();
  if (sellers.length < 2) return null;
  const shown = sellers.filter(({ id }) => !hidden.includes(id)).map(({ id }) => String(id));
  return (
    <Chip.Group multiple value={shown} onChange={(ids) => onHide(sellers.filter(({ id }) => !ids.includes(String(id))).map(({ id }) => id))}>
      <Group gap="xs" wrap="nowrap" className={styles['chips']} role="group" aria-label={t('agenda.sellers')}>
        {sellers.map((seller) => (
          <Chip key={seller.id} value={String(seller.id)} size="sm" variant="light" color={colourOf(seller.id, sellers)}>
            <span className={styles['chipFace']}>
              {seller.photo !== null && <Face seller={seller} size={22} />}
              {differs(seller.zone, startOf(day)) ? `${seller.name} · ${placeOf(seller.zone)}` : seller.name}
            </span>
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
