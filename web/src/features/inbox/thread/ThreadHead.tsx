/** Whose conversation it is, how interested, who owns it, who answers; each act with its key. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconDots, IconUserSquare } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { Badge } from '@/components/Badge';
import { InterestMark } from '@/components/InterestMark';
import { ShortcutButton } from '@/components/ShortcutButton';
import { StageName } from '@/components/StageName';
import { withWords } from '@/lib/i18n';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { useMemberName } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import { useActs } from '@/features/inbox/acts';
import { useInbox } from '@/features/inbox/context';
import { nameOf, pauseLeft, type Conversation } from '@/features/inbox/queries';
import styles from './Head.module.css';
import { useHeadMenus } from './menus';

const QualifyForm = lazy(async () => ({ default: (await withWords(import('@/features/inbox/qualify/QualifyForm'))).QualifyForm }));

interface Props {
  readonly conversation: Conversation;
  /** Opens the person's card where it does not stand beside the thread. */
  readonly onPanel?: () => void;
}

export function ThreadHead({ conversation, onPanel }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const acts = useActs(conversation);
  const inbox = useInbox();
  const [qualifying, setQualifying] = useState(false);
  const [menu, setMenu] = useState<'owner' | 'stage' | 'more' | null>(null);
  const menus = useHeadMenus(conversation, acts, inbox, onPanel, () => setQualifying(true));
  const owner = useMemberName(conversation.owner_user_id);
  const writes = can(me, 'conversations.write');
  const assigns = menus.owner.length > 0;
  const qualifies = writes && conversation.lead_id !== null;
  const silent = pauseLeft(conversation, now) > 0;
  const toggle = (name: typeof menu) => (opened: boolean) => setMenu(opened ? name : null);
  useShortcut('a', t('inbox.assign'), () => setMenu('owner'), assigns);
  useShortcut('e', conversation.status === 'closed' ? t('inbox.reopen') : t('inbox.close'), menus.end, writes);
  useShortcut('u', t('inbox.markUnread'), menus.markUnread);
  useShortcut('w', t('inbox.why'), menus.why);
  useShortcut('q', t('inbox.qualify'), () => setQualifying(true), qualifies);
  const name = nameOf(conversation) ?? t('inbox.nobody');
  return (
    <header className={styles['head']} data-region="head">
      <Link to="/inbox" search className={styles['back']} aria-label={t('inbox.backToList')}>
        <IconArrowLeft size={20} />
      </Link>
      <h1 className={styles['name']}>
        {conversation.lead_id === null ? (
          name
        ) : (
          <Link to="/leads/$leadId" params={{ leadId: conversation.lead_id }}>
            {name}
          </Link>
        )}
      </h1>
      <InterestMark interest={conversation.interest} score={conversation.score} />
      {conversation.refusal === 'opted_out' && <Badge meaning="danger">{t('inbox.optedOut')}</Badge>}
      <span className={styles['choices']}>
        {conversation.stage_key !== null && menus.stage.length > 0 && (
          <ActionMenu title={t('inbox.stage')} sections={menus.stage} opened={menu === 'stage'} onChange={toggle('stage')}>
            <Button size="compact-sm" variant="subtle" color="gray" className={styles['choice']} rightSection={<IconChevronDown size={14} />}>
              <span className={styles['what']}>{t('inbox.stage')}:&nbsp;</span>
              <StageName stage={conversation.stage_key} />
            </Button>
          </ActionMenu>
        )}
        {assigns && (
          <ActionMenu title={t('inbox.owner')} sections={menus.owner} opened={menu === 'owner'} onChange={toggle('owner')}>
            <Button size="compact-sm" variant="subtle" color="gray" className={styles['choice']} rightSection={<IconChevronDown size={14} />}>
              <span className={styles['what']}>{t('inbox.owner')}:&nbsp;</span>
              {owner ?? t('inbox.unassigned')}
            </Button>
          </ActionMenu>
        )}
      </span>
      {writes && (
        <ShortcutButton
          className={styles['act'] ?? ''}
          shortcut="t"
          label={silent ? t('inbox.return') : t('inbox.take')}
          onRun={silent ? acts.giveBack : acts.take}
          variant="default"
          size="compact-md"
        />
      )}
      {onPanel && (
        <Tooltip label={t('inbox.panel.title')}>
          <ActionIcon variant="subtle" color="gray" className={styles['icon']} size={32} aria-label={t('inbox.panel.title')} onClick={onPanel}>
            <IconUserSquare size={20} />
          </ActionIcon>
        </Tooltip>
      )}
      <ActionMenu title={t('inbox.actions')} sections={menus.more} opened={menu === 'more'} onChange={toggle('more')}>
        <ActionIcon variant="subtle" color="gray" className={styles['icon']} size={32} aria-label={t('inbox.actions')}>
          <IconDots size={20} />
        </ActionIcon>
      </ActionMenu>
      <Suspense>{qualifying && <QualifyForm conversation={conversation} onClose={() => setQualifying(false)} />}</Suspense>
    </header>
  );
}
