/** The file of a message: heard, seen or handed out; while it is on its way, or not to be had, that is said. */
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '@/features/inbox/attachments';
import type { Media, Message } from '@/features/inbox/queries';
import { AttachmentCard } from '@/features/inbox/thread/AttachmentCard';
import { DocumentCard } from './DocumentCard';
import { looksOf } from './looks';
import styles from './Media.module.css';
import { Picture } from './Picture';
import { refusalOf } from './refusals';
import { VoiceNote } from './VoiceNote';
import { WordsOf } from './WordsOf';

interface Props {
  readonly kind: Attachment;
  readonly message: Message;
  readonly media: Media;
  readonly language: string | null;
}

export function MediaPart({ kind, message, media, language }: Props) {
  const { t } = useTranslation();
  if (media.state !== 'stored') {
    const waiting = media.state === 'waiting';
    const StateIcon = waiting ? IconClock : IconAlertTriangle;
    return (
      <>
        <AttachmentCard kind={kind} message={message} />
        <span className={styles['state']} data-bad={!waiting}>
          <StateIcon size={14} aria-hidden /> {waiting ? t('inbox.media.waiting') : t(`inbox.media.refused.${refusalOf(media)}`)}
        </span>
      </>
    );
  }
  const address = `/chat/media/${media.id}`;
  const looks = looksOf(media.media_type);
  return (
    <div className={styles['media']}>
      {looks === 'audio' && <VoiceNote address={address} />}
      {looks === 'picture' && <Picture address={address} alt={media.words ?? t('inbox.media.picture')} sticker={kind === 'sticker'} />}
      {looks === 'video' && (
        <video className={styles['video']} src={address} controls preload="metadata" aria-label={t('attachment.video')} />
      )}
      {looks === 'document' && <DocumentCard address={address} media={media} />}
      <WordsOf media={media} spoken={looks === 'audio'} language={language} />
    </div>
  );
}
