/** What stands beside the funnel: the model's cost, the forecast, sources, lost reasons and sellers. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/lib/i18n/format';
import { sourceName } from '@/lib/leads/source';
import { About } from './About';
import type { OnRows } from './Business';
import styles from './Home.module.css';
import type { Report } from './queries';
import { changeOf, count, earnedWords, share } from './words';

interface Props {
  readonly report: Report;
  readonly onRows: OnRows;
}

export function Cost({ report: { figures, before }, onRows }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const each = figures.cost_per_meeting;
  const change = changeOf(each === null ? null : Number(each), before.cost_per_meeting === null ? null : Number(before.cost_per_meeting), 'less', t, language);
  const total = money(figures.model_cost, 'USD', language);
  return (
    <Block name="cost">
      <p className={styles['value']}>{each === null ? '–' : money(each, 'USD', language)}</p>
      {change && <p className={styles['change']} data-tone={change.tone}>{change.text}</p>}
      {figures.model_calls > 0 ? (
        <button type="button" className={styles['way']} onClick={() => onRows('model_calls')}>
          {t('home.costOf', { total, count: figures.model_calls })}
        </button>
      ) : (
        <p className={styles['note']}>{t('home.noCalls')}</p>
      )}
    </Block>
  );
}

export function Forecast({ report: { forecast } }: { readonly report: Report }) {
  const { t, i18n } = useTranslation();
  return (
    <Block name="forecast">
      {forecast.length === 0 && <p className={styles['note']}>{t('home.noForecast')}</p>}
      {forecast.map(({ currency, value, weighted }) => (
        <p key={currency} className={styles['line']}>
          <Link to="/pipeline">{money(weighted, currency, i18n.language)}</Link>
          <span className={styles['note']}>{t('home.forecastOf', { value: money(value, currency, i18n.language) })}</span>
        </p>
      ))}
    </Block>
  );
}

export function Sources({ report: { sources }, onRows }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Block name="sources">
      <Table heads={[t('home.source'), t('home.leads'), t('home.won'), t('home.rate')]}>
        {sources.map(({ source, leads, won }) => (
          <tr key={source}>
            <th scope="row">{sourceName(source, t)}</th>
            <Cell value={leads} label={t('home.open', { figure: sourceName(source, t), value: leads })} onRows={() => onRows('leads', { source })} />
            <Cell value={won} label={t('home.openWon', { figure: sourceName(source, t), value: won })} onRows={() => onRows('won', { source })} />
            <td>{share(won, leads, i18n.language)}</td>
          </tr>
        ))}
      </Table>
    </Block>
  );
}

export function Lost({ report: { lost }, onRows }: Props) {
  const { t } = useTranslation();
  if (lost.length === 0) return null;
  return (
    <Block name="lost">
      <Table heads={[t('home.reason'), t('home.leads')]}>
        {lost.map(({ reason, leads }) => {
          const words = reason || t('home.noReason');
          return (
            <tr key={reason}>
              <th scope="row">{words}</th>
              <Cell value={leads} label={t('home.open', { figure: words, value: leads })} onRows={() => onRows('lost', { reason })} />
            </tr>
          );
        })}
      </Table>
    </Block>
  );
}

export function Sellers({ report: { sellers }, onRows }: Props) {
  const { t, i18n } = useTranslation();
  if (sellers.length === 0) return null;
  const columns = [
    ['bookings', 'bookings'],
    ['shown', 'shown'],
    ['missed', 'missed'],
  ] as const;
  return (
    <Block name="sellers">
      <Table
        heads={[
          t('home.seller'), t('home.figure.bookings'), t('home.shown'), t('home.missedHead'), t('home.figure.shows'), t('home.met'), t('home.won'),
          t('home.rate'), t('home.figure.revenue'),
        ]}
      >
        {sellers.map((one) => (
          <tr key={one.seller_id}>
            <th scope="row">
              <Link to="/sellers" search={{ seller: one.seller_id }}>
                {one.name}
              </Link>
            </th>
            {columns.map(([field, figure]) => (
              <Cell
                key={field}
                value={one[field]}
                label={t('home.open', { figure: `${one.name}, ${t(`home.column.${field}`)}`, value: one[field] })}
                onRows={() => onRows(figure, { seller: one.seller_id })}
              />
            ))}
            <td>{share(one.shown, one.shown + one.missed, i18n.language)}</td>
            <Cell value={one.met} label={t('home.open', { figure: `${one.name}, ${t('home.met')}`, value: one.met })} onRows={() => onRows('met', { seller: one.seller_id })} />
            <Cell value={one.won} label={t('home.openWon', { figure: one.name, value: one.won })} onRows={() => onRows('met_won', { seller: one.seller_id })} />
            <td>{share(one.won, one.met, i18n.language)}</td>
            <td>
              {one.revenue.length === 0 ? (
                '–'
              ) : (
                <button type="button" className={styles['number']} onClick={() => onRows('revenue', { seller: one.seller_id })}>
                  {earnedWords(one.revenue, i18n.language)}
                </button>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </Block>
  );
}

function Block({ name, children }: { readonly name: 'cost' | 'forecast' | 'sources' | 'lost' | 'sellers'; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const title = t(`home.block.${name}`);
  return (
    <section className={styles['block']}>
      <h2 className={styles['label']}>
        {title}
        <About label={title}>{t(`home.about.${name}`)}</About>
      </h2>
      {children}
    </section>
  );
}

function Table({ heads, children }: { readonly heads: readonly string[]; readonly children: ReactNode }) {
  return (
    // Wide tables scroll sideways in themselves, by the keyboard too.
    <div className={styles['wide']} tabIndex={0} role="group" aria-label={heads[0]}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Cell({ value, label, onRows }: { readonly value: number; readonly label: string; readonly onRows: () => void }) {
  const { i18n } = useTranslation();
  return (
    <td>
      {value === 0 ? (
        '0'
      ) : (
        <button type="button" className={styles['number']} aria-label={label} onClick={onRows}>
          {count(value, i18n.language)}
        </button>
      )}
    </td>
  );
}
