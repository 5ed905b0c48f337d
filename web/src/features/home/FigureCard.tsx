/** One figure: its name and meaning, its value as the way to its rows, and the period before. */
import { useTranslation } from 'react-i18next';
import { About } from './About';
import styles from './Home.module.css';
import type { Change } from './words';

interface Way {
  readonly text: string;
  readonly onRows: () => void;
}

interface Props {
  readonly name: 'leads' | 'replies' | 'bookings' | 'shows' | 'conversion' | 'revenue';
  readonly value: string;
  readonly change: Change | null;
  readonly note?: string | undefined;
  readonly onRows?: (() => void) | undefined;
  readonly also?: Way | undefined;
  readonly others?: readonly Way[];
}

export function FigureCard({ name, value, change, note, onRows, also, others = [] }: Props) {
  const { t } = useTranslation();
  const label = t(`home.figure.${name}`);
  return (
    <article className={styles['card']}>
      <h2 className={styles['label']}>
        {label}
        <About label={label}>{t(`home.about.${name}`)}</About>
      </h2>
      {onRows ? (
        <button type="button" className={styles['value']} aria-label={t('home.open', { figure: label, value })} onClick={onRows}>
          {value}
        </button>
      ) : (
        <p className={styles['value']}>{value}</p>
      )}
      {change && <p className={styles['change']} data-tone={change.tone}>{change.text}</p>}
      {note && <p className={styles['note']}>{note}</p>}
      {(also ? [also, ...others] : others).map((way) => (
        <button key={way.text} type="button" className={styles['way']} onClick={way.onRows}>
          {way.text}
        </button>
      ))}
    </article>
  );
}
