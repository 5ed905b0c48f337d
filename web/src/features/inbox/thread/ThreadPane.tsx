/** The middle: whose conversation, who answers, the thread, and what may be written; the person's card beside it. */
import { Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '@/lib/i18n';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { findCard } from '@/features/inbox/cards';
import { Composer } from '@/features/inbox/composer/Composer';
import { useInbox } from '@/features/inbox/context';
import styles from '@/features/inbox/Inbox.module.css';
import { Panel } from '@/features/inbox/panel/Panel';
import { conversationQuery, inboxKeys, type Conversation } from '@/features/inbox/queries';
import { useWhy } from '@/features/inbox/why/useWhy';
import { Thread } from './Thread';
import { ThreadHead } from './ThreadHead';

const WhyDrawer = lazy(async () => ({ default: (await withWords(import('@/features/inbox/why/WhyDrawer'))).WhyDrawer }));

export function ThreadPane() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { conversationId: id } = useParams({ from: '/shell/inbox/$conversationId' });
  const query = useQuery({
    ...conversationQuery(id),
    initialData: () => findCard(cache, id),
    initialDataUpdatedAt: () => listsReadAt(cache),
  });
  const { toList } = useInbox();
  useShortcut('Escape', t('keys.back'), toList);
  const gone = query.isError && asProblem(query.error).status === 404;
  return (
    <section className={styles['pane']} aria-label={t('inbox.conversation')} data-panel={query.data !== undefined && !gone}>
      {gone ? (
        <Gone />
      ) : query.data ? (
        <Talk key={id} conversation={query.data} />
      ) : query.isError ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Waiting height={56} />
      )}
    </section>
  );
}

function Talk({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const me = useMe();
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const why = useWhy();
  const [drawer, setDrawer] = useState(false);
  useBackCloses(drawer && !wide, () => setDrawer(false));
  return (
    <>
      <div className={styles['talk']}>
        <ThreadHead conversation={conversation} {...(!wide && { onPanel: () => setDrawer(true) })} />
        <Thread conversation={conversation} />
        {can(me, 'conversations.write') && <Composer conversation={conversation} />}
      </div>
      {why.turn !== undefined && (
        <Suspense>
          <WhyDrawer conversationId={conversation.id} turnId={why.turn} onClose={why.close} />
        </Suspense>
      )}
      {wide ? (
        <aside className={styles['panel']} data-region="panel" aria-label={t('inbox.panel.title')}>
          <Panel conversation={conversation} />
        </aside>
      ) : (
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          position="right"
          size={360}
          title={t('inbox.panel.title')}
          closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
        >
          <Panel conversation={conversation} />
        </Drawer>
      )}
    </>
  );
}

function Gone() {
  const { t } = useTranslation();
  return (
    <Empty
      action={
        <Button component={Link} to="/inbox" search variant="default">
          {t('inbox.backToList')}
        </Button>
      }
    >
      {t('inbox.gone')}
    </Empty>
  );
}

/** Lists are kept fresh by live events: what they hold of a conversation is as old as they are. */
function listsReadAt(cache: ReturnType<typeof useQueryClient>): number {
  const lists = cache.getQueryCache().findAll({ queryKey: inboxKeys.lists });
  return Math.max(0, ...lists.map(({ state }) => state.dataUpdatedAt));
}
