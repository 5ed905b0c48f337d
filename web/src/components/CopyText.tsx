/** A text that is read or copied, whole and never cut off: a key for an app. */
import { Button, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CopyText.module.css';

interface Props {
  readonly label: string;
  readonly text: string;
  /** What is copied, where it is not what is shown. */
  readonly copied?: string;
}

export function CopyText({ label, text, copied = text }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={styles['group']}>
      <Text id={id} fw={600} size="sm">
        {label}
      </Text>
      <code className={styles['text']}>{text}</code>
      <CopyButton value={copied} timeout={3000}>
        {({ copied: done, copy }) => (
          <Button
            variant="default"
            leftSection={done ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={copy}
          >
            <span aria-live="polite">{done ? t('copied') : t('copy')}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
