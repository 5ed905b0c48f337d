/** What the thread's header offers: stages, owners, and everything else that is done with a conversation. */
import { useQueryClient } from '@tanstack/react-query';
import { IconArchive, IconArchiveOff, IconGauge, IconHelpCircle, IconMailOpened, IconUserSquare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActionItem, ActionSection } from '@/components/ActionMenu';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { can, useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import type { Acts } from '@/features/inbox/acts';
import type { Inbox } from '@/features/inbox/context';
import { MODE_ICONS, MODES } from '@/features/inbox/modes';
import { useWhy } from '@/features/inbox/why/useWhy';
import { inboxKeys, nameOf, type Conversation, type Message } from '@/features/inbox/queries';

export interface HeadMenus {
  readonly stage: readonly ActionSection[];
  readonly owner: readonly ActionSection[];
  readonly more: readonly ActionSection[];
  /** Close and go on to the next; open again where it is closed. */
  readonly end: () => void;
  readonly markUnread: () => void;
  /** Why the agent did what it did last. */
  readonly why: () => void;
}

export function useHeadMenus(conversation: Conversation, acts: Acts, inbox: Inbox, onPanel: (() => void) | undefined, onQualify: () => void): HeadMenus {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const why = useWhy();
  const closed = conversation.status === 'closed';
  const writes = can(me, 'conversations.write');
  const end = () => {
    if (closed) {
      acts.reopen();
      return;
    }
    acts.close();
    inbox.leave();
  };
  const markUnread = () => {
    const pages = cache.getQueryData<Pages<Message>>(inboxKeys.messages(conversation.id));
    const newest = rowsOf(pages).find((message) => message.direction === 'in');
    if (!newest) return;
    inbox.toList();
    acts.unread(newest.id - 1);
  };
  const doing: ActionItem[] = [
    ...(writes
      ? [
          {
            key: 'end',
            label: closed ? t('inbox.reopen') : t('inbox.close'),
            icon: closed ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />,
            shortcut: 'e',
            onRun: end,
          },
        ]
      : []),
    ...(writes && conversation.lead_id !== null
      ? [{ key: 'qualify', label: t('inbox.qualify'), icon: <IconGauge size={16} aria-hidden />, shortcut: 'q', onRun: onQualify }]
      : []),
    {
      key: 'unread',
      label: t('inbox.markUnread'),
      icon: <IconMailOpened size={16} aria-hidden />,
      shortcut: 'u',
      onRun: markUnread,
    },
    { key: 'why', label: t('inbox.why'), icon: <IconHelpCircle size={16} aria-hidden />, shortcut: 'w', onRun: why.openNewest },
    ...(onPanel ? [{ key: 'panel', label: t('inbox.panel.title'), icon: <IconUserSquare size={16} aria-hidden />, onRun: onPanel }] : []),
  ];
  const stage = useStageItems(conversation, acts);
  const owner = useOwnerItems(conversation, acts);
  const mode = useModeItems(conversation, acts);
  const section = (key: string, label: string, items: readonly ActionItem[]): ActionSection[] =>
    items.length > 0 ? [{ key, label, items }] : [];
  return {
    stage: section('stage', t('inbox.stage'), stage),
    owner: section('owner', t('inbox.owner'), owner),
    more: [{ key: 'doing', items: doing }, ...(writes ? section('mode', t('mode.here', { agent: me.tenant.agent_name }), mode) : [])],
    end,
    markUnread,
    why: why.openNewest,
  };
}

function useStageItems(conversation: Conversation, acts: Acts): readonly ActionItem[] {
  const { t } = useTranslation();
  const me = useMe();
  const stages = useStages();
  if (conversation.lead_id === null || !can(me, 'leads.write')) return [];
  const who = nameOf(conversation) ?? t('inbox.nobody');
  return stages.map(({ key }) => {
    const label = stageName(key, stages, t);
    const checked = key === conversation.stage_key;
    return { key, label, checked, onRun: () => !checked && acts.moveTo(key, t('inbox.moved', { name: who, stage: label })) };
  });
}

function useOwnerItems(conversation: Conversation, acts: Acts): readonly ActionItem[] {
  const { t } = useTranslation();
  const me = useMe();
  const team = useTeam();
  if (conversation.lead_id === null || !can(me, 'leads.assign') || !can(me, 'conversations.write')) return [];
  const who = nameOf(conversation) ?? t('inbox.nobody');
  const item = (id: number | null, label: string, said: string): ActionItem => ({
    key: String(id),
    label,
    checked: conversation.owner_user_id === id,
    onRun: () => conversation.owner_user_id !== id && acts.assign(id, said),
  });
  const others = team.filter((member) => member.active && member.id !== me.user.id);
  return [
    item(me.user.id, t('inbox.me', { name: me.user.name }), t('inbox.assigned', { name: who, owner: me.user.name })),
    ...others.map(({ id, name }) => item(id, name, t('inbox.assigned', { name: who, owner: name }))),
    item(null, t('inbox.unassigned'), t('inbox.unassignedSaid', { name: who })),
  ];
}

function useModeItems(conversation: Conversation, acts: Acts): readonly ActionItem[] {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const agent = tenant.agent_name;
  const own = MODES.map((mode): ActionItem => {
    const ModeIcon = MODE_ICONS[mode];
    return {
      key: mode,
      label: t(`mode.name.${mode}`),
      icon: <ModeIcon size={16} aria-hidden />,
      checked: conversation.agent_mode === mode,
      onRun: () => acts.setMode(mode, t(`mode.said.${mode}`, { agent })),
    };
  });
  const likeCompany: ActionItem = {
    key: 'company',
    label: t('mode.likeCompany'),
    hint: t(`mode.name.${tenant.agent_mode}`),
    checked: conversation.agent_mode === null,
    onRun: () => acts.setMode(null, t(`mode.said.${tenant.agent_mode}`, { agent })),
  };
  return [likeCompany, ...own];
}
