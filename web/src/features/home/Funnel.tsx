/** How far the period's leads came: a table that is its own chart, a bar in each row. */
import { useTranslation } from 'react-i18next';
import { lasting } from '@/lib/i18n/format';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { About } from './About';
import type { OnRows } from './Business';
import styles from './Home.module.css';
import type { Report } from './queries';
import { count, share } from './words';

export function Funnel({ report: { funnel, stays }, onRows }: { readonly report: Report; readonly onRows: OnRows }) {
  const { t, i18n } = useTranslation();
  const stages = useStages();
  const all = funnel[0]?.leads ?? 0;
  const title = t('home.funnel');
  return (
    <section className={styles['block']}>
      <h2 className={styles['label']}>
        {title}
        <About label={title}>{t('home.about.funnel')}</About>
      </h2>
      <div className={styles['wide']} tabIndex={0} role="group" aria-label={title}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('home.stage')}</th>
            <th scope="col">{t('home.reached')}</th>
            <th scope="col">{t('home.ofBefore')}</th>
            <th scope="col">{t('home.stay')}</th>
          </tr>
        </thead>
        <tbody>
          {funnel.map(({ stage_key: key, leads, share: part }) => {
            const name = stageName(key, stages, t);
            const stay = stays.find((one) => one.stage_key === key);
            return (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td className={styles['barCell']}>
                  <span className={styles['bar']} style={{ width: `calc((100% - 72px) * ${String(all === 0 ? 0 : leads / all)})` }} aria-hidden />
                  <button
                    type="button"
                    className={styles['number']}
                    aria-label={t('home.open', { figure: name, value: leads })}
                    onClick={() => onRows('reached', { stage: key })}
                  >
                    {count(leads, i18n.language)}
                  </button>
                </td>
                <td>{part === null ? '–' : share(part, 1, i18n.language)}</td>
                <td>
                  {stay ? (
                    <button
                      type="button"
                      className={styles['number']}
                      aria-label={t('home.openStay', { stage: name, time: lasting(stay.median, i18n.language), count: stay.count })}
                      onClick={() => onRows('stays', { stage: key })}
                    >
                      {lasting(stay.median, i18n.language)}
                    </button>
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      </div>
    </section>
  );
}
