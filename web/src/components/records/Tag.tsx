/** A tag as a chip: its name, and its colour as a dot beside it. */
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Tag as TagRow } from '@/lib/records/tags';
import styles from './Tag.module.css';

interface Props {
  readonly tag: Pick<TagRow, 'name' | 'color'>;
  readonly onRemove?: () => void;
}

export function Tag({ tag, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <span className={styles['tag']}>
      <span className={styles['dot']} style={{ background: `var(--nx-${tag.color}-fg)` }} aria-hidden />
      <span className={styles['name']}>{tag.name}</span>
      {onRemove && (
        <button type="button" className={styles['remove']} aria-label={t('tagRemove', { name: tag.name })} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
