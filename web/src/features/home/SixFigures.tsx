/** The six figures of the business, each with what it means, how it differs from before, and its rows. */
import { useTranslation } from 'react-i18next';
import { lasting } from '@/lib/i18n/format';
import type { OnRows } from './Business';
import { FigureCard } from './FigureCard';
import styles from './Home.module.css';
import type { Report } from './queries';
import { changeOf, count, earnedWords, share } from './words';

export function SixFigures({ report, onRows }: { readonly report: Report; readonly onRows: OnRows }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { figures: now, before } = report;
  const [earned, earlier] = [now.revenue[0], before.revenue.find(({ currency }) => currency === now.revenue[0]?.currency)];
  const seconds = (value: number | undefined) => (value === undefined ? '–' : lasting(value, language));
  return (
    <section className={styles['six']} aria-label={t('home.figures')}>
      <FigureCard
        name="leads"
        value={count(now.leads, language)}
        change={changeOf(now.leads, before.leads, 'more', t, language)}
        onRows={() => onRows('leads')}
      />
      <FigureCard
        name="replies"
        value={seconds(now.agent_replies?.median)}
        change={changeOf(now.agent_replies?.median ?? null, before.agent_replies?.median ?? null, 'less', t, language)}
        note={now.agent_replies ? t('home.p90', { time: lasting(now.agent_replies.p90, language) }) : undefined}
        onRows={now.agent_replies ? () => onRows('agent_replies') : undefined}
        also={
          now.person_replies
            ? {
                text: t('home.byTeam', { time: lasting(now.person_replies.median, language), p90: lasting(now.person_replies.p90, language) }),
                onRows: () => onRows('person_replies'),
              }
            : undefined
        }
      />
      <FigureCard
        name="bookings"
        value={count(now.bookings, language)}
        change={changeOf(now.bookings, before.bookings, 'more', t, language)}
        onRows={() => onRows('bookings')}
      />
      <FigureCard
        name="shows"
        value={share(now.shown, now.shown + now.missed, language)}
        change={changeOf(now.show_rate, before.show_rate, 'more', t, language)}
        onRows={now.shown > 0 ? () => onRows('shown') : undefined}
        note={t('home.shownOf', { shown: now.shown, all: now.shown + now.missed })}
        also={now.missed > 0 ? { text: t('home.missed', { count: now.missed }), onRows: () => onRows('missed') } : undefined}
      />
      <FigureCard
        name="conversion"
        value={share(now.won, now.leads, language)}
        change={changeOf(now.conversion, before.conversion, 'more', t, language)}
        note={t('home.wonOf', { won: now.won, all: now.leads })}
        onRows={now.won > 0 ? () => onRows('won') : undefined}
      />
      <FigureCard
        name="revenue"
        value={earned ? earnedWords([earned], language) : '–'}
        change={changeOf(earned ? Number(earned.amount) : null, earlier ? Number(earlier.amount) : null, 'more', t, language)}
        onRows={earned ? () => onRows('revenue', { currency: earned.currency }) : undefined}
        others={now.revenue.slice(1).map((one) => ({
          text: earnedWords([one], language),
          onRows: () => onRows('revenue', { currency: one.currency }),
        }))}
      />
    </section>
  );
}
