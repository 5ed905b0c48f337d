/** One message. Customer left; the agent violet and signed; a teammate by name; a note across (UI §2). */
import { IconHandClick } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, memo, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/components/Time';
import { withWords } from '@/lib/i18n';
import { useMe } from '@/lib/session/session';
import { useMemberName } from '@/lib/team/team';
import { attachmentOf } from '@/features/inbox/attachments';
import type { Message } from '@/features/inbox/queries';
import { AttachmentCard } from './AttachmentCard';
import { Choices } from './Choices';
import { choicesOf, kindOf, referralOf, type Kind } from './kinds';
import { MediaPart } from './media/MediaPart';
import styles from './Thread.module.css';
import { Tick } from './Tick';
import { VerdictBadge } from './VerdictBadge';

interface Props {
  readonly message: Message;
  /** In which language the customer and the agent talk. */
  readonly language: string | null;
  /** Whether the one before is by somebody else: only then the author is named. */
  readonly signed: boolean;
  readonly tapped: ReadonlySet<string>;
  /** Whether it is what was searched for. */
  readonly found: boolean;
}

const ReferralCard = lazy(() => withWords(import('./ReferralCard')));
const OPTION_LIST = /\n(?=\d+\. )/;

export const Bubble = memo(function Bubble({ message, language, signed, tapped, found }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(message);
  const spoken = kind === 'customer' || kind === 'agent' ? language : null;
  const attachment = attachmentOf(message.type);
  const choices = choicesOf(message.content);
  const turn = kind === 'agent' ? message.turn_id : null;
  const referral = kind === 'customer' ? referralOf(message.content) : null;
  return (
    <article className={styles['message']} data-kind={kind} data-message={message.id} data-found={found || undefined}>
      {signed && kind !== 'customer' && <Author kind={kind} userId={message.author_user_id} />}
      {referral !== null && (
        <Suspense>
          <ReferralCard referral={referral} />
        </Suspense>
      )}
      <div className={styles['bubble']}>
        {attachment &&
          (message.media ? (
            <MediaPart kind={attachment} message={message} media={message.media} language={spoken} />
          ) : (
            <AttachmentCard kind={attachment} message={message} />
          ))}
        {message.reply_id !== null && (
          <span className={styles['tap']}>
            <IconHandClick size={14} aria-hidden /> {t('inbox.tapped')}
          </span>
        )}
        {message.body !== '' && attachment !== 'reaction' && (
          <div lang={spoken ?? undefined}>
            {message.body.split(OPTION_LIST).map((part, index) => (
              <p key={index}>{part}</p>
            ))}
          </div>
        )}
        {choices.length > 0 && <Choices choices={choices} tapped={tapped} language={spoken} />}
        <span className={styles['foot']}>
          <VerdictBadge verdict={message.verdict} />
          {turn !== null && (
            <Link to="." search={(search) => ({ ...search, turn })} className={styles['why'] ?? ''}>
              {t('inbox.why')}
            </Link>
          )}
          <Clock at={message.created_at} />
          {message.direction === 'out' && <Tick status={message.status} errorCode={message.error_code} />}
        </span>
      </div>
    </article>
  );
});

function Author({ kind, userId }: { readonly kind: Kind; readonly userId: number | null }) {
  const { t } = useTranslation();
  const me = useMe();
  const name = useMemberName(userId);
  const agent = me.tenant.agent_name;
  return (
    <span className={styles['author']}>
      {kind === 'agent' && (
        <>
          <span aria-hidden>◈ </span>
          {name === null ? agent : t('inbox.approvedBy', { agent, name })}
        </>
      )}
      {kind === 'person' && (name ?? t('inbox.fromPhone'))}
      {kind === 'note' && (name === null ? t('inbox.note') : t('inbox.noteBy', { name }))}
      {kind === 'template' && t('inbox.template')}
      {kind === 'system' && t('inbox.system')}
    </span>
  );
}
