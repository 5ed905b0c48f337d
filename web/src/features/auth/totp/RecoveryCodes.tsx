/** Ten codes, shown this once: to copy, to keep as a file, to print. */
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/session/session';
import styles from './Totp.module.css';

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, onDone }: Props) {
  const { t } = useTranslation();
  const { email } = useMe().user;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []); // what one typed into is gone
  const text = [t('totp.fileTitle', { email }), '', ...codes, ''].join('\n');
  return (
    <Stack gap="md">
      <div ref={list} tabIndex={-1} className={styles['codes']} role="group" aria-label={t('totp.codes')}>
        <Text fw={600}>{t('totp.codes')}</Text>
        <Text>{t('totp.codesHint')}</Text>
        <ol>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <Text className={styles['printed'] ?? ''}>{email}</Text>
      </div>
      <Group gap="sm">
        <CopyButton value={text} timeout={3000}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />} onClick={copy}>
              <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => download(text, t('totp.fileName'))}>
          {t('totp.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => print()}>
          {t('totp.print')}
        </Button>
      </Group>
      <Group>
        <Button onClick={onDone}>{t('totp.kept')}</Button>
      </Group>
    </Stack>
  );
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
