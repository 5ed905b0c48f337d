/** A state that wants attention: icon, word and colour, so that it reads in greyscale too (UI §1.2). */
import type { ReactNode } from 'react';
import type { MeaningName } from '@/lib/theme/tokens';
import styles from './Badge.module.css';

interface Props {
  readonly meaning: MeaningName | 'inverse';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export function Badge({ meaning, icon, children }: Props) {
  if (meaning === 'inverse') {
    return (
      <span className={`${styles['badge'] ?? ''} ${styles['inverse'] ?? ''}`}>
        {icon}
        {children}
      </span>
    );
  }
  const colours = { color: `var(--nx-${meaning}-fg)`, background: `var(--nx-${meaning}-soft)` };
  return (
    <span className={styles['badge']} style={colours}>
      {icon}
      {children}
    </span>
  );
}
