/** What a trigger is called, and when it writes. */
import type { TFunction } from 'i18next';
import type { Trigger } from './queries';

export const DAY_MINUTES = 1440;
export const HOUR_MINUTES = 60;

export function triggerName({ kind, step }: Pick<Trigger, 'kind' | 'step'>, t: TFunction): string {
  return kind === 'reactivation' ? t('templates.trigger.reactivation', { step }) : t(`templates.trigger.${kind}`);
}

/** «Al reservar», «24 h antes», «tras 2 días sin respuesta». */
export function delayWords({ kind, delay_minutes: minutes }: Pick<Trigger, 'kind' | 'delay_minutes'>, t: TFunction): string {
  if (kind === 'confirmation') return t('templates.trigger.atBooking');
  if (kind === 'reminder_24h' || kind === 'reminder_1h') return t('templates.trigger.before', { hours: kind === 'reminder_24h' ? 24 : 1 });
  if (kind === 'no_show') return t('templates.trigger.afterMark', { count: Math.round(minutes / HOUR_MINUTES) });
  return minutes >= DAY_MINUTES && minutes % DAY_MINUTES === 0
    ? t('templates.trigger.afterDays', { count: minutes / DAY_MINUTES })
    : t('templates.trigger.afterHours', { count: Math.round(minutes / HOUR_MINUTES) });
}
