/** What came beside words, said plainly: its kind, and what its own object tells of it. */
import {
  IconFileText,
  IconHelpCircle,
  IconInfoCircle,
  IconMapPin,
  IconMicrophone,
  IconMoodSmile,
  IconPhoto,
  IconShoppingCart,
  IconSticker,
  IconUsers,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '@/features/inbox/attachments';
import type { Message } from '@/features/inbox/queries';
import styles from './Thread.module.css';

const ICONS: Readonly<Record<Attachment, Icon>> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMicrophone,
  sticker: IconSticker,
  document: IconFileText,
  location: IconMapPin,
  contacts: IconUsers,
  reaction: IconMoodSmile,
  order: IconShoppingCart,
  system: IconInfoCircle,
  unsupported: IconHelpCircle,
};

export function AttachmentCard({ kind, message }: { readonly kind: Attachment; readonly message: Message }) {
  const { t } = useTranslation();
  const KindIcon = ICONS[kind];
  const more = detail(kind, message);
  return (
    <span className={styles['attachment']}>
      <KindIcon size={16} aria-hidden />
      <span>
        {t(`attachment.${kind}`)}
        {more !== '' && `: ${more}`}
      </span>
    </span>
  );
}

function detail(kind: Attachment, { body, content }: Message): string {
  const text = (key: string) => (typeof content[key] === 'string' ? content[key] : '');
  if (kind === 'document') return text('filename');
  if (kind === 'reaction') return body;
  if (kind !== 'location' || body !== '') return '';
  const [latitude, longitude] = [content['latitude'], content['longitude']];
  return typeof latitude === 'number' && typeof longitude === 'number' ? `${latitude}, ${longitude}` : '';
}
