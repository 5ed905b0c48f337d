/** One step: what it did, for how long, and what it found. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { reasonKey } from '@/features/inbox/thread/verdicts';
import type { Step, ToolCall } from './queries';
import { isThought, numberOf, passagesOf, secondsBetween, sparesOf, textOf, textsOf } from './story';
import { ToolList } from './ToolList';
import styles from './Why.module.css';

interface Props {
  readonly step: Step;
  readonly tools: readonly ToolCall[];
  readonly replyStatus: string | null;
}

const KNOWN = ['gather', 'transcribe', 'screen', 'cite', 'draft', 'send'] as const;
const HOWS = ['busy', 'broken', 'slow', 'unreachable', 'refused', 'garbled'] as const;
const TICKS = ['queued', 'sent', 'delivered', 'read', 'failed', 'unknown', 'refused'] as const;

export function StepItem({ step, tools, replyStatus }: Props) {
  const { t, i18n } = useTranslation();
  const seconds = secondsBetween(step.started_at, step.finished_at);
  const reasons = step.name === 'screen' ? [...new Set(textsOf(step.detail['reasons']).map(reasonKey))] : [];
  const claims = isThought(step) ? textsOf(step.detail['claims']) : [];
  const tick = step.name === 'send' ? TICKS.find((known) => known === replyStatus) : undefined;
  return (
    <li className={styles['step']} data-outcome={outcomeOf(step)}>
      <span className={styles['head']}>
        <span>
          {titleOf(step, t)}
          {tick && <span className={styles['hint']}> · {t(`tick.${tick}`)}</span>}
        </span>
        <span className={styles['hint']}>{duration(seconds, i18n.language)}</span>
      </span>
      {reasons.length > 0 && (
        <ul className={styles['notes']}>
          {reasons.map((reason) => (
            <li key={reason}>{t(`verdict.reason.${reason}`)}</li>
          ))}
        </ul>
      )}
      {sparesOf(step).map(({ model, how }, place) => (
        <p key={place} className={styles['hint']}>
          {t('why.spare', { model, how: t(`why.how.${HOWS.find((known) => known === how) ?? 'other'}`) })}
        </p>
      ))}
      <ToolList tools={tools} />
      {step.name === 'cite' && <Citations step={step} />}
      {claims.length > 0 && (
        <p className={styles['refusal']}>{t('why.untrue', { count: claims.length, claims: claims.map((one) => `«${one}»`).join(', ') })}</p>
      )}
      {step.outcome === 'failed' && <p className={styles['refusal']}>{t('why.failed', { error: textOf(step.detail['error']) })}</p>}
      {isThought(step) && textOf(step.detail['text']) !== '' && (
        <details className={styles['more']}>
          <summary>{t('why.said')}</summary>
          <p>{textOf(step.detail['text'])}</p>
          <p className={styles['hint']}>{spent(step, t, i18n.language)}</p>
        </details>
      )}
    </li>
  );
}

/** Each passage that the reply rests on, unfolded on demand. */
function Citations({ step }: { readonly step: Step }) {
  return (
    <ul className={styles['tools']}>
      {passagesOf(step).map(({ heading, text }) => (
        <li key={`${heading} ${text}`}>
          <details className={styles['more']}>
            <summary>{heading}</summary>
            <p>{text}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}

function titleOf(step: Step, t: TFunction): string {
  if (isThought(step)) return t(step.name === 'think:1' ? 'why.step.think' : 'why.step.thinkAgain');
  const known = KNOWN.find((one) => one === step.name);
  if (known === undefined) return step.name;
  if (known === 'gather') return t('why.step.gather', { count: numberOf(step.detail['messages']) });
  if (known === 'screen') return t('why.step.screen', { verdict: verdictOf(step.outcome, t) });
  if (known === 'transcribe' && step.outcome !== 'ok') return t('why.step.unheard');
  if (known === 'send' && step.outcome !== 'queued') return t('why.step.notSent');
  return t(`why.step.${known}`);
}

function verdictOf(outcome: string, t: TFunction): string {
  const known = (['allow', 'caution', 'block'] as const).find((one) => one === outcome);
  return known ? t(`why.verdict.${known}`) : outcome;
}

function outcomeOf(step: Step): 'good' | 'bad' {
  return ['ok', 'allow', 'queued', 'waiting'].includes(step.outcome) ? 'good' : 'bad';
}

function spent(step: Step, t: TFunction, language: string): string {
  const tokens = numberOf(step.detail['input_tokens']) + numberOf(step.detail['output_tokens']);
  const model = textOf(step.detail['model']);
  const count = new Intl.NumberFormat(language).format(tokens);
  return [...(model === '' ? [] : [model]), t('why.tokens', { count: tokens, shown: count })].join(' · ');
}

function duration(seconds: number, language: string): string {
  const [value, unit] = seconds < 1 ? [Math.round(seconds * 1000), 'millisecond'] : [seconds, 'second'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 }).format(value);
}
