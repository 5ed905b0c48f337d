/** What is still to be filled before the message may leave; a click goes to the gap. */
import { useTranslation } from 'react-i18next';
import type { Gap } from '@/lib/canned/gaps';
import styles from './Canned.module.css';

interface Props {
  readonly gaps: readonly Gap[];
  readonly onGap: (gap: Gap) => void;
}

export default function GapLine({ gaps, onGap }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles['gaps']} role="status">
      {t('canned.fillFirst')}
      {gaps.map((gap) => (
        <button key={gap.from} type="button" className={styles['gap']} onClick={() => onGap(gap)}>
          {gap.name}
        </button>
      ))}
    </div>
  );
}
