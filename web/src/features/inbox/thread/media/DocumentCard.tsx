/** A document: its name, what it is and how large, and the one thing to do with it. */
import { IconDownload, IconFileText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Media } from '@/features/inbox/queries';
import { bytes } from '@/lib/i18n/format';
import styles from './Media.module.css';

const KINDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/msword': 'Word',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.ms-excel': 'Excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/vnd.ms-powerpoint': 'PowerPoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'text/csv': 'CSV',
};

export function DocumentCard({ address, media }: { readonly address: string; readonly media: Media }) {
  const { t, i18n } = useTranslation();
  const name = media.filename ?? t('attachment.document');
  const kind = KINDS[media.media_type ?? ''];
  const size = media.size_bytes === null ? '' : bytes(media.size_bytes, i18n.language);
  return (
    <a className={styles['document']} href={address} download>
      <IconFileText size={24} aria-hidden />
      <span className={styles['documentName']}>
        {name}
        <span className={styles['label']}>{[kind, size].filter(Boolean).join(' · ')}</span>
      </span>
      <IconDownload size={18} role="img" aria-label={t('inbox.media.download')} />
    </a>
  );
}
