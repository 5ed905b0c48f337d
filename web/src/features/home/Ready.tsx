/** «Para salir a la calle: 2 de 4»: what of going live is done, from the company's real state; gone once all is. */
import { VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './Home.module.css';
import { readinessQuery } from './queries';

const STEPS = [
  ['whatsapp', '/channels'],
  ['model', '/studio'],
  ['google', '/calendars'],
  ['team', '/people'],
] as const;

export function Ready() {
  const { t } = useTranslation();
  const { data } = useQuery(readinessQuery);
  if (!data) return null;
  const done = STEPS.filter(([step]) => data[step]).length;
  if (done === STEPS.length) return null;
  return (
    <section className={styles['ready']}>
      <h2>{t('home.ready.title', { done, all: STEPS.length })}</h2>
      <ul>
        {STEPS.map(([step, to]) => {
          const Mark = data[step] ? IconCircleCheck : IconCircle;
          return (
            <li key={step} data-done={data[step]}>
              <Link to={to}>
                <Mark size={18} aria-hidden />
                {t(`home.ready.${step}`)}
                <VisuallyHidden>{data[step] ? t('home.ready.done') : t('home.ready.open')}</VisuallyHidden>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
