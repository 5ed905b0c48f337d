/** One message. Customer left; the agent violet and signed; a teammate by name; a note across (UI §2). */
import { IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Clock } from '@/components/Time';
import styles from './Thread.module.css';
import type { Message } from './queries';
import { Tick } from './Tick';

interface Props {
  readonly message: Message;
  readonly language: string | null;
  /** Whether the one before is by somebody else: only then the author is named. */
  readonly signed: boolean;
}

const OPTION_LIST = /\n(?=\d+\. )/;

export function Bubble({ message, language, signed }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(message);
  const verdict = message.verdict?.['action'];
  return (
    <article className={styles['message']} data-kind={kind} lang={language ?? undefined}>
      {signed && kind !== 'customer' && (
        <span className={styles['author']}>
          {kind === 'agent' && <span aria-hidden>◈ </span>}
          {kind === 'agent' ? t('inbox.agent') : kind === 'note' ? t('inbox.note') : t('inbox.teammate')}
        </span>
      )}
      <div className={styles['bubble']}>
        {message.type !== 'text' && message.body === '' ? (
          <em>{t('inbox.attachment')}</em>
        ) : (
          message.body.split(OPTION_LIST).map((part, index) => <p key={index}>{part}</p>)
        )}
        <span className={styles['foot']}>
          {(verdict === 'caution' || verdict === 'block') && (
            <Badge
              meaning={verdict === 'block' ? 'danger' : 'note'}
              icon={<IconShieldExclamation size={12} aria-hidden />}
            >
              {t(`verdict.${verdict}`)}
            </Badge>
          )}
          <Clock at={message.created_at} />
          {message.direction === 'out' && <Tick status={message.status} />}
        </span>
      </div>
    </article>
  );
}

type Kind = 'customer' | 'agent' | 'person' | 'note' | 'system';

export function kindOf(message: Pick<Message, 'direction' | 'author'>): Kind {
  if (message.direction === 'note') return 'note';
  if (message.direction === 'in') return 'customer';
  return message.author === 'agent' ? 'agent' : message.author === 'system' ? 'system' : 'person';
}
