/** What the customer can tap under a message, drawn as on their phone; what was tapped is marked. Not for us to press. */
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Choice } from './kinds';
import styles from './Thread.module.css';

interface Props {
  readonly choices: readonly Choice[];
  readonly tapped?: ReadonlySet<string>;
  readonly language: string | null;
}

const NOBODY: ReadonlySet<string> = new Set();

export function Choices({ choices, tapped = NOBODY, language }: Props) {
  const { t } = useTranslation();
  return (
    <ul className={styles['choices']} aria-label={t('inbox.choices')} lang={language ?? undefined}>
      {choices.map(({ id, title, description }) => (
        <li key={id} className={styles['choice']} data-tapped={tapped.has(id)}>
          <span>
            {title}
            {description !== '' && <span className={styles['choiceHint']}>{description}</span>}
          </span>
          {tapped.has(id) && <IconCheck size={14} role="img" aria-label={t('inbox.tapped')} />}
        </li>
      ))}
    </ul>
  );
}
