/** What differs, field by field and word by word: struck through what goes, underlined what comes. */
import { useTranslation } from 'react-i18next';
import styles from './Agent.module.css';
import type { Change } from './changes';
import { wordDiff } from './wordDiff';

export function Differences({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles['differences']}>
      {changes.map(({ field, was, became }) => (
        <div key={field}>
          <dt>{t(`agentPage.field.${field}`)}</dt>
          <dd>
            {wordDiff(was, became).map(({ kind, text }, index) => {
              const key = `${String(index)} ${kind}`;
              if (kind === 'gone') return <del key={key}>{text}</del>;
              return kind === 'new' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
