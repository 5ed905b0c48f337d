/** Conversaciones: who needs a person, and what happens elsewhere. On a phone the panes are stacked routes. */
import { VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { InboxContext, type Inbox } from './context';
import styles from './Inbox.module.css';
import { ConversationList } from './list/ConversationList';
import { useHeld } from '@/lib/query/held';
import { sorted } from './list/order';
import { conversationsQuery } from './queries';
import { anywhere, wantedOf } from './search';

export function InboxPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/inbox' });
  const { conversationId: open } = useParams({ strict: false });
  const search = useSearch({ from: '/shell/inbox' });
  const wanted = wantedOf(search);
  const list = useInfiniteQuery(conversationsQuery(wanted));
  const { data } = list;
  const fresh = useMemo(() => sorted(rowsOf(data), wanted.filter), [data, wanted.filter]);
  const held = useHeld(fresh, JSON.stringify(wanted));
  const { rows } = held;
  const show = (id: number | undefined) =>
    void (id === undefined
      ? navigate({ to: '/inbox', search: anywhere })
      : navigate({ to: '/inbox/$conversationId', params: { conversationId: id }, search: anywhere }));
  const at = rows.findIndex((row) => row.id === open);
  const inbox: Inbox = {
    rows,
    step: (by) => {
      const next = rows[at < 0 ? 0 : at + by];
      if (next) show(next.id);
    },
    leave: () => show((rows[at + 1] ?? rows[at - 1])?.id),
    toList: () => show(undefined),
  };
  useShortcut('j', t('keys.next'), () => inbox.step(1));
  useShortcut('k', t('keys.previous'), () => inbox.step(-1));
  return (
    <InboxContext value={inbox}>
      {open === undefined && <VisuallyHidden component="h1">{t('place.inbox')}</VisuallyHidden>}
      <div className={styles['inbox']} data-open={open !== undefined}>
        <ConversationList list={list} held={held} wanted={wanted} open={open} message={search.message} />
        <Outlet />
      </div>
    </InboxContext>
  );
}
