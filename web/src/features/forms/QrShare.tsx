/** A link as a QR code for print and counters, with its files. */
import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pngFile, QrCode, svgFile } from '@/components/QrCode';
import { toast } from '@/components/toast';
import styles from './Forms.module.css';

interface Props {
  readonly link: string;
  /** What the files are called, and whose code it is. */
  readonly name: string;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

export function QrShare({ link, name }: Props) {
  const { t } = useTranslation();
  const png = async () => {
    const file = await pngFile(link);
    if (file) save(file, `${name}.png`);
    else toast(t('forms.qr.noPng'));
  };
  return (
    <div className={styles['qrShare']}>
      <QrCode text={link} label={t('forms.qr.of', { name })} />
      <Group gap="xs">
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => save(svgFile(link), `${name}.svg`)}>
          {t('forms.qr.svg')}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void png()}>
          {t('forms.qr.png')}
        </Button>
      </Group>
    </div>
  );
}
