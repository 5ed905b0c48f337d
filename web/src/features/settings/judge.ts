/** What a value must be like, said at its field before anything is sent; the server judges the same again. Pure. */
import type { TFunction } from 'i18next';
import { judgeHours } from '@/lib/time/week';
import type { SectionName, Stages, ValuesOf } from './queries';

export type Verdicts = Readonly<Partial<Record<string, string>>>;

const LONGEST: Readonly<Record<string, number>> = { name: 200, agent_name: 60 };
export const LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  quiet_seconds: [0, 60],
  maximum_wait_seconds: [0, 300],
  takeover_hours: [1, 720],
  meeting_minutes: [5, 480],
  slot_granularity_minutes: [5, 240],
  buffer_before_minutes: [0, 240],
  buffer_after_minutes: [0, 240],
  minimum_notice_minutes: [0, 43_200],
  horizon_days: [1, 365],
  most_meetings_per_day: [1, 200],
  offer_minutes: [1, 1440],
  hold_minutes: [1, 60],
  turns_per_day: [1, 1_000_000],
};
const MINUTES_OF_A_DAY = 1440;
const LONGEST_STAGE = 40;

export function judge(values: ValuesOf<SectionName>, t: TFunction): Verdicts {
  const found: Partial<Record<string, string>> = {};
  for (const [field, value] of Object.entries(values)) {
    const [limits, longest] = [LIMITS[field], LONGEST[field]];
    if (limits && value !== null) {
      const [least, most] = limits;
      const fits = typeof value === 'number' && value >= least && value <= most;
      if (!fits) found[field] = t('settings.judge.range', { least, most });
    } else if (longest && typeof value === 'string') {
      if (value.trim() === '') found[field] = t('settings.judge.required');
      else if (value.trim().length > longest) found[field] = t('settings.judge.long', { most: longest });
    }
  }
  if ('slot_granularity_minutes' in values && !found['slot_granularity_minutes']) {
    const minutes = values.slot_granularity_minutes;
    if (MINUTES_OF_A_DAY % minutes !== 0) found['slot_granularity_minutes'] = t('settings.judge.divides');
  }
  if ('maximum_wait_seconds' in values && !found['maximum_wait_seconds'] && values.maximum_wait_seconds < values.quiet_seconds) {
    found['maximum_wait_seconds'] = t('settings.judge.wait');
  }
  const hours = 'agent_hours' in values ? judgeHours(values.agent_hours, t) : undefined;
  if (hours !== undefined) found['agent_hours'] = hours;
  return found;
}

/** By the stage's id. `shown` is what the reader sees of a name. */
export function judgeStages(stages: Stages, shown: (stage: Stages[number]) => string, t: TFunction): Verdicts {
  const found: Partial<Record<string, string>> = {};
  const seen = new Set<string>();
  for (const stage of stages) {
    const name = shown(stage).trim();
    const folded = name.toLocaleLowerCase();
    if (name === '') found[stage.id] = t('settings.judge.required');
    else if (name.length > LONGEST_STAGE) found[stage.id] = t('settings.judge.long', { most: LONGEST_STAGE });
    else if (seen.has(folded)) found[stage.id] = t('settings.judge.twice');
    seen.add(folded);
  }
  return found;
}
