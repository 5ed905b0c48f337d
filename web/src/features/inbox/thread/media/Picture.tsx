/** A picture in the thread; pressed it fills the screen, and Back, Esc or a click beside it closes it again. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import styles from './Media.module.css';

interface Props {
  readonly address: string;
  readonly alt: string;
  readonly sticker: boolean;
}

export function Picture({ address, alt, sticker }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useBackCloses(opened, () => setOpened(false));
  if (sticker) return <img className={styles['sticker']} src={address} alt={alt} loading="lazy" />;
  return (
    <>
      <button type="button" className={styles['preview']} aria-label={`${t('inbox.media.enlarge')}: ${alt}`} onClick={() => setOpened(true)}>
        <img src={address} alt="" loading="lazy" />
      </button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="auto"
        centered
        padding="sm"
        title={t('inbox.media.picture')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <img className={styles['large']} src={address} alt={alt} />
      </Modal>
    </>
  );
}
