/** One kept turn as it was played: open where it came to another end, with the difference and the conversation. */
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { diff } from './diff';
import styles from './Evaluation.module.css';
import type { Failure, PlayedStep, Result } from './queries';

const WHAT = ['reply', 'sequence', 'refused', 'verdict', 'qualification', 'truth', 'silent', 'says'] as const;

export function CaseItem({ result }: { readonly result: Result }) {
  const { t } = useTranslation();
  return (
    <li>
      <details className={styles['case']} open={!result.passed}>
        <summary>
          {result.passed ? (
            <IconCheck size={16} className={styles['good']} aria-label={t('evaluation.same')} role="img" />
          ) : (
            <IconX size={16} className={styles['bad']} aria-label={t('evaluation.other')} role="img" />
          )}
          <span>{result.title}</span>
        </summary>
        {result.failures.map((failure) => (
          <Difference key={`${String(failure.step)} ${failure.what} ${failure.expected}`} failure={failure} />
        ))}
        {result.conversation.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </details>
    </li>
  );
}

function Difference({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation();
  const known = WHAT.find((one) => failure.what === one || failure.what.startsWith(`${one}.`));
  return (
    <div className={styles['difference']}>
      <strong>{known ? t(`evaluation.what.${known}`) : failure.what}</strong>
      <p>
        {diff(failure.expected, failure.got).map(({ kind, text }, place) => {
          if (kind === 'same') return text;
          const Mark = kind === 'gone' ? 'del' : 'ins';
          return <Mark key={`${String(place)} ${text}`}>{text}</Mark>;
        })}
      </p>
    </div>
  );
}

function Step({ step }: { readonly step: PlayedStep }) {
  const { t } = useTranslation();
  return (
    <div className={styles['talk']}>
      {step.said.map((said, place) => (
        <div key={`${String(place)} ${said.text}`} className={styles['said']} data-who={said.who}>
          <span className={styles['who']}>{t(`evaluation.who.${said.who}`)}</span>
          <p>{said.text}</p>
          {said.choices.length > 0 && <p className={styles['meta']}>{said.choices.join(' · ')}</p>}
        </div>
      ))}
      {step.tools.length > 0 && (
        <p className={styles['meta']}>
          {t('evaluation.tools')}: {step.tools.map(({ tool, refused }) => (refused ? `${tool} ✗` : tool)).join(', ')}
        </p>
      )}
    </div>
  );
}
