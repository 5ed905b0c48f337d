/**
 * «Para salir a la calle: 2 de 6»: what of going live is done, from the company's real state and never by a click. Gone
 * once all is, put away by whoever wants it away, back from the palette; a demo that has been filled needs none of it.
 */
import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { bringBack, putAway, useSetup } from '@/lib/setup';
import styles from './Home.module.css';
import { readinessQuery } from './queries';

const STEPS = [
  ['whatsapp', '/channels'],
  ['model', '/studio'],
  ['offer', '/studio'],
  ['hours', '/sellers'],
  ['team', '/people'],
  ['leads', '/imports'],
] as const;

export function Ready({ demo }: { readonly demo: boolean }) {
  const { t } = useTranslation();
  const shown = useSetup();
  const { data } = useQuery(readinessQuery);
  if (!data || shown === 'away') return null;
  const done = STEPS.filter(([step]) => data[step]).length;
  if (shown !== 'asked' && (done === STEPS.length || (demo && data.leads))) return null;
  const away = () => {
    putAway();
    toast(t('home.ready.away'), bringBack);
  };
  return (
    <section className={styles['ready']} aria-labelledby="home-ready">
      <div className={styles['readyHead']}>
        <h2 id="home-ready">{t('home.ready.title', { done, all: STEPS.length })}</h2>
        <ActionIcon variant="subtle" size={36} aria-label={t('home.ready.hide')} title={t('home.ready.hide')} onClick={away}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
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
