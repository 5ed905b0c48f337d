/** Rows by what becomes of them; what is zero is not said. */
import { useTranslation } from 'react-i18next';
import styles from './Imports.module.css';
import type { Import } from './queries';

const VERDICTS = ['create', 'change', 'same', 'skip', 'repeated', 'bad'] as const;

interface Props {
  readonly counts: Import['checked'];
  /** Of a dry run, what would be; of a run, what is. */
  readonly tense: 'would' | 'did';
}

export function Figures({ counts, tense }: Props) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <dl className={styles['figures']}>
      {VERDICTS.filter((verdict) => verdict === 'create' || (counts[verdict] ?? 0) > 0).map((verdict) => (
        <div key={verdict} data-verdict={verdict}>
          <dt>{t(`imports.${tense}.${verdict}`)}</dt>
          <dd>{number.format(counts[verdict] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
